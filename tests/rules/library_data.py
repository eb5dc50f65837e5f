"""Data for the library of indicators: a few managers with a few customers each, four years by quarter,
in every table of rules/library/data.yaml. The same on every machine.

Cells that may be empty in life are empty here and there; where rules speak of a last day or of a limit,
some rows stand exactly on it.
"""

import csv
import sys
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "examples"))
from making import Dice

QUARTERS = [(year, quarter) for year in (2023, 2024, 2025, 2026) for quarter in (1, 2, 3, 4)]
MANAGERS = ["M1", "M2", "M3"]
CUSTOMERS_EACH = 9


def first_day(place):
    year, quarter = QUARTERS[place]
    return date(year, 3 * quarter - 2, 1)


def last_day(place):
    year, quarter = QUARTERS[place]
    return date(year + quarter // 4, 3 * quarter % 12 + 1, 1) - timedelta(days=1)


class Maker:
    """Cells of each kind. `None` is an empty cell."""

    def __init__(self, seed):
        self.dice = Dice(seed)

    def empty(self, value, per_mille=80):
        return None if self.dice.chance(per_mille) else value

    def number(self, low=20, high=100):
        return Fraction(self.dice.between(low * 10, high * 10), 10)

    def yuan(self, low=1_000, high=90_000):
        return Fraction(self.dice.between(low * 100, high * 100), 100)

    def share(self):
        return Fraction(self.dice.between(0, 100), 100)

    def yes(self, per_mille=500):
        return self.dice.chance(per_mille)

    def day(self, place):
        """Any day of the quarter, its first and its last one more often."""
        first, last = first_day(place), last_day(place)
        return self.dice.pick([first, last] + 4 * [first + timedelta(
            days=self.dice.between(0, (last - first).days))])

    def moment(self, place):
        return datetime.combine(self.day(place), datetime.min.time()) + timedelta(
            minutes=self.dice.between(0, 1439))

    def later(self, moment, minutes=5_000):
        return moment + timedelta(minutes=self.dice.between(0, minutes))


def make_customers(make):
    dice, rows = make.dice, []
    for manager in MANAGERS:
        for number in range(1, CUSTOMERS_EACH + 1):
            since = make.day(dice.between(0, 15)) if number > 4 else date(
                dice.between(2017, 2022), dice.between(1, 12), dice.between(1, 28))
            if number == CUSTOMERS_EACH:
                since = None                        # a prospect
            left = None
            if number in (2, 4, 6):
                left = max(make.day(dice.between(7, 15)), since)
            due = make.day(dice.between(8, 15))
            rows.append({
                "customer_id": f"{manager}C{number}", "manager_id": manager,
                "industry": dice.pick(["金融", "医疗", "制造"]),
                "market_stage": dice.pick(["emerging", "mature", "declining"]),
                "is_strategic": number % 2 == 0, "is_key_account": number in (1, 2, 6, 8, 9),
                "is_core": number in (1, 3), "is_high_value": number in (2, 3, 5),
                "is_sample": number in (3, 7), "potential": dice.pick(["high", "medium", "low"]),
                "quality_class": ["quality", "ordinary", "low"][number % 3],
                "since": since, "churned_on": left,
                "churn_cause": dice.pick(["active", "passive"]) if left else None,
                "retention_coefficient": make.empty(make.share()),
                "profile_due_on": due,
                "profile_updated_on": make.empty(due + timedelta(days=dice.between(-9, 3)))})
    return rows


def make_projects(make, customers):
    rows = []
    for customer in customers:
        for place in (place for place in range(16) for _ in range(3)):
            if make.yes(700):
                continue
            rows.append({
                "project_id": f"P{len(rows) + 1:03d}", "customer_id": customer["customer_id"],
                "kind": make.dice.pick(["delivery", "key", "breakthrough", "benchmark", "ecosystem", "upgrade",
                                        "upgrade"]),
                "delivered_on": make.empty(make.day(place), 100),
                "met_contract": make.empty(make.yes(850)), "major_deviation": make.empty(make.yes(150)),
                "rating": make.empty(make.number()), "revenue": make.yuan(),
                "cost": make.empty(make.yuan()), "customer_kpi_before": make.number(0, 90),
                "customer_kpi_after": make.number()})
    return rows


# Of each dated table: rows for each customer or manager and quarter (from, to), and one row.

def order(make, place):
    return {"ordered_on": make.day(place), "product_id": make.dice.pick(["A", "B", "C"]),
            "category": make.dice.pick(["设备", "备件", "服务"]),
            "product_class": make.dice.pick(["战略", "重点", "一般"]),
            "amount": make.yuan(), "cost": make.yuan(500, 60_000),
            "service_cost": make.empty(make.yuan(100, 9_000)), "is_subscription": make.yes(),
            "is_new_product": make.yes(300), "is_solution": make.yes(300), "is_trial": make.yes(200),
            "is_upgrade": make.yes(200), "is_replacement": make.yes(200)}


def contract(make, place):
    value, renewed = make.yuan(), make.yes(800)
    return {"due_on": make.day(place), "renewed": make.empty(renewed), "value": value,
            "renewed_value": value - 100 if renewed else Fraction(0)}


def finance(make, place):
    money = ["recognised_revenue", "cost", "service_cost", "amount_due", "collected_amount",
             "accounts_receivable", "long_overdue_receivable", "net_sales", "cost_of_goods",
             "payment_term_cost", "service_input", "maintenance_cost", "acquisition_cost",
             "cross_field_revenue"]
    month = first_day(place).month + make.dice.between(0, 2)
    return {"booked_on": date(first_day(place).year, month, 1),
            "product_line": make.dice.pick(["解决方案", "产品", "服务"])
            } | {column: make.empty(make.yuan(), 30) for column in money}


def purchase(make, place):
    return {"bought_on": make.day(place), "category": make.dice.pick(["设备", "备件"]),
            "total_purchases": make.yuan(80_000, 300_000)}


def referral(make, place):
    return {"referred_on": make.day(place), "unasked": make.empty(make.yes())}


def customer_review(make, place):
    return {"reviewed_on": make.day(place), "clv": make.yuan(100_000, 900_000),
            "contribution": make.yuan(), "base_target": make.yuan(), "migrated_value": make.yuan(),
            "relationship_start": make.number(1, 5), "relationship_end": make.empty(make.number(1, 5))}


def health(make, place):
    return {"assessed_on": make.day(place), "weight": Fraction(make.dice.between(1, 50), 100),
            "component": make.dice.pick(["合作稳定性", "问题解决轨迹", "需求变化趋势", "付款"]),
            "score": make.number()}


def assessment(make, place):
    return {"assessed_on": make.day(place), "kind": make.dice.pick(["strategic_fit", "switching_cost"]),
            "item": "x", "score": make.number(), "cost": make.yuan()}


def prediction(make, place):
    return {"made_on": make.day(place),
            "kind": make.dice.pick(["churn", "upsell", "high_value", "product_fit", "nps"]),
            "probability": make.empty(Fraction(make.dice.between(0, 10), 10)), "value": make.number(),
            "value_before": make.number(), "outcome": make.empty(make.yes(), 200)}


def customer_outcome(make, place):
    money = ["cost_before", "cost_after", "loss_before", "loss_after"]
    return {"measured_on": make.day(place), "output_before": make.number(),
            "output_after": make.number()} | {column: make.yuan() for column in money}


def survey(make, place):
    ratings = ["csat", "service_quality", "product_quality", "response_speed", "custom_solution",
               "economic", "non_economic"]
    return {"answered_on": make.day(place), "third_party": make.yes(750),
            "likelihood": make.empty(make.dice.between(4, 10)), "satisfied": make.empty(make.yes(850)),
            "survey_score": make.share()} | {column: make.empty(make.number()) for column in ratings}


def ticket(make, place):
    raised, limit = make.moment(place), make.dice.between(60, 1_500)
    return {"kind": make.dice.pick(["support", "request", "complaint", "dispute", "crisis"]),
            "severity": make.dice.pick(["major", "general"]), "submitted_at": raised,
            "responded_at": make.empty(make.dice.pick(
                [make.later(raised, 2_000), raised + timedelta(hours=24), raised + timedelta(minutes=limit)])),
            "resolved_at": make.empty(make.later(raised)),
            "due_at": raised + timedelta(hours=48),
            "response_limit": make.empty(limit),
            "sla": make.empty(make.dice.between(1_000, 5_000)),
            "contacts_to_resolve": make.dice.between(1, 3),
            "answered_correctly": make.empty(make.yes(800)), "promise_kept": make.empty(make.yes(), 300),
            "cross_region": make.yes(300), "handling_rating": make.empty(make.number()),
            "upset": make.yes(400), "calmed": make.empty(make.yes())}


def call(make, place):
    return {"called_on": make.day(place), "talk_time": make.dice.between(1, 60),
            "emotion_start": make.number(), "emotion_end": make.empty(make.number())}


def touchpoint(make, place):
    return {"touched_on": make.day(place), "met_standard": make.empty(make.yes(800))}


def device(make, place):
    return {"observed_on": make.day(place), "device_id": f"D{make.dice.between(1, 99)}",
            "working": make.yes(900), "connected": make.empty(make.yes()),
            "downtime": make.dice.between(1, 200)}


def visit(make, place):
    required = make.dice.between(5, 9)
    return {"visited_on": make.day(place), "channel": make.dice.pick(["onsite", "online"]),
            "became_opportunity": make.yes(700), "won": make.empty(make.yes()),
            "value_class": make.dice.pick(["high", "medium", "low"]),
            "offer_accepted": make.empty(make.yes(), 300),
            "outlet_id": make.empty(make.dice.pick(["O1", "O2", "O3", "O4"])),
            "kol_level": make.empty(make.number(1, 5)), "report_fields_done": make.dice.between(1, required),
            "report_fields_required": required, "interaction_rating": make.empty(make.number())}


def key_event(make, place):
    return {"planned_on": make.day(place), "done": make.empty(make.yes(700)),
            "kind": make.dice.pick(["visit", "technical_exchange", "executive_visit"]),
            "hosted": make.yes(600)}


def requirement(make, place):
    asked = make.day(place)
    return {"requested_on": asked, "due_on": asked + timedelta(days=5),
            "passed_on": make.empty(asked + timedelta(days=make.dice.between(1, 8))),
            "decided_on": make.empty(asked + timedelta(days=make.dice.between(3, 20)))}


def staff(make, place):
    start = first_day(place)
    return {"staff_id": f"E{make.dice.between(1, 20)}", "quarter_start": start,
            "in_opening_team": make.yes(900), "effective_months": Fraction(make.dice.between(0, 6), 2),
            "key_talent_start": make.yes(300), "key_talent_end": make.yes(400),
            "certified": make.empty(make.yes()), "courses_offered": make.dice.between(2, 4),
            "courses_attended": make.dice.between(0, 3), "training_start": make.empty(start, 500),
            "training_end": make.empty(start + timedelta(days=make.dice.between(5, 60))),
            "salary_cost": make.yuan(), "quality": make.empty(make.number()),
            "efficiency": make.empty(make.number())}


def rating(make, place):
    return {"rated_on": make.day(place), "score": make.empty(make.number()),
            "rater_kind": make.dice.pick(["peer", "supervisor", "department"]),
            "item": make.dice.pick(["collaboration", "culture", "influence", "timeliness", "tailoring"])}


def proposal(make, place):
    handed_in = make.day(place)
    return {"submitted_on": handed_in, "adopted": make.empty(make.yes()),
            "due_on": make.empty(handed_in + timedelta(days=make.dice.between(-2, 2)))}


def knowledge(make, place):
    return {"updated_on": make.day(place), "kind": make.dice.pick(["case", "template", "practice"]),
            "revision": make.dice.between(0, 2), "reuse_count": make.dice.between(0, 2),
            "people_enabled": make.dice.between(0, 4)}


def compliance(make, place):
    return {"checked_on": make.day(place), "scope": make.dice.pick(["international", "local"]),
            "compliant": make.empty(make.yes(900)), "risk_score": make.empty(make.number())}


def market(make, place):
    return {"observed_on": make.day(place), "industry": make.dice.pick(["金融", "医疗"]),
            "ka_field": make.yes(), "own_sales": make.yuan(), "industry_sales": make.yuan(100_000, 900_000),
            "target_customers": make.dice.between(5, 20), "target_outlets": make.dice.between(2, 4)}


def launch(make, place):
    return {"launched_on": make.day(place), "product_id": "A", "sales_target": make.yuan(),
            "successful": make.empty(make.yes())}


def mention(make, place):
    posted = make.moment(place)
    return {"posted_at": posted, "answered_at": make.empty(make.later(posted), 300)}


def partner_event(make, place):
    asked = make.moment(place)
    return {"kind": make.dice.pick(["dealer", "partner"]), "requested_at": asked,
            "responded_at": make.empty(make.later(asked)), "on_time": make.empty(make.yes(800))}


def project_member(make, place):
    return {"credited_on": make.day(place), "project_id": "P001",
            "contribution_points": make.number(1, 50)}


def budget(make, place):
    return {"booked_on": make.day(place), "budget_cost": make.yuan(), "actual_cost": make.yuan()}


def collection(make, place):
    return {"collected_on": make.day(place), "manual_hours": make.dice.between(10, 90),
            "automated_hours": make.dice.between(1, 30)}


def milestone(make, place):
    due = make.day(place)
    return {"due_on": due, "done_on": make.empty(due + timedelta(days=make.dice.between(-20, 40)))}


OF_CUSTOMERS = {order: 3, contract: 1, finance: 2, purchase: 2, referral: 2, customer_review: 1,
                health: 3, assessment: 1, prediction: 3, customer_outcome: 1, survey: 2, ticket: 4,
                call: 2, touchpoint: 2, device: 2, visit: 2, key_event: 1, requirement: 1}
OF_MANAGERS = {staff: 6, rating: 12, proposal: 4, knowledge: 7, compliance: 5, market: 3, launch: 2,
               mention: 3, partner_event: 5, project_member: 2, budget: 1, collection: 1}
NUMBERED = {"order", "contract", "survey", "ticket", "proposal"}  # their tables have keys


def make_tables(seed=2026):
    """Tables of mappings, with values instead of cells."""
    make = Maker(seed)
    customers = make_customers(make)
    tables = {"manager": [{"manager_id": manager} for manager in MANAGERS], "customer": customers,
              "project": make_projects(make, customers)}
    above = {row: [("customer_id", c["customer_id"]) for c in customers] for row in OF_CUSTOMERS}
    above |= {row: [("manager_id", manager) for manager in MANAGERS] for row in OF_MANAGERS}
    above[milestone] = [("project_id", p["project_id"]) for p in tables["project"]]
    for row, most in (OF_CUSTOMERS | OF_MANAGERS | {milestone: 1}).items():
        rows = tables[row.__name__] = []
        for column, value in above[row]:
            for place in range(16):
                least = 1 if row in OF_MANAGERS else 0
                for _ in range(make.dice.between(least, most)):
                    number = {f"{row.__name__}_id": f"{len(rows) + 1}"} if row.__name__ in NUMBERED else {}
                    rows.append(number | {column: value} | row(make, place))
    return tables


def cell(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        return f"{float(value):.2f}"  # never more than two decimals
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return str(value)


def write_tables(tables, folder):
    for name, rows in tables.items():
        with open(Path(folder) / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(rows[0])
            writer.writerows([[cell(value) for value in row.values()] for row in rows])
