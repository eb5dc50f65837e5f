#!/usr/bin/env python3
"""Makes the data of the balanced-scorecard example: the same bytes on every machine.

    generate.py [FOLDER]        writes the tables there; default: data/ beside this file

One company, six departments, twelve teams with a key account each, two years by quarter. Amounts are
counted in yuan. What README.md tells is made by `STORIES`, the rows that no program should accept by
`add_bad_rows`.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from making import QUARTERS, Dice, day_of, flag, write

DEPARTMENTS = [["D1", "GROUP", "华东区", "region", 30_000_000], ["D2", "GROUP", "华南区", "region", 45_000_000],
               ["D3", "GROUP", "海外区", "region", 20_000_000], ["D4", "GROUP", "产品线", "product", ""],
               ["D5", "GROUP", "供应链", "supply", ""], ["D6", "GROUP", "职能平台", "function", ""]]
ACCOUNTS = ("北辰电力", "长江新能", "远山汽车", "海岳物流", "蓝田化工", "金石矿业", "东岭港务", "天汇电网",
            "Solaris", "Nordwind", "Andes", "Kaveri")
# The stage of each team's account in 2025, and the quarters of 2026 in which it is another one from.
STAGES = [["initial"], ["growth"], ["mature"], ["growth"], ["initial", (5, "growth")], ["mature"],
          ["growth", (6, "mature")], ["mature"], ["initial"], ["growth"], ["initial"], ["mature"]]

# (team, quarter of 2026): what differs from the ordinary.
EVEN = dict(orders=85, marks=[87, 88], events=(9, 10), practices=3, people=(8, 10))
STORIES = {
    # The same results in all three stages: 70 for finance, 90 for the customer, 60, 80.
    (1, 2): "even", (2, 2): "even", (3, 2): "even",
    # Growth: 83 is below the gate, 85 is not.
    (4, 1): dict(marks=[83, 83], orders=120, margin=30, events=(3, 3), practices=5, people=(10, 10)),
    (4, 2): dict(marks=[85], orders=120, margin=30, events=(3, 3), practices=5, people=(10, 10)),
    # Initial: all events done, or half of them; nothing sold.
    (9, 1): dict(events=(2, 2), orders=0, practices=0, people=(0, 4), marks=[68]),
    (9, 2): dict(events=(1, 2), orders=0, practices=0, people=(0, 4), marks=[68]),
    # Mature: the team's cost falls by 8 %, with the customer satisfied and not.
    (6, 2): dict(saving=8, marks=[91, 93]), (6, 4): dict(saving=8, marks=[88, 86]),
    # 9,600 of orders by 24 heads; 7,650 of 9,000 collected.
    (8, 1): dict(exact_orders=9_600_000, heads=24, due=9_000_000, collected=7_650_000),
    (10, 3): dict(events=None),       # none was planned
    (11, 2): dict(no_plan=True),      # nobody agreed on a plan
    (12, 3): dict(marks=[]),          # nobody asked
    (12, 1): dict(no_income=True),
}


def stage_of(team, quarter):
    stage = STAGES[team - 1][0]
    for start, later in STAGES[team - 1][1:]:
        stage = later if quarter >= start else stage
    return stage


def story_of(team, quarter):
    year, number = QUARTERS[quarter]
    return STORIES.get((team, number), {}) if year == 2026 else {}


def steady(team):
    """Teams whose ledger is even over the year, so that their days of debt are round."""
    return team in (1, 2, 3)


def make_tables():
    dice = Dice(20260104)
    tables = {name: [] for name in HEADINGS}
    tables["company"] = [["GROUP", 100_000_000]]
    tables["department"] = DEPARTMENTS
    bonus = [dice.between(40, 90) * 1000 for _ in range(12)]
    goals = [7, 8, 9, 8, 12, 10, 11, 12, 4, 5, 4, 5]  # million; D1 takes on 32, D2 45, D3 18
    for team in range(1, 13):
        tables["team"].append([f"T{team:02d}", f"D{1 + (team - 1) // 4}", ACCOUNTS[team - 1],
                               goals[team - 1] * 1_000_000, "" if team == 10 else bonus[team - 1]])
    costs = {}
    for quarter in range(8):
        for team in range(1, 13):
            add_team(dice, tables, team, quarter, goals[team - 1], costs)
    add_departments(dice, tables)
    tables["campaign"], tables["deal"] = CAMPAIGNS, DEALS
    tables["project"], tables["member"] = PROJECTS, MEMBERS
    add_bad_rows(tables)
    return tables


def add_team(dice, tables, team, quarter, goal, costs):
    story, name, first = story_of(team, quarter), f"T{team:02d}", day_of(QUARTERS[quarter], 0)
    even = story == "even"
    story = EVEN if even else story
    stage = stage_of(team, quarter)
    target = 4_000_000 if even else goal * 250_000
    people = story.get("people", (dice.between(2, 12), 10))
    if not story.get("no_plan"):
        bare = stage == "initial" and not even
        tables["plan"].append([name, first, stage, "" if bare else target, people[1]])
    attained = story.get("orders", 0 if stage == "initial" and dice.chance(500) else dice.between(62, 118))
    orders = story.get("exact_orders", target * attained // 100)
    parts = [orders] if even or orders == 0 else [orders * 2 // 5, orders - orders * 2 // 5]
    for part in parts if orders else []:
        tables["order"].append([f"O{len(tables['order']) + 1:04d}", name,
                                day_of(QUARTERS[quarter], dice.between(0, 88)), part])
    add_ledger(dice, tables, team, quarter, story, even, target, costs)
    marks = story.get("marks", [dice.between(82, 97) for _ in range(dice.between(1, 3))])
    for mark in marks:
        tables["survey"].append([f"V{len(tables['survey']) + 1:04d}", name,
                                 day_of(QUARTERS[quarter], dice.between(30, 88)), mark])
    planned = dice.between(1, 3)
    done, planned = story.get("events", (planned - (1 if dice.chance(350) else 0), planned)) or (0, 0)
    for number in range(planned):
        kind = ("visit", "technical_exchange", "executive_visit")[number % 3]
        tables["key_event"].append([f"E{len(tables['key_event']) + 1:04d}", name,
                                    day_of(QUARTERS[quarter], 10 + 7 * number), kind, flag(number < done)])
    count, left = story.get("practices", dice.between(0, 5)), people[0]
    for number in range(count):
        enabled = left if number == count - 1 else left // count
        left -= enabled
        tables["practice"].append([f"P{len(tables['practice']) + 1:04d}", name,
                                   day_of(QUARTERS[quarter], dice.between(0, 88)),
                                   dice.pick(("extraction", "iteration")), enabled])


def add_ledger(dice, tables, team, quarter, story, even, target, costs):
    income = 3_650_000 if steady(team) else target * dice.between(80, 110) // 100
    margin = 1_000 - dice.between(100, 260)
    if "margin" in story:
        margin = 1_000 - story["margin"] * 10
    if story.get("no_income"):
        income = 0
    cost = 3_011_250 if even else income * margin // 1_000
    due = story.get("due", income * dice.between(80, 120) // 100)
    collected = story.get("collected", due * dice.between(78, 100) // 100)
    # Sixty days of debt where the ledger is steady, otherwise 30 to 95 of the quarter's income.
    receivable = 2_400_000 if steady(team) else (income or target) * dice.between(33, 104) // 100
    before = costs.get(team, dice.between(30, 60) * 10_000)
    change = 0 if even else -story["saving"] if "saving" in story else dice.between(-5, 6)
    costs[team] = before * (100 + change) // 100
    tables["finance"].append([f"T{team:02d}", day_of(QUARTERS[quarter], 0), income, cost, due, collected,
                             receivable, costs[team], story.get("heads", dice.between(4, 9))])


def add_departments(dice, tables):
    for team in range(1, 13):
        region = 1 + (team - 1) // 4
        tables["participation"].append([f"T{team:02d}", f"D{region}", "50%"])
        tables["participation"].append([f"T{team:02d}", "D4", "30%" if team % 2 else "25%"])
        if team % 3:
            tables["participation"].append([f"T{team:02d}", "D5", "10%"])
        if team in (1, 2, 3):
            tables["participation"].append([f"T{team:02d}", "D6", "10%"])
    for number in range(4, 8):
        for department, *_ in DEPARTMENTS:
            target = {"D1": 8_000, "D2": 11_000, "D3": 4_500, "D4": 2_400, "D5": 100, "D6": 40}[department]
            actual = target * dice.between(78, 108) // 100
            if (department, number) == ("D6", 5):
                actual = 38  # 95 %
            row = [department, day_of(QUARTERS[number], 0), target, actual]
            if (department, number) == ("D5", 6):
                row[3] = ""  # not reported
            tables["own_result"].append(row)


CAMPAIGNS = [["B1", "2026-03-01", "2026-05-31", 10_000_000, "15%", 300_000, "2026-02-20"],
             ["B2", "2026-03-01", "2026-05-31", 10_000_000, "15%", 300_000, "2026-02-20"],
             ["B3", "2026-06-01", "2026-08-31", 5_000_000, "15%", 120_000, "2026-05-28"],
             ["B4", "2026-06-01", "2026-08-31", 5_000_000, "15%", 120_000, "2026-07-15"],
             ["B5", "2026-09-01", "2026-11-30", 8_000_000, "18%", 200_000, "2026-08-30"]]
DEALS = [["X1", "B1", "2026-03-20", 6_200_000, 5_257_600], ["X2", "B1", "2026-05-31", 5_000_000, 4_240_000],
         ["X3", "B2", "2026-04-02", 6_200_000, 5_276_200], ["X4", "B2", "2026-05-12", 5_000_000, 4_255_000],
         ["X5", "B3", "2026-07-01", 4_000_000, 3_200_000], ["X6", "B3", "2026-09-02", 2_000_000, 1_600_000],
         ["X7", "B4", "2026-08-01", 6_000_000, 4_800_000]]

PROJECTS = [["P1", "T02", 200_000, "集团"], ["P2", "T06", 100_000, "集团"], ["P3", "T09", 80_000, ""],
            ["P4", "T07", 50_000, "集团"]]
MEMBERS = [["P1", "sales", 40], ["P1", "rd", 30], ["P1", "supply", 20], ["P1", "function", 10],
           ["P2", "sales", 1], ["P2", "rd", 1], ["P2", "supply", 1],      # a cent is left
           ["P3", "sales", 5], ["P3", "rd", 5],                           # not approved
           ["P4", "sales", 6], ["P4", "rd", ""], ["P4", "function", 0]]   # not recorded; none


def add_bad_rows(tables):
    """Rows that must be turned away, each for a reason of its own."""
    tables["plan"].insert(90, ["T01", "2026-04-01", "growth", 4_000_000, 10])       # a second plan
    tables["plan"].insert(40, ["T05", "2027-01-01", "decline", 4_000_000, 10])      # no such stage
    tables["order"].insert(50, ["O9001", "T77", "2025-02-11", 520_000])             # whose?
    tables["order"].insert(60, ["O9002", "T02", "2026-05-32", 520_000])             # no such day
    tables["order"].insert(70, ["O9003", "T03", "2025-06-02", "约五十万"])
    tables["survey"].insert(20, ["V9001", "T04", "2025-02-20", "9.2/10"])
    tables["survey"].insert(25, ["V9002", "T04", "2025-02-20", "920"])              # of a hundred
    tables["key_event"].insert(33, ["E9001", "T06", "", "visit", "true"])           # for when?
    tables["finance"].insert(44, ["T08", "2025-01-01", "1"])                         # cut off


HEADINGS = {
    "company": ["company_id", "orders_goal"],
    "department": ["department_id", "company_id", "name", "line", "orders_goal"],
    "team": ["team_id", "department_id", "account", "orders_goal", "target_bonus"],
    "plan": ["team_id", "quarter_start", "stage", "orders_target", "people_target"],
    "order": ["order_id", "team_id", "ordered_on", "amount"],
    "finance": ["team_id", "quarter_start", "recognised_revenue", "cost", "amount_due",
                "collected_amount", "accounts_receivable", "team_cost", "headcount"],
    "survey": ["survey_id", "team_id", "answered_on", "csat"],
    "key_event": ["event_id", "team_id", "planned_on", "kind", "done"],
    "practice": ["practice_id", "team_id", "recorded_on", "kind", "people_enabled"],
    "participation": ["team_id", "department_id", "share"],
    "own_result": ["department_id", "quarter_start", "target", "actual"],
    "campaign": ["campaign_id", "starts", "ends", "required_orders", "required_margin", "prize",
                 "agreed_on"],
    "project": ["project_id", "team_id", "package", "approved_by"],
    "member": ["project_id", "department", "points"],
    "deal": ["deal_id", "campaign_id", "signed_on", "amount", "cost"],
}


if __name__ == "__main__":
    write(__file__, make_tables(), HEADINGS)
