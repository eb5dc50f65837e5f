#!/usr/bin/env python3
"""Makes the data of the long-term-sales example: the same bytes on every machine.

    generate.py [FOLDER]        writes the tables there; default: data/ beside this file

Two directors, six regions, twenty sellers, about ninety customers, two years by quarter. Amounts are
counted in fen and written in yuan. The stories that README.md tells are made by the steps named
`story_…`, the rows that no program should accept by `add_bad_rows`.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from making import QUARTERS, Dice, day_of, flag, moment_of, write, yuan

YEAR = QUARTERS[4:]  # the quarters of 2026, which are scored
MARKETS = ("emerging", "mature", "declining")
PHASES = ("expansion", "existing", "transition")
NAMES = ("陈立", "林悦", "周行", "吴桐", "郑安", "王宁", "冯越", "蒋一", "沈知", "韩青",
         "杨帆", "朱晨", "秦朗", "许诺", "何夕", "吕望", "施工", "张弛", "孔明远", "曹植")


class Seller:
    def __init__(self, number, dice):
        self.number = number
        self.id = f"S{number:02d}"
        self.region = number % 6 + 1
        self.market = MARKETS[(self.region - 1) % 3]
        self.track = "key_account_manager" if number <= 10 else (
            "representative" if number <= 16 else "equipment")
        self.phase = PHASES[number % 3]
        self.launches = number in (2, 4, 7, 9)
        # A key-account manager's of new products, a seller of equipment's of everything.
        self.target = (number * 90 + 40) * dice.between(18, 28) // 100 * 1000_00
        if self.track == "equipment":
            self.target = dice.between(18, 32) * 10_000_00
        self.bonus = dice.between(60, 160) * 250_00
        self.customers = []


class Customer:
    def __init__(self, number, seller, dice):
        self.id = f"C{number:03d}"
        self.seller = seller
        self.since = f"{2024 - dice.between(0, 7)}-{dice.between(1, 12):02d}-01"
        self.since_quarter = -1   # index; 8: never yet
        self.lost = ""
        self.lost_quarter = 8
        self.years = dice.between(6, 18)  # halves of a year
        self.strategic = dice.chance(300)
        self.key_account = dice.chance(450)
        self.sample = seller.market == "emerging" and dice.chance(350)
        self.can_upgrade = dice.chance(400)

    def serves(self, quarter):
        return self.since_quarter <= quarter < self.lost_quarter


def make_sellers(dice):
    sellers = [Seller(number, dice) for number in range(1, 21)]
    sellers[16].bonus, sellers[16].target = 50_000_00, 500_000_00  # S17: the pool of 50 000
    sellers[2].phase = "existing"
    return sellers


def market_of(region, quarter):
    """R6 declines from July 2026 on; before, it was a mature market."""
    return "mature" if region == 6 and quarter < 6 else MARKETS[(region - 1) % 3]


def phase_of(seller, quarter):
    """S08 has existing customers to look after from July 2026 on."""
    return "existing" if seller.number == 8 and quarter >= 6 else seller.phase


def make_customers(dice, sellers):
    customers = []
    for seller in sellers:
        four = seller.number in (3, 5, 6, 7, 10)  # whose shares are told in the stories
        for _ in range(4 if four else dice.between(5, 7)):
            customer = Customer(len(customers) + 1, seller, dice)
            customers.append(customer)
            seller.customers.append(customer)
        if four:
            continue
        win(dice, seller.customers[-1], dice.between(1, 8))
        if dice.chance(600):
            lose(dice, seller.customers[0], dice.between(1, 7))
    for seller in sellers[4:7]:
        for customer in seller.customers:
            customer.years = 12
        win(dice, seller.customers[-1], 5)
    return customers


def win(dice, customer, quarter):
    customer.since_quarter = quarter
    customer.since = "" if quarter > 7 else day_of(QUARTERS[quarter], dice.between(0, 40))


def lose(dice, customer, quarter):
    customer.lost_quarter = quarter
    customer.lost = day_of(QUARTERS[quarter], dice.between(5, 80))


# ── Sales ────────────────────────────────────────────────────────────────────────────────────────

def sales_of(seller, quarter, dice):
    """What a seller sells in a quarter, in thousands of yuan."""
    usual = seller.number * 90 + 40 if seller.number <= 10 else 150 + seller.number * 6
    if QUARTERS[quarter] == (2026, 1) and seller.number <= 10:
        return seller.number * 100  # ten peers: 100 000 to 1 000 000
    year = {5: (500, 480, 540, 480), 6: (600, 440, 500, 460), 7: (700, 420, 460, 420)}
    if seller.number in year and quarter >= 4:
        return year[seller.number][quarter - 4]
    if seller.number == 3 and QUARTERS[quarter] == (2026, 2):
        return 468
    return usual * dice.between(80, 130) // 100


def parts_of(seller, quarter, total, buyers, dice):
    """Each buyer's part of a quarter's sales, in yuan."""
    if seller.number == 10 and QUARTERS[quarter] in ((2026, 1), (2026, 2)):
        return {(2026, 1): [310_000, 250_000, 240_000, 200_000],
                (2026, 2): [300_000, 260_000, 240_000, 200_000]}[QUARTERS[quarter]]
    if seller.number == 3 and QUARTERS[quarter] == (2026, 2):
        return [117_000] * 4
    weights = [dice.between(8, 14) for _ in buyers]
    parts = [total * 1000 * weight // sum(weights) // 100 * 100 for weight in weights[:-1]]
    return parts + [total * 1000 - sum(parts)]


def make_orders(dice, sellers, bought):
    rows = []
    for quarter in range(8):
        for seller in sellers:
            buyers = [c for c in seller.customers if c.serves(quarter)]
            parts = parts_of(seller, quarter, sales_of(seller, quarter, dice), buyers, dice)
            for customer, part in zip(buyers, parts):
                bought[customer.id, quarter] = part
                first = part * dice.between(40, 70) // 100
                for amount in (first, part - first):
                    add_order(dice, rows, customer, quarter, amount)
    return rows


def add_order(dice, rows, customer, quarter, amount):
    luck = dice.between(1, 100)
    kind = "new_product" if luck <= 28 else "solution" if luck <= 43 else "upgrade" if luck <= 50 else (
        "migration" if luck <= 66 and customer.seller.market == "declining" else "standard")
    category = dice.pick(("machine", "machine", "part", "service"))
    rate = 70 if customer.seller.number in (5, 6, 7) else dice.between(52, 76)
    rows.append([f"O{len(rows) + 1:05d}", customer.id, day_of(QUARTERS[quarter], dice.between(0, 88)),
                 category, kind, yuan(amount * 100), yuan(amount * rate)])


def story_parts(rows, sellers):
    """S17 sells parts for 100 000 and then for 107 500, and 95 % of the target in 2026Q3."""
    mine = {customer.id for customer in sellers[16].customers}
    rows[:] = [row for row in rows if row[1] not in mine or row[2] < "2026-04" or row[2] > "2026-10"]
    first = sellers[16].customers[0].id
    for order, (day, category, amount) in enumerate((
            ("2026-05-12", "part", 100_000), ("2026-06-02", "machine", 310_000),
            ("2026-08-11", "part", 107_500), ("2026-09-01", "machine", 367_500))):
        rows.append([f"O9{order:04d}", first, day, category, "standard", yuan(amount * 100),
                     yuan(amount * 60)])


def make_finance(dice, customers, bought):
    rows = []
    for quarter in range(8):
        for customer in customers:
            seller = customer.seller.number
            own = bought.get((customer.id, quarter), 0)
            total = yuan(own * 100 * 100 // dice.between(24, 58) // 10_000 * 10_000)
            if seller == 3 and QUARTERS[quarter] == (2026, 2):
                total = yuan(225_000_00)  # 468 of 900
            if dice.chance(25) or seller == 8 and QUARTERS[quarter] == (2026, 3):
                total = ""  # nobody knows what the customer buys elsewhere
            keep = 10_000 if seller in (5, 6, 7) else dice.between(3, 12) * 500
            won = customer.since_quarter == quarter
            cost = {5: 200_000, 6: 220_000, 7: 240_000}.get(seller, dice.between(20, 90) * 1000)
            rows.append([customer.id, day_of(QUARTERS[quarter], 0), total, yuan(keep * 100),
                         yuan(dice.between(40, 48) * 10_000), yuan(cost * 100 if won else 0)])
    return rows


def make_signals(dice, customers, sellers):
    told = {(sellers[2].customers[1].id, (2026, 2)): [30, 4, 45, 9, 8, 6, 6, 2, 2, "true"],
            (sellers[3].customers[1].id, (2026, 3)): [28, 5, 30, 12, 4, 6, 6, 2, 2, "false"],
            (sellers[1].customers[1].id, (2026, 1)): [30, 4, 42, 9, 8, 6, 6, 2, 2, ""],
            (sellers[1].customers[1].id, (2026, 4)): [30, 4, 33, 12, 6, 6, 6, 2, 2, ""],
            (sellers[7].customers[1].id, (2026, 1)): [26, 4, 27, 9, 9, 12, 9, 2, 4, ""]}
    rows = []
    for quarter in range(8):
        for customer in customers:
            if not customer.serves(quarter):
                continue
            usual, before, often, lines = (dice.between(20, 40), dice.between(6, 14),
                                           dice.between(3, 8), dice.between(1, 3))
            row = [usual, dice.between(3, 6), usual + dice.between(-9, 8), before,
                   before + dice.between(-2, 3), often, often + dice.between(-2, 2), lines, lines, ""]
            if customer.since_quarter == quarter:
                row[0:2] = ["", ""]  # bought for the first time: no usual interval yet
                row[3] = 0
            row = told.get((customer.id, QUARTERS[quarter]), row)
            rows.append([customer.id, day_of(QUARTERS[quarter], 0), *row])
    return rows


# ── What customers say and ask for ───────────────────────────────────────────────────────────────

def make_surveys(dice, customers):
    rows = []
    marks = {(1, (2026, 3)): (80, 90), (6, (2026, 3)): (79, 89)}
    for quarter in range(8):
        for customer in customers:
            if not customer.serves(quarter) or not dice.chance(550):
                continue
            seller = customer.seller.number
            if seller == 9 and QUARTERS[quarter] == (2026, 2):
                continue  # nobody asked
            economic, other = marks.get((seller, QUARTERS[quarter]),
                                        (dice.between(66, 97), dice.between(76, 99)))
            rows.append([f"V{len(rows) + 1:04d}", customer.id,
                         day_of(QUARTERS[quarter], dice.between(20, 88)),
                         "" if dice.chance(12) and seller not in (1, 6) else economic, other])
    return rows


def make_requests(dice, customers, sellers):
    rows = []

    def add(customer, quarter, start, answer, solved):
        rows.append([f"Q{len(rows) + 1:04d}", customer.id, moment_of(quarter, start),
                     moment_of(quarter, start + answer),
                     "" if solved is None else moment_of(quarter, start + solved)])

    for quarter in range(8):
        for customer in customers:
            if not customer.serves(quarter) or (customer.seller.number, QUARTERS[quarter]) == (6, (2026, 3)):
                continue
            for _ in range(dice.between(0, 3)):
                answer = dice.between(60, 40 * 60)
                solved = None if dice.chance(60) else answer + dice.between(60, 60 * 60)
                add(customer, QUARTERS[quarter], dice.between(0, 80 * 1440), answer, solved)
    for number in range(25):  # S06: 26 h to the first answer, 22 of 25 solved
        add(sellers[5].customers[number % 4], (2026, 3), number * 2 * 1440, 26 * 60,
            30 * 60 if number < 22 else None)
    return rows


def make_contracts(dice, customers, sellers):
    rows = []

    def add(customer, quarter, renewed):
        rows.append([f"K{len(rows) + 1:04d}", customer.id, day_of(quarter, dice.between(0, 88)), renewed])

    for quarter in range(8):
        for customer in customers:
            story = (customer.seller.number, QUARTERS[quarter]) == (6, (2026, 3))
            if customer.serves(quarter) and not story and dice.chance(280):
                add(customer, QUARTERS[quarter], "" if dice.chance(20) else flag(dice.chance(880)))
    for number in range(11):  # S06: 10 of 11
        add(sellers[5].customers[number % 4], (2026, 3), flag(number != 4))
    return rows


def make_of_customers(dice, customers):
    """Projects, offers and devices."""
    projects, offers, devices = [], [], []
    for quarter in range(8):
        for customer in customers:
            if not customer.serves(quarter):
                continue
            if dice.chance(110):
                projects.append([f"P{len(projects) + 1:03d}", customer.id,
                                 day_of(QUARTERS[quarter], dice.between(0, 88)),
                                 dice.pick(("benchmark", "benchmark", "ecosystem"))])
            for _ in range(dice.between(0, 2)):
                offers.append([f"F{len(offers) + 1:04d}", customer.id,
                               day_of(QUARTERS[quarter], dice.between(0, 88)),
                               dice.pick(("new_product", "upgrade")),
                               "" if dice.chance(30) else flag(dice.chance(420))])
    for customer in customers:
        if customer.seller.track != "equipment" or customer.since_quarter > 3:
            continue
        story = customer is customer.seller.customers[0] and customer.seller.number == 17
        if customer.seller.number == 17 and not story:
            continue
        for number in range(25 if story else dice.between(4, 9)):
            for quarter in range(4, 8):
                working = number != 24 if story and quarter == 6 else dice.chance(930)
                devices.append([f"{customer.id}-{number + 1:02d}", day_of(QUARTERS[quarter], 0),
                                customer.id, flag(working)])
    return projects, offers, devices


def story_upgrades(offers, sellers):
    """S17 offers 25 upgrades in 2026Q3, of which 21 are accepted."""
    mine = {customer.id for customer in sellers[16].customers}
    offers[:] = [row for row in offers if row[1] not in mine or not "2026-07" < row[2] < "2026-10"]
    for number in range(25):
        offers.append([f"F9{number:03d}", sellers[16].customers[0].id, day_of((2026, 3), 3 * number),
                       "upgrade", flag(number < 21)])


# ── What sellers do ──────────────────────────────────────────────────────────────────────────────

def make_of_sellers(dice, sellers):
    checks, visits, training, leads, knowledge = [], [], [], [], []
    for quarter in range(8):
        for seller in sellers:
            now = QUARTERS[quarter]
            day = lambda: day_of(now, dice.between(0, 88))
            if seller.track == "key_account_manager" and (seller.number, now) != (3, (2026, 4)):
                for _ in range(dice.between(1, 2)):
                    checks.append([f"R{len(checks) + 1:03d}", seller.id, day(), dice.between(62, 98)])
            if seller.track == "representative":
                for _ in range(0 if (seller.number, now) == (14, (2026, 3)) else dice.between(7, 13)):
                    fields = dice.between(8, 20)
                    visits.append([f"B{len(visits) + 1:04d}", seller.id, day(),
                                   "" if dice.chance(20) else flag(dice.chance(240)), fields,
                                   fields - dice.pick((0, 0, 0, 1, 2))])
                offered = 0 if (seller.number, now) == (12, (2026, 1)) else dice.between(2, 5)
                training.append([seller.id, day_of(now, 0), offered,
                                 offered - min(offered, dice.pick((0, 0, 0, 1, 1, 2)))])
            none = seller.region == 4 and now == (2026, 2)
            for _ in range(0 if none else dice.between(2, 6)):
                leads.append([f"L{len(leads) + 1:04d}", seller.id, day(), flag(dice.chance(240))])
            for _ in range(dice.between(0, 2)):
                knowledge.append([f"N{len(knowledge) + 1:03d}", seller.id, day()])
    return checks, visits, training, leads, knowledge


COMPLIANCE = [["E1", "S04", "2026-05-20", "bribery", "true"],     # the veto
              ["E2", "S08", "2026-08-03", "bribery", ""],         # not decided yet: review
              ["E3", "S02", "2026-02-11", "other", "true"],       # no matter for the veto
              ["E4", "S09", "2026-11-19", "bribery", "false"]]    # cleared

GRANTS = [["G1", "S01", "2%", 3, "2000000", "3906250"],   # 25 % a year
          ["G2", "S05", "1.5%", 2, "1500000", "1440000"],  # fell
          ["G3", "S07", "1%", 3, "800000", "1123942.40"],  # 12 % a year, to the fen
          ["G4", "S09", "2%", 1, "900000", ""]]            # not valued yet

COMMISSIONS = [["K1", "2022-03-01", "100000", "2025-01-15", ""],   # lost after the third year
               ["K2", "2022-03-01", "100000", "2026-01-10", ""],   # lost in the fifth
               ["K3", "2023-01-31", "100000", "", "2026-12-01"],   # renewed: the rest is due at once
               ["K4", "2023-01-31", "100000", "", "2027-02-01"],   # will be renewed later
               ["K5", "2025-06-30", "100000", "", ""],             # the second year is not assessed yet
               ["K6", "2024-05-31", "88888.85", "", ""],           # eighths that leave a cent
               ["K7", "2025-09-30", "60000", "2026-09-30", ""]]    # lost on the very day
SERVICE_YEARS = [["K1", 2, "100%", "100%"], ["K1", 3, "100%", "100%"], ["K1", 4, "100%", "100%"],
                 ["K2", 2, "100%", "95%"], ["K2", 3, "80%", "100%"], ["K2", 4, "100%", "100%"],
                 ["K3", 2, "100%", "100%"], ["K3", 3, "100%", "100%"], ["K3", 4, "100%", "100%"],
                 ["K4", 2, "100%", "100%"], ["K4", 3, "100%", "100%"], ["K4", 4, "100%", "100%"],
                 ["K5", 2, "", "100%"], ["K6", 2, "90%", "130%"], ["K6", 3, "125%", "150%"],
                 ["K7", 2, "100%", "100%"]]


def add_bad_rows(tables):
    """Rows that must be turned away, each for a reason of its own."""
    tables["seller"].insert(12, ["S90", "试用", "R1", "I1", "intern", ""])
    tables["task"].insert(100, ["S03", "2026-04-01", "transition", "true", "1000.00"])
    tables["customer"].insert(20, ["C900", "", "无主客户", "2024-01-01", "", "3", "false", "false",
                                   "false", "false"])
    tables["customer"].insert(40, ["C901", "S02", "日期有误", "2024-13-01", "", "3", "false", "false",
                                   "false", "false"])
    tables["order"].insert(100, ["O95001", "C999", "2025-02-11", "part", "standard", "5200.00", "900.00"])
    tables["order"].insert(200, ["O00042", "C011", "2025-03-01", "part", "standard", "7300.00", "1100.00"])
    tables["order"].insert(300, ["O95003", "C012", "2025-05-09", "part", "standard", "待确认", "800.00"])
    tables["order"].insert(400, ["O95004", "C013", "", "part", "standard", "6100.00", "700.00"])
    tables["order"].insert(500, ["O95005", "C014", "2025-07-07"])
    tables["order"].insert(600, ["O95006", "C901", "2025-06-02", "part", "standard", "6100.00", "700.00"])
    tables["survey"].insert(50, ["V9001", "C010", "2025-02-20", "120", "90"])
    tables["request"].insert(60, ["Q9001", "C010", "2025-02-20 08:00", "次日", ""])


HEADINGS = {
    "director": ["director_id", "name"],
    "region": ["region_id", "director_id", "name", "key_account_goal"],
    "market_stage": ["region_id", "quarter_start", "market"],
    "industry": ["industry_id", "name"],
    "policy_event": ["event_id", "industry_id", "announced_on", "severity"],
    "seller": ["seller_id", "name", "region_id", "industry_id", "track", "target_bonus"],
    "task": ["seller_id", "quarter_start", "phase", "launches", "sales_target"],
    "customer": ["customer_id", "seller_id", "name", "since", "churned_on", "cooperation_years",
                 "is_strategic", "is_key_account", "is_sample", "can_upgrade"],
    "order": ["order_id", "customer_id", "ordered_on", "category", "kind", "amount", "cost"],
    "finance": ["customer_id", "quarter_start", "total_purchases", "maintenance_cost", "service_cost",
                "acquisition_cost"],
    "signal": ["customer_id", "quarter_start", "usual_interval", "interval_deviation",
               "current_interval", "requests_before", "requests", "purchases_before", "purchases",
               "lines_before", "lines", "intervened"],
    "survey": ["survey_id", "customer_id", "answered_on", "economic", "non_economic"],
    "request": ["request_id", "customer_id", "submitted_at", "responded_at", "resolved_at"],
    "contract": ["contract_id", "customer_id", "due_on", "renewed"],
    "project": ["project_id", "customer_id", "delivered_on", "kind"],
    "offer": ["offer_id", "customer_id", "offered_on", "subject", "accepted"],
    "device": ["device_id", "quarter_start", "customer_id", "working"],
    "risk_check": ["check_id", "seller_id", "checked_on", "mark"],
    "compliance_event": ["event_id", "seller_id", "happened_on", "kind", "confirmed"],
    "visit": ["visit_id", "seller_id", "visited_on", "became_opportunity", "report_fields_required",
              "report_fields_done"],
    "staff": ["seller_id", "quarter_start", "courses_offered", "courses_attended"],
    "lead": ["lead_id", "seller_id", "created_on", "converted"],
    "knowledge": ["item_id", "seller_id", "added_on"],
    "commission": ["contract_id", "signed_on", "amount", "lost_on", "renewed_on"],
    "service_year": ["contract_id", "year", "cost_index", "upsell_index"],
    "grant": ["grant_id", "seller_id", "share", "years", "start_value", "end_value"],
}


def make_tables():
    dice = Dice(20260103)
    sellers = make_sellers(dice)
    customers = make_customers(dice, sellers)
    bought = {}
    orders = make_orders(dice, sellers, bought)
    story_parts(orders, sellers)
    projects, offers, devices = make_of_customers(dice, customers)
    story_upgrades(offers, sellers)
    checks, visits, training, leads, knowledge = make_of_sellers(dice, sellers)
    tables = {
        "director": [["D1", "赵总"], ["D2", "钱总"]],
        "region": [[f"R{n}", f"D{1 + (n > 3)}", f"第{n}区", goal]
                   for n, goal in zip(range(1, 7), (8, 9, 0, 7, 8, 6))],
        "industry": [["I1", "机床"], ["I2", "医疗"], ["I3", "物流"], ["I4", "能源"]],
        "policy_event": [["Y1", "I1", "2026-02-10", "minor"], ["Y2", "I2", "2026-05-18", "sharp"],
                         ["Y3", "I3", "2025-08-21", "sharp"], ["Y4", "I4", "2026-11-05", "sharp"]],
        "market_stage": [[f"R{n}", day_of(QUARTERS[q], 0), market_of(n, q)]
                         for q in range(8) for n in range(1, 7)],
        "seller": [[s.id, NAMES[s.number - 1], f"R{s.region}", f"I{s.number % 4 + 1}", s.track,
                    "" if s.number == 10 else yuan(s.bonus)] for s in sellers],
        "task": [[s.id, day_of(QUARTERS[q], 0), phase_of(s, q), flag(s.launches),
                  "" if s.number == 6 else yuan(s.target)]
                 for q in range(8) for s in sellers if s.track != "representative"],
        "customer": [[c.id, c.seller.id, f"客户{int(c.id[1:])}", c.since, c.lost,
                      f"{c.years // 2}.{c.years % 2 * 5}", flag(c.strategic), flag(c.key_account),
                      flag(c.sample), flag(c.can_upgrade)] for c in customers],
        "order": orders,
        "finance": make_finance(dice, customers, bought),
        "signal": make_signals(dice, customers, sellers),
        "survey": make_surveys(dice, customers),
        "request": make_requests(dice, customers, sellers),
        "contract": make_contracts(dice, customers, sellers),
        "project": projects, "offer": offers, "device": devices, "risk_check": checks,
        "compliance_event": COMPLIANCE, "visit": visits, "staff": training, "lead": leads,
        "knowledge": knowledge, "grant": GRANTS, "commission": COMMISSIONS,
        "service_year": SERVICE_YEARS,
    }
    add_bad_rows(tables)
    return tables


if __name__ == "__main__":
    write(__file__, make_tables(), HEADINGS)
