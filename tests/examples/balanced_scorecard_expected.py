#!/usr/bin/env python3
"""Recomputes the cards of the balanced-scorecard example by hand, one upon the other, and compares every
cell with what the program prints.

    balanced_scorecard_expected.py PROGRAM

The rules are written here a second time, from their meaning, in plain Python with exact fractions.
"""

import sys
import tempfile
from fractions import Fraction
from pathlib import Path

from expected import (compare, linear, number_text, ratio, rounded, score, shared, target_columns,
                      truth_text)
from reading import (compare_rejects, count, day, known, money, one_of, percent, quarter_of, read_tables,
                     share, span, text, truth)

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "examples/balanced-scorecard/data"
RULES = ROOT / "rules/balanced-scorecard"

QUARTERS = [(year, number) for year in (2025, 2026) for number in (1, 2, 3, 4)]
YEAR = QUARTERS[4:]
GRADES = [("S", 90), ("A", 80), ("B", 70), ("C", 60), ("D", 0)]
number = Fraction

COLUMNS = {
    "company": [("company_id", text), ("orders_goal", money, 0)],
    "department": [("department_id", text), ("company_id", text),
                   ("line", one_of("region", "product", "supply", "function")), ("orders_goal", money, 0)],
    "team": [("team_id", text), ("department_id", text), ("orders_goal", money, 0),
             ("target_bonus", money, 0)],
    "plan": [("team_id", text), ("quarter_start", day), ("stage", one_of("initial", "growth", "mature")),
             ("orders_target", money, 0), ("people_target", count)],
    "order": [("order_id", text), ("team_id", text), ("ordered_on", day), ("amount", money)],
    "finance": [("team_id", text), ("quarter_start", day), ("recognised_revenue", money, 0),
                ("cost", money, 0), ("amount_due", money, 0), ("collected_amount", money, 0),
                ("accounts_receivable", money, 0), ("team_cost", money, 0), ("headcount", count)],
    "survey": [("survey_id", text), ("team_id", text), ("answered_on", day), ("csat", number, 0, 100)],
    "key_event": [("event_id", text), ("team_id", text), ("planned_on", day),
                  ("kind", one_of("visit", "technical_exchange", "executive_visit")), ("done", truth)],
    "practice": [("practice_id", text), ("team_id", text), ("recorded_on", day),
                 ("kind", one_of("extraction", "iteration")), ("people_enabled", count)],
}
PARENTS = ({"department": "company", "team": "department"}
           | dict.fromkeys(list(COLUMNS)[3:], "team"))
KEYS = {table: [columns[0][0]] for table, columns in COLUMNS.items()}
KEYS |= {"plan": ["team_id", "quarter_start"], "finance": ["team_id", "quarter_start"]}
DATES = {table: next(name for name, *how in COLUMNS[table] if how[0] is day)
         for table in list(COLUMNS)[3:]}


def grade_of(points):
    return next(name for name, lowest in GRADES if points >= lowest)


def total(rows, column):
    found = known(row[column] for row in rows)
    return None if rows and not found else sum(found, Fraction(0))


def mean(values):
    return ratio(sum(values, Fraction(0)), len(values))


def both(a, b):
    """`and`, where one that fails decides and otherwise what is not known stays unknown."""
    return False if a is False or b is False else None if a is None or b is None else True


def name_of(quarter):
    return f"{quarter[0]}Q{quarter[1]}"


# ── 团队 ─────────────────────────────────────────────────────────────────────────────────────────

FINANCE, CUSTOMER = ["orders_attainment", "profitability"], ["satisfaction", "key_events"]
EFFICIENCY, LEARNING = ["dso", "team_cost_saving"], ["practices", "enablement"]
COUNTED = FINANCE + CUSTOMER + EFFICIENCY + LEARNING
SHOWN = COUNTED + ["collection_rate", "orders_per_head"]
WEIGHTS = {  # in thousandths
    None: (200, 200, 250, 100, 75, 75, 50, 50),
    "growth": (200, 200, 250, 100, 75, 75, 50, 50),
    "initial": (100, 100, 150, 350, 75, 75, 75, 75),
    "mature": (100, 100, Fraction(1000, 7), Fraction(400, 7), 175, 175, 125, 125),
}
CURVES = {
    "orders_attainment": [(share("50%"), 0), (share("80%"), 60), (1, 100)],
    "profitability": [(0, 0), (share("15%"), 60), (share("25%"), 100)],
    "satisfaction": [(60, 0), (80, 80), (95, 100)],
    "key_events": [(0, 0), (1, 100)],
    "dso": [(30, 100), (60, 60), (120, 0)],
    "team_cost_saving": [(share("-8%"), 0), (0, 60), (share("8%"), 100)],
    "practices": [(0, 0), (2, 60), (4, 100)],
    "enablement": [(0, 0), (share("60%"), 60), (1, 100)],
}


TARGETS = {
    "orders_attainment": (">=", 1), "profitability": (">=", share("15%")), "satisfaction": (">=", 85),
    "key_events": (">=", 1), "dso": ("<=", 60), "team_cost_saving": (">=", 0), "practices": (">=", 2),
    "enablement": (">=", share("60%")), "collection_rate": (">=", share("85%")),
    "orders_per_head": (">=", 400000),
}


def values_of(rows, quarter):
    """Everything about a team and quarter that looks at no other quarter."""
    of = lambda table: [row for row in rows[table] if quarter_of(row[DATES[table]]) == quarter]
    plan, books, events, practices = of("plan"), of("finance"), of("key_event"), of("practice")
    orders = sum((o["amount"] for o in of("order")), Fraction(0))
    income = total(books, "recognised_revenue")
    return {
        "stage": plan[0]["stage"] if plan else None,
        "income": income, "receivable": total(books, "accounts_receivable"), "team_cost": total(books, "team_cost"),
        "orders_attainment": ratio(orders, total(plan, "orders_target")),
        "profitability": ratio(income - total(books, "cost"), income),
        "satisfaction": mean(known(s["csat"] for s in of("survey"))),
        "key_events": ratio(sum(e["done"] is True for e in events), len(events)),
        "practices": Fraction(len(practices)),
        "enablement": ratio(total(practices, "people_enabled"), total(plan, "people_target")),
        "collection_rate": ratio(total(books, "collected_amount"), total(books, "amount_due")),
        "orders_per_head": ratio(orders, total(books, "headcount")),
    }


def look_back(history):
    for i, here in enumerate(history):
        year = history[max(0, i - 3):i + 1]
        here["dso"] = here["team_cost_saving"] = None
        if len(year) == 4:
            here["dso"] = ratio(here["receivable"] * 365, sum(v["income"] for v in year))
        if i:
            before = history[i - 1]["team_cost"]
            here["team_cost_saving"] = ratio(before - here["team_cost"], before)
        here["carried"] = here["satisfaction"] is None and i > 0
        if here["carried"]:
            here["satisfaction"] = history[i - 1]["satisfaction"]
        good = here["satisfaction"] is not None and here["satisfaction"] >= 85 and here["practices"] >= 2
        here["good_quarters"] = (history[i - 1]["good_quarters"] if i else 0) + 1 if good else 0


def dimension(weights, points, names):
    return ratio(sum(weights[n] * (points[n] or 0) for n in names), sum(weights[n] for n in names))


def team_card(team, quarter, here):
    points = {name: None if here[name] is None else linear(here[name], *CURVES[name]) for name in COUNTED}
    weights = {name: Fraction(w) / 1000 for name, w in zip(COUNTED, WEIGHTS[here["stage"]])}
    assert sum(weights.values()) == 1
    weights = shared(weights, points)
    interlocks = []
    events = here["key_events"]
    if here["stage"] == "initial" and events is not None and events >= 1:
        interlocks.append("events_suffice")
    saving = here["team_cost_saving"]
    if here["satisfaction"] is not None and here["satisfaction"] < 90 and saving is not None and saving > 0:
        interlocks.append("saving_with_satisfaction")
        points["team_cost_saving"] = min(points["team_cost_saving"], Fraction(60))
    final = sum(weights[name] * (points[name] or 0) for name in COUNTED)
    if "events_suffice" in interlocks:
        final = max(final, Fraction(60))
    final = rounded(final, 2)
    stage, measured = here["stage"], here["satisfaction"]
    below = lambda x, limit: None if x is None else x < limit
    vetoes = {"initial_events": both(None if stage is None else stage == "initial", below(events, 1)),
              "growth_satisfaction": both(None if stage is None else stage == "growth", below(measured, 85))}
    grade = "D" if True in vetoes.values() else grade_of(final)
    passed = None if stage is None else grade != "D"
    bonus = None
    if passed is not None:
        base = team["target_bonus"]
        bonus = Fraction(0) if not passed else None if base is None else rounded(base * final / 100, 2)
    alerts = {"no_plan": here["stage"] is None,
              "collection_low": here["collection_rate"] is not None and here["collection_rate"] < share("85%"),
              "dso_high": here["stage"] == "mature" and here["dso"] is not None and here["dso"] > 60,
              "satisfaction.carried": here["carried"]}
    named = lambda wanted: ";".join(name for name, held in vetoes.items() if held is wanted)
    learning = dimension(weights, points, LEARNING)
    rewards = {"honour": grade == "S",
               "certification": passed is True and learning is not None and learning >= 80,
               "training_place": passed is True and here["practices"] >= 4,
               "promotion_list": here["good_quarters"] >= 2}
    row = {"team_id": team["team_id"], "period": name_of(quarter)}
    for name in SHOWN:
        row[name] = number_text(here[name], 2 if name in ("satisfaction", "dso") else None)
    for name in SHOWN:
        row[name + ".points"] = number_text(points.get(name))
    return row | {
        "score": number_text(final), "grade": grade, "vetoes": named(True),
        "interlocks": ";".join(interlocks), "alerts": ";".join(a for a, held in alerts.items() if held),
        "review": named(None), "passed": truth_text(passed),
        "finance_points": number_text(dimension(weights, points, FINANCE), 2),
        "customer_points": number_text(dimension(weights, points, CUSTOMER), 2),
        "efficiency_points": number_text(dimension(weights, points, EFFICIENCY), 2),
        "learning_points": number_text(learning, 2),
        "bonus": number_text(bonus, 2, True),
        "entitlements": ";".join(name for name, earned in rewards.items() if earned),
    } | target_columns(here, {name: TARGETS[name] for name in SHOWN})


def team_cards():
    tables, rejects = read_tables(DATA, COLUMNS, KEYS, PARENTS, DATES)
    cards = []
    for team in tables["team"]:
        rows = {table: [r for r in tables[table] if r["team_id"] == team["team_id"]] for table in DATES}
        history = [values_of(rows, quarter) for quarter in QUARTERS]
        look_back(history)
        cards += [team_card(team, quarter, here) for quarter, here in zip(QUARTERS, history)
                  if quarter in YEAR]
    check_stories({(c["team_id"], c["period"]): c for c in cards})
    return cards, rejects


def check_stories(cards):
    """The data still hold the cases that they are there for (C… of the catalogue of sources)."""
    of = lambda team, quarter, *columns: tuple(cards[team, f"2026Q{quarter}"][c] for c in columns)
    dimensions = ("finance_points", "customer_points", "efficiency_points", "learning_points")
    for team, final in (("T01", "80"), ("T02", "76.5"), ("T03", "73")):                           # C77
        assert of(team, 2, *dimensions, "score") == ("70", "90", "60", "80", final)
    assert of("T04", 1, "satisfaction", "grade", "passed") == ("83", "D", "false")                # C78
    assert Fraction(of("T04", 1, "score")[0]) > 89
    assert of("T04", 2, "satisfaction", "vetoes", "passed") == ("85", "", "true")
    assert of("T09", 1, "key_events", "passed") == ("1", "true")                                  # C79
    assert of("T09", 2, "key_events", "passed", "vetoes") == ("0.5", "false", "initial_events")
    assert of("T08", 1, "orders_per_head", "collection_rate") == ("400000", "0.85")               # C74, C75
    assert of("T06", 2, "interlocks") == ("",)                                                    # C84
    assert of("T06", 4, "interlocks", "team_cost_saving.points") == ("saving_with_satisfaction", "60")


# ── 部门, 集团 ───────────────────────────────────────────────────────────────────────────────────

def scores(cards, key):
    """What a card above reads of these: their scores, as they are written."""
    return {(card[key], card["period"]): Fraction(card["score"]) for card in cards}


def department_cards(team_results):
    columns = {name: COLUMNS[name] for name in ("company", "department", "team")}
    columns |= {"participation": [("team_id", text), ("department_id", text), ("share", percent, 0, 1)],
                "own_result": [("department_id", text), ("quarter_start", day), ("target", number, 0),
                               ("actual", number, 0)]}
    keys = KEYS | {"participation": ["team_id", "department_id"],
                   "own_result": ["department_id", "quarter_start"]}
    tables, rejects = read_tables(DATA, columns, keys, PARENTS | {
        "participation": "team", "own_result": "department"}, {"own_result": "quarter_start"})
    cards = []
    for department in tables["department"]:
        name, region = department["department_id"], department["line"] == "region"
        goals = sum(t["orders_goal"] for t in tables["team"] if t["department_id"] == name)
        gap = max(department["orders_goal"] - goals, Fraction(0)) if region else Fraction(0)
        for quarter in YEAR:
            own = [r for r in tables["own_result"]
                   if r["department_id"] == name and quarter_of(r["quarter_start"]) == quarter]
            joint = [(team_results[p["team_id"], name_of(quarter)], p["share"])
                     for p in tables["participation"] if p["department_id"] == name]
            values = {"own_attainment": ratio(total(own, "actual"), total(own, "target")),
                      "joint_result": ratio(sum(x * w for x, w in joint), sum(w for _, w in joint))}
            points = {"own_attainment": values["own_attainment"] is not None
                      and linear(values["own_attainment"], (0, 0), (1, 100)) or None,
                      "joint_result": values["joint_result"]}
            weights = shared(dict.fromkeys(points, Fraction(1, 2)), points)
            final = rounded(sum(weights[n] * (points[n] or 0) for n in points), 2)
            cards.append({
                "department_id": name, "period": name_of(quarter),
                "own_attainment": number_text(values["own_attainment"]),
                "joint_result": number_text(values["joint_result"], 2),
                "own_attainment.points": number_text(points["own_attainment"]),
                "joint_result.points": number_text(points["joint_result"]),
                "score": number_text(final), "grade": grade_of(final), "vetoes": "", "interlocks": "",
                "alerts": "goals_open" if gap > 0 else "", "review": "",
                "goal_gap": number_text(gap, 2, True)} | target_columns(
                    values, {"own_attainment": (">=", 1), "joint_result": (">=", 80)}))
    return cards, rejects


def company_cards(department_results):
    tables, rejects = read_tables(DATA, {name: COLUMNS[name] for name in ("company", "department")},
                                  KEYS, PARENTS, {})
    cards = []
    for company in tables["company"]:
        regions = {d["department_id"] for d in tables["department"] if d["line"] == "region"}
        of = lambda inside: mean([x for (d, _), x in department_results.items()
                                  if (d in regions) is inside])
        goals = sum(d["orders_goal"] for d in tables["department"] if d["line"] == "region")
        coverage = ratio(goals, company["orders_goal"])
        assert (coverage, company["orders_goal"] - goals) == (share("95%"), 5_000_000)            # C83
        points = (of(True), of(False), linear(coverage, (share("80%"), 0), (1, 100)))
        final = rounded(sum(w * p for w, p in zip(map(share, ("50%", "40%", "10%")), points)), 2)
        cards.append({
            "company_id": company["company_id"], "period": "2026", "regions": number_text(points[0], 2),
            "lines": number_text(points[1], 2), "goal_coverage": number_text(coverage),
            "regions.points": number_text(points[0]), "lines.points": number_text(points[1]),
            "goal_coverage.points": number_text(points[2]), "score": number_text(final),
            "grade": grade_of(final), "vetoes": "", "interlocks": "", "alerts": "goals_open", "review": "",
            "goal_gap": number_text(company["orders_goal"] - goals, 2, True)} | target_columns(
                {"regions": points[0], "lines": points[1], "goal_coverage": coverage},
                {"regions": (">=", 80), "lines": (">=", 80), "goal_coverage": (">=", 1)}))
    return cards, rejects


# ── 即时激励 ─────────────────────────────────────────────────────────────────────────────────────

def campaign_cards():
    columns = {"campaign": [("campaign_id", text), ("starts", day), ("ends", day),
                            ("required_orders", money, 0), ("required_margin", percent),
                            ("prize", money, 0), ("agreed_on", day)],
               "deal": [("deal_id", text), ("campaign_id", text), ("signed_on", day), ("amount", money),
                        ("cost", money)]}
    tables, rejects = read_tables(DATA, columns, {"campaign": ["campaign_id"], "deal": ["deal_id"]},
                                  {"deal": "campaign"}, {})
    cards = []
    for campaign in tables["campaign"]:
        deals = [d for d in tables["deal"] if d["parent"] is campaign
                 and campaign["starts"] <= d["signed_on"] <= campaign["ends"]]
        orders = sum((d["amount"] for d in deals), Fraction(0))
        reached = ratio(orders, campaign["required_orders"])
        margin = ratio(orders - sum(d["cost"] for d in deals), orders)
        points = (min(reached * 100, Fraction(100)),
                  Fraction(0) if margin is None else min(margin / campaign["required_margin"] * 100, Fraction(100)))
        won = reached >= 1 and margin is not None and margin >= campaign["required_margin"]
        in_time = campaign["agreed_on"] is not None and campaign["agreed_on"] <= campaign["starts"]
        cards.append({
            "campaign_id": campaign["campaign_id"], "orders_reached": number_text(reached),
            "margin": number_text(margin), "orders_reached.points": number_text(points[0]),
            "margin.points": number_text(points[1]), "score": number_text(rounded(sum(points) / 2, 2)),
            "grade": "", "vetoes": "", "interlocks": "", "alerts": "" if in_time else "agreed_late",
            "review": "", "won": truth_text(won),
            "payment": number_text(campaign["prize"] if won and in_time else Fraction(0), 2, True)}
            | target_columns({"orders_reached": reached, "margin": margin},
                             {"orders_reached": (">=", 1), "margin": (">=", campaign["required_margin"])}))
    assert [c["payment"] for c in cards[:2]] == ["300000.00", "0.00"]                             # C82
    return cards, rejects


# ── 项目奖金包 ───────────────────────────────────────────────────────────────────────────────────

def member_cards():
    columns = {"project": [("project_id", text), ("team_id", text), ("package", money, 0), ("approved_by", text)],
               "member": [("project_id", text), ("department", one_of("sales", "rd", "supply", "function")),
                          ("points", number, 0)]}
    tables, rejects = read_tables(DATA, columns, {
        "project": ["project_id"], "member": ["project_id", "department"]}, {"member": "project"}, {})
    cards = []
    for project in tables["project"]:
        members = [m for m in tables["member"] if m["parent"] is project]
        parts = known(m["points"] for m in members)
        exact = {m["department"]: project["package"] * m["points"] / sum(parts) * 100
                 for m in members if m["points"] is not None}
        cents = {department: int(x) for department, x in exact.items()}
        left = int(project["package"] * 100) - sum(cents.values())
        for department in sorted(cents, key=lambda d: (cents[d] - exact[d], d))[:left]:
            cents[department] += 1
        for member in members:
            amount = None if member["points"] is None else Fraction(cents[member["department"]], 100)
            if project["approved_by"] is None:
                amount = Fraction(0)
            unknown = amount is None
            cards.append({
                "project_id": project["project_id"], "department": member["department"], "score": "",
                "grade": "incomplete", "vetoes": "", "interlocks": "",
                "alerts": "points_open" if len(exact) < len(members) else "",
                "review": "share" if unknown else "",
                "part_of_package": number_text(ratio(amount, project["package"]), 4),
                "share": number_text(amount, 2, True)})
    paid = {(c["project_id"], c["department"]): c["share"] for c in cards}
    assert [paid["P1", d] for d in ("sales", "rd", "supply", "function")] == [
        "80000.00", "60000.00", "40000.00", "20000.00"]                                           # C80
    assert sorted(paid["P2", d] for d in ("sales", "rd", "supply")) == ["33333.33", "33333.33", "33333.34"]
    return cards, rejects


def main():
    teams, team_rejects = team_cards()
    departments, department_rejects = department_cards(scores(teams, "team_id"))
    company, company_rejects = company_cards(scores(departments, "department_id"))
    # A card tells what it turned away, and what the cards below it did.
    check("account-team", teams, team_rejects, ["team_id", "period"])
    below = team_rejects + department_rejects
    check("department", departments, below, ["department_id", "period"])
    check("company", company, below + company_rejects, ["company_id", "period"])
    check("instant-incentive", *campaign_cards(), ["campaign_id"])
    check("project-bonus", *member_cards(), ["project_id", "department"])


def check(card, expected, rejects, key):
    with tempfile.TemporaryDirectory() as folder:
        found, found_rejects = score(sys.argv[1], RULES / f"{card}.yaml", ["--data", str(DATA)], folder)
    compare(card, expected, found, key)
    compare_rejects(found_rejects, rejects, 0)


if __name__ == "__main__":
    main()
