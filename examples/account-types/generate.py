#!/usr/bin/env python3
"""Makes the data of the account-types example: the same bytes on every machine.

    generate.py [FOLDER]        writes the tables there; default: data/ beside this file

Sixteen teams, eight with multinational and eight with large local accounts, two years by quarter.
Most rows are ordinary. Teams that stand exactly at a limit, quarters in which something is not known
and rows that no program should accept are each made by a named step. Amounts are counted in fen and
written in yuan, shares in tenths of a per cent.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from making import QUARTERS, Dice, day_of, flag, write, yuan

MULTINATIONAL, LOCAL = range(1, 9), range(11, 19)
Q1_2026, Q2_2026, Q3_2026, Q4_2026 = 4, 5, 6, 7  # places in QUARTERS


class Team:
    def __init__(self, number, dice):
        self.number = number
        self.id = f"T{number:02d}"
        self.type = "multinational" if number in MULTINATIONAL else "local_large"
        self.quality = dice.between(45, 95)   # how well things go here, of 100
        self.pace = dice.between(98, 130)     # sales of 2026 against 2025, per cent
        self.bonus = dice.between(80, 240) * 25000


class Customer:
    def __init__(self, number, team, key):
        self.id = f"C{number:04d}"
        self.team = team
        self.key = key
        self.type = team.type if key else "other"
        self.since = -1                       # a quarter's place; -1: before the first
        self.since_day = ""
        self.left = None
        self.left_day = ""


def make_customers(dice, teams):
    customers = []
    for team in teams:
        keys = 10 if team.number == 13 else dice.between(7, 12)
        for place in range(keys + dice.between(3, 5)):
            customer = Customer(len(customers) + 1, team, place < keys)
            if place > 4 and team.number != 13 and dice.chance(120):
                customer.since = dice.between(1, 6)
                customer.since_day = day_of(QUARTERS[customer.since], dice.between(0, 80))
            else:
                customer.since_day = f"{2024 - dice.between(0, 8)}-{dice.between(1, 12):02d}-01"
            if place > 2 and team.number != 13 and dice.chance(110):
                leave(dice, customer, dice.between(customer.since + 1, 7))
            customers.append(customer)
    of_18 = [c for c in customers if c.team.number == 18 and c.key]
    for customer in of_18:
        customer.left, customer.left_day = None, ""
    leave(dice, of_18[0], Q3_2026)             # nobody left before: the churn rate rises
    of_18[1].type = "multinational"            # served by a team for local accounts
    return customers


def leave(dice, customer, quarter):
    customer.left = quarter
    customer.left_day = day_of(QUARTERS[quarter], dice.between(5, 85))


def buys_in(customer, quarter):
    return customer.since <= quarter and (customer.left is None or quarter < customer.left)


# ── Orders ───────────────────────────────────────────────────────────────────────────────────────

class Order:
    def __init__(self, customer, quarter, day, amount, cost_share):
        self.customer = customer
        self.quarter = quarter
        self.day = day
        self.amount = amount                  # fen
        self.cost_share = cost_share          # per cent; None: not known


def make_orders(dice, customers):
    orders = []
    for quarter in range(8):
        for customer in customers:
            team = customer.team
            if not buys_in(customer, quarter):
                continue
            if team.number == 18 and quarter == 0:
                continue                      # no sales in the first quarter to grow from
            for _ in range((1 if dice.chance(640 + 3 * team.quality) else 0) + (1 if dice.chance(150) else 0)):
                low, high = (210_000_00, 390_000_00) if customer.key else (20_000_00, 90_000_00)
                amount = dice.between(low, high) * (team.pace if quarter >= 4 else 100) // 100
                known = not dice.chance(150)
                orders.append(Order(customer, quarter, dice.between(0, 91), amount,
                                    dice.between(62, 92) if known else None))
    tell_order_stories(orders)
    return orders


def settle(orders, total):
    """Makes these orders add up to exactly so much."""
    whole = sum(order.amount for order in orders)
    for order in orders:
        order.amount = order.amount * total // whole
    orders[-1].amount += total - sum(order.amount for order in orders)


def tell_order_stories(orders):
    def of(number, quarter, key=True):
        return [o for o in orders if o.customer.team.number == number and o.quarter == quarter
                and o.customer.key == key]

    settle(of(1, 0), 2_000_000_00)            # +20 %, exactly the printed threshold
    settle(of(1, Q1_2026), 2_400_000_00)
    settle(of(2, 1), 2_500_000_00)            # +8 % where the market shrinks by a tenth: 120 % × 0.9
    settle(of(2, Q2_2026), 2_700_000_00)
    settle(of(6, Q1_2026), 600_000_00)        # key accounts are 30 % of the business: no growth target
    settle(of(6, Q1_2026, key=False), 1_400_000_00)
    settle(of(6, Q2_2026), 900_000_00)        # half of it, exactly: growth counts
    settle(of(6, Q2_2026, key=False), 900_000_00)
    for order in of(7, Q2_2026):
        order.cost_share = None               # all costs confidential: no margin
    third = of(7, Q3_2026)
    for order in third:
        order.cost_share = None
    for order in third[::2]:
        order.cost_share = 80                 # costs known of half the sales, exactly: enough
    settle(third[::2], 800_000_00)
    settle(third[1::2], 800_000_00)
    # Eight of T13's ten accounts buy again in 2026Q1: 80 %, not below the threshold.
    of_13 = sorted({o.customer.id for o in orders if o.customer.team.number == 13 and o.customer.key})
    first = of(13, Q1_2026)
    for order in first:
        if order.customer.id in of_13[-2:]:
            orders.remove(order)
    buyers = {o.customer.id: o.customer for o in orders if o.customer.id in of_13}
    for name in of_13[:8]:
        if name not in {o.customer.id for o in of(13, Q1_2026)}:
            orders.append(Order(buyers[name], Q1_2026, 40, 210_000_00, 75))


def order_rows(orders):
    rows = []
    for order in orders:
        cost = "" if order.cost_share is None else yuan(order.amount * order.cost_share // 100)
        rows.append([f"O{len(rows) + 1:05d}", order.customer.id,
                     day_of(QUARTERS[order.quarter], order.day), yuan(order.amount), cost])
    for at in (25, 310, 777):                 # as people type them
        fen = int(rows[at][3].replace(".", ""))
        rows[at][3] = f"¥{fen // 100:,}.{fen % 100:02d}"
    return rows


# ── What customers say ───────────────────────────────────────────────────────────────────────────

def share_text(dice, per_cent):
    """A share as exports hold it: `87%` or `0.87`."""
    return f"{per_cent}%" if dice.chance(500) else f"{per_cent // 100}.{per_cent % 100:02d}"


def key_customers(customers, quarter):
    return [c for c in customers if c.key and buys_in(c, quarter)]


def make_surveys(dice, customers):
    rows = []
    for quarter in range(8):
        for customer in key_customers(customers, quarter):
            team = customer.team
            if team.number == 12 and quarter == Q3_2026 or not dice.chance(650):
                continue                      # T12: no survey in 2026Q3
            base = 58 + team.quality * 2 // 5
            items = [min(100, base + dice.between(-14, 14)) for _ in range(3)]
            if team.number == 11 and quarter == Q2_2026:
                items = [92, 88, 90]          # 90 % on the whole, exactly
            if team.number == 8 and quarter >= Q2_2026:
                items[2] = dice.between(40, 58)  # answers come slowly, quarter after quarter
            cells = [share_text(dice, item) for item in items]
            if dice.chance(25):
                cells[dice.between(0, 2)] = ""   # an item left open
            rows.append([f"V{len(rows) + 1:04d}", customer.id,
                         day_of(QUARTERS[quarter], dice.between(20, 89)), *cells])
    return rows


# Ratings of complaint handling in 2026Q1 to Q3: three quarters below 60, and one that recovers.
COMPLAINT_STORIES = {14: ((55, 61), (55, 55), (50, 54)), 15: ((58, 58), (60, 66), (52, 52))}


def make_complaints(dice, customers):
    rows = []
    for quarter in range(8):
        met = {}
        for customer in key_customers(customers, quarter):
            team = customer.team
            story = COMPLAINT_STORIES.get(team.number)
            told = story[quarter - 4] if story and Q1_2026 <= quarter <= Q3_2026 else None
            place = met.setdefault(team.number, 0)
            if told and place < len(told):
                rating = told[place]
            elif told or not dice.chance(280):
                continue
            else:
                rating = min(100, 55 + team.quality // 3 + dice.between(-12, 16))
            met[team.number] += 1
            rows.append([f"K{len(rows) + 1:04d}", customer.id,
                         day_of(QUARTERS[quarter], dice.between(0, 89)), share_text(dice, rating)])
    return rows


def make_opinions(dice, customers):
    rows = []
    for quarter in range(8):
        for customer in key_customers(customers, quarter):
            team = customer.team
            if team.number == 12 and quarter == Q2_2026 or not dice.chance(450):
                continue                      # T12: no interviews in 2026Q2
            for item in (("culture",) if team.type == "multinational" else
                         ("influence", "timeliness", "tailoring")):
                tenths = 10 * min(5, max(1, 2 + team.quality // 30 + dice.between(-1, 1)))
                if tenths < 50 and dice.chance(300):
                    tenths += 5
                mark = f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"
                rows.append([f"N{len(rows) + 1:04d}", customer.id,
                             day_of(QUARTERS[quarter], dice.between(10, 89)), item,
                             "" if dice.chance(20) else mark])
    return rows


# ── Contracts, checks, issues, market ────────────────────────────────────────────────────────────

def make_agreements(dice, customers):
    rows = []
    for quarter in range(8):
        for customer in key_customers(customers, quarter):
            if not dice.chance(90):
                continue
            year, month = QUARTERS[quarter][0] + 1, dice.between(1, 12)
            longer = dice.pick((6, 12, 12, 24, 36))
            end = year * 12 + month - 1 + longer
            rows.append([f"A{len(rows) + 1:04d}", customer.id,
                         day_of(QUARTERS[quarter], dice.between(0, 89)), f"{year}-{month:02d}-01",
                         f"{end // 12}-{end % 12 + 1:02d}-01"])
    return rows


def make_checks(dice, customers):
    rows = []
    for quarter in range(8):
        for customer in key_customers(customers, quarter):
            team = customer.team
            if team.number == 17 and quarter == Q3_2026:
                continue                      # nothing was checked
            for _ in range(dice.between(0, 2)):
                abroad = team.type == "multinational"
                if dice.chance(80):
                    abroad = not abroad       # counts for neither card
                rows.append([f"H{len(rows) + 1:04d}", customer.id,
                             day_of(QUARTERS[quarter], dice.between(0, 91)),
                             "international" if abroad else "local",
                             dice.pick(("trade", "tax") if abroad else ("environment", "industry")),
                             "" if dice.chance(8) else flag(dice.chance(900 + team.quality))])
    return rows


def make_issues(dice, customers):
    rows = []
    for quarter in range(8):
        for customer in key_customers(customers, quarter):
            team = customer.team
            if team.type != "multinational" or team.number == 8 and quarter == Q1_2026:
                continue                      # T08: nothing was due in 2026Q1
            for _ in range(dice.between(0, 2)):
                due = dice.between(0, 89)
                late = not dice.chance(720 + 3 * team.quality)
                solved = day_of(QUARTERS[quarter], due + dice.between(1, 9) if late
                                else max(0, due - dice.between(0, 6)))
                rows.append([f"I{len(rows) + 1:04d}", customer.id, day_of(QUARTERS[quarter], due),
                             "" if late and dice.chance(200) else solved])
    return rows


# Market shares of 2025Q3 to 2026Q4 in tenths of a per cent.
SHARE_STORIES = {
    3: (298, 302, 305, 312, 319, 319),        # above 30 % and rising; in 2026Q4 it stands still
    4: (335, 334, 330, 320, 310, 305),        # above and falling
    5: (270, 275, 280, 290, 299, 300),        # rising and below; then 30 %, exactly
}
INDEX_STORIES = {(1, Q1_2026): 100, (2, Q2_2026): 90, (6, Q2_2026): 115}


def make_market(dice, teams):
    rows = []
    for team in teams:
        share, field = dice.between(170, 380), dice.between(60, 190) * 1_000_000
        for quarter in range(8):
            share = max(20, share + dice.between(-3, 9))
            told = SHARE_STORIES.get(team.number)
            if told and quarter >= 2:
                share = told[quarter - 2]
            index = INDEX_STORIES.get((team.number, quarter), dice.between(88, 114))
            field = field * dice.between(97, 104) // 100 // 1000 * 1000
            if team.number == 16 and quarter == Q2_2026:
                continue                      # no report came
            rows.append([team.id, day_of(QUARTERS[quarter], 0), yuan(field * share // 10),
                         yuan(field * 100), f"{index // 100}.{index % 100:02d}"])
    return rows


# ── Joint projects ───────────────────────────────────────────────────────────────────────────────

PROJECT_STORIES = [
    (1_000_000_00, (50, 20, 30)),             # as one expects
    (100_000_00, (1, 1, 1)),                  # a cent is left over
    (250_000_00, (7, "", 5)),                 # nobody wrote down after-sales' part
    (80_000_00, (0, 0, 0)),                   # no points at all
    (60_000_00, (3, 0, 1)),                   # one department did nothing
    (0, (2, 2, 1)),                           # nothing to divide
]


def make_projects(dice):
    projects, parts = [], []
    stories = PROJECT_STORIES + [
        (dice.between(50, 900) * 1234_56, tuple(dice.between(0, 60) for _ in range(3)))
        for _ in range(10)]
    for credit, points in stories:
        name = f"P{len(projects) + 1:02d}"
        projects.append([name, yuan(credit)])
        for department, part in zip(("sales", "after_sales", "technical_support"), points):
            parts.append([name, department, part])
    projects.append(["P17", yuan(45_000_00)])
    parts.append(["P17", "sales", "12.5"])     # one department alone
    return projects, parts


# ── Files ────────────────────────────────────────────────────────────────────────────────────────

def add_bad_rows(tables):
    """Rows that must be turned away, each for a reason of its own."""
    def insert(table, at, row):
        tables[table].insert(at, row)

    insert("team", 5, ["T90", "regional", "5000.00"])                                # no such type
    insert("team", 9, ["T03", "multinational", "5000.00"])                           # T03 again
    insert("customer", 20, ["C9001", "T90", "multinational", "true", "2024-01-01", ""])
    insert("customer", 40, ["C9002", "T02", "multinational", "大概", "2024-01-01", ""])
    insert("order", 100, ["O90001", "C9999", "2026-02-11", "5200.00", "900.00"])     # whose?
    insert("order", 200, ["O90002", "C0003", "2026-02-30", "5200.00", "900.00"])     # no such day
    insert("order", 300, ["O90003", "C0004", "2026-03-01", "待定", "900.00"])
    insert("order", 400, ["O00007", "C0005", "2026-03-01", "5200.00", "900.00"])     # a key again
    insert("survey", 50, ["V9001", "C0006", "2026-02-11", "92", "90%", "88%"])       # 92 of 1
    insert("opinion", 60, ["N9001", "C0007", "2026-02-11", "culture", "6"])          # 6 of 5
    insert("opinion", 70, ["N9002", "C0008", "2026-02-11", "manners", "4"])          # no such item
    insert("market", 11, ["T02", "2025-01-01", "1.00", "2.00", "1.00"])              # twice
    insert("market", 30, ["T04", "", "1.00", "2.00", "1.00"])                        # when?
    insert("check", 80, ["H9001", "C0009", "2026-02-11", "international"])           # cut off
    insert("participation", 9, ["P99", "sales", 10])                                 # no such project
    insert("participation", 12, ["P05", "legal", 10])                                # no such department
    insert("participation", 15, ["P06", "sales", -3])                                # below 0


HEADINGS = {
    "team": ["team_id", "account_type", "bonus_base"],
    "customer": ["customer_id", "team_id", "type", "is_key_account", "since", "churned_on"],
    "order": ["order_id", "customer_id", "ordered_on", "amount", "cost"],
    "survey": ["survey_id", "customer_id", "answered_on", "service_quality", "product_quality",
               "response_speed"],
    "complaint": ["complaint_id", "customer_id", "closed_on", "handling"],
    "agreement": ["agreement_id", "customer_id", "signed_on", "ended_before", "ends_now"],
    "market": ["team_id", "quarter_start", "own_sales", "field_sales", "index"],
    "check": ["check_id", "customer_id", "checked_on", "scope", "kind", "compliant"],
    "opinion": ["opinion_id", "customer_id", "given_on", "item", "mark"],
    "issue": ["issue_id", "customer_id", "due_on", "solved_on"],
    "project": ["project_id", "credit"],
    "participation": ["project_id", "department", "points"],
}


def make_tables():
    dice = Dice(20260201)
    teams = [Team(number, dice) for number in (*MULTINATIONAL, *LOCAL)]
    customers = make_customers(dice, teams)
    projects, parts = make_projects(dice)
    tables = {
        "team": [[t.id, t.type, "" if t.number == 17 else yuan(t.bonus)] for t in teams],
        "customer": [[c.id, c.team.id, c.type, flag(c.key), c.since_day, c.left_day]
                     for c in customers],
        "order": order_rows(make_orders(dice, customers)),
        "survey": make_surveys(dice, customers),
        "complaint": make_complaints(dice, customers),
        "agreement": make_agreements(dice, customers),
        "market": make_market(dice, teams),
        "check": make_checks(dice, customers),
        "opinion": make_opinions(dice, customers),
        "issue": make_issues(dice, customers),
        "project": projects,
        "participation": parts,
    }
    add_bad_rows(tables)
    return tables


if __name__ == "__main__":
    write(__file__, make_tables(), HEADINGS)
