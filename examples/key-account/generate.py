#!/usr/bin/env python3
"""Makes the data of the key-account example: the same bytes on every machine.

    generate.py [FOLDER]        writes the tables there; default: data/ beside this file

36 managers, about 2,400 customers, two years by quarter. Only whole numbers and a generator of our
own are used, so that no version of Python and no machine makes another file. Amounts are counted
in fen and written in yuan.

Most rows are ordinary. The others are what real exports hold: empty cells, amounts with commas or
in 万, managers who stand exactly at a limit, and some rows that no program should accept. Each is
made by a named step below, so that one can see what it is for.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from making import QUARTERS, Dice, day_of, flag, moment_of, write, yuan

MANAGERS = 36


# ── Who ──────────────────────────────────────────────────────────────────────────────────────────

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅"
GIVEN = "思远子涵雨桐浩然欣怡明轩若曦俊杰诗涵建国晓燕文博雅婷志强嘉懿海涛静宜天佑"
TRADES = ("电气", "银行", "医疗", "物流", "化工", "能源", "汽车", "零售", "软件", "食品")
PLACES = ("华北", "华东", "华南", "西南", "东北", "西北", "沿海", "江淮")

# Strategic customers of the managers who are to stand at or near the limit of 5 %, and in which
# quarter they lose how many of them.
CHURN_STORIES = {
    3: (20, [((2026, 2), 1)]),                 # 1 of 20: exactly 5 %, no veto
    7: (40, [((2026, 3), 2)]),                 # 2 of 40: exactly 5 %, no veto
    11: (18, [((2025, 2), 1), ((2026, 2), 1)]),  # 1 of 18: over 5 % and under 6 %; then 1 of 17
    14: (36, [((2026, 1), 2)]),                # 2 of 36: over 5 %, veto
    20: (0, []),                               # none at all: nothing to lose a share of
    27: (24, [((2026, 4), 2)]),                # 2 of 24, one of them with no cause written down
    31: (26, [((2026, 1), 1), ((2026, 2), 1)]),  # 1 of 25 = 4 %, then 1 of 24: over 4 %
}


class Manager:
    def __init__(self, number, dice):
        self.number = number
        self.id = f"M{number:02d}"
        start = dice.between(0, len(GIVEN) // 2 - 1) * 2
        self.name = SURNAMES[number - 1] + GIVEN[start:start + 2]
        if number <= 6:
            self.role = "director"
        elif number <= 24:
            self.role = "account_manager"
        else:
            self.role = "regional_lead"
        self.stage = ("growth", "mature", "growth", "startup")[number % 4]
        self.quality = dice.between(20, 95)  # how well things go here, of 100
        self.focus = dice.between(25, 110)   # how much strategic customers buy, of 100
        self.bonus = dice.between(60, 200) * 25000  # fen
        self.contribution = 0                # fen, of the first year
        self.heads = dice.between(5, 11)


def make_managers(dice):
    managers = [Manager(number, dice) for number in range(1, MANAGERS + 1)]
    managers[26].quality = 88  # M27, who loses a grade, should have one to lose
    managers[7].name = "欧阳,雪(华东)"  # a comma inside the name: the cell must be quoted
    return managers


class Customer:
    def __init__(self, number, manager, tier, since):
        self.id = f"C{number:05d}"
        self.manager = manager
        self.tier = tier
        self.since = since            # a quarter's index; negative: before the first
        self.since_day = ""
        self.lost = None              # a quarter's index
        self.lost_day = ""
        self.cause = ""
        self.coefficient = 0          # per cent; -1: not known


def make_customers(dice, managers):
    customers = []

    def add(manager, tier, since):
        customer = Customer(len(customers) + 1, manager, tier, since)
        if since < 0:
            customer.since_day = f"{2024 - dice.between(0, 9)}-{dice.between(1, 12):02d}-01"
        else:
            customer.since_day = day_of(QUARTERS[since], dice.between(0, 80))
        base = {"S": 86, "A": 80, "B": 72, "C": 60}[tier]
        customer.coefficient = min(100, base + dice.between(-12, 14))
        if dice.chance(6):
            customer.coefficient = -1
        customers.append(customer)
        return customer

    for manager in managers:
        story = CHURN_STORIES.get(manager.number)
        strategic = story[0] if story else dice.between(9, 19)
        for _ in range(strategic):
            add(manager, "S", -1)
        for _ in range(dice.between(44, 56)):
            since = dice.between(0, 7) if dice.chance(160) else -1
            tier = dice.pick("AAABBBBC")
            if story is None and since >= 0 and dice.chance(60):
                tier = "S"
            add(manager, tier, since)
    return customers


def lose_customers(dice, customers):
    """Who leaves: as told in the stories, and some others of the lower tiers."""
    for number, (_, losses) in CHURN_STORIES.items():
        strategic = [c for c in customers if c.manager.number == number and c.tier == "S"]
        for quarter, count in losses:
            for _ in range(count):
                customer = next(c for c in strategic if c.lost is None)
                lose(dice, customer, QUARTERS.index(quarter))
    for customer in customers:
        rare = customer.tier == "S" and customer.manager.number not in CHURN_STORIES
        if rare and dice.chance(14) or customer.tier in "ABC" and dice.chance(90):
            lose(dice, customer, dice.between(max(customer.since + 1, 0), 8))
    of_31 = [c for c in customers if c.manager.number == 31 and c.tier == "S"]
    for customer in of_31:
        customer.cause = "active" if customer.lost is not None else ""
    # A customer since the first day of 2026Q2 is not one that M31 had when it began.
    of_31[-1].since, of_31[-1].since_day = QUARTERS.index((2026, 2)), day_of((2026, 2), 0)
    of_27 = [c for c in customers if c.manager.number == 27 and c.tier == "S" and c.lost]
    of_27[-1].cause = ""  # lost, and nobody wrote down why


def lose(dice, customer, quarter):
    if quarter > 7:
        return  # after the two years
    customer.lost = quarter
    customer.lost_day = day_of(QUARTERS[quarter], dice.between(10, 85))
    customer.cause = "passive" if dice.chance(300) else "active"


# ── What they did ────────────────────────────────────────────────────────────────────────────────

AMOUNTS = {"S": (18_000_00, 130_000_00), "A": (12_000_00, 80_000_00), "B": (6_000_00, 50_000_00),
           "C": (1_000_00, 20_000_00)}


def buys_in(customer, quarter):
    return customer.since <= quarter and (customer.lost is None or quarter < customer.lost)


def make_orders(dice, customers):
    rows = []
    for quarter in range(8):
        for customer in customers:
            if not buys_in(customer, quarter):
                continue
            manager = customer.manager
            if manager.number == 22 and quarter == 6:
                continue  # 2026Q3: nothing sold at all, so no share of it either
            busy = 560 + 3 * manager.quality if customer.tier == "S" else 700
            count = (1 if dice.chance(busy) else 0) + (1 if dice.chance(130) else 0)
            for _ in range(count):
                low, high = AMOUNTS[customer.tier]
                amount = dice.between(low, high)
                if customer.tier == "S":
                    amount = amount * manager.focus // 100
                cost = amount * dice.between(12, 46) // 100
                if quarter < 4:
                    manager.contribution += (amount - cost) * max(customer.coefficient, 0) // 100
                rows.append([f"O{len(rows) + 1:06d}", customer.id,
                             day_of(QUARTERS[quarter], dice.between(0, 91)), yuan(amount),
                             "" if dice.chance(4) else yuan(cost)])
    for at, text in ((17, "¥48,250.50"), (230, "12.5万"), (999, "30,500.00"), (4_321, "6.08万元")):
        rows[at][3] = text  # as people type them; all of them amounts
    return rows


def make_tickets(dice, customers):
    rows = []
    for quarter in range(8):
        for customer in customers:
            manager = customer.manager
            silent = manager.number == 5 and quarter == 2  # 2025Q3: a quarter without a ticket
            if not buys_in(customer, quarter) or silent or not dice.chance(170):
                continue
            major = dice.chance(250) and not (manager.number == 13 and quarter == 5)
            start = dice.between(0, 88 * 1440)
            usual = (16 if major else 44) * 60 * (160 - manager.quality) // 100
            minutes = usual * dice.between(40, 190) // 100
            open_still = quarter == 7 and start > 80 * 1440 or dice.chance(5)
            rows.append([f"T{len(rows) + 1:05d}", customer.id, "major" if major else "general",
                         moment_of(QUARTERS[quarter], start),
                         "" if open_still else moment_of(QUARTERS[quarter], start + minutes)])
    return rows


def make_surveys(dice, customers):
    rows = []
    for quarter in range(8):
        for customer in customers:
            manager = customer.manager
            # The firm did not call the customers of M09 in 2025Q1 and 2026Q2.
            silent = manager.number == 9 and quarter in (0, 5)
            if not buys_in(customer, quarter) or silent or not dice.chance(200):
                continue
            luck = dice.between(1, 100)
            if luck <= 20 + manager.quality // 2:
                likelihood = dice.between(9, 10)
            elif luck <= 84:
                likelihood = dice.between(7, 8)
            else:
                likelihood = dice.between(0, 6)
            rows.append([f"V{len(rows) + 1:05d}", customer.id,
                         day_of(QUARTERS[quarter], dice.between(30, 89)),
                         "" if dice.chance(12) else likelihood,
                         flag(not dice.chance(60))])
    return rows


def make_projects(dice, customers):
    rows = []
    for quarter in range(8):
        for customer in customers:
            manager = customer.manager
            nothing = manager.number == 12 and quarter == 3  # 2025Q4: nothing was delivered
            if not buys_in(customer, quarter) or nothing or not dice.chance(90):
                continue
            rows.append([f"P{len(rows) + 1:05d}", customer.id,
                         day_of(QUARTERS[quarter], dice.between(0, 91)),
                         flag(dice.chance(900 + manager.quality)),
                         "" if dice.chance(4) else flag(not dice.chance(920 + manager.quality // 2))])
    return rows


def make_staff(dice, managers):
    """The roster: one row for each person and quarter. Newcomers count the months after they have
    settled in; they are no part of the opening team."""
    rows = []
    number = 0
    for manager in managers:
        people = []
        for _ in range(manager.heads):
            number += 1
            people.append([f"E{number:04d}", dice.chance(380), False])
        for quarter in range(8):
            if manager.number == 16 and quarter == 5:
                continue  # 2026Q2: no roster came from personnel
            newcomers = 0
            if dice.chance(250):
                newcomers = 1
            if manager.number in (25, 30, 33) and quarter in (4, 5):
                newcomers = 3  # a team that grows fast
            for _ in range(newcomers):
                number += 1
                people.append([f"E{number:04d}", False, True])
            for person in people:
                talent = person[1]
                if not talent and dice.chance(25 + manager.quality // 2):
                    person[1] = True
                elif talent and dice.chance(30):
                    person[1] = False
                new_team = manager.number == 26 and quarter == 0  # everyone joined in the quarter
                months = dice.between(0, 2) if person[2] else 3
                if not person[2] and dice.chance(30):
                    months = 2
                rows.append([person[0], manager.id, day_of(QUARTERS[quarter], 0),
                             flag(not person[2] and not new_team),
                             "" if dice.chance(5) else months,
                             flag(talent and not person[2]), flag(person[1])])
                person[2] = False
            if len(people) > 4 and dice.chance(120):
                people.pop(dice.between(0, len(people) - 1))
    return rows


def make_proposals(dice, managers):
    rows = []
    for quarter in range(8):
        for manager in managers:
            if manager.number == 18 and quarter == 4:
                continue  # 2026Q1: no proposal, so no rate
            for _ in range(dice.between(2, 7)):
                adopted = flag(dice.chance(140 + 4 * manager.quality))
                if quarter == 7 and dice.chance(150):
                    adopted = ""  # not decided yet
                rows.append([f"R{len(rows) + 1:05d}", manager.id,
                             day_of(QUARTERS[quarter], dice.between(0, 91)), adopted])
    return rows


# ── Files ────────────────────────────────────────────────────────────────────────────────────────

def manager_rows(managers):
    rows = []
    for manager in managers:
        # The aim for the year: about what the first year brought, more where things go badly.
        aim = manager.contribution * (172 - manager.quality) // 110 // 10_000_000 * 100_000
        rows.append([manager.id, manager.name, manager.role, manager.stage, aim,
                     "" if manager.number == 34 else yuan(manager.bonus)])
    return rows


def customer_rows(dice, customers):
    rows = []
    for customer in customers:
        place, trade = dice.pick(PLACES), dice.pick(TRADES)
        if customer.tier == "S" and customer.since == 6 and customer.manager.number in (19, 28):
            trade = "医疗"  # 2026Q3: the two who win a strategic customer in the new field
        name = place + trade + str(int(customer.id[1:]))
        share = "" if customer.coefficient < 0 else f"{customer.coefficient}%"
        if customer.coefficient >= 0 and int(customer.id[1:]) % 3:
            share = f"{customer.coefficient // 100}.{customer.coefficient % 100:02d}"
        rows.append([customer.id, customer.manager.id, name, customer.tier, trade,
                     "active" if customer.lost is None else "churned", customer.since_day,
                     customer.lost_day, customer.cause, share])
    late = next(row for row in rows if row[1] == "M10" and row[3] == "C" and row[5] == "active")
    late[5] = "churned"  # gone, and nobody wrote down when
    return rows


def add_bad_rows(tables):
    """Rows that must be turned away, each for a reason of its own."""
    def insert(table, at, row):
        tables[table].insert(at, row)

    insert("manager", 20, ["M90", "试用,甲", "intern", "growth", "100000", "5000.00"])  # no such role
    insert("manager", 30, ["M05", "重复", "director", "growth", "100000", "5000.00"])   # M05 again
    insert("customer", 700, ["C90001", "M90", "北方试点", "A", "电气", "active", "2024-01-01", "", "", "0.80"])
    insert("customer", 800, ["C90002", "M02", "系数有误", "B", "电气", "active", "2024-01-01", "", "", "1.2"])
    insert("customer", 900, ["C90003", "", "无主客户", "B", "电气", "active", "2024-01-01", "", "", "0.70"])
    insert("order", 1500, ["O900001", "C99999", "2025-02-11", "5200.00", "900.00"])  # whose?
    insert("order", 2500, ["O000042", "C00011", "2025-03-01", "7300.00", "1100.00"])  # a key again
    insert("order", 3500, ["O900003", "C00012", "2025-05-09", "待确认", "800.00"])     # no amount
    insert("order", 4500, ["O900004", "C00013", "2025-13-09", "6100.00", "700.00"])   # no such month
    insert("order", 5500, ["O900005", "C90001", "2025-06-02", "6100.00", "700.00"])   # of M90
    insert("order", 6500, ["O900006", "C00014", "", "6100.00", "700.00"])             # when?
    insert("order", 7500, ["O900007", "C00015", "2025-07-07"])                        # cut off
    insert("survey", 400, ["V90001", "C00020", "2025-02-20", 11, "true"])             # of ten
    insert("survey", 500, ["V90002", "C00021", "2025-02-20", "很好", "true"])
    insert("ticket", 600, ["T90001", "C00022", "critical", "2025-02-20 08:00", "2025-02-20 09:00"])
    insert("ticket", 700, ["T90002", "C00023", "major", "2025-02-20 08:00", "次日"])
    insert("staff", 300, ["E9001", "M02", "2025-04-01", "true", 4, "false", "false"])  # of three
    insert("project", 200, ["P90001", "C00024", "2025-02-20", "maybe", "false"])


HEADINGS = {
    "manager": ["manager_id", "name", "role", "stage", "clv_target", "target_bonus"],
    "customer": ["customer_id", "manager_id", "name", "tier", "industry", "status", "since",
                 "churned_on", "churn_cause", "retention_coefficient"],
    "order": ["order_id", "customer_id", "ordered_on", "amount", "service_cost"],
    "ticket": ["ticket_id", "customer_id", "severity", "submitted_at", "resolved_at"],
    "survey": ["survey_id", "customer_id", "answered_on", "likelihood", "third_party"],
    "project": ["project_id", "customer_id", "delivered_on", "met_contract", "major_deviation"],
    "staff": ["staff_id", "manager_id", "quarter_start", "in_opening_team", "effective_months",
              "key_talent_start", "key_talent_end"],
    "proposal": ["proposal_id", "manager_id", "submitted_on", "adopted"],
}


def make_tables():
    dice = Dice(20260101)
    managers = make_managers(dice)
    customers = make_customers(dice, managers)
    lose_customers(dice, customers)
    tables = {
        "order": make_orders(dice, customers),
        "ticket": make_tickets(dice, customers),
        "survey": make_surveys(dice, customers),
        "project": make_projects(dice, customers),
        "staff": make_staff(dice, managers),
        "proposal": make_proposals(dice, managers),
        "manager": manager_rows(managers),
        "customer": customer_rows(dice, customers),
    }
    add_bad_rows(tables)
    return tables


if __name__ == "__main__":
    write(__file__, make_tables(), HEADINGS)
