#!/usr/bin/env python3
"""Makes the data of the customer-department example: the same bytes on every machine.

    generate.py [FOLDER]        writes the tables there; default: data/ beside this file

Eleven departments of four functions with three agents each, two years by quarter, and the yearly
review of eight indicators. Most rows are ordinary. Departments that stand exactly at a limit, quarters
in which something is not known and rows that no program should accept are each made by a named step.
Amounts are counted in fen and written in yuan.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from making import QUARTERS, Dice, day_of, flag, moment_of, write, yuan

FUNCTIONS = {1: "sales", 2: "sales", 3: "sales", 11: "service", 12: "service", 13: "service",
             21: "customer_success", 22: "customer_success", 23: "customer_success",
             31: "after_sales", 32: "after_sales"}
Q4_2025, Q1_2026, Q2_2026, Q3_2026, Q4_2026 = 3, 4, 5, 6, 7  # places in QUARTERS


class Department:
    def __init__(self, number, dice):
        self.number = number
        self.id = f"D{number:02d}"
        self.function = FUNCTIONS[number]
        self.quality = dice.between(35, 90)   # how well things go here, of 100
        self.agents = []


class Customer:
    def __init__(self, number, department, since):
        self.id = f"C{number:04d}"
        self.department = department
        self.since = since                    # a quarter's place; -1: before the first
        self.since_day = ""
        self.left = None
        self.left_day = ""


# How many customers are lost in 2026Q1, Q2, Q3. Departments 1 to 3 and 11 lose no others.
CHURN_STORIES = {
    1: (1, 3, 3),       # under 5 %, over, over: the warning comes in Q3
    2: (3, 1, 3),       # over, under, over: none
    3: (2, 3, 0),       # 2 of 40 is 5 % exactly, then over: none
    11: (3, 3, 0),      # over, over: the warning comes in Q2
}


def make_customers(dice, departments):
    customers = []
    for department in departments:
        mine = []
        number = 20 if department.function == "after_sales" else 40
        for place in range(number + dice.between(10, 16)):
            customer = Customer(len(customers) + 1, department, -1)
            customer.since_day = f"{2024 - dice.between(0, 8)}-{dice.between(1, 12):02d}-01"
            if place >= number:
                # D03 wins nobody before 2026, so that it begins the year with 40 customers.
                first = Q1_2026 if department.number == 3 else 0
                customer.since = dice.between(first, 7)
                customer.since_day = day_of(QUARTERS[customer.since], dice.between(0, 85))
            customers.append(customer)
            mine.append(customer)
        lose(dice, department, mine)
    return customers


def lose(dice, department, mine):
    story = CHURN_STORIES.get(department.number)
    if story:
        old = [c for c in mine if c.since == -1]
        for quarter, count in zip((Q1_2026, Q2_2026, Q3_2026), story):
            for _ in range(count):
                leave(dice, next(c for c in old if c.left is None), quarter)
        return
    for customer in mine:
        if dice.chance(200 - department.quality):
            leave(dice, customer, dice.between(customer.since + 1, 7))


def leave(dice, customer, quarter):
    customer.left = quarter
    customer.left_day = day_of(QUARTERS[quarter], dice.between(5, 85))


def buys_in(customer, quarter):
    return customer.since <= quarter and (customer.left is None or quarter < customer.left)


# ── Orders, contracts, money ─────────────────────────────────────────────────────────────────────

def make_orders(dice, customers):
    rows = []
    for quarter in range(8):
        for customer in customers:
            number = customer.department.number
            if not buys_in(customer, quarter) or number == 13 and quarter == 1:
                continue                      # D13 sells nothing in 2025Q2
            busy = 560 if number == 22 and quarter == Q3_2026 else 860  # D22: praised, and left alone
            if customer.since < quarter and not dice.chance(busy):
                continue
            new = customer.since == quarter
            for _ in range(dice.between(1, 2)):
                amount = dice.between(30_000_00, 150_000_00) * (3 if new else 1)
                rows.append([f"O{len(rows) + 1:05d}", customer.id,
                             day_of(QUARTERS[quarter], dice.between(86, 91) if new
                                    else dice.between(0, 91)),
                             f"P{dice.between(1, 6)}", yuan(amount),
                             yuan(amount * dice.between(64, 88) // 100)])
    for at in (40, 400):
        rows[at][4] = "¥" + with_commas(rows[at][4])
    return rows


def with_commas(text):
    """`1234567.89` as people write it: `1,234,567.89`."""
    whole, decimals = text.split(".")
    return f"{int(whole):,}.{decimals}"


def make_contracts(dice, customers):
    rows = []
    for quarter in range(8):
        for customer in customers:
            department = customer.department
            if (department.function != "after_sales" or not buys_in(customer, quarter)
                    or department.number == 32 and quarter == Q1_2026 or not dice.chance(260)):
                continue                      # D32: no contract falls due in 2026Q1
            renewed = flag(dice.chance(780 + 2 * department.quality))
            rows.append([f"K{len(rows) + 1:04d}", customer.id,
                         day_of(QUARTERS[quarter], dice.between(0, 91)),
                         "" if quarter == 7 and dice.chance(120) else renewed])
    return rows


def make_finance(dice, departments):
    rows = []
    for department in departments:
        usual = dice.between(40_000_00, 60_000_00)
        for quarter in range(8):
            dear = department.number == 13 and quarter == Q1_2026  # served beyond what is needed
            for month in range(3):
                year, number = QUARTERS[quarter]
                cost = usual * dice.between(92, 108) // 100 * (2 if dear else 1)
                rows.append([department.id, f"{year}-{3 * number - 2 + month:02d}-28", yuan(cost)])
    return rows


def make_market(dice, departments):
    rows = []
    for department in departments:
        field, share = dice.between(80, 200) * 1_000_000, dice.between(40, 140)
        for quarter in range(8):
            share = max(10, share + dice.between(-4, 6))
            rows.append([department.id, day_of(QUARTERS[quarter], 0), yuan(field * share // 10),
                         yuan(field * 100)])
    return rows


# ── Service ──────────────────────────────────────────────────────────────────────────────────────

# Of how many issues how many are solved: the cases of the interlock.
TICKET_STORIES = {(11, Q3_2026): (50, 47), (12, Q3_2026): (50, 44), (13, Q3_2026): (50, 47)}


def ticket_row(dice, number, customer, quarter, solved):
    department = customer.department
    start = dice.between(0, 88 * 1440)
    answered = start + dice.between(4, 200 - department.quality) * 2 // 5
    hours = dice.between(2, 120 - department.quality)
    upset = dice.chance(260)
    single = dice.chance(500 + 4 * department.quality)
    agent = dice.pick(department.agents)
    if agent == department.agents[2] and quarter == 2:
        agent = department.agents[0]          # every third agent is away in 2025Q3
    waiting = not solved and dice.chance(300)
    typed = department.number == 2 and quarter < 3 and dice.chance(150)
    return [f"T{number:05d}", customer.id, agent, moment_of(QUARTERS[quarter], start),
            "" if waiting else moment_of(QUARTERS[quarter], answered),
            moment_of(QUARTERS[quarter], answered + hours * 60) if solved else "",
            "" if dice.chance(10) else (1 if single else dice.between(2, 5)) if solved else "",
            flag(upset), flag(dice.chance(500 + 5 * department.quality)) if upset else "",
            "person" if typed else "system"]


def make_tickets(dice, customers):
    rows = []
    for quarter in range(8):
        for department in sorted({c.department.number for c in customers}):
            mine = [c for c in customers if c.department.number == department and buys_in(c, quarter)]
            story = TICKET_STORIES.get((department, quarter))
            if story:
                chosen = [(dice.pick(mine), place < story[1]) for place in range(story[0])]
            else:
                asked = [c for c in mine if dice.chance(420)]
                solved = -(-len(asked) * dice.between(855 + mine[0].department.quality, 995) // 1000)
                chosen = [(c, place < solved) for place, c in enumerate(asked)]
            for customer, solved in chosen:
                rows.append(ticket_row(dice, len(rows) + 1, customer, quarter, solved))
    return rows


# Of how many answers how many are satisfied.
SURVEY_STORIES = {
    (21, Q4_2025): (20, 18), (21, Q1_2026): (20, 17),   # 90 % to 85 %: -5.6 %, an alert
    (22, Q4_2025): (25, 20), (22, Q1_2026): (25, 21),   # 80 % to 84 %: +5 % exactly, none
    (23, Q1_2026): (20, 19), (23, Q3_2026): (25, 24),   # 95 %: safe; 96 %: to be audited
    (11, Q3_2026): (25, 23),                            # 92 % with 94 % solved: both count
    (12, Q3_2026): (25, 23),                            # 92 % with 88 %: neither does
    (13, Q3_2026): (25, 22),                            # 88 % with 94 %: neither does
    (22, Q3_2026): (50, 47),                            # 94 %, and few buy again
}


def make_surveys(dice, customers):
    rows = []
    for quarter in range(8):
        for department in sorted({c.department.number for c in customers}):
            mine = [c for c in customers if c.department.number == department and buys_in(c, quarter)]
            story = SURVEY_STORIES.get((department, quarter))
            quality = mine[0].department.quality
            if story:
                chosen = [(dice.pick(mine), place < story[1]) for place in range(story[0])]
            else:
                asked = [c for c in mine if dice.chance(600)]
                happy = -(-len(asked) * dice.between(850 + quality // 2, 935) // 1000)
                chosen = [(c, place < happy) for place, c in enumerate(asked)]
            for customer, satisfied in chosen:
                own = department == 12 and quarter == 2 or not story and dice.chance(60)
                # In the epidemic only the short questionnaire is sent, except by D01.
                short = quarter == Q2_2026 and department != 1 and not own
                likelihood = (dice.between(9, 10) if dice.chance(300 + 4 * quality) else
                              dice.between(7, 8) if dice.chance(720) else dice.between(0, 6))
                rows.append([f"V{len(rows) + 1:05d}", customer.id,
                             day_of(QUARTERS[quarter], dice.between(15, 89)), flag(not own),
                             "" if short or not story and dice.chance(15) else flag(satisfied),
                             "" if dice.chance(12) else likelihood])
    return rows


PARTS = (("usage", "0.4"), ("payment", "20%"), ("contact", "0.15"), ("issues", "25%"))


def make_health(dice, customers):
    rows = []
    for quarter in range(8):
        for customer in customers:
            department = customer.department
            if department.function != "after_sales" or not buys_in(customer, quarter):
                continue
            ill = customer.left == quarter + 1  # who leaves soon does badly before
            for part, weight in PARTS:
                if dice.chance(15):
                    continue                  # not assessed
                points = dice.between(20, 55) if ill else min(100, 50 + department.quality // 2
                                                              + dice.between(-22, 20))
                rows.append([customer.id, day_of(QUARTERS[quarter], 80), part, weight,
                             "" if dice.chance(10) else points])
    return rows


def make_calls(dice, departments):
    rows = []
    for quarter in range(8):
        for department in departments:
            for agent in department.agents:
                for _ in range(dice.between(2, 4)):
                    seconds = dice.between(90, 600 if quarter < 4 else 420)
                    text = f"{seconds // 60}min" if seconds % 60 == 0 else f"{seconds}s"
                    rows.append([f"L{len(rows) + 1:04d}", agent,
                                 day_of(QUARTERS[quarter], dice.between(0, 91)),
                                 "" if dice.chance(10) else text])
    return rows


def make_mentions(dice, departments):
    rows = []
    for quarter in range(8):
        for department in departments:
            for agent in department.agents:
                for _ in range(dice.between(0, 3)):
                    start = dice.between(0, 88 * 1440)
                    answered = dice.chance(620 + 4 * department.quality)
                    rows.append([f"S{len(rows) + 1:04d}", agent, moment_of(QUARTERS[quarter], start),
                                 moment_of(QUARTERS[quarter], start + dice.between(5, 900))
                                 if answered else ""])
    return rows


# ── The yearly review ────────────────────────────────────────────────────────────────────────────

# Figures, and the results that belong to them.
REVIEW = {
    "first_contact_resolution_rate": ("higher", (1, 2, 3, 4, 5), (2, 4, 5, 4, 5)),  # 0.7746
    "call_duration": ("higher", (1, 2, 3, 4, 5), (3, 1, 4, 2, 5)),                   # 0.5
    "issue_resolution_rate": ("higher", (1, 2, 3, 4, 5), (1, 2, 5, 4, 3)),           # 0.6, exactly
    "churn_rate": ("lower", ("0.02", "0.05", "0.04", "0.08", "0.06", "0.09"), (9, 6, 7, 2, 5, 1)),
    "first_response_time": ("lower", (12, 15, 31, 22, 40), (5, 6, 8, 3, 7)),  # slower, and no worse
    "csat_rate": ("higher", ("0.91", "0.94", "0.88", "0.9"), (4, 6, 2, 3)),          # too few
    "market_share": ("higher", (7, 7, 7, 7, 7), (1, 3, 2, 5, 4)),                    # never moved
    "nps_points": ("higher", (20, 31, "", 44, 12, 38), (3, 4, 9, 6, 1, 5)),          # one not known
}


def make_review():
    indicators = [[name, better] for name, (better, _, _) in REVIEW.items()]
    observations = []
    for name, (_, values, results) in REVIEW.items():
        for place, (value, result) in enumerate(zip(values, results)):
            observations.append([name, f"2026-{2 * place + 1:02d}-15", value, result])
    return indicators, observations


# ── Files ────────────────────────────────────────────────────────────────────────────────────────

def add_bad_rows(tables):
    """Rows that must be turned away, each for a reason of its own."""
    def insert(table, at, row):
        tables[table].insert(at, row)

    insert("department", 4, ["D90", "marketing"])                                    # no such function
    insert("customer", 30, ["C9001", "D90", "2024-01-01", ""])                       # of D90
    insert("customer", 60, ["C0007", "D02", "2024-01-01", ""])                       # C0007 again
    insert("order", 100, ["O90001", "C9999", "2026-02-11", "P1", "5200.00", "900.00"])
    insert("order", 200, ["O90002", "C0003", "2026-02-11", "P1", "五千", "900.00"])
    insert("ticket", 90, ["T90001", "C0004", "A01", "2026-02-11 25:00", "", "", "", "false", "", "system"])
    insert("ticket", 95, ["T90002", "C0005", "A01", "2026-02-11 09:00", "马上", "", "", "false", "",
                          "system"])
    insert("ticket", 99, ["T90003", "C0005", "A99", "2026-02-11 09:00", "", "", "", "false", "", "system"])
    insert("survey", 70, ["V90001", "C0006", "2026-02-11", "true", "true", 11])      # of ten
    insert("survey", 75, ["V90002", "C0006", "2026-02-11", "true", "满意", 9])
    insert("health", 40, ["C0421", "2026-03-22", "usage", "140%", 70])               # over the whole
    insert("finance", 20, ["D02", "2025-01-28", "50000.00"])                         # twice
    insert("finance", 30, ["D03", "", "50000.00"])                                   # when?
    insert("call", 20, ["L9001", "A02", "2026-02-11", "很长"])
    insert("mention", 20, ["S9001", "A03", "2026-02-11 10:00"])                      # cut off
    insert("observation", 8, ["loyalty", "2026-01-15", 3, 4])                        # no such indicator


HEADINGS = {
    "department": ["department_id", "function"],
    "agent": ["agent_id", "department_id"],
    "customer": ["customer_id", "department_id", "since", "churned_on"],
    "order": ["order_id", "customer_id", "ordered_on", "product_id", "amount", "cost"],
    "ticket": ["ticket_id", "customer_id", "agent_id", "submitted_at", "responded_at", "resolved_at",
               "contacts_to_resolve", "upset", "calmed", "entered_by"],
    "survey": ["survey_id", "customer_id", "answered_on", "third_party", "satisfied", "likelihood"],
    "contract": ["contract_id", "customer_id", "due_on", "renewed"],
    "health": ["customer_id", "assessed_on", "component", "weight", "score"],
    "finance": ["department_id", "booked_on", "service_cost"],
    "market": ["department_id", "observed_on", "own_sales", "industry_sales"],
    "call": ["call_id", "agent_id", "called_on", "talk_time"],
    "mention": ["mention_id", "agent_id", "posted_at", "answered_at"],
    "indicator": ["indicator_id", "better"],
    "observation": ["indicator_id", "observed_on", "value", "result"],
}


def make_tables():
    dice = Dice(20260301)
    departments = [Department(number, dice) for number in FUNCTIONS]
    agents = []
    for department in departments:
        department.agents = [f"A{len(agents) + place + 1:02d}" for place in range(3)]
        agents += [[agent, department.id] for agent in department.agents]
    customers = make_customers(dice, departments)
    indicators, observations = make_review()
    tables = {
        "department": [[d.id, d.function] for d in departments],
        "agent": agents,
        "customer": [[c.id, c.department.id, c.since_day, c.left_day] for c in customers],
        "order": make_orders(dice, customers),
        "ticket": make_tickets(dice, customers),
        "survey": make_surveys(dice, customers),
        "contract": make_contracts(dice, customers),
        "health": make_health(dice, customers),
        "finance": make_finance(dice, departments),
        "market": make_market(dice, departments),
        "call": make_calls(dice, departments),
        "mention": make_mentions(dice, departments),
        "indicator": indicators,
        "observation": observations,
    }
    add_bad_rows(tables)
    return tables


if __name__ == "__main__":
    write(__file__, make_tables(), HEADINGS)
