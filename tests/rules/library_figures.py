#!/usr/bin/env python3
"""Computes every indicator of the library a second time, and compares it with what the program finds.

    library_figures.py PROGRAM

The meanings are written here once more, from what the page of the library says, in plain Python with
exact fractions; roots are computed to 60 digits. The data are made by library_data.py.
"""

import csv
import subprocess
import sys
import tempfile
from datetime import timedelta
from decimal import Decimal, getcontext
from fractions import Fraction
from pathlib import Path

from library_data import MANAGERS, QUARTERS, first_day, last_day, make_tables, write_tables
from library_reading import read_library

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/examples"))
from expected import percentile, ratio, rounded

CARD = ROOT / "rules/library/library-card.yaml"
YEAR = 4                                            # quarters
SCORED = range(8, 16)                               # the card is in force from 2025 on
getcontext().prec = 60


# ── Missing values: None. Rows that are there with nothing known give None, no rows give 0 ────────

def total(values):
    values = list(values)
    known = [v for v in values if v is not None]
    return None if values and not known else sum(known, Fraction(0))


def mean(values):
    known = [v for v in values if v is not None]
    return ratio(sum(known, Fraction(0)), len(known)) if known else None


def minus(a, b):
    return None if a is None or b is None else a - b


def plus(a, b):
    return None if a is None or b is None else a + b


def times(a, b):
    return None if a is None or b is None else a * b


def share(rows, holds):
    """Of these rows, the share for which something holds."""
    return ratio(sum(holds(r) is True for r in rows), len(rows))


def given(rows, column):
    return [r for r in rows if r[column] is not None]


def mean_of(rows, column):
    return mean(r[column] for r in rows)


def total_of(rows, column):
    return total(r[column] for r in rows)


def hours(row, end, begin):
    return None if row[end] is None else Fraction(int((row[end] - row[begin]).total_seconds()), 3600)


def minutes(row, end, begin):
    return times(hours(row, end, begin), 60)


def within(row, end, begin, limit):
    """Unknown where there is no end or no limit."""
    taken = minutes(row, end, begin)
    return None if taken is None or limit is None else taken <= limit


def by_day(end, due):
    return None if end is None or due is None else end <= due


def root(x, degree):
    """Of what is not below 0."""
    if x is None or x == 0:
        return x
    return Fraction((Decimal(x.numerator) / x.denominator) ** (Decimal(1) / degree))


def deviation(values):
    known = [v for v in values if v is not None]
    if len(known) < 2:
        return None
    middle = sum(known) / len(known)
    return root(sum((v - middle) ** 2 for v in known) / (len(known) - 1), 2)


def months_between(a, b):
    """Complete months; for a after b, less than none."""
    if a > b:
        return -months_between(b, a)
    return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day)


# ── One manager in one quarter ───────────────────────────────────────────────────────────────────

class World:
    """The rows of each manager and quarter, and what has been computed of them."""

    DATES = {"order": "ordered_on", "contract": "due_on", "finance": "booked_on",
             "purchase": "bought_on", "referral": "referred_on", "customer_review": "reviewed_on",
             "health": "assessed_on", "assessment": "assessed_on", "prediction": "made_on",
             "customer_outcome": "measured_on", "survey": "answered_on", "ticket": "submitted_at",
             "call": "called_on", "touchpoint": "touched_on", "device": "observed_on",
             "visit": "visited_on", "key_event": "planned_on", "requirement": "requested_on",
             "staff": "quarter_start", "rating": "rated_on", "proposal": "submitted_on",
             "knowledge": "updated_on", "compliance": "checked_on", "market": "observed_on",
             "launch": "launched_on", "mention": "posted_at", "partner_event": "requested_at",
             "project_member": "credited_on", "budget": "booked_on", "collection": "collected_on",
             "milestone": "due_on"}

    def __init__(self, tables):
        self.rows = {}
        customers = {c["customer_id"]: c for c in tables["customer"]}
        projects = {p["project_id"]: p for p in tables["project"]}
        for project in projects.values():
            project["customer"] = customers[project["customer_id"]]
        for table, dated in self.DATES.items():
            for row in tables[table]:
                if table == "milestone":
                    row["project"] = projects[row["project_id"]]
                    row["customer"] = row["project"]["customer"]
                elif "customer_id" in row:
                    row["customer"] = customers[row["customer_id"]]
                manager = row["manager_id"] if "manager_id" in row else row["customer"]["manager_id"]
                place = QUARTERS.index((row[dated].year, (row[dated].month + 2) // 3))
                self.rows.setdefault((table, manager, place), []).append(row)
        self.customers = {m: [c for c in customers.values() if c["manager_id"] == m] for m in MANAGERS}
        self.projects = {m: [p for p in projects.values() if p["customer"]["manager_id"] == m]
                         for m in MANAGERS}
        self.seen = {}

    def at(self, manager, place):
        """Nothing is known before the first quarter."""
        if place < 0:
            return None
        return self.seen.setdefault((manager, place), At(self, manager, place))


class At:
    def __init__(self, world, manager, place):
        self.world, self.manager, self.place = world, manager, place
        self.start, self.end = first_day(place), last_day(place)
        self.customers, self.projects = world.customers[manager], world.projects[manager]

    def __getattr__(self, table):
        """The rows of a table, as in `at.order`."""
        if table not in World.DATES:
            raise AttributeError(table)
        return self.world.rows.get((table, self.manager, self.place), [])

    def of(self, table, **wanted):
        return [r for r in getattr(self, table) if all(r[c] == v for c, v in wanted.items())]

    def ago(self, quarters=1):
        return self.world.at(self.manager, self.place - quarters)

    def before(self, what, quarters=1):
        earlier = self.ago(quarters)
        return None if earlier is None else what(earlier)

    def change(self, what, quarters=1):
        return minus(what(self), self.before(what, quarters))

    def growth(self, what, quarters=1):
        return minus(ratio(what(self), self.before(what, quarters)), 1)

    def year(self, what):
        """The sum of four quarters."""
        earlier = [self.ago(n) for n in range(YEAR)]
        if None in earlier:
            return None
        values = [what(at) for at in earlier]
        return None if None in values else sum(values, Fraction(0))

    # Customers

    def in_force_at_start(self, c):
        return c["since"] is not None and c["since"] < self.start and (
            c["churned_on"] is None or c["churned_on"] >= self.start)

    def in_force(self, c):
        return c["since"] is not None and c["since"] <= self.end and (
            c["churned_on"] is None or c["churned_on"] > self.end)

    def new(self, c):
        return c["since"] is not None and self.start <= c["since"] <= self.end

    def lost(self, c):
        return self.in_force_at_start(c) and c["churned_on"] is not None and c["churned_on"] <= self.end

    def three_years_ago(self, c):
        return c["since"] is not None and months_between(c["since"], self.end) >= 36 and (
            c["churned_on"] is None or months_between(c["churned_on"], self.end) < 36)

    def count(self, *conditions):
        return sum(all(holds(c) for holds in conditions) for c in self.customers)

    def lost_share(self, *group):
        return ratio(self.count(self.lost, *group), self.count(self.in_force_at_start, *group))

    def orders_of(self, c):
        return [o for o in self.order if o["customer"] is c]

    def buyers(self, flag, rows=None):
        return len({o["customer_id"] for o in (self.order if rows is None else rows) if flag(o)})

    def tenure(self):
        return mean(Fraction((self.end - c["since"]).days, 365) for c in self.customers if self.in_force(c))

    def years_added(self, c):
        if not (self.in_force_at_start(c) or self.new(c)):
            return None
        until = min(c["churned_on"] or self.end, self.end)
        return Fraction((until - max(c["since"], self.start)).days + 1, 365)

    def interval(self, c):
        days = sorted(o["ordered_on"] for o in self.orders_of(c))
        return ratio((days[-1] - days[0]).days, len(days) - 1) if days else None

    # Money

    def sales(self, *conditions):
        return total(o["amount"] for o in self.order if all(holds(o) for holds in conditions))

    def old_sales(self):
        return self.sales(lambda o: self.in_force_at_start(o["customer"]))

    def parts(self):
        return self.sales(lambda o: o["category"] == "备件")

    def customer_value(self):
        """Of one quarter: nothing is known of a customer without a coefficient."""
        values = []
        for c in self.customers:
            brought = total(minus(o["amount"], o["service_cost"]) for o in self.orders_of(c))
            values.append(times(brought, c["retention_coefficient"]))
        return total(values)

    def clv_margin(self):
        customers, margin = self.count(self.in_force), ratio(
            minus(self.sales(), total_of(self.order, "cost")), self.sales())
        years = self.tenure()
        bought = ratio(self.year(At.sales), customers)
        upkeep = ratio(self.year(lambda at: total_of(at.finance, "maintenance_cost")), customers)
        return minus(times(times(bought, years), margin), times(upkeep, years))

    def cac(self):
        return ratio(total_of(self.finance, "acquisition_cost"), self.count(self.new))

    def profits(self):
        found = [total(o["amount"] - o["cost"] for o in self.orders_of(c)) for c in self.customers
                 if self.orders_of(c)]
        line = percentile(found, Fraction(85, 100)) if found else None
        return ratio(sum(p for p in found if p >= line), sum(found)) if found else None

    def income(self):
        return total_of(self.finance, "recognised_revenue")

    def profit(self):
        return minus(self.income(), total_of(self.finance, "cost"))

    def net(self, *conditions):
        values = []
        for f in self.finance:
            if all(holds(f) for holds in conditions):
                value = f["net_sales"]
                for column in ("cost_of_goods", "payment_term_cost", "service_input"):
                    value = minus(value, f[column])
                values.append(value)
        return total(values)

    def owed(self, column):
        last = max((f["booked_on"] for f in self.finance), default=None)
        return total(f[column] for f in self.finance if f["booked_on"] == last)

    def service_cost(self):
        return total_of(self.finance, "service_cost")

    def ka_margin(self):
        return ratio(minus(self.sales(key), total(o["cost"] for o in self.order if key(o))),
                     self.sales(key))

    def of_purchases(self, *conditions):
        return ratio(self.sales(*conditions),
                     total(p["total_purchases"] for p in self.purchase
                           if all(holds(p) for holds in conditions)))

    # Surveys, service, projects

    def asked(self):
        return [s for s in self.survey if s["third_party"] and s["likelihood"] is not None]

    def nps(self):
        return minus(share(self.asked(), lambda s: s["likelihood"] >= 9),
                     share(self.asked(), lambda s: s["likelihood"] <= 6))

    def satisfied(self):
        return share([s for s in given(self.survey, "satisfied") if s["third_party"]],
                     lambda s: s["satisfied"])

    def closing(self, **wanted):
        return mean(hours(t, "resolved_at", "submitted_at") for t in self.of("ticket", **wanted))

    def answering(self, **wanted):
        return mean(hours(t, "responded_at", "submitted_at") for t in self.of("ticket", **wanted))

    def delivered(self, kind=None):
        return [p for p in self.projects if p["delivered_on"] is not None
                and self.start <= p["delivered_on"] <= self.end and kind in (None, p["kind"])]

    def progress(self, kind=None):
        return share([m for m in self.milestone if kind in (None, m["project"]["kind"])],
                     lambda m: by_day(m["done_on"], self.end))

    def equipped(self):
        return len({d["customer_id"] for d in self.device})

    def upgrading(self):
        return ratio(len({p["customer_id"] for p in self.delivered("upgrade")}), self.equipped())

    def working(self):
        return share(self.device, lambda d: d["working"])

    def rated(self, **wanted):
        return mean_of(self.of("rating", **wanted), "score")

    def heads(self):
        return len({s["staff_id"] for s in self.staff})

    def health_of(self, *components):
        values = []
        for c in self.customers:
            parts = [h for h in self.health if h["customer"] is c
                     and (not components or h["component"] in components)]
            values.append(ratio(sum(h["score"] * h["weight"] for h in parts),
                                sum(h["weight"] for h in parts)) if parts else None)
        return mean(values)

    def came_true(self, **wanted):
        """Of what was foreseen and has an outcome, the share that came true."""
        return share([p for p in self.of("prediction", **wanted) if p["outcome"] is not None
                      and p["probability"] is not None and p["probability"] >= Fraction(1, 2)],
                     lambda p: p["outcome"])

    def value_index(self):
        growing = self.growth(At.parts)
        if growing is not None:
            growing = max(Fraction(0), min(Fraction(1), growing))
        return times(ratio(plus(plus(self.working(), growing), self.upgrading()), 3), 100)


# Who or what is meant

def strategic(row):
    return row.get("customer", row)["is_strategic"]


def key(row):
    return row.get("customer", row)["is_key_account"]


def core(row):
    return row["customer"]["is_core"]


def quality(row):
    return row.get("customer", row)["quality_class"] == "quality"


def low(c):
    return c["quality_class"] == "low"


def high_value(c):
    return c["is_high_value"]


def equipment(row):
    return row["category"] == "设备"


def cause(what):
    return lambda c: c["churn_cause"] == what


def from_industry(name):
    return lambda row: row.get("customer", row)["industry"] == name


def declining(c):
    return c["market_stage"] == "declining"


def flag(column):
    return lambda row: row[column]


def sales_share(*conditions):
    return lambda at: ratio(at.sales(*conditions), at.sales())


def customers_share(*conditions):
    """Buyers of something, as a share of all customers."""
    return lambda at: ratio(at.buyers(*conditions), at.count(at.in_force))


def listed(*group):
    return lambda at: ratio(at.count(at.in_force, *group), at.count(*group))


def average(table, column, **wanted):
    return lambda at: mean_of(at.of(table, **wanted), column)


def summed(table, column, **wanted):
    return lambda at: total_of(at.of(table, **wanted), column)


def part(table, column, **wanted):
    """The share of rows for which a column holds, of all rows of a kind."""
    return lambda at: share(at.of(table, **wanted), flag(column))


def known_part(table, column, **wanted):
    """The same, of the rows where it is known."""
    return lambda at: share(given(at.of(table, **wanted), column), flag(column))


def risen(table, after, before):
    return lambda at: ratio(minus(total_of(getattr(at, table), after),
                                  total_of(getattr(at, table), before)),
                            total_of(getattr(at, table), before))


def fallen(table, before, after):
    return lambda at: total(minus(r[before], r[after]) for r in getattr(at, table))


FIGURES = {
    # customer-value.yaml
    "clv_retention_weighted": lambda at: at.year(At.customer_value),
    "clv_margin_model": At.clv_margin,
    "clv_cac_ratio": lambda at: ratio(at.clv_margin(), at.cac()),
    "cac": At.cac,
    "clv_growth_rate": lambda at: at.growth(lambda q: q.year(At.customer_value), YEAR),
    "clv_margin_growth_rate": lambda at: at.growth(At.clv_margin, YEAR),
    "customer_asset_growth": lambda at: at.growth(summed("customer_review", "clv"), YEAR),
    "customer_group_cagr": lambda at: minus(root(ratio(
        summed("customer_review", "clv")(at), at.before(summed("customer_review", "clv"), 12)), 3), 1),
    "customer_contribution_value": risen("customer_review", "contribution", "base_target"),
    "profit_concentration": At.profits,
    "customer_concentration": lambda at: ratio(max((at.sales(lambda o: o["customer"] is c)
                                                    for c in at.customers), default=None), at.sales()),
    "high_potential_sales_share": sales_share(lambda o: o["customer"]["potential"] == "high"),
    "quality_customer_count": lambda at: at.count(at.in_force, quality),
    "low_value_development": lambda at: at.count(at.new, low),
    "annual_spend_per_customer": lambda at: ratio(at.year(At.sales), at.count(at.in_force)),
    "customer_value_index": At.value_index,
    "customer_migration_value": summed("customer_review", "migrated_value"),
    "customer_transfer_cost": summed("assessment", "cost", kind="switching_cost"),
    "strategic_fit": average("assessment", "score", kind="strategic_fit"),
    "customer_health_score": At.health_of,
    "customer_health_card": lambda at: at.health_of("合作稳定性", "问题解决轨迹", "需求变化趋势"),

    # sales.yaml
    "strategic_revenue_share": sales_share(strategic),
    "industry_revenue_share": sales_share(from_industry("金融")),
    "subscription_revenue_share": sales_share(flag("is_subscription")),
    "existing_customer_upsell_rate": lambda at: at.growth(At.old_sales, YEAR),
    "customer_upsell_rate": lambda at: at.growth(At.old_sales),
    "ka_sales": lambda at: at.sales(key),
    "ka_sales_growth_rate": lambda at: at.growth(lambda q: q.sales(key), YEAR),
    "ka_revenue_share": sales_share(key),
    "new_customer_sales_share": lambda at: sales_share(lambda o: at.new(o["customer"]))(at),
    "cross_sell_rate": lambda at: ratio(
        at.count(at.in_force, lambda c: len({o["product_id"] for o in at.orders_of(c)}) > 1),
        at.count(at.in_force)),
    "strategic_product_penetration": customers_share(lambda o: o["product_class"] == "战略"),
    "solution_penetration": customers_share(flag("is_solution")),
    "solution_sales_share": sales_share(flag("is_solution")),
    "short_term_sales": summed("finance", "net_sales"),
    "cross_field_revenue": summed("finance", "cross_field_revenue"),
    "upgrade_conversion": customers_share(flag("is_upgrade")),
    "replacement_conversion": lambda at: ratio(
        at.buyers(lambda o: o["is_replacement"] and declining(o["customer"])
                  and at.in_force_at_start(o["customer"])),
        at.count(at.in_force_at_start, declining)),
    "orders_booked": At.sales,
    "sales_income": At.income,
    "orders_per_capita": lambda at: ratio(at.sales(), at.heads()),
    "income_per_capita": lambda at: ratio(at.income(), at.heads()),
    "strategic_revenue_per_capita": lambda at: ratio(
        at.sales(strategic), ratio(total_of(at.staff, "effective_months"), 12)),
    "product_mix": sales_share(lambda o: o["product_class"] in ("战略", "重点")),
    "business_structure": lambda at: ratio(
        total_of(at.of("finance", product_line="解决方案"), "recognised_revenue"), at.income()),
    "purchase_frequency": lambda at: ratio(len(at.order), at.buyers(lambda o: True)),
    "purchase_interval": lambda at: mean(at.interval(c) for c in at.customers),

    # market.yaml
    "market_share": lambda at: ratio(total_of(at.market, "own_sales"), total_of(at.market, "industry_sales")),
    "ka_market_share": lambda at: ratio(total_of(at.of("market", ka_field=True), "own_sales"),
                                        total_of(at.of("market", ka_field=True), "industry_sales")),
    "market_share_growth": lambda at: at.growth(FIGURES["market_share"], YEAR),
    "key_industry_penetration": lambda at: ratio(
        at.count(at.in_force, from_industry("金融")),
        total_of(at.of("market", industry="金融"), "target_customers")),
    "strategic_customer_penetration": listed(strategic),
    "key_account_coverage": listed(key),
    "outlet_coverage": lambda at: ratio(len({v["outlet_id"] for v in given(at.visit, "outlet_id")}),
                                        total_of(at.market, "target_outlets")),
    "trial_rate": lambda at: ratio(at.buyers(flag("is_trial")), total_of(at.market, "target_customers")),
    "new_strategic_customers": lambda at: at.count(at.new, strategic),
    "strategic_breakthrough_count": lambda at: at.count(at.new, strategic, from_industry("医疗")),
    "industry_new_customers": lambda at: at.count(at.new, from_industry("医疗")),
    "new_customer_development": lambda at: at.count(at.new),
    "new_customer_count": lambda at: at.count(at.new),
    "key_account_development": lambda at: at.count(at.new, key),
    "new_customer_development_rate": lambda at: ratio(at.count(at.new), at.count(at.in_force_at_start)),
    "new_customer_conversion": lambda at: ratio(
        at.count(at.new), at.buyers(lambda v: v["customer"]["since"] is None
                                    or v["customer"]["since"] >= at.start, at.visit)),
    "sample_customers": lambda at: at.count(at.in_force, flag("is_sample")),
    "local_market_influence": lambda at: at.rated(item="influence"),

    # finance.yaml
    "ka_profit": lambda at: minus(at.sales(key), total(o["cost"] for o in at.order if key(o))),
    "ka_profit_margin": At.ka_margin,
    "average_profit_contribution": lambda at: ratio(total(o["amount"] - o["cost"] for o in at.order),
                                                    at.sales()),
    "quality_customer_margin": lambda at: ratio(
        at.net(quality), total(f["net_sales"] for f in at.finance if quality(f))),
    "profit_contribution": At.net,
    "profit": At.profit,
    "profitability": lambda at: ratio(at.profit(), at.income()),
    "collections": summed("finance", "collected_amount"),
    "collection_rate": lambda at: ratio(total_of(at.finance, "collected_amount"),
                                        total_of(at.finance, "amount_due")),
    "dso": lambda at: times(ratio(at.owed("accounts_receivable"), at.income()),
                            (at.end - at.start).days + 1),
    "long_overdue_ratio": lambda at: ratio(at.owed("long_overdue_receivable"),
                                           at.owed("accounts_receivable")),
    "team_cost": summed("staff", "salary_cost"),
    "service_cost_per_customer": lambda at: ratio(at.service_cost(),
                                                  len({t["customer_id"] for t in at.ticket})),
    "service_cost_optimisation": lambda at: times(at.growth(At.service_cost), -1),
    "department_cost_saving_rate": lambda at: ratio(
        minus(total_of(at.budget, "budget_cost"), total_of(at.budget, "actual_cost")),
        total_of(at.budget, "budget_cost")),

    # satisfaction.yaml
    "nps": At.nps,
    "nps_points": lambda at: times(at.nps(), 100),
    "csat_rate": At.satisfied,
    "csat_score": average("survey", "csat"),
    "strategic_csat_score": lambda at: mean(s["csat"] for s in at.survey if strategic(s)),
    "csat_survey_rate": average("survey", "survey_score"),
    "csat_fluctuation": lambda at: at.growth(At.satisfied),
    "economic_satisfaction": average("survey", "economic"),
    "non_economic_satisfaction": average("survey", "non_economic"),
    "survey_service_quality": average("survey", "service_quality"),
    "survey_product_quality": average("survey", "product_quality"),
    "survey_response_speed": average("survey", "response_speed"),
    "custom_solution_satisfaction": average("survey", "custom_solution"),

    # loyalty.yaml
    "renewal_rate": part("contract", "renewed"),
    "contract_renewal_rate": lambda at: ratio(total_of(at.contract, "renewed_value"),
                                              total_of(at.contract, "value")),
    "repeat_purchase_rate": lambda at: ratio(at.count(at.in_force_at_start, key, at.orders_of),
                                             at.count(at.in_force_at_start, key)),
    "repurchase_rate": lambda at: ratio(at.count(lambda c: len(at.orders_of(c)) >= 2),
                                        at.count(at.orders_of)),
    "cooperation_tenure_extension": lambda at: mean(at.years_added(c) for c in at.customers if key(c)),
    "cooperation_years": At.tenure,
    "wallet_share": lambda at: at.of_purchases(equipment),
    "purchase_share": At.of_purchases,
    "core_customer_purchase_share": lambda at: at.of_purchases(core),
    "customer_share": lambda at: at.of_purchases(key),
    "active_referrals": lambda at: len(at.of("referral", unasked=True)),
    "referral_rate": lambda at: ratio(at.buyers(lambda r: True, at.referral), at.count(at.in_force)),
    "key_customer_relationship": lambda at: mean(
        minus(r["relationship_end"], r["relationship_start"]) for r in at.customer_review if key(r)),

    # churn.yaml
    "churn_rate": At.lost_share,
    "strategic_churn_rate": lambda at: at.lost_share(strategic),
    "strategic_churn_rate_active": lambda at: ratio(at.count(at.lost, strategic, cause("active")),
                                                    at.count(at.in_force_at_start, strategic)),
    "strategic_churn_rate_passive": lambda at: ratio(at.count(at.lost, strategic, cause("passive")),
                                                     at.count(at.in_force_at_start, strategic)),
    "ka_churn_rate": lambda at: at.lost_share(key),
    "regional_churn_rate": At.lost_share,
    "quality_customer_churn": lambda at: at.lost_share(quality),
    "customer_retention_rate": lambda at: minus(1, at.lost_share()),
    "high_value_retention_rate": lambda at: minus(1, at.lost_share(high_value)),
    "retention_rate": lambda at: ratio(at.count(at.three_years_ago, at.in_force),
                                       at.count(at.three_years_ago)),

    # service.yaml
    "issue_closure_time": At.closing,
    "major_issue_closure_time": lambda at: at.closing(severity="major"),
    "general_issue_closure_time": lambda at: at.closing(severity="general"),
    "issue_resolution_time": At.closing,
    "issue_response_time": At.answering,
    "first_response_time": lambda at: times(at.answering(), 60),
    "first_response_attainment": lambda at: share(
        given(at.ticket, "response_limit"),
        lambda t: within(t, "responded_at", "submitted_at", t["response_limit"])),
    "issue_resolution_rate": lambda at: ratio(len(given(at.ticket, "resolved_at")), len(at.ticket)),
    "first_contact_resolution_rate": lambda at: share(
        at.ticket, lambda t: t["resolved_at"] is not None and t["contacts_to_resolve"] == 1),
    "sla_compliance_rate": lambda at: share(
        given(at.ticket, "sla"), lambda t: within(t, "resolved_at", "submitted_at", t["sla"])),
    "requirement_response_accuracy": known_part("ticket", "answered_correctly"),
    "complaint_handling_score": average("ticket", "handling_rating", kind="complaint"),
    "complaint_handling_time": lambda at: at.closing(kind="complaint"),
    "promise_fulfilment_rate": known_part("ticket", "promise_kept"),
    "dispute_resolution_efficiency": lambda at: share(at.of("ticket", kind="dispute"),
                                                      lambda t: by_day(t["resolved_at"], t["due_at"])),
    "support_response_speed": lambda at: at.answering(kind="support"),
    "service_request_response_speed": lambda at: at.answering(kind="request"),
    "tech_response_24h_rate": lambda at: share(
        at.of("ticket", kind="support"), lambda t: within(t, "responded_at", "submitted_at", 1440)),
    "crisis_response_speed": lambda at: at.answering(kind="crisis"),
    "service_request_volume": lambda at: len(at.ticket),
    "reassurance_success_rate": part("ticket", "calmed", upset=True),
    "global_collaboration_efficiency": lambda at: share(
        at.of("ticket", cross_region=True), lambda t: by_day(t["resolved_at"], t["due_at"])),
    "localized_service_level": lambda at: ratio(
        plus(at.rated(item="timeliness"), at.rated(item="tailoring")), 2),
    "call_duration": average("call", "talk_time"),
    "customer_emotion": lambda at: mean(minus(c["emotion_end"], c["emotion_start"]) for c in at.call),
    "public_opinion_response_rate": lambda at: ratio(len(given(at.mention, "answered_at")), len(at.mention)),
    "dealer_service_timeliness": part("partner_event", "on_time", kind="dealer"),
    "partner_response_speed": lambda at: mean(minutes(p, "responded_at", "requested_at")
                                              for p in at.of("partner_event", kind="partner")),
    "journey_compliance_rate": part("touchpoint", "met_standard"),
    "service_quality": average("staff", "quality"),
    "service_efficiency": average("staff", "efficiency"),
    "service_quality_variance": lambda at: ratio(deviation(s["quality"] for s in at.staff),
                                                 mean_of(at.staff, "quality")),

    # delivery.yaml
    "delivery_compliance_rate": lambda at: share(
        at.delivered(), lambda p: p["met_contract"] is True and p["major_deviation"] is False),
    "key_project_progress": lambda at: at.progress("key"),
    "project_progress": At.progress,
    "breakthrough_progress": lambda at: at.progress("breakthrough"),
    "project_profit": lambda at: total(minus(p["revenue"], p["cost"]) for p in at.delivered()),
    "project_delivery_quality": lambda at: mean_of(at.delivered(), "rating"),
    "benchmark_projects": lambda at: len(at.delivered("benchmark")),
    "ecosystem_projects": lambda at: len(at.delivered("ecosystem")),
    "upgrade_participation": At.upgrading,
    "solution_effect": lambda at: mean(
        ratio(minus(p["customer_kpi_after"], p["customer_kpi_before"]), p["customer_kpi_before"])
        for p in at.delivered()),
    "equipment_availability": At.working,
    "iot_connection_rate": part("device", "connected"),
    "downtime_reduction": lambda at: times(at.growth(summed("device", "downtime")), -1),
    "parts_consumption_growth": lambda at: at.change(At.parts),

    # team.yaml
    "key_talent_growth_rate": lambda at: ratio(
        len(at.of("staff", key_talent_end=True)) - len(at.of("staff", key_talent_start=True)),
        len(at.of("staff", in_opening_team=True))),
    "training_participation": lambda at: ratio(total_of(at.staff, "courses_attended"),
                                               total_of(at.staff, "courses_offered")),
    "industry_knowledge_certification": part("staff", "certified"),
    "new_hire_training_cycle": lambda at: mean(
        None if s["training_start"] is None or s["training_end"] is None
        else Fraction((s["training_end"] - s["training_start"]).days) for s in at.staff),
    "knowledge_assets": lambda at: len(at.of("knowledge", kind="case")),
    "team_knowledge_assets": lambda at: len(at.knowledge),
    "resource_reuse_rate": lambda at: share(at.of("knowledge", kind="template"),
                                            lambda k: k["reuse_count"] > 0),
    "best_practice_extraction": lambda at: len(at.of("knowledge", kind="practice", revision=0)),
    "practice_iteration": lambda at: sum(k["revision"] > 0 for k in at.of("knowledge", kind="practice")),
    "enablement": lambda at: ratio(total_of(at.of("knowledge", kind="practice"), "people_enabled"),
                                   at.heads()),
    "cross_department_satisfaction": lambda at: at.rated(rater_kind="department"),
    "team_collaboration_score": lambda at: ratio(
        plus(at.rated(rater_kind="peer"), at.rated(rater_kind="supervisor")), 2),
    "department_contribution": lambda at: ratio(
        total_of(at.project_member, "contribution_points"),
        sum(total_of(at.world.at(m, at.place).project_member, "contribution_points") for m in MANAGERS)),
    "data_collection_efficiency": lambda at: ratio(
        minus(total_of(at.collection, "manual_hours"), total_of(at.collection, "automated_hours")),
        total_of(at.collection, "manual_hours")),
    "cultural_adaptability": lambda at: at.rated(item="culture"),

    # innovation.yaml
    "innovation_proposal_conversion_rate": part("proposal", "adopted"),
    "proposal_submission_timeliness": lambda at: share(
        given(at.proposal, "due_on"), lambda p: p["submitted_on"] <= p["due_on"]),
    "new_product_first_purchase_rate": lambda at: ratio(
        at.buyers(flag("is_new_product")), at.buyers(lambda v: v["offer_accepted"] is not None, at.visit)),
    "new_product_recommendation_success": known_part("visit", "offer_accepted"),
    "new_product_promotion_success": part("launch", "successful"),
    "new_product_promotion_attainment": lambda at: ratio(at.sales(flag("is_new_product")),
                                                         total_of(at.launch, "sales_target")),

    # process.yaml
    "customer_visit_count": lambda at: len(at.visit),
    "effective_opportunity_rate": part("visit", "became_opportunity"),
    "high_value_win_rate": part("visit", "won", value_class="high", became_opportunity=True),
    "needs_report_completeness": lambda at: ratio(total_of(at.visit, "report_fields_done"),
                                                  total_of(at.visit, "report_fields_required")),
    "kol_relationship_depth": average("visit", "kol_level"),
    "online_interaction_quality": average("visit", "interaction_rating", channel="online"),
    "profile_update_timeliness": lambda at: share(
        [c for c in at.customers if at.start <= c["profile_due_on"] <= at.end],
        lambda c: by_day(c["profile_updated_on"], c["profile_due_on"])),
    "key_event_completion": lambda at: share(
        [e for e in at.key_event if e["kind"] != "executive_visit"], flag("done")),
    "executive_visits": part("key_event", "done", kind="executive_visit"),
    "platform_support_rate": part("key_event", "hosted", kind="visit"),
    "requirement_transfer_efficiency": lambda at: share(
        at.requirement, lambda r: by_day(r["passed_on"], r["due_on"])),
    "rd_response_time": lambda at: mean(
        None if r["decided_on"] is None else Fraction((r["decided_on"] - r["requested_on"]).days)
        for r in at.requirement),

    # prediction.yaml
    "churn_probability": average("prediction", "probability", kind="churn"),
    "upsell_likelihood": average("prediction", "probability", kind="upsell"),
    "product_fit": average("prediction", "value", kind="product_fit"),
    "predicted_nps_change": lambda at: mean(minus(p["value"], p["value_before"])
                                            for p in at.of("prediction", kind="nps")),
    "forecast_accuracy": lambda at: share(
        given(at.prediction, "outcome"),
        lambda p: p["probability"] is not None and (p["probability"] >= Fraction(1, 2)) == p["outcome"]),
    "churn_warning_accuracy": lambda at: at.came_true(kind="churn"),
    "high_value_identification_accuracy": lambda at: at.came_true(kind="high_value"),

    # compliance.yaml
    "compliance_indicator": known_part("compliance", "compliant"),
    "international_compliance": known_part("compliance", "compliant", scope="international"),
    "local_regulatory_adaptability": known_part("compliance", "compliant", scope="local"),
    "risk_control_score": average("compliance", "risk_score"),

    # outcomes.yaml
    "customer_productivity_gain": risen("customer_outcome", "output_after", "output_before"),
    "customer_cost_saved": fallen("customer_outcome", "cost_before", "cost_after"),
    "customer_risk_loss_reduced": fallen("customer_outcome", "loss_before", "loss_after"),
}


# ── Comparison ───────────────────────────────────────────────────────────────────────────────────

def same(expected, cell, decimals):
    """Is the cell the figure, rounded to its decimals or to 12 digits?"""
    if expected is None or cell == "":
        return expected is None and cell == ""
    found, expected = Fraction(cell), Fraction(expected)
    if decimals is not None:
        return found == rounded(expected, int(decimals))
    return abs(found - expected) <= abs(expected) * Fraction(5, 10 ** 12)


def results(program, tables):
    with tempfile.TemporaryDirectory(prefix="steelyard-") as folder:
        write_tables(tables, folder)
        run = subprocess.run([program, "score", str(CARD), "--data", folder, "--strict", "--quiet"],
                             capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"score ended with {run.returncode}\n{run.stderr}")
    return list(csv.DictReader(run.stdout.splitlines()))


def problems_in(found, world):
    """What differs, and indicators whose figures show nothing."""
    shown = [c.removesuffix(".points") for c in found[0]]
    if missing := set(shown[2:shown.index("score")]) ^ set(FIGURES):
        yield f"shown or computed here, not both: {sorted(missing)}"
        return
    decimals = {e["id"]: e.get("decimals") for _, _, entries in read_library() for e in entries}
    for indicator, figure in FIGURES.items():
        told = set()
        for row in found:
            place = QUARTERS.index((int(row["period"][:4]), int(row["period"][-1])))
            expected, cell = figure(world.at(row["manager_id"], place)), row[indicator]
            told.add(cell)
            if not same(expected, cell, decimals[indicator]):
                wanted = "missing" if expected is None else f"{float(expected):.12g}"
                yield f"{row['manager_id']} {row['period']} {indicator}: {wanted}, found {cell or 'missing'}"
        if len(told - {""}) < 2:
            yield f"{indicator}: always {told}; the data do not try it"


def main():
    tables = make_tables()
    found = results(sys.argv[1], tables)
    if len(found) != len(MANAGERS) * len(SCORED):
        sys.exit(f"{len(found)} rows, {len(MANAGERS) * len(SCORED)} expected")
    problems = list(problems_in(found, World(tables)))
    if problems:
        sys.exit(f"{len(problems)} problems\n" + "\n".join(problems[:60]))
    print(f"{len(FIGURES)} indicators, {len(FIGURES) * len(found)} figures, all as expected")


if __name__ == "__main__":
    main()
