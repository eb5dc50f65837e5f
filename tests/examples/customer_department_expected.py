#!/usr/bin/env python3
"""Recomputes the customer-department example by hand and compares every cell with what the program
prints.

    customer_department_expected.py PROGRAM

The rules are written here a second time, from their meaning, in plain Python with exact fractions.
"""

import sys
import tempfile
from decimal import Decimal, getcontext
from fractions import Fraction
from pathlib import Path

from expected import (compare, linear, number_text, ratio, rounded, score, shared, target_columns)
from reading import (compare_rejects, count, day, known, moment, money, one_of, percent, quarter_of,
                     read_tables, share, span, text, truth)

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "examples/customer-department/data"
RULES = ROOT / "rules/customer-department"

QUARTERS = [(year, number) for year in (2025, 2026) for number in (1, 2, 3, 4)]
EPIDEMIC = (2026, 2)
GRADES = [("S", 90), ("A", 80), ("B", 70), ("C", 60), ("D", 0)]


def seconds(cell):
    """`95s` or `4min`, in seconds."""
    for ending, factor in (("min", 60), ("s", 1)):
        if cell.endswith(ending) and cell[:-len(ending)].isdigit():
            return int(cell[:-len(ending)]) * factor
    raise ValueError(cell)


# Each card reads only the columns that it uses; a fault in another turns no row away.
TICKET = [("ticket_id", text), ("submitted_at", moment), ("resolved_at", moment)]
DEPARTMENT_COLUMNS = {
    "department": [("department_id", text), ("function", one_of("sales", "service",
                                                                "customer_success", "after_sales"))],
    "customer": [("customer_id", text), ("department_id", text), ("since", day), ("churned_on", day)],
    "order": [("order_id", text), ("customer_id", text), ("ordered_on", day), ("product_id", text),
              ("amount", money), ("cost", money)],
    "ticket": TICKET + [("customer_id", text), ("responded_at", moment), ("upset", truth),
                        ("calmed", truth), ("entered_by", one_of("system", "person"))],
    "survey": [("survey_id", text), ("customer_id", text), ("answered_on", day),
               ("third_party", truth), ("satisfied", truth), ("likelihood", count, 0, 10)],
    "finance": [("department_id", text), ("booked_on", day), ("service_cost", money, 0)],
    "market": [("department_id", text), ("observed_on", day), ("own_sales", money, 0),
               ("industry_sales", money, 0)],
}
AFTER_SALES_COLUMNS = {table: DEPARTMENT_COLUMNS[table] for table in ("department", "customer")} | {
    "ticket": TICKET + [("customer_id", text), ("contacts_to_resolve", count)],
    "contract": [("contract_id", text), ("customer_id", text), ("due_on", day), ("renewed", truth)],
    "health": [("customer_id", text), ("assessed_on", day),
               ("component", one_of("usage", "payment", "contact", "issues")),
               ("weight", percent, 0, 1), ("score", Fraction, 0, 100)],
}
AGENT_COLUMNS = {
    "agent": [("agent_id", text)],
    "ticket": TICKET + [("agent_id", text), ("contacts_to_resolve", count)],
    "call": [("call_id", text), ("agent_id", text), ("called_on", day), ("talk_time", seconds)],
    "mention": [("mention_id", text), ("agent_id", text), ("posted_at", moment),
                ("answered_at", moment)],
}
REVIEW_COLUMNS = {
    "indicator": [("indicator_id", text), ("better", one_of("higher", "lower"))],
    "observation": [("indicator_id", text), ("observed_on", day), ("value", Fraction),
                    ("result", Fraction)],
}
KEYS = {"department": ["department_id"], "customer": ["customer_id"], "order": ["order_id"],
        "ticket": ["ticket_id"], "survey": ["survey_id"], "contract": ["contract_id"],
        "health": ["customer_id", "assessed_on", "component"],
        "finance": ["department_id", "booked_on"], "market": ["department_id", "observed_on"],
        "agent": ["agent_id"], "call": ["call_id"], "mention": ["mention_id"],
        "indicator": ["indicator_id"], "observation": ["indicator_id", "observed_on"]}
PARENTS = {"customer": "department", "order": "customer", "ticket": "customer", "survey": "customer",
           "contract": "customer", "health": "customer", "finance": "department",
           "market": "department"}
AGENT_PARENTS = {"ticket": "agent", "call": "agent", "mention": "agent"}
DATES = {"order": "ordered_on", "ticket": "submitted_at", "survey": "answered_on",
         "contract": "due_on", "health": "assessed_on", "finance": "booked_on",
         "market": "observed_on", "call": "called_on", "mention": "posted_at",
         "observation": "observed_on"}


def period(quarter):
    return f"{quarter[0]}Q{quarter[1]}"


def mean(values):
    values = known(values)
    return ratio(sum(values), len(values))


def gather(tables, top):
    """Rows by table, subject and quarter."""
    rows = {}
    for table in tables:
        if table in DATES:
            for row in tables[table]:
                above = row
                while "parent" in above:
                    above = above["parent"]
                key = table, above[top], quarter_of(row[DATES[table]])
                rows.setdefault(key, []).append(row)
    return rows


def grade_of(total):
    return next(grade for grade, lowest in GRADES if total >= lowest)


# ── Departments ──────────────────────────────────────────────────────────────────────────────────

WATCHED = ("market_share", "service_cost_per_customer", "cross_sell_rate", "repurchase_rate")
CURVES = {
    "new_customer_sales_share": ((0, 0), (share("15%"), 60), (share("30%"), 100)),
    "new_customer_development_rate": ((0, 0), (share("4%"), 60), (share("8%"), 100)),
    "average_profit_contribution": ((0, 0), (share("15%"), 60), (share("30%"), 100)),
    "churn_rate": ((share("5%"), 100), (share("8%"), 60), (share("15%"), 0)),
    "first_response_time": ((15, 100), (60, 60), (240, 0)),
    "issue_resolution_rate": ((share("70%"), 0), (share("85%"), 60), (share("95%"), 100)),
    "csat_rate": ((share("75%"), 0), (share("85%"), 60), (share("90%"), 100)),
    "reassurance_success_rate": ((share("50%"), 0), (share("70%"), 60), (share("90%"), 100)),
    "nps_points": ((-20, 0), (10, 60), (40, 100)),
}
TARGETS = {
    "new_customer_sales_share": (">=", share("30%")), "new_customer_development_rate": (">=", share("8%")),
    "average_profit_contribution": (">=", share("30%")), "churn_rate": ("<=", share("5%")),
    "first_response_time": ("<=", 15), "issue_resolution_rate": (">=", share("95%")),
    "csat_rate": (">=", share("90%")), "reassurance_success_rate": (">=", share("90%")),
    "nps_points": (">=", 40),
}
CATEGORIES = {
    "scale": ("new_customer_sales_share", "new_customer_development_rate"),
    "quality": ("average_profit_contribution", "churn_rate"),
    "service": ("first_response_time", "issue_resolution_rate"),
    "relationship": ("csat_rate", "reassurance_success_rate", "nps_points"),
}
STRESSED = {"sales": ("scale", share("40%")), "service": ("service", share("50%")),
            "customer_success": ("relationship", share("60%"))}


def minutes(row, until):
    if row[until] is None:
        return None
    return Fraction(int((row[until] - row["submitted_at"]).total_seconds()), 60)


def department_values(rows, mine, name, quarter):
    of = lambda table: rows.get((table, name, quarter), [])
    first, last = span(quarter)
    opening = {c["customer_id"] for c in mine if c["since"] < first
               and (c["churned_on"] is None or c["churned_on"] >= first)}
    closing = {c["customer_id"] for c in mine if c["since"] <= last
               and (c["churned_on"] is None or c["churned_on"] > last)}
    won = {c["customer_id"] for c in mine if first <= c["since"] <= last}
    lost = sum(c["customer_id"] in opening and c["churned_on"] is not None
               and c["churned_on"] <= last for c in mine)
    orders, tickets = of("order"), of("ticket")
    sales = sum(o["amount"] for o in orders)
    products = {}
    for order in orders:
        products.setdefault(order["customer_id"], set()).add(order["product_id"])
    asked = [s for s in of("survey") if s["third_party"]]
    rated = [s for s in asked if s["satisfied"] is not None]
    likely = [s["likelihood"] for s in asked if s["likelihood"] is not None]
    upset = [t for t in tickets if t["upset"]]
    answers = known(minutes(t, "responded_at") for t in tickets)
    return {
        "new_customer_sales_share": ratio(sum(o["amount"] for o in orders
                                              if o["customer_id"] in won), sales),
        "new_customer_development_rate": ratio(len(won), len(opening)),
        "average_profit_contribution": ratio(sum(o["amount"] - o["cost"] for o in orders), sales),
        "churn_rate": ratio(lost, len(opening)),
        "first_response_time": ratio(sum(answers), len(answers)),
        "issue_resolution_rate": ratio(sum(t["resolved_at"] is not None for t in tickets),
                                       len(tickets)),
        "csat_rate": ratio(sum(s["satisfied"] for s in rated), len(rated)),
        "reassurance_success_rate": ratio(sum(t["calmed"] is True for t in upset), len(upset)),
        "nps_points": ratio(100 * (sum(x >= 9 for x in likely) - sum(x <= 6 for x in likely)),
                            len(likely)),
        "market_share": ratio(sum(m["own_sales"] for m in of("market")),
                              sum(m["industry_sales"] for m in of("market"))),
        "service_cost_per_customer": ratio(sum(f["service_cost"] for f in of("finance")),
                                           len({t["customer_id"] for t in tickets})),
        "cross_sell_rate": ratio(sum(c in closing and len(p) > 1 for c, p in products.items()),
                                 len(closing)),
        "repurchase_rate": ratio(len(opening & set(products)), len(opening)),
        "sample": len(rated),
        "typed": any(t["entered_by"] == "person" for t in tickets),
    }


def department_weights(function, quarter, points):
    """Quarters of the card; the stressed category has its share, the others what is left."""
    stressed, part = STRESSED[function]
    weights = {}
    for category, names in CATEGORIES.items():
        whole = part if category == stressed else (1 - part) / 3
        counting = [n for n in names if n != ("csat_rate" if quarter == EPIDEMIC
                                              else "reassurance_success_rate")]
        for name in names:
            weights[name] = whole / 2 if name in counting else Fraction(0)
    assert sum(weights.values()) == 1
    return shared(weights, points)


def department_alerts(here, before, peers):
    csat, over = here["csat_rate"], lambda v: v is not None and v["churn_rate"] > share("5%")
    known_csat = csat is not None
    swing = (known_csat and before and before["csat_rate"] is not None
             and abs(csat / before["csat_rate"] - 1) > share("5%"))
    holds = {
        "systemic_risk": over(here) and over(before),
        "csat_swing": swing,
        "csat_below_safe": known_csat and csat < share("85%"),
        "survey_against_behaviour": known_csat and abs(csat - here["repurchase_rate"]) > share("20%"),
        "over_service": here["service_cost_per_customer"] > mean(peers) * share("120%"),
        "no_survey": here["sample"] == 0,
        "typed_times": here["typed"],
        "csat_rate.audit": known_csat and csat > share("95%"),
    }
    return ";".join(name for name, held in holds.items() if held)


def department_card(department, quarter, here, before, peers):
    points = {name: None if here[name] is None else linear(here[name], *curve)
              for name, curve in CURVES.items()}
    if quarter != EPIDEMIC:
        points["reassurance_success_rate"] = None  # shown, and not in force
    if points["new_customer_sales_share"] is None:
        points["new_customer_sales_share"] = Fraction(0)
    counted = quarter != EPIDEMIC and points["csat_rate"] is not None
    broken = counted and not (here["csat_rate"] >= share("90%")
                              and here["issue_resolution_rate"] >= share("90%"))
    if broken:
        points["csat_rate"] = points["issue_resolution_rate"] = Fraction(0)
    weights = department_weights(department["function"], quarter, points)
    total = rounded(sum(w * (points[name] or 0) for name, w in weights.items()), 2)
    names = list(CURVES) + list(WATCHED)
    places = {"first_response_time": 2, "nps_points": 2, "service_cost_per_customer": 2}
    row = {"department_id": department["department_id"], "period": period(quarter)}
    for name in names:
        row[name] = number_text(here[name], places.get(name), money=name == "service_cost_per_customer")
    for name in names:
        row[name + ".points"] = number_text(points.get(name))
    row |= {"score": number_text(total), "grade": grade_of(total), "vetoes": "",
            "interlocks": "csat_and_resolution" if broken else "",
            "alerts": department_alerts(here, before, peers), "review": ""}
    for category, members in CATEGORIES.items():
        row[category + "_points"] = number_text(
            ratio(sum(weights[n] * (points[n] or 0) for n in members),
                  sum(weights[n] for n in members)), 2)
    left_out = {name for name, x in points.items() if x is None}
    return row | target_columns(here, TARGETS, left_out)


def check_department_stories(values):
    """The data still hold the cases that they are there for."""
    churn = lambda name, number: values[name, (2026, number)]["churn_rate"]
    five = share("5%")
    assert churn("D01", 1) < five < min(churn("D01", 2), churn("D01", 3))
    assert churn("D02", 2) < five < min(churn("D02", 1), churn("D02", 3))
    assert churn("D03", 1) == five < churn("D03", 2)
    assert five < min(churn("D11", 1), churn("D11", 2))
    csat = lambda name, year, number: values[name, (year, number)]["csat_rate"]
    assert (csat("D21", 2025, 4), csat("D21", 2026, 1)) == (share("90%"), share("85%"))
    assert csat("D22", 2026, 1) / csat("D22", 2025, 4) - 1 == five
    assert (csat("D23", 2026, 1), csat("D23", 2026, 3)) == (share("95%"), share("96%"))
    pair = lambda name: (csat(name, 2026, 3), values[name, (2026, 3)]["issue_resolution_rate"])
    assert pair("D11") == (share("92%"), share("94%")) and pair("D12") == (share("92%"), share("88%"))
    assert pair("D13") == (share("88%"), share("94%"))
    assert csat("D12", 2025, 3) is None and csat("D22", 2026, 3) == share("94%")
    assert values["D13", (2025, 2)]["average_profit_contribution"] is None
    assert all(values[name, EPIDEMIC]["csat_rate"] is None for name in ("D02", "D11", "D21"))
    assert values["D01", EPIDEMIC]["csat_rate"] is not None


def compare_departments(program):
    tables, rejects = read_tables(DATA, DEPARTMENT_COLUMNS, KEYS, PARENTS, DATES)
    rows = gather(tables, "department_id")
    departments = [d for d in tables["department"] if d["function"] != "after_sales"]
    values = {}
    for department in departments:
        name = department["department_id"]
        mine = [c for c in tables["customer"] if c["department_id"] == name]
        for quarter in QUARTERS:
            values[name, quarter] = department_values(rows, mine, name, quarter)
    check_department_stories(values)
    expected = []
    for department in departments:
        history = [None] + [values[department["department_id"], q] for q in QUARTERS]
        for place, quarter in enumerate(QUARTERS):
            peers = [values[d["department_id"], quarter]["service_cost_per_customer"]
                     for d in departments if d["function"] == department["function"]]
            expected.append(department_card(department, quarter, history[place + 1],
                                            history[place], peers))
    run_and_compare(program, "department.yaml", expected, ["department_id", "period"], rejects, 0)


def run_and_compare(program, file, expected, key, rejects, unscored):
    with tempfile.TemporaryDirectory() as folder:
        found, turned_away = score(program, RULES / file, ["--data", str(DATA)], folder)
    compare(file, expected, found, key)
    compare_rejects(turned_away, rejects, unscored)


# ── After-sales teams ────────────────────────────────────────────────────────────────────────────

def customer_healths(parts):
    """Each customer's parts by their weights; who has none assessed has no health."""
    by_customer = {}
    for part in parts:
        if part["score"] is not None and part["weight"] is not None:
            by_customer.setdefault(part["customer_id"], []).append(part)
    return [sum(p["score"] * p["weight"] for p in mine) / sum(p["weight"] for p in mine)
            for mine in by_customer.values()]


def first_contact(tickets):
    return ratio(sum(t["resolved_at"] is not None and t["contacts_to_resolve"] == 1 for t in tickets),
                 len(tickets))


FIRST_CONTACT = ((share("50%"), 0), (share("75%"), 60), (share("90%"), 100))
AFTER_SALES_TARGETS = {"customer_health_score": (">=", 80), "renewal_rate": (">=", share("90%")),
                       "issue_resolution_rate": (">=", share("95%")),
                       "first_contact_resolution_rate": (">=", share("90%"))}
AFTER_SALES_CURVES = {
    "customer_health_score": ((0, 0), (100, 100)),
    "renewal_rate": ((share("70%"), 0), (share("85%"), 60), (share("92%"), 100)),
    "issue_resolution_rate": CURVES["issue_resolution_rate"],
    "first_contact_resolution_rate": FIRST_CONTACT,
}


def after_sales_card(name, quarter, rows):
    of = lambda table: rows.get((table, name, quarter), [])
    healths = customer_healths(of("health"))
    here = {
        "customer_health_score": mean(healths),
        "renewal_rate": ratio(sum(c["renewed"] is True for c in of("contract")), len(of("contract"))),
        "issue_resolution_rate": ratio(sum(t["resolved_at"] is not None for t in of("ticket")),
                                       len(of("ticket"))),
        "first_contact_resolution_rate": first_contact(of("ticket")),
    }
    points = {n: None if x is None else linear(x, *AFTER_SALES_CURVES[n]) for n, x in here.items()}
    weights = shared(dict(zip(here, (share("45%"), share("27.5%"), share("27.5%"), Fraction(0)))), points)
    total = rounded(sum(w * (points[n] or 0) for n, w in weights.items()), 2)
    ill = sum(health < 60 for health in healths)
    row = {"department_id": name, "period": period(quarter)}
    row |= {n: number_text(x, 2 if n == "customer_health_score" else None) for n, x in here.items()}
    row |= {n + ".points": number_text(x) for n, x in points.items()}
    return row | {"score": number_text(total), "grade": grade_of(total), "vetoes": "",
                  "interlocks": "", "alerts": "unhealthy_customers" if ill else "", "review": "",
                  "customers_at_risk": str(ill)} | target_columns(here, AFTER_SALES_TARGETS)


def compare_after_sales(program):
    tables, rejects = read_tables(DATA, AFTER_SALES_COLUMNS, KEYS, PARENTS, DATES)
    rows = gather(tables, "department_id")
    assert not rows.get(("contract", "D32", (2026, 1)))
    expected = [after_sales_card(d["department_id"], quarter, rows) for d in tables["department"]
                if d["function"] == "after_sales" for quarter in QUARTERS]
    run_and_compare(program, "after-sales.yaml", expected, ["department_id", "period"], rejects, 0)


# ── Agents ───────────────────────────────────────────────────────────────────────────────────────

AGENT_CURVES = {
    "first_contact_resolution_rate": FIRST_CONTACT,
    "issue_resolution_rate": CURVES["issue_resolution_rate"],
    "issue_resolution_time": ((8, 100), (24, 60), (72, 0)),
    "call_duration": ((2, 0), (8, 100)),
    "public_opinion_response_rate": ((share("50%"), 0), (share("80%"), 60), (share("95%"), 100)),
}
AGENT_TARGETS = {
    "first_contact_resolution_rate": (">=", share("90%")), "issue_resolution_rate": (">=", share("95%")),
    "issue_resolution_time": ("<=", 8), "call_duration": (">=", 8),
    "public_opinion_response_rate": (">=", share("95%")),
}
QUALITY = ("first_contact_resolution_rate", "issue_resolution_rate")


def agent_card(name, quarter, rows):
    of = lambda table: rows.get((table, name, quarter), [])
    tickets, retired = of("ticket"), quarter[0] == 2026
    talk, posts = mean(c["talk_time"] for c in of("call")), of("mention")
    hours = known(minutes(t, "resolved_at") for t in tickets)
    here = {
        "first_contact_resolution_rate": first_contact(tickets),
        "issue_resolution_rate": ratio(sum(t["resolved_at"] is not None for t in tickets), len(tickets)),
        "issue_resolution_time": ratio(sum(hours), 60 * len(hours)),
        "call_duration": None if talk is None else talk / 60,
        "public_opinion_response_rate": ratio(sum(m["answered_at"] is not None for m in posts),
                                              len(posts)),
    }
    gone = "call_duration" if retired else "public_opinion_response_rate"
    points = {n: None if x is None or n == gone else linear(x, *AGENT_CURVES[n])
              for n, x in here.items()}
    weights = shared({n: share("35%") if n in QUALITY else Fraction(0) if n == gone else share("15%")
                      for n in here}, points)
    part = lambda chosen: ratio(sum(weights[n] * (points[n] or 0) for n in chosen),
                                sum(weights[n] for n in chosen))
    any_points = any(p is not None for p in points.values())
    total = rounded(sum(w * (points[n] or 0) for n, w in weights.items()), 2) if any_points else None
    row = {"agent_id": name, "period": period(quarter)}
    row |= {n: number_text(x, 2 if n in ("issue_resolution_time", "call_duration") else None)
            for n, x in here.items()}
    row |= {n + ".points": number_text(x) for n, x in points.items()}
    return row | {"score": number_text(total),
                  "grade": "incomplete" if total is None else grade_of(total), "vetoes": "",
                  "interlocks": "", "alerts": "", "review": "",
                  "quality_points": number_text(part(QUALITY), 2),
                  "efficiency_points": number_text(part([n for n in here if n not in QUALITY]), 2),
                  } | target_columns(here, AGENT_TARGETS, {gone})


def compare_agents(program):
    tables, rejects = read_tables(DATA, AGENT_COLUMNS, KEYS, AGENT_PARENTS, DATES)
    rows = gather(tables, "agent_id")
    expected = [agent_card(agent["agent_id"], quarter, rows) for agent in tables["agent"]
                for quarter in QUARTERS]
    assert not rows.get(("ticket", "A03", (2025, 3)))
    run_and_compare(program, "agent.yaml", expected, ["agent_id", "period"], rejects, 0)


# ── The review of the indicators ─────────────────────────────────────────────────────────────────

def correlation(pairs):
    """Pearson's, to 40 digits; missing where one side never moves."""
    mean_x, mean_y = (sum(p[i] for p in pairs) / len(pairs) for i in (0, 1))
    products = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    squares = (sum((x - mean_x) ** 2 for x, _ in pairs) * sum((y - mean_y) ** 2 for _, y in pairs))
    if squares == 0:
        return None
    root = Decimal(squares.numerator).sqrt() / Decimal(squares.denominator).sqrt()
    return Fraction(products) / Fraction(root)


def compare_review(program):
    getcontext().prec = 50
    tables, rejects = read_tables(DATA, REVIEW_COLUMNS, KEYS, {"observation": "indicator"}, DATES)
    expected, unscored = [], 0
    for indicator in tables["indicator"]:
        name = indicator["indicator_id"]
        pairs = [(o["value"], o["result"]) for o in tables["observation"]
                 if o["indicator_id"] == name and None not in (o["value"], o["result"])]
        r = correlation(pairs) if len(pairs) >= 5 else None
        if r is None:
            unscored += 1
            continue
        r = -r if indicator["better"] == "lower" else r
        if name == "issue_resolution_rate":
            assert abs(r - share("60%")) < Fraction(1, 10 ** 40)
            r = share("60%")
        kept = r >= share("60%")
        expected.append({"indicator_id": name, "period": "2026", "correlation": number_text(r, 6),
                         "correlation.points": "100" if kept else "0",
                         "score": "100" if kept else "0", "grade": "保留" if kept else "淘汰",
                         "vetoes": "", "interlocks": "", "alerts": "", "review": "",
                         **target_columns({"correlation": r}, {"correlation": (">=", share("60%"))})})
    assert unscored == 2 and [r["grade"] for r in expected[:3]] == ["保留", "淘汰", "保留"]
    run_and_compare(program, "indicator-review.yaml", expected, ["indicator_id"], rejects, unscored)


def main():
    for part in (compare_departments, compare_after_sales, compare_agents, compare_review):
        part(sys.argv[1])


if __name__ == "__main__":
    main()
