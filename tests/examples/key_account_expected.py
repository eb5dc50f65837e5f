#!/usr/bin/env python3
"""Recomputes the key-account example by hand and compares every cell with what the program prints.

    key_account_expected.py PROGRAM

The rules are written here a second time, from their meaning, in plain Python with exact fractions.
Where the two disagree, one of them is wrong.
"""

import sys
import tempfile
from fractions import Fraction
from pathlib import Path

from expected import (compare, linear, number_text, percentile, ratio, rounded, score, shared, target_columns,
                      tiers, with_set)
from reading import (compare_rejects, count, day, known, moment, money, one_of, percent, quarter_of,
                     read_tables, share, span, text, truth)

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "examples/key-account/data"
RULES = ROOT / "rules/key-account/key-account.yaml"

QUARTERS = [(year, number) for year in (2025, 2026) for number in (1, 2, 3, 4)]
GRADES = [("S", 90), ("A", 80), ("B", 70), ("C", 60), ("D", 0)]


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────

# Column, how it is read, lowest and highest value.
COLUMNS = {
    "manager": [("manager_id", text), ("role", one_of("director", "account_manager", "regional_lead")),
                ("stage", one_of("startup", "growth", "mature")), ("clv_target", money, 0),
                ("target_bonus", money, 0)],
    "customer": [("customer_id", text), ("manager_id", text), ("tier", one_of(*"SABC")),
                 ("industry", text), ("status", one_of("active", "churned")), ("since", day), ("churned_on", day),
                 ("churn_cause", one_of("active", "passive")),
                 ("retention_coefficient", percent, 0, 1)],
    "order": [("order_id", text), ("customer_id", text), ("ordered_on", day), ("amount", money),
              ("service_cost", money)],
    "ticket": [("ticket_id", text), ("customer_id", text), ("severity", one_of("major", "general")),
               ("submitted_at", moment), ("resolved_at", moment)],
    "survey": [("survey_id", text), ("customer_id", text), ("answered_on", day),
               ("likelihood", count, 0, 10), ("third_party", truth)],
    "project": [("project_id", text), ("customer_id", text), ("delivered_on", day),
                ("met_contract", truth), ("major_deviation", truth)],
    "staff": [("staff_id", text), ("manager_id", text), ("quarter_start", day),
              ("in_opening_team", truth), ("effective_months", count, 0, 3),
              ("key_talent_start", truth), ("key_talent_end", truth)],
    "proposal": [("proposal_id", text), ("manager_id", text), ("submitted_on", day),
                 ("adopted", truth)],
}
KEYS = {"manager": ["manager_id"], "customer": ["customer_id"], "order": ["order_id"],
        "ticket": ["ticket_id"], "survey": ["survey_id"], "project": ["project_id"],
        "staff": ["staff_id", "quarter_start"], "proposal": ["proposal_id"]}
PARENTS = {"customer": "manager", "order": "customer", "ticket": "customer", "survey": "customer",
           "project": "customer", "staff": "manager", "proposal": "manager"}
DATES = {"order": "ordered_on", "ticket": "submitted_at", "survey": "answered_on",
         "project": "delivered_on", "staff": "quarter_start", "proposal": "submitted_on"}


def manager_of(row):
    while "manager_id" not in row or "parent" in row:
        row = row["parent"]
    return row["manager_id"]


def gather(tables):
    """Rows by table, manager and quarter; customers by manager."""
    rows = {table: {} for table in DATES}
    for table, dated in DATES.items():
        for row in tables[table]:
            rows[table].setdefault((manager_of(row), quarter_of(row[dated])), []).append(row)
    customers = {}
    for row in tables["customer"]:
        customers.setdefault(row["manager_id"], []).append(row)
    return rows, customers


# ── Values ───────────────────────────────────────────────────────────────────────────────────────

def hours(tickets):
    return [Fraction(int((t["resolved_at"] - t["submitted_at"]).total_seconds()), 3600)
            for t in tickets if t["resolved_at"] is not None]


def mean(values):
    return ratio(sum(values), len(values))


def quarter_value(orders):
    """A quarter's part of lifetime value: what is known of it."""
    parts = []
    for order in orders:
        cost, stays = order["service_cost"], order["parent"]["retention_coefficient"]
        if cost is not None and stays is not None and order["amount"] is not None:
            parts.append((order["amount"] - cost) * stays)
    assert parts or not orders, "a quarter of which nothing is known: say what it means first"
    return sum(parts, Fraction(0))


def churn(customers, quarter):
    """Strategic customers at the start, those lost, those lost of their own will and otherwise."""
    first, last = span(quarter)
    opening = [c for c in customers if c["tier"] == "S" and c["since"] < first
               and (c["churned_on"] is None or c["churned_on"] >= first)]
    lost = [c for c in opening if c["churned_on"] is not None and c["churned_on"] <= last]
    causes = [c["churn_cause"] for c in lost]
    return len(opening), len(lost), causes.count("active"), causes.count("passive")


def breakthroughs(customers, quarter):
    """Strategic customers won in medical care. Shown in all quarters: the trial's dates say only when
    it would count."""
    first, last = span(quarter)
    return sum(c["tier"] == "S" and c["industry"] == "医疗" and first <= c["since"] <= last
               for c in customers)


def values_of(manager, quarter, rows, customers):
    """Everything about one manager and quarter that looks at no other quarter or manager."""
    of = lambda table: rows[table].get((manager["manager_id"], quarter), [])
    orders, tickets, staff = of("order"), of("ticket"), of("staff")
    strategic = sum((o["amount"] for o in orders if o["parent"]["tier"] == "S"), Fraction(0))
    asked = [s for s in of("survey") if s["third_party"] and s["likelihood"] is not None]
    promoters = sum(s["likelihood"] >= 9 for s in asked)
    detractors = sum(s["likelihood"] <= 6 for s in asked)
    projects = of("project")
    compliant = sum(p["met_contract"] is True and p["major_deviation"] is False for p in projects)
    months = mean(known(p["effective_months"] for p in staff))
    full_time = None if months is None else len(staff) * months / 12
    opening_team = sum(p["in_opening_team"] is True for p in staff)
    talents = (sum(p["key_talent_end"] is True for p in staff)
               - sum(p["key_talent_start"] is True for p in staff))
    proposals = of("proposal")
    mine = customers.get(manager["manager_id"], [])
    opening, lost, left, ended = churn(mine, quarter)
    first, last = span(quarter)
    return {
        "strategic_share": ratio(strategic, sum((o["amount"] for o in orders), Fraction(0))),
        "quarter_value": quarter_value(orders),
        "new_customers": sum(first <= c["since"] <= last for c in mine),
        "nps": None if not asked else Fraction(promoters - detractors, len(asked)),
        "closure_time": mean(hours(tickets)),
        "per_capita": ratio(strategic, full_time),
        "delivery": ratio(compliant, len(projects)),
        "talent_growth": ratio(talents, opening_team),
        "proposal_conversion": ratio(sum(p["adopted"] is True for p in proposals), len(proposals)),
        "major_closure_time": mean(hours(t for t in tickets if t["severity"] == "major")),
        "general_closure_time": mean(hours(t for t in tickets if t["severity"] == "general")),
        "strategic_churn_rate": ratio(lost, opening),
        "strategic_churn_rate_active": ratio(left, opening),
        "strategic_churn_rate_passive": ratio(ended, opening),
        "strategic_breakthrough_count": breakthroughs(mine, quarter),
        "open_issues": sum(t["resolved_at"] is None for t in tickets),
        "no_date": sum(c["status"] == "churned" and c["churned_on"] is None for c in mine),
        "team": len(staff),
        "opening_team": opening_team,
    }


INDICATORS = ["strategic_share", "clv", "new_customers", "nps", "closure_time", "per_capita",
              "delivery", "talent_growth", "proposal_conversion"]
SHOWN = ["major_closure_time", "general_closure_time", "strategic_churn_rate",
         "strategic_churn_rate_active", "strategic_churn_rate_passive",
         "strategic_breakthrough_count"]  # without a weight
PERFORMANCE = ["strategic_share", "clv", "new_customers"]


def all_values(tables):
    """Values by (manager, quarter), with those that look back filled in."""
    rows, customers = gather(tables)
    values = {}
    for manager in tables["manager"]:
        for quarter in QUARTERS:
            values[manager["manager_id"], quarter] = values_of(manager, quarter, rows, customers)
        history = [values[manager["manager_id"], quarter] for quarter in QUARTERS]
        for i, here in enumerate(history):
            year = history[max(0, i - 3):i + 1]
            here["clv"] = sum(v["quarter_value"] for v in year) if len(year) == 4 else None
            here["carried"] = here["nps"] is None and any(v["nps"] is not None for v in history[:i])
            if here["carried"]:
                here["nps"] = next(v["nps"] for v in reversed(history[:i]) if v["nps"] is not None)
    return values


# ── Points ───────────────────────────────────────────────────────────────────────────────────────

def nps_points(x):
    for limit, points in ((50, 100), (30, 80), (10, 60), (0, 40)):
        if x >= Fraction(limit, 100):
            return Fraction(points)
    return Fraction(0)


def points_of(here, manager, peers):
    """Points by indicator; None where the weight goes to the others."""
    curves = {
        "strategic_share": lambda x: linear(x, (0, 0), (share("25%"), 60), (share("40%"), 100)),
        "clv": lambda x: min(max(x / manager["clv_target"] * 100, Fraction(0)), Fraction(120)),
        "new_customers": lambda x: linear(Fraction(x), (0, 0), (2, 60), (4, 100)),
        "nps": nps_points,
        "closure_time": lambda x: linear(x, (24, 100), (72, 60), (144, 0)),
        "per_capita": lambda x: tiers(x, (0, 0), *((percentile(peers, share(p)), y) for p, y in
                                                   (("20%", 60), ("50%", 80), ("80%", 100)))),
        "delivery": lambda x: linear(x, (share("70%"), 0), (share("90%"), 60), (1, 100)),
        "talent_growth": lambda x: linear(x, (share("-10%"), 0), (0, 60), (share("15%"), 100)),
        "proposal_conversion": lambda x: linear(x, (0, 0), (share("30%"), 60), (share("60%"), 100)),
    }
    points = {name: None if here[name] is None else curve(here[name])
              for name, curve in curves.items()}
    for name in ("strategic_share", "proposal_conversion"):
        if points[name] is None:
            points[name] = Fraction(0)
    return points


# ── Weights ──────────────────────────────────────────────────────────────────────────────────────

BASE = dict(zip(INDICATORS, map(share, ("22%", "18%", "0%", "14%", "10%", "10%", "10%", "10%", "6%"))))


def weights_of(manager, here, quarter):
    role, stage = manager["role"], manager["stage"]
    weights = BASE
    if role == "director" and stage == "mature":
        weights = with_set(weights, {"strategic_share": share("40%"), "clv": share("30%")})
    elif role == "director":
        weights = with_set(weights, {"strategic_share": share("40%")})
    elif role == "account_manager":
        weights = with_set(weights, {"nps": share("30%"), "delivery": share("20%")})
    elif stage == "startup":
        weights = with_set(weights, {"new_customers": share("30%")})
    elif stage == "mature":
        weights = with_set(weights, {"clv": share("30%")})
    weights = dict(weights)
    if quarter[0] == 2026 and here["team"] >= here["opening_team"] * share("130%"):
        weights["per_capita"] -= share("4%")
        weights["delivery"] += share("4%")
    if quarter == (2026, 4) and role == "regional_lead" and stage == "growth":
        weights = with_set(weights, {"strategic_share": share("35%")})
    assert sum(weights.values()) == 1 and min(weights.values()) >= 0
    return weights


# ── The card ─────────────────────────────────────────────────────────────────────────────────────

def grade_of(score_, vetoed):
    place = next(i for i, (_, lowest) in enumerate(GRADES) if score_ >= lowest)
    return GRADES[min(place + vetoed, len(GRADES) - 1)][0]


def churn_limit(quarter):
    return share("6%") if quarter[0] == 2025 else share("5%")


def outcomes_of(manager, weights, points, here, quarter):
    factor = 0 if quarter < (2025, 3) else 1
    bonus = manager["target_bonus"]
    long_weight = weights["nps"] + weights["clv"]
    long_points = ratio(sum(weights[name] * (points[name] or 0) for name in ("nps", "clv")),
                        long_weight)
    performance = ratio(sum(weights[name] * (points[name] or 0) for name in PERFORMANCE),
                        sum(weights[name] for name in PERFORMANCE))
    part = lambda percent_, points_: None if bonus is None or points_ is None else rounded(
        bonus * share(percent_) * points_ / 100 * factor, 2)
    base, value = part("60%", performance), part("40%", long_points)
    return {
        "long_term_points": number_text(long_points, 2),
        "base_bonus": number_text(base, 2, money=True),
        "value_bonus": number_text(value, 2, money=True),
        "bonus": number_text(None if base is None or value is None else base + value, 2, money=True),
    }


def alerts_of(here):
    above = lambda x, limit: x is not None and x > limit
    holds = {
        "major_issues_slow": above(here["major_closure_time"], 24),
        "general_issues_slow": above(here["general_closure_time"], 72),
        "open_issues": here["open_issues"] > 0,
        "active_churn": above(here["strategic_churn_rate_active"], share("4%")),
        "churn_without_date": here["no_date"] > 0,
        "nps.carried": here["carried"],
    }
    return ";".join(name for name, held in holds.items() if held)


DECIMALS = {"nps": 4, "closure_time": 2, "major_closure_time": 2, "general_closure_time": 2}


def targets_of(manager, quarter):
    return {
        "strategic_share": (">=", share("40%")), "clv": (">=", manager["clv_target"]),
        "new_customers": (">=", 4), "nps": (">=", share("50%")), "closure_time": ("<=", 24),
        "delivery": (">=", share("100%")), "talent_growth": (">=", share("15%")),
        "proposal_conversion": (">=", share("60%")), "major_closure_time": ("<=", 24),
        "general_closure_time": ("<=", 72), "strategic_churn_rate": ("<=", churn_limit(quarter)),
    }


def card(manager, quarter, here, peers):
    points = points_of(here, manager, peers)
    weights = shared(weights_of(manager, here, quarter), points)
    total = rounded(sum(weights[name] * (points[name] or 0) for name in INDICATORS), 2)
    churned = here["strategic_churn_rate"]
    vetoed = churned is not None and churned > churn_limit(quarter)
    row = {"manager_id": manager["manager_id"], "period": f"{quarter[0]}Q{quarter[1]}"}
    for name in INDICATORS + SHOWN:
        row[name] = number_text(here[name], DECIMALS.get(name), money=name in ("clv", "per_capita"))
    for name in INDICATORS:
        row[name + ".points"] = number_text(points[name])
    for name in SHOWN:
        row[name + ".points"] = ""
    row["score"] = number_text(total)
    row["grade"] = grade_of(total, vetoed)
    row["vetoes"] = "strategic_churn" if vetoed else ""
    row["interlocks"] = ""
    row["alerts"] = alerts_of(here)
    row["review"] = "strategic_churn" if churned is None else ""
    row.update(outcomes_of(manager, weights, points, here, quarter))
    conversion = here["proposal_conversion"]
    high = conversion is not None and conversion >= share("60%")
    row["entitlements"] = "account_right" if high else ""
    row.update(target_columns(here, targets_of(manager, quarter)))
    return row


def cards(tables):
    values = all_values(tables)
    rows, unscored = [], []
    for manager in tables["manager"]:
        for quarter in QUARTERS:
            here = values[manager["manager_id"], quarter]
            peers = known(values[m["manager_id"], quarter]["per_capita"]
                          for m in tables["manager"] if m["role"] == manager["role"])
            if here["per_capita"] is None:
                unscored.append((manager["manager_id"], quarter))
            else:
                rows.append(card(manager, quarter, here, peers))
    return rows, unscored


def check_stories(tables):
    """The data still hold the cases that they are there for."""
    values = all_values(tables)
    churn_of = lambda manager, *quarter: values[manager, quarter]["strategic_churn_rate"]
    assert churn_of("M03", 2026, 2) == churn_of("M07", 2026, 3) == share("5%")
    assert churn_of("M14", 2026, 1) == Fraction(2, 36)
    assert share("5%") < churn_of("M11", 2025, 2) == Fraction(1, 18) < share("6%")
    assert churn_of("M27", 2026, 4) == Fraction(2, 24)
    assert churn_of("M31", 2026, 1) == Fraction(1, 25) and churn_of("M31", 2026, 2) == Fraction(1, 24)
    assert all(churn_of("M20", *quarter) is None for quarter in QUARTERS)
    assert values["M05", (2025, 3)]["closure_time"] is None
    assert values["M09", (2025, 1)]["nps"] is None and values["M09", (2026, 2)]["carried"]
    assert values["M12", (2025, 4)]["delivery"] is None
    assert values["M22", (2026, 3)]["strategic_share"] is None
    winners = {manager for (manager, quarter), here in values.items()
               if quarter >= (2026, 3) and here["strategic_breakthrough_count"]}
    assert winners == {"M19", "M28"}


def main():
    tables, rejects = read_tables(DATA, COLUMNS, KEYS, PARENTS, DATES)
    check_stories(tables)
    expected, unscored = cards(tables)
    assert unscored == [("M16", (2026, 2))], unscored
    with tempfile.TemporaryDirectory() as folder:
        found, found_rejects = score(sys.argv[1], RULES, ["--data", str(DATA)], folder)
    compare("key-account", expected, found, ["manager_id", "period"])
    compare_rejects(found_rejects, rejects, len(unscored))


if __name__ == "__main__":
    main()
