#!/usr/bin/env python3
"""Recomputes the account-types example by hand and compares every cell with what the program prints.

    account_types_expected.py PROGRAM

The rules are written here a second time, from their meaning, in plain Python with exact fractions.
"""

import sys
import tempfile
from fractions import Fraction
from pathlib import Path

from expected import (compare, linear, number_text, ratio, rounded, score, shared, target_columns, tiers)
from reading import (compare_rejects, day, known, money, one_of, percent, quarter_of, read_tables,
                     share, span, text, truth)

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "examples/account-types/data"
RULES = ROOT / "rules/account-types"

QUARTERS = [(year, number) for year in (2025, 2026) for number in (1, 2, 3, 4)]
GRADES = [("S", 90), ("A", 80), ("B", 70), ("C", 60), ("D", 0)]

number = Fraction
SHARE = (percent, 0, 1)
COLUMNS = {
    "team": [("team_id", text), ("account_type", one_of("multinational", "local_large")),
             ("bonus_base", money, 0)],
    "customer": [("customer_id", text), ("team_id", text),
                 ("type", one_of("multinational", "local_large", "other")), ("is_key_account", truth),
                 ("since", day), ("churned_on", day)],
    "order": [("order_id", text), ("customer_id", text), ("ordered_on", day), ("amount", money),
              ("cost", money)],
    "survey": [("survey_id", text), ("customer_id", text), ("answered_on", day),
               ("service_quality", *SHARE), ("product_quality", *SHARE), ("response_speed", *SHARE)],
    "complaint": [("complaint_id", text), ("customer_id", text), ("closed_on", day),
                  ("handling", *SHARE)],
    "agreement": [("agreement_id", text), ("customer_id", text), ("signed_on", day),
                  ("ended_before", day), ("ends_now", day)],
    "market": [("team_id", text), ("quarter_start", day), ("own_sales", money, 0),
               ("field_sales", money, 0), ("index", number, Fraction(1, 5), 5)],
    "check": [("check_id", text), ("customer_id", text), ("checked_on", day),
              ("scope", one_of("international", "local")), ("compliant", truth)],
    "opinion": [("opinion_id", text), ("customer_id", text), ("given_on", day),
                ("item", one_of("culture", "influence", "timeliness", "tailoring")),
                ("mark", number, 1, 5)],
    "issue": [("issue_id", text), ("customer_id", text), ("due_on", day), ("solved_on", day)],
}
KEYS = {table: [f"{table}_id"] for table in COLUMNS} | {"market": ["team_id", "quarter_start"]}
PARENTS = {table: "customer" for table in COLUMNS} | {"customer": "team", "market": "team"}
del PARENTS["team"]
DATES = {"order": "ordered_on", "survey": "answered_on", "complaint": "closed_on",
         "agreement": "signed_on", "market": "quarter_start", "check": "checked_on",
         "opinion": "given_on", "issue": "due_on"}

PROJECT_COLUMNS = {
    "project": [("project_id", text), ("credit", money, 0)],
    "participation": [("project_id", text),
                      ("department", one_of("sales", "after_sales", "technical_support")),
                      ("points", number, 0)],
}
PROJECT_KEYS = {"project": ["project_id"], "participation": ["project_id", "department"]}


# ── Values ───────────────────────────────────────────────────────────────────────────────────────

def mean(values):
    values = known(values)
    return ratio(sum(values), len(values))


def months(first, last):
    """Complete months; the agreements of the example all end on the first of a month."""
    assert first.day == last.day == 1
    return 12 * (last.year - first.year) + last.month - first.month


def opening_of(customers, quarter):
    first, _ = span(quarter)
    return [c for c in customers if c["is_key_account"] and c["since"] < first
            and (c["churned_on"] is None or c["churned_on"] >= first)]


def values_of(team, quarter, rows, customers):
    """Everything about one team and quarter that looks at no other quarter."""
    of = lambda table: rows.get((table, team["team_id"], quarter), [])
    key_orders = [o for o in of("order") if o["parent"]["is_key_account"]]
    sales = sum(o["amount"] for o in key_orders)
    priced = [o for o in key_orders if o["cost"] is not None]
    priced_sales = sum(o["amount"] for o in priced)
    priced_share = ratio(priced_sales, sales)
    opening = opening_of(customers, quarter)
    buyers = {o["customer_id"] for o in of("order")}
    _, last = span(quarter)
    lost = sum(c["churned_on"] is not None and c["churned_on"] <= last for c in opening)
    items = [mean(s[item] for s in of("survey"))
             for item in ("service_quality", "product_quality", "response_speed")]
    market = of("market")
    checks = {scope: [c for c in of("check") if c["scope"] == scope]
              for scope in ("international", "local")}
    passed = lambda scope: ratio(sum(c["compliant"] is True for c in checks[scope]),
                                 len(checks[scope]))
    mark = lambda item: mean(o["mark"] for o in of("opinion") if o["item"] == item)
    timely, tailored = mark("timeliness"), mark("tailoring")
    believed = priced_share is not None and priced_share >= share("50%")
    return {
        "ka_sales": sales,
        "ka_revenue_share": ratio(sales, sum(o["amount"] for o in of("order"))),
        "ka_profit_margin": ratio(sum(o["amount"] - o["cost"] for o in priced), priced_sales)
        if believed else None,
        "priced_share": priced_share,
        "repeat_purchase_rate": ratio(sum(c["customer_id"] in buyers for c in opening), len(opening)),
        "ka_churn_rate": ratio(lost, len(opening)),
        "items": items,
        "csat_survey_rate": None if None in items else sum(items) / 3,
        "ka_market_share": ratio(sum(m["own_sales"] for m in market),
                                 sum(m["field_sales"] for m in market)),
        "reported": bool(market),
        "index": market[-1]["index"] if market else Fraction(1),
        "complaint_handling_score": mean(c["handling"] for c in of("complaint")),
        "cooperation_tenure_extension": mean(months(a["ended_before"], a["ends_now"])
                                             for a in of("agreement")),
        "cultural_adaptability": mark("culture"),
        "international_compliance": passed("international"),
        "global_collaboration_efficiency": ratio(
            sum(i["solved_on"] is not None and i["solved_on"] <= i["due_on"] for i in of("issue")),
            len(of("issue"))),
        "local_market_influence": mark("influence"),
        "local_regulatory_adaptability": passed("local"),
        "localized_service_level": None if timely is None or tailored is None
        else (timely + tailored) / 2,
    }


CARRIED = ("csat_survey_rate", "cultural_adaptability", "local_market_influence", "localized_service_level")


def running(condition, history):
    """In how many quarters in a row, the last one last, the condition has held."""
    count = 0
    for value in reversed(history):
        if value is None or not condition(value):
            break
        count += 1
    return count


def rising(history):
    """Is each of the last three higher than the one before? None: not known."""
    third, second, last = ([None, None] + history)[-3:]
    steps = [None if a is None or b is None else b > a for a, b in ((third, second), (second, last))]
    return False if False in steps else None if None in steps else True


def look_back(history):
    """Fills in what looks at earlier quarters. The carried are written over one another only after
    all else was read."""
    for i, here in enumerate(history):
        year_ago = history[i - 4]["ka_sales"] if i >= 4 else None
        here["year_ago"] = year_ago
        grown = ratio(here["ka_sales"], year_ago)
        here["ka_sales_growth_rate"] = None if grown is None else grown - 1
        here["rising"] = rising([v["ka_market_share"] for v in history[:i + 1]])
        low = lambda figure: running(lambda x: x < share("60%"),
                                     [figure(v) for v in history[:i + 1]]) >= 3
        here["low"] = {name: low(lambda v, place=place: v["items"][place]) for place, name in
                       enumerate(("service_quality_low", "product_quality_low",
                                  "response_speed_low"))}
        here["low"]["complaint_handling_low"] = low(lambda v: v["complaint_handling_score"])
        before = history[i - 1]["ka_churn_rate"] if i else None
        here["churn_rising"] = (before is not None and here["ka_churn_rate"] is not None
                                and here["ka_churn_rate"] > before)
    for name in CARRIED:
        last = None
        for here in history:
            here[name, "carried"] = here[name] is None and last is not None
            if here[name] is None:
                here[name] = last
            last = here[name]


# ── The cards ────────────────────────────────────────────────────────────────────────────────────

rating = lambda x: (x - 1) * 25
compliance = lambda x: linear(x, (share("80%"), 0), (share("95%"), 60), (1, 100))


def growth_points(x, here):
    index = here["index"]
    return tiers(x, (share("80%") * index - 1, 0), (index - 1, 60), (share("120%") * index - 1, 100))


CURVES = {
    "ka_sales_growth_rate": growth_points,
    "ka_profit_margin": lambda x, _: linear(x, (0, 0), (share("10%"), 60), (share("20%"), 100)),
    "csat_survey_rate": lambda x, _: linear(x, (share("60%"), 0), (share("75%"), 60), (share("90%"), 100)),
    "repeat_purchase_rate": lambda x, _: linear(x, (share("40%"), 0), (share("60%"), 60),
                                                (share("80%"), 100)),
    "ka_market_share": lambda x, _: linear(x, (share("10%"), 0), (share("20%"), 60),
                                           (share("30%"), 100)),
    "cultural_adaptability": lambda x, _: rating(x),
    "international_compliance": lambda x, _: compliance(x),
    "global_collaboration_efficiency": lambda x, _: linear(x, (share("50%"), 0), (share("75%"), 60),
                                                           (share("95%"), 100)),
    "local_market_influence": lambda x, _: rating(x),
    "local_regulatory_adaptability": lambda x, _: compliance(x),
    "localized_service_level": lambda x, _: rating(x),
}
SHARED = ("ka_sales_growth_rate", "ka_profit_margin", "csat_survey_rate", "repeat_purchase_rate",
          "ka_market_share")
WATCHED = ("ka_sales", "ka_revenue_share", "cooperation_tenure_extension", "ka_churn_rate",
           "complaint_handling_score")
TARGETS = {
    "ka_profit_margin": (">=", share("20%")),
    "csat_survey_rate": (">=", share("90%")), "repeat_purchase_rate": (">=", share("80%")),
    "cultural_adaptability": (">=", 4), "international_compliance": (">=", 1),
    "global_collaboration_efficiency": (">=", share("95%")), "local_market_influence": (">=", 4),
    "local_regulatory_adaptability": (">=", 1), "localized_service_level": (">=", 4),
}
CARDS = {  # the emphases of each, and which indicators are short-term ones
    "multinational": (("cultural_adaptability", "international_compliance",
                       "global_collaboration_efficiency"),
                      ("ka_sales_growth_rate", "ka_profit_margin", "csat_survey_rate",
                       "international_compliance", "global_collaboration_efficiency")),
    "local_large": (("local_market_influence", "local_regulatory_adaptability",
                     "localized_service_level"),
                    ("ka_sales_growth_rate", "ka_profit_margin", "csat_survey_rate",
                     "local_regulatory_adaptability", "localized_service_level")),
}
WEIGHTS = dict(zip(SHARED, map(share, ("15%", "10%", "15%", "15%", "15%"))))


def points_of(here, emphases):
    points = {name: None if here[name] is None else CURVES[name](here[name], here)
              for name in (*SHARED, *emphases)}
    if here["ka_revenue_share"] is None or here["ka_revenue_share"] < share("50%"):
        points["ka_sales_growth_rate"] = None
    if here["rising"] is False and points["ka_market_share"] is not None:
        points["ka_market_share"] = min(points["ka_market_share"], Fraction(60))
    return points


def alerts_of(here, mixed, names):
    holds = {
        **here["low"],
        "churn_rising": here["churn_rising"],
        "costs_unknown": here["priced_share"] is not None and here["priced_share"] < share("50%"),
        "no_market_report": not here["reported"],
        "mixed_accounts": mixed,
        **{f"{name}.carried": here[name, "carried"] for name in CARRIED if name in names},
    }
    return ";".join(name for name, held in holds.items() if held)


def targets_of(here, names):
    """The printed ones, that of growth moved with the market, that of the market share with its trend."""
    reached = here["ka_market_share"] is not None and here["ka_market_share"] >= share("30%")
    met = False if not reached or here["rising"] is False else here["rising"]
    targets = TARGETS | {"ka_sales_growth_rate": (">=", share("120%") * here["index"] - 1),
                         "ka_market_share": ("when", met)}
    return {name: targets[name] for name in names if name in targets}


def card(team, quarter, here, mixed):
    emphases, short = CARDS[team["account_type"]]
    names = (*SHARED, *WATCHED, *emphases)
    points = points_of(here, emphases)
    weights = shared(WEIGHTS | dict.fromkeys(emphases, share("10%")), points)
    total = rounded(sum(w * (points[name] or 0) for name, w in weights.items()), 2)
    mean_of = lambda chosen: ratio(sum(weights[n] * (points[n] or 0) for n in chosen),
                                   sum(weights[n] for n in chosen))
    short_points = mean_of(short)
    long_points = mean_of([name for name in weights if name not in short])
    base = team["bonus_base"]
    pay = lambda quarters, part, earned: None if base is None else rounded(
        base * quarters * share(part) * earned / 100, 2)
    aim = None if here["year_ago"] is None else rounded(
        here["year_ago"] * share("120%") * here["index"], 2)
    row = {"team_id": team["team_id"], "period": f"{quarter[0]}Q{quarter[1]}"}
    for name in names:
        row[name] = number_text(here[name], 2 if name == "cooperation_tenure_extension" else None,
                                money=name == "ka_sales")
    for name in names:
        row[name + ".points"] = number_text(points.get(name))
    row["score"] = number_text(total)
    row["grade"] = next(grade for grade, lowest in GRADES if total >= lowest)
    row["vetoes"] = ""
    row["interlocks"] = "share_rising" if here["rising"] is False else ""
    row["alerts"] = alerts_of(here, mixed, names)
    row["review"] = "share_rising" if here["rising"] is None else ""
    row["short_term_points"] = number_text(short_points, 2)
    row["long_term_points"] = number_text(long_points, 2)
    row["short_term_weight"] = number_text(sum(weights[name] for name in short), 4)
    row["market_neutral_aim"] = number_text(aim, 2, money=True)
    row["quarter_bonus"] = number_text(pay(1, "60%", short_points), 2, money=True)
    row["year_bonus"] = number_text(pay(4, "40%", long_points) if quarter[1] == 4 else Fraction(0), 2,
                                    money=True)
    fit = total >= 80 and short_points >= 70 and long_points >= 70
    row["entitlements"] = "promotion_review" if fit else ""
    left_out = {name for name in names if points.get(name) is None}
    row.update(target_columns(here, targets_of(here, names), left_out))
    return row


def team_of(row):
    while "parent" in row:
        row = row["parent"]
    return row["team_id"]


def all_values(tables):
    rows, customers = {}, {}
    for table, dated in DATES.items():
        for row in tables[table]:
            rows.setdefault((table, team_of(row), quarter_of(row[dated])), []).append(row)
    for row in tables["customer"]:
        customers.setdefault(row["team_id"], []).append(row)
    values = {}
    for team in tables["team"]:
        mine = customers[team["team_id"]]
        history = [values_of(team, quarter, rows, mine) for quarter in QUARTERS]
        look_back(history)
        mixed = any(c["is_key_account"] and c["type"] != team["account_type"] for c in mine)
        for quarter, here in zip(QUARTERS, history):
            values[team["team_id"], quarter] = here, mixed
    return values


def check_stories(values):
    """The data still hold the cases that they are there for."""
    of = lambda team, number: values[team, (2026, number)][0]
    assert of("T01", 1)["ka_sales_growth_rate"] == share("20%") and of("T01", 1)["index"] == 1
    assert of("T02", 2)["ka_sales_growth_rate"] == share("8%")
    assert of("T02", 2)["index"] == share("90%")
    assert [of("T03", n)["rising"] for n in (1, 2, 3, 4)] == [True, True, True, False]
    assert [of("T04", n)["rising"] for n in (1, 2, 3)] == [False] * 3
    assert of("T05", 3)["rising"] and of("T05", 3)["ka_market_share"] == share("29.9%")
    assert of("T06", 1)["ka_revenue_share"] == share("30%")
    assert of("T06", 2)["ka_revenue_share"] == share("50%")
    assert of("T07", 2)["ka_profit_margin"] is None and of("T07", 3)["priced_share"] == share("50%")
    assert of("T08", 1)["global_collaboration_efficiency"] is None
    assert of("T08", 4)["low"]["response_speed_low"]
    assert of("T11", 2)["csat_survey_rate"] == share("90%") and of("T12", 3)["csat_survey_rate", "carried"]
    assert of("T13", 1)["repeat_purchase_rate"] == share("80%")
    assert of("T14", 3)["low"]["complaint_handling_low"]
    assert not of("T15", 3)["low"]["complaint_handling_low"]
    assert not of("T16", 2)["reported"] and of("T16", 2)["rising"] is None
    assert of("T17", 3)["local_regulatory_adaptability"] is None
    assert of("T18", 1)["ka_sales_growth_rate"] is None and of("T18", 3)["churn_rising"]


def compare_card(program, account_type, file, values, tables, rejects):
    expected = [card(team, quarter, *values[team["team_id"], quarter])
                for team in tables["team"] if team["account_type"] == account_type
                for quarter in QUARTERS if quarter[0] == 2026]
    with tempfile.TemporaryDirectory() as folder:
        found, turned_away = score(program, RULES / file, ["--data", str(DATA)], folder)
    compare(file, expected, found, ["team_id", "period"])
    used = [r for r in rejects if account_type == "multinational" or r[0] != "issue"]
    compare_rejects(turned_away, used, 0)


def divided(project):
    """A project's credit to the cent: each part rounded down, the cents left over to those who lost
    most by that, in the order of the keys where that is equal."""
    total = sum(known(r["points"] for r in project))
    if not total:
        return {}
    cents = {r["department"]: r["parent"]["credit"] * 100 * r["points"] / total
             for r in project if r["points"] is not None}
    whole = {department: int(part) for department, part in cents.items()}
    over = int(project[0]["parent"]["credit"] * 100) - sum(whole.values())
    for department in sorted(cents, key=lambda d: (whole[d] - cents[d], d))[:over]:
        whole[department] += 1
    return {department: Fraction(part, 100) for department, part in whole.items()}


def compare_contribution(program):
    tables, rejects = read_tables(DATA, PROJECT_COLUMNS, PROJECT_KEYS, {"participation": "project"}, {})
    expected = []
    for row in tables["participation"]:
        project = [r for r in tables["participation"] if r["project_id"] == row["project_id"]]
        part = ratio(row["points"], sum(known(r["points"] for r in project)))
        credit = divided(project).get(row["department"])
        unknown = any(r["points"] is None for r in project)
        expected.append({
            "project_id": row["project_id"], "department": row["department"],
            "department_contribution": number_text(part),
            "department_contribution.points": number_text(None if part is None else part * 100),
            "score": number_text(None if part is None else rounded(part * 100, 2)),
            "grade": "incomplete" if part is None else "", "vetoes": "", "interlocks": "",
            "alerts": "points_not_recorded" if unknown else "",
            "review": "credit" if credit is None else "",
            "credit": number_text(credit, 2, money=True),
            "targets_missed": "department_contribution" if part == 0 else ""})
    with tempfile.TemporaryDirectory() as folder:
        found, turned_away = score(program, RULES / "contribution.yaml", ["--data", str(DATA)], folder)
    compare("contribution.yaml", expected, found, ["project_id", "department"])
    assert [row["credit"] for row in expected[3:6]] == ["33333.33", "33333.34", "33333.33"]
    compare_rejects(turned_away, rejects, 0)


def main():
    tables, rejects = read_tables(DATA, COLUMNS, KEYS, PARENTS, DATES)
    values = all_values(tables)
    check_stories(values)
    compare_card(sys.argv[1], "multinational", "multinational.yaml", values, tables, rejects)
    compare_card(sys.argv[1], "local_large", "local-large.yaml", values, tables, rejects)
    compare_contribution(sys.argv[1])


if __name__ == "__main__":
    main()
