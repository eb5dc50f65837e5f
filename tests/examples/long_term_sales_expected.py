#!/usr/bin/env python3
"""Recomputes the cards of the long-term-sales example by hand and compares every cell with what the
program prints.

    long_term_sales_expected.py PROGRAM

The rules are written here a second time, from their meaning, in plain Python with exact fractions.
Where the two disagree, one of them is wrong.
"""

import datetime
import sys
import tempfile
from decimal import Decimal, localcontext
from fractions import Fraction
from math import ceil
from pathlib import Path

from expected import (compare, linear, number_text, ratio, rounded, score, shared, target_columns, tiers,
                      with_set)
from reading import (compare_rejects, count, day, known, moment, money, one_of, percent, quarter_of,
                     read_tables, share, span, text, truth)

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "examples/long-term-sales/data"
RULES = ROOT / "rules/long-term-sales"

QUARTERS = [(year, number) for year in (2025, 2026) for number in (1, 2, 3, 4)]
YEAR = QUARTERS[4:]
GRADES = [("S", 90), ("A", 80), ("B", 70), ("C", 60), ("D", 0)]


def number(cell):
    return Fraction(cell)


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────

COLUMNS = {
    "director": [("director_id", text)],
    "region": [("region_id", text), ("director_id", text),
               ("key_account_goal", count)],
    "market_stage": [("region_id", text), ("quarter_start", day),
                     ("market", one_of("emerging", "mature", "declining"))],
    "industry": [("industry_id", text)],
    "policy_event": [("event_id", text), ("industry_id", text), ("announced_on", day),
                     ("severity", one_of("minor", "sharp"))],
    "seller": [("seller_id", text), ("region_id", text), ("industry_id", text),
               ("track", one_of("representative", "key_account_manager", "equipment")),
               ("target_bonus", money, 0)],
    "task": [("seller_id", text), ("quarter_start", day),
             ("phase", one_of("expansion", "existing", "transition")), ("launches", truth),
             ("sales_target", money, 0)],
    "customer": [("customer_id", text), ("seller_id", text), ("since", day), ("churned_on", day),
                 ("cooperation_years", number, 0), ("is_strategic", truth), ("is_key_account", truth),
                 ("is_sample", truth), ("can_upgrade", truth)],
    "order": [("order_id", text), ("customer_id", text), ("ordered_on", day),
              ("category", one_of("machine", "part", "service")),
              ("kind", one_of("standard", "new_product", "solution", "upgrade", "migration")),
              ("amount", money), ("cost", money)],
    "finance": [("customer_id", text), ("quarter_start", day), ("total_purchases", money, 0),
                ("maintenance_cost", money, 0), ("service_cost", money, 0),
                ("acquisition_cost", money, 0)],
    "signal": [("customer_id", text), ("quarter_start", day), ("usual_interval", number),
               ("interval_deviation", number), ("current_interval", number),
               ("requests_before", count), ("requests", count), ("purchases_before", count),
               ("purchases", count), ("lines_before", count), ("lines", count), ("intervened", truth)],
    "survey": [("survey_id", text), ("customer_id", text), ("answered_on", day),
               ("economic", number, 0, 100), ("non_economic", number, 0, 100)],
    "request": [("request_id", text), ("customer_id", text), ("submitted_at", moment),
                ("responded_at", moment), ("resolved_at", moment)],
    "contract": [("contract_id", text), ("customer_id", text), ("due_on", day), ("renewed", truth)],
    "project": [("project_id", text), ("customer_id", text), ("delivered_on", day),
                ("kind", one_of("benchmark", "ecosystem"))],
    "offer": [("offer_id", text), ("customer_id", text), ("offered_on", day),
              ("subject", one_of("new_product", "upgrade")), ("accepted", truth)],
    "device": [("device_id", text), ("quarter_start", day), ("customer_id", text), ("working", truth)],
    "risk_check": [("check_id", text), ("seller_id", text), ("checked_on", day), ("mark", number, 0, 100)],
    "compliance_event": [("event_id", text), ("seller_id", text), ("happened_on", day),
                         ("kind", one_of("bribery", "data_misuse", "other")), ("confirmed", truth)],
    "visit": [("visit_id", text), ("seller_id", text), ("visited_on", day),
              ("became_opportunity", truth), ("report_fields_required", count), ("report_fields_done", count)],
    "staff": [("seller_id", text), ("quarter_start", day), ("courses_offered", count),
              ("courses_attended", count)],
    "lead": [("lead_id", text), ("seller_id", text), ("created_on", day), ("converted", truth)],
    "knowledge": [("item_id", text), ("seller_id", text), ("added_on", day)],
}
OF_CUSTOMER = ("order", "finance", "signal", "survey", "request", "contract", "project", "offer", "device")
OF_SELLER = ("task", "risk_check", "compliance_event", "visit", "staff", "lead", "knowledge")
PARENTS = ({"region": "director", "market_stage": "region", "policy_event": "industry", "seller": "region", "customer": "seller"}
           | dict.fromkeys(OF_CUSTOMER, "customer") | dict.fromkeys(OF_SELLER, "seller"))
KEYS = {table: [columns[0][0]] for table, columns in COLUMNS.items()}
KEYS |= {"finance": ["customer_id", "quarter_start"], "signal": ["customer_id", "quarter_start"],
         "device": ["device_id", "quarter_start"], "staff": ["seller_id", "quarter_start"],
         "task": ["seller_id", "quarter_start"], "market_stage": ["region_id", "quarter_start"]}
DATES = {table: next(name for name, *how in columns if how[0] in (day, moment))
         for table, columns in COLUMNS.items()
         if table in OF_CUSTOMER + OF_SELLER + ("policy_event", "market_stage")}

# What each card reads; a wrong cell in a column that it does not read turns no row away.
ABOVE = ["director", "region", "industry", "seller"]
CARDS = {
    "long-term-sales": ABOVE + ["policy_event", "task", "customer", "order", "finance", "signal", "survey",
                                "request", "contract", "risk_check", "compliance_event"],
    "representative": ABOVE + ["visit", "staff"],
    "regional-manager": ABOVE + ["customer", "knowledge"],
    "market": ABOVE + ["market_stage", "customer", "order", "project", "offer", "lead"],
    "director": ABOVE + ["customer", "order", "finance", "project"],
    "equipment": ABOVE + ["task", "customer", "order", "offer", "device"],
}
NOT_READ = {
    "regional-manager": {("seller", "track")},
    "market": {("seller", "track")},
    "director": {("seller", "track")},
    "equipment": {("customer", "since")},
}


def tables_of(card):
    columns = {table: [column for column in COLUMNS[table]
                       if (table, column[0]) not in NOT_READ.get(card, ())]
               for table in COLUMNS if table in CARDS[card]}
    return read_tables(DATA, columns, KEYS, PARENTS, DATES)


class Rows:
    """Rows below a subject in a span of days."""

    def __init__(self, tables, subject_key):
        self.tables, self.subject_key = tables, subject_key
        self.below = {}
        for table, rows in tables.items():
            for row in rows:
                above = row
                while subject_key not in above or (table != "customer" and above is not row
                                                   and "parent" in above and subject_key not in above):
                    above = above.get("parent")
                    if above is None:
                        break
                if above is not None:
                    self.below.setdefault((above[subject_key], table), []).append(row)

    def of(self, subject, table, first=None, last=None):
        rows = self.below.get((subject, table), [])
        if first is None:
            return rows
        when = lambda row: getattr(row[DATES[table]], "date", lambda: row[DATES[table]])()
        return [row for row in rows if first <= when(row) <= last]


# ── Small things ─────────────────────────────────────────────────────────────────────────────────

def total(rows, column):
    """The sum of a column: 0 without rows, missing where there are rows and nothing in them."""
    found = known(row[column] for row in rows)
    return None if rows and not found else sum(found, Fraction(0))


def mean(values):
    return ratio(sum(values, Fraction(0)), len(values))


def three(kind, truths):
    """`any` of truths of which some may be unknown."""
    assert kind == "any"
    return True if True in truths else None if None in truths else False


def either(a, b):
    return three("any", [a, b])


def served(customer, last):
    return (customer["since"] is not None and customer["since"] <= last
            and (customer["churned_on"] is None or customer["churned_on"] > last))


def at_start(customer, first):
    return (customer["since"] is not None and customer["since"] < first
            and (customer["churned_on"] is None or customer["churned_on"] >= first))


def from_the_top(values, share_of_peers):
    """What this share of the values reaches, counted from the highest."""
    return sorted(values, reverse=True)[ceil(share_of_peers * len(values)) - 1]


def grade_of(points):
    return next(name for name, lowest in GRADES if points >= lowest)


def weighted(weights, points):
    weights = shared(weights, points)
    return sum(weights[name] * (points[name] or 0) for name in points)


def filled(points, zero):
    """Points, with 0 for those whose rule says so."""
    return {name: Fraction(0) if value is None and name in zero else value
            for name, value in points.items()}


TARGETS = {
    "customer_asset_growth": (">=", share("10%")), "strategic_customer_penetration": (">=", share("70%")),
    "ecosystem_projects": (">=", 2), "equipment_availability": (">=", share("95%")),
    "parts_growth": (">=", share("0%")), "upgrade_participation": (">=", share("50%")),
    "sales_attainment": (">=", share("100%")), "clv": (">=", 300000), "cac": ("<=", 100000),
    "clv_cac_ratio": (">=", 3), "wallet_share": (">=", share("52%")),
    "new_product_attainment": (">=", share("100%")), "solution_share": (">=", share("20%")),
    "service_cost_saving": (">=", share("0%")), "satisfaction": (">=", 85),
    "risk_control": (">=", 80), "response_time": ("<=", 24),
    "resolution_rate": (">=", share("90%")), "renewal_rate": (">=", share("90%")),
    "concentration": ("<=", share("30%")), "benchmark_projects": (">=", 2),
    "new_customer_conversion": (">=", share("20%")), "sample_customers": (">=", 2),
    "cross_sell_rate": (">=", share("30%")), "solution_penetration": (">=", share("15%")),
    "migration_share": (">=", share("15%")), "recommendation_success": (">=", share("30%")),
    "upgrade_conversion": (">=", share("20%")), "group_growth": (">=", share("12%")),
    "regional_churn_rate": ("<=", share("5%")), "key_account_coverage": (">=", share("100%")),
    "team_knowledge_assets": (">=", 3), "effective_opportunity_rate": (">=", share("20%")),
    "needs_report_completeness": (">=", share("90%")), "training_participation": (">=", share("80%")),
}


def row_of(key, subject, period, values, points, formats, score_, **rest):
    row = {key: subject} | ({"period": period} if period else {})
    for name, value in values.items():
        row[name] = number_text(value, **formats.get(name, {}))
    for name in values:
        row[name + ".points"] = number_text(points.get(name))
    row["score"] = number_text(score_)
    row["grade"] = rest.pop("grade", None) or grade_of(score_)
    for column in ("vetoes", "interlocks", "alerts", "review"):
        row[column] = rest.pop(column, "")
    of_row, left_out = rest.pop("targets", {}), rest.pop("left_out", ())
    targets = {name: of_row.get(name) or TARGETS[name] for name in values}
    return row | rest | target_columns(values, targets, left_out)


def scored(key, subject, period, values, curves, zero, weights, formats=None, **rest):
    """A row of a card that has nothing but values, curves and weights."""
    points = filled({name: None if values[name] is None else curve(values[name])
                     for name, curve in curves.items()}, zero)
    return row_of(key, subject, period, values, points, formats or {},
                  rounded(weighted(weights, points), 2), **rest)


def name_of(quarter):
    return f"{quarter[0]}Q{quarter[1]}"


def line(*points):
    return lambda x: linear(x, *points)


PERCENT_WEIGHTS = lambda **weights: {name: Fraction(weight, 100) for name, weight in weights.items()}
MONEY = {"money": True}


# ── 大客户经理 ───────────────────────────────────────────────────────────────────────────────────

def signal_of(s):
    z = None
    if None not in (s["usual_interval"], s["interval_deviation"], s["current_interval"]):
        z = ratio(s["current_interval"] - s["usual_interval"], s["interval_deviation"])
    fall = ratio(s["requests"] - s["requests_before"], s["requests_before"])
    overdue = None if z is None else z > 3
    silent = None if fall is None else fall <= Fraction(-1, 2)
    care = s["purchases"] < s["purchases_before"] and s["lines"] > s["lines_before"]
    return overdue, silent, care, either(overdue, silent) and not s["intervened"]


def manager_values(rows, seller, quarter):
    """What looks at no other quarter and no other seller."""
    first, last = span(quarter)
    of = lambda table: rows.of(seller["seller_id"], table, first, last)
    orders, finance, requests, surveys = of("order"), of("finance"), of("request"), of("survey")
    customers = rows.of(seller["seller_id"], "customer")
    bought = {c["customer_id"]: sum((o["amount"] for o in orders if o["parent"] is c), Fraction(0))
              for c in customers}
    wallets = {c["customer_id"]: total([f for f in finance if f["parent"] is c], "total_purchases")
               for c in customers}
    sold = sum((o["amount"] for o in orders), Fraction(0))
    kind = lambda *kinds: sum((o["amount"] for o in orders if o["kind"] in kinds), Fraction(0))
    wallet = known(wallets.values())
    economic, other = (mean(known(s[part] for s in surveys)) for part in ("economic", "non_economic"))
    answers = [Fraction(int((r["responded_at"] - r["submitted_at"]).total_seconds()), 3600)
               for r in requests if r["responded_at"] is not None]
    contracts = of("contract")
    per_customer = [sum(o["amount"] for o in orders if o["customer_id"] == c)
                    for c in {o["customer_id"] for o in orders}]
    here = [c for c in customers if served(c, last)]
    return {
        "customers": len(here),
        "years": mean([c["cooperation_years"] for c in here]),
        "won": sum(c["since"] is not None and first <= c["since"] <= last for c in customers),
        "sold": sold,
        "cost": sum((o["cost"] for o in orders), Fraction(0)),
        "maintenance": total(finance, "maintenance_cost"),
        "acquisition": total(finance, "acquisition_cost"),
        "service": total(finance, "service_cost"),
        "wallet_share": ratio(sum(bought[c] for c, w in wallets.items() if w is not None and w > 0),
                              sum(wallet) if wallet else None),
        "new_product_attainment": ratio(kind("new_product"), total(of("task"), "sales_target")),
        "solution_share": ratio(kind("solution"), sold),
        "satisfaction": None if economic is None or other is None else
                        Fraction(3, 10) * economic + Fraction(7, 10) * other,
        "risk_control": mean(known(c["mark"] for c in of("risk_check"))),
        "response_time": mean(answers),
        "resolution_rate": ratio(sum(r["resolved_at"] is not None for r in requests), len(requests)),
        "renewal_rate": ratio(sum(c["renewed"] is True for c in contracts), len(contracts)),
        "concentration": ratio(max(per_customer, default=None), sold),
        "signals": [signal_of(s) for s in of("signal")],
        "task": next(iter(of("task")), {"phase": None, "launches": None}),
        "breach": three("any", [e["confirmed"] for e in of("compliance_event")
                                if e["kind"] in ("bribery", "data_misuse")]),
    }


def look_back(history):
    """Fills in what needs earlier quarters."""
    for i, here in enumerate(history):
        year = history[max(0, i - 3):i + 1]
        back = lambda name: sum(v[name] for v in year) if len(year) == 4 else None
        here["clv"] = here["cac"] = None
        if len(year) == 4:
            sold, n = back("sold"), here["customers"]
            margin = ratio(sold - back("cost"), sold)
            here["clv"] = (sold / n * here["years"]) * margin - back("maintenance") / n * here["years"]
            here["cac"] = ratio(back("acquisition"), back("won"))
        here["clv_cac_ratio"] = ratio(here["clv"], here["cac"])
        before = history[i - 1]["service"] if i else None
        here["service_cost_saving"] = ratio(None if before is None else before - here["service"], before)
        here["carried"] = here["satisfaction"] is None and i > 0 and history[i - 1]["satisfaction"] is not None
        if here["carried"]:
            here["satisfaction"] = history[i - 1]["satisfaction"]


SHOWN = ["clv", "cac", "clv_cac_ratio", "wallet_share", "short_term_sales", "new_product_attainment",
         "solution_share", "service_cost_saving", "satisfaction", "risk_control", "response_time",
         "resolution_rate", "renewal_rate", "concentration"]
FORMATS = {"clv": {"decimals": 2, "money": True}, "cac": {"decimals": 2, "money": True},
           "short_term_sales": MONEY, "satisfaction": {"decimals": 2}, "risk_control": {"decimals": 2},
           "response_time": {"decimals": 2}}
BASE = PERCENT_WEIGHTS(clv_cac_ratio=20, wallet_share=10, short_term_sales=20,
                       new_product_attainment=20, solution_share=5, service_cost_saving=5,
                       satisfaction=15, risk_control=5)


def manager_weights(seller, task, quarter, shocked):
    weights = BASE
    if task["launches"] and quarter <= (2026, 2):
        weights = with_set(weights, {"new_product_attainment": share("40%")})
    if task["phase"] == "existing":
        weights = with_set(weights, {"service_cost_saving": share("15%")})
    if task["phase"] == "transition" and quarter >= (2026, 3):
        weights = with_set(weights, {"solution_share": share("20%")})
    weights = dict(weights)
    if (seller["industry_id"], quarter) in shocked:
        weights["short_term_sales"] -= share("10%")
        weights["risk_control"] += share("10%")
    assert sum(weights.values()) == 1 and min(weights.values()) >= 0
    return weights


def manager_points(here, peers):
    levels = [(from_the_top(peers, share(p)), y) for p, y in (("80%", 60), ("50%", 80), ("20%", 100))]
    curves = {
        "clv_cac_ratio": line((1, 0), (3, 60), (5, 100)),
        "wallet_share": line((share("20%"), 0), (share("35%"), 60), (share("52%"), 100)),
        "short_term_sales": lambda x: tiers(x, *levels),
        "new_product_attainment": line((0, 0), (share("80%"), 60), (share("120%"), 100)),
        "solution_share": line((0, 0), (share("20%"), 60), (share("40%"), 100)),
        "service_cost_saving": line((share("-10%"), 0), (0, 60), (share("10%"), 100)),
        "satisfaction": line((0, 0), (100, 100)),
        "risk_control": line((0, 0), (100, 100)),
    }
    return filled({name: None if here[name] is None else curve(here[name])
                   for name, curve in curves.items()}, ("solution_share",))


def manager_alerts(here):
    above = lambda x, limit: x is not None and x > limit
    below = lambda x, limit: x is not None and x < limit
    links = {"响应": ("chain_response", above(here["response_time"], 24)),
             "解决": ("chain_resolution", below(here["resolution_rate"], share("90%"))),
             "满意度": ("chain_satisfaction", below(here["satisfaction"], 85)),
             "续约": ("chain_renewal", below(here["renewal_rate"], share("90%")))}
    overdue, silent, care = (any(s[i] is True for s in here["signals"]) for i in range(3))
    alerts = {"customer_concentration": above(here["concentration"], share("30%")),
              "low_clv": below(here["clv_cac_ratio"], 3), "purchases_overdue": overdue,
              "requests_fell": silent, "care_strategy": care, **dict(links.values()),
              "satisfaction.carried": here["carried"]}
    broken = next((link for link, (_, held) in links.items() if held), "无")
    return ";".join(name for name, held in alerts.items() if held), broken


def manager_cards(tables):
    rows = Rows(tables, "seller_id")
    sellers = [s for s in tables["seller"] if s["track"] == "key_account_manager"]
    shocked = {(e["industry_id"], quarter_of(e["announced_on"])) for e in tables["policy_event"]
               if e["severity"] == "sharp"}
    values = {}
    for seller in sellers:
        history = [manager_values(rows, seller, quarter) for quarter in QUARTERS]
        for here in history:
            here["short_term_sales"] = here["sold"]
        look_back(history)
        values |= {(seller["seller_id"], quarter): v for quarter, v in zip(QUARTERS, history)}
    cards = []
    for seller in sellers:
        for quarter in YEAR:
            here = values[seller["seller_id"], quarter]
            points = manager_points(here, [values[s["seller_id"], quarter]["sold"] for s in sellers])
            points_total = weighted(manager_weights(seller, here["task"], quarter, shocked), points)
            if any(s[3] for s in here["signals"]):
                points_total = max(points_total - 3, 0)
            final = Fraction(0) if here["breach"] else rounded(points_total, 2)
            alerts, broken = manager_alerts(here)
            bonus = seller["target_bonus"]
            peers = [values[s["seller_id"], quarter]["sold"] for s in sellers]
            top = final >= 80 and here["clv_cac_ratio"] is not None and here["clv_cac_ratio"] >= 3
            cards.append(row_of(
                "seller_id", seller["seller_id"], name_of(quarter), {name: here[name] for name in SHOWN},
                points, FORMATS, final, vetoes="compliance" if here["breach"] else "", alerts=alerts,
                review="compliance" if here["breach"] is None else "", first_broken_link=broken,
                bonus=number_text(None if bonus is None else rounded(bonus * final / 100, 2), 2, True),
                entitlements="phantom_shares" if top else "",
                targets={"short_term_sales": (">=", from_the_top(peers, share("50%")))}))
    check_stories(values, {(c["seller_id"], c["period"]): c for c in cards})
    return cards


def check_stories(values, cards):
    """The data still hold the cases that they are there for (C… of the catalogue of sources)."""
    fourth = (2026, 4)
    assert [values[s, fourth]["clv"] for s in ("S05", "S06", "S07")] == [660000] * 3                # C52
    assert [values[s, fourth]["clv_cac_ratio"] for s in ("S05", "S06", "S07")] == [
        Fraction(33, 10), 3, Fraction(11, 4)]                                                      # C53
    assert values["S03", (2026, 2)]["wallet_share"] == share("52%")                                # C54
    assert values["S10", (2026, 1)]["concentration"] == share("31%")                               # C55
    assert values["S10", (2026, 2)]["concentration"] == share("30%")                               # C56
    assert "customer_concentration" not in cards["S10", "2026Q2"]["alerts"]
    assert values["S01", (2026, 3)]["satisfaction"] == 87                                          # C57
    peers = [values[f"S{n:02d}", (2026, 1)]["sold"] for n in range(1, 11)]
    assert [from_the_top(peers, share(p)) for p in ("80%", "50%", "20%")] == [300000, 600000, 900000]
    assert cards["S07", "2026Q1"]["short_term_sales.points"] == "86.6666666667"                    # C60
    assert (cards["S04", "2026Q2"]["score"], cards["S04", "2026Q2"]["bonus"]) == ("0", "0.00")     # C64
    assert "purchases_overdue" in cards["S03", "2026Q2"]["alerts"]                                 # C67
    assert "requests_fell" in cards["S04", "2026Q3"]["alerts"]                                     # C68
    assert "care_strategy" in cards["S08", "2026Q1"]["alerts"]                                     # C91
    link = cards["S06", "2026Q3"]
    assert (link["response_time"], link["resolution_rate"], link["satisfaction"]) == ("26", "0.88", "86")
    assert (link["alerts"], link["first_broken_link"]) == ("chain_response;chain_resolution", "响应")  # C97


# ── 基层代表, 区域经理, 区域市场, 销售总监 ─────────────────────────────────────────────────────────

def representative_cards(tables):
    rows = Rows(tables, "seller_id")
    cards = []
    for seller in tables["seller"]:
        if seller["track"] != "representative":
            continue
        for quarter in YEAR:
            of = lambda table: rows.of(seller["seller_id"], table, *span(quarter))
            visits, staff = of("visit"), of("staff")
            cards.append(scored(
                "seller_id", seller["seller_id"], name_of(quarter), {
                    "effective_opportunity_rate": ratio(
                        sum(v["became_opportunity"] is True for v in visits), len(visits)),
                    "needs_report_completeness": ratio(total(visits, "report_fields_done"),
                                                 total(visits, "report_fields_required")),
                    "training_participation": ratio(total(staff, "courses_attended"),
                                                    total(staff, "courses_offered")),
                }, {
                    "effective_opportunity_rate": line((0, 0), (share("20%"), 60), (share("40%"), 100)),
                    "needs_report_completeness": line((share("60%"), 0), (share("90%"), 60), (1, 100)),
                    "training_participation": line((share("50%"), 0), (share("80%"), 60), (1, 100)),
                }, ("effective_opportunity_rate",),
                PERCENT_WEIGHTS(effective_opportunity_rate=50, needs_report_completeness=30,
                                training_participation=20)))
    return cards


def regional_manager_cards(tables):
    rows = Rows(tables, "region_id")
    cards = []
    for region in tables["region"]:
        for quarter in YEAR:
            first, last = span(quarter)
            customers = rows.of(region["region_id"], "customer")
            opening = [c for c in customers if at_start(c, first)]
            lost = sum(c["churned_on"] is not None and c["churned_on"] <= last for c in opening)
            keys = sum(c["is_key_account"] is True and served(c, last) for c in customers)
            cards.append(scored(
                "region_id", region["region_id"], name_of(quarter), {
                    "regional_churn_rate": ratio(lost, len(opening)),
                    "key_account_coverage": ratio(keys, region["key_account_goal"]),
                    "team_knowledge_assets": Fraction(len(rows.of(region["region_id"], "knowledge", first, last))),
                }, {
                    "regional_churn_rate": line((0, 100), (share("5%"), 60), (share("10%"), 0)),
                    "key_account_coverage": line((share("60%"), 0), (share("90%"), 60), (1, 100)),
                    "team_knowledge_assets": line((0, 0), (3, 60), (6, 100)),
                }, (), PERCENT_WEIGHTS(regional_churn_rate=50, key_account_coverage=30, team_knowledge_assets=20)))
    return cards


MARKET_WEIGHTS = {
    "emerging": PERCENT_WEIGHTS(benchmark_projects=40, new_customer_conversion=30, sample_customers=30),
    "mature": PERCENT_WEIGHTS(cross_sell_rate=50, solution_penetration=50),
    "declining": PERCENT_WEIGHTS(migration_share=40, recommendation_success=30, upgrade_conversion=30),
}


def market_cards(tables):
    rows = Rows(tables, "region_id")
    cards = []
    for region in tables["region"]:
        for quarter in YEAR:
            first, last = span(quarter)
            of = lambda table: rows.of(region["region_id"], table, first, last)
            here = [c for c in rows.of(region["region_id"], "customer") if served(c, last)]
            orders, leads = of("order"), of("lead")
            offers = [o for o in of("offer") if o["subject"] == "new_product"]
            sold = sum((o["amount"] for o in orders), Fraction(0))
            before = span(QUARTERS[QUARTERS.index(quarter) - 1])
            sold_before = total(rows.of(region["region_id"], "order", *before), "amount")
            buys = lambda c, *kinds: any(o["parent"] is c and o["kind"] in kinds for o in orders)
            categories = lambda c: len({o["category"] for o in orders if o["parent"] is c})
            eligible = [c for c in here if c["can_upgrade"]]
            values = {
                "benchmark_projects": Fraction(sum(p["kind"] == "benchmark" for p in of("project"))),
                "new_customer_conversion": ratio(sum(x["converted"] is True for x in leads), len(leads)),
                "sample_customers": Fraction(sum(c["is_sample"] is True for c in here)),
                "cross_sell_rate": ratio(sum(categories(c) >= 2 for c in here), len(here)),
                "solution_penetration": ratio(sum(buys(c, "solution") for c in here), len(here)),
                "migration_share": ratio(sum((o["amount"] for o in orders if o["kind"] == "migration"),
                                             Fraction(0)), sold),
                "recommendation_success": ratio(sum(o["accepted"] is True for o in offers), len(offers)),
                "upgrade_conversion": ratio(sum(buys(c, "upgrade") for c in eligible), len(eligible)),
                "short_term_sales": sold,
            }
            curves = {
                "benchmark_projects": line((0, 0), (2, 60), (4, 100)),
                "new_customer_conversion": line((0, 0), (share("20%"), 60), (share("40%"), 100)),
                "sample_customers": line((0, 0), (2, 60), (4, 100)),
                "cross_sell_rate": line((0, 0), (share("30%"), 60), (share("60%"), 100)),
                "solution_penetration": line((0, 0), (share("15%"), 60), (share("30%"), 100)),
                "migration_share": line((0, 0), (share("15%"), 60), (share("30%"), 100)),
                "recommendation_success": line((0, 0), (share("30%"), 60), (share("60%"), 100)),
                "upgrade_conversion": line((0, 0), (share("20%"), 60), (share("40%"), 100)),
            }
            weights = MARKET_WEIGHTS[of("market_stage")[0]["market"]]
            left_out = curves.keys() - weights.keys()
            curves = {name: curves[name] for name in weights}
            cards.append(scored(
                "region_id", region["region_id"], name_of(quarter), values, curves,
                ("new_customer_conversion", "recommendation_success", "migration_share"), weights,
                {"short_term_sales": MONEY},
                targets={"short_term_sales": (">=", sold_before)}, left_out=left_out))
    return cards


def director_cards(tables):
    rows = Rows(tables, "director_id")
    cards = []

    def assets(director, year):
        first, last = span((year, 1))[0], span((year, 4))[1]
        orders, finance = (rows.of(director, table, first, last) for table in ("order", "finance"))
        profit = sum(o["amount"] for o in orders) - sum(o["cost"] for o in orders)
        here = [c for c in rows.of(director, "customer") if served(c, last)]
        return (profit - total(finance, "maintenance_cost")) * mean([c["cooperation_years"] for c in here])

    for director in tables["director"]:
        name = director["director_id"]
        first, last = span((2026, 1))[0], span((2026, 4))[1]
        strategic = [c for c in rows.of(name, "customer") if c["is_strategic"]]
        projects = rows.of(name, "project", first, last)
        cards.append(scored(
            "director_id", name, "2026", {
                "customer_asset_growth": assets(name, 2026) / assets(name, 2025) - 1,
                "strategic_customer_penetration": ratio(sum(served(c, last) for c in strategic), len(strategic)),
                "ecosystem_projects": Fraction(sum(p["kind"] == "ecosystem" for p in projects)),
            }, {
                "customer_asset_growth": line((share("-10%"), 0), (0, 60), (share("20%"), 100)),
                "strategic_customer_penetration": line((share("40%"), 0), (share("70%"), 60), (1, 100)),
                "ecosystem_projects": line((0, 0), (2, 60), (4, 100)),
            }, (), PERCENT_WEIGHTS(customer_asset_growth=50, strategic_customer_penetration=30,
                                   ecosystem_projects=20)))
    return cards


# ── 装备销售, 虚拟股权 ───────────────────────────────────────────────────────────────────────────

def equipment_cards(tables):
    rows = Rows(tables, "seller_id")
    cards = []
    weights = dict.fromkeys(("equipment_availability", "parts_growth", "upgrade_participation"),
                            share("40%") / 3) | {"sales_attainment": share("60%")}
    for seller in tables["seller"]:
        if seller["track"] != "equipment":
            continue
        parts = [sum((o["amount"] for o in rows.of(seller["seller_id"], "order", *span(quarter))
                      if o["category"] == "part"), Fraction(0)) for quarter in QUARTERS]
        for quarter in YEAR:
            of = lambda table: rows.of(seller["seller_id"], table, *span(quarter))
            devices = of("device")
            upgrades = [o for o in of("offer") if o["subject"] == "upgrade"]
            at = QUARTERS.index(quarter)
            growth = ratio(parts[at], parts[at - 1])
            values = {
                "equipment_availability": ratio(sum(d["working"] is True for d in devices), len(devices)),
                "parts_growth": None if growth is None else growth - 1,
                "upgrade_participation": ratio(sum(o["accepted"] is True for o in upgrades), len(upgrades)),
                "sales_attainment": ratio(sum((o["amount"] for o in of("order")), Fraction(0)),
                                          total(of("task"), "sales_target")),
            }
            straight = line((0, 0), (1, 100))
            curves = {"equipment_availability": straight,
                      "parts_growth": line((share("-20%"), 0), (0, 60), (share("20%"), 100)),
                      "upgrade_participation": straight, "sales_attainment": straight}
            points = {name: None if values[name] is None else curve(values[name])
                      for name, curve in curves.items()}
            index = mean(known(points[name] for name in list(curves)[:3]))
            bonus = seller["target_bonus"] * (share("40%") * index / 100
                                              + share("60%") * points["sales_attainment"] / 100)
            cards.append(scored("seller_id", seller["seller_id"], name_of(quarter), values, curves, (),
                                weights, index=number_text(index, 2),
                                bonus=number_text(rounded(bonus, 2), 2, True)))
    story = next(c for c in cards if (c["seller_id"], c["period"]) == ("S17", "2026Q3"))
    assert (story["index"], story["bonus"]) == ("85", "45500.00")                                  # C58
    return cards


def grant_cards():
    columns = {"grant": [("grant_id", text), ("share", percent, 0, Fraction(1, 10)), ("years", count),
                         ("start_value", money, 0), ("end_value", money, 0)]}
    tables, rejects = read_tables(DATA, columns, {"grant": ["grant_id"]}, {}, {})
    cards = []
    for grant in tables["grant"]:
        growth = gain = points = None
        if grant["end_value"] is not None:
            with localcontext() as context:
                context.prec = 50
                times = grant["end_value"] / grant["start_value"]
                root = Decimal(times.numerator) / Decimal(times.denominator)
                growth = Fraction(root ** (1 / Decimal(grant["years"]))) - 1
                growth = rounded(growth, 40)
            gain = grant["end_value"] - grant["start_value"]
            points = linear(growth, (0, 0), (share("12%"), 60), (share("25%"), 100))
        payment = None if gain is None else rounded(max(gain, Fraction(0)) * grant["share"], 2)
        final = None if points is None else rounded(points, 2)
        cards.append(row_of("grant_id", grant["grant_id"], None, {"group_growth": growth},
                            {"group_growth": points}, {"group_growth": {"decimals": 6}}, final,
                            grade="incomplete" if final is None else None,
                            gain=number_text(gain, 2, True), payment=number_text(payment, 2, True)))
    assert cards[0]["payment"] == "38125.00"                                                       # C73
    return cards, rejects


def months_later(date, number):
    """The same day so many months later, or the last one of a shorter month."""
    month = date.month - 1 + number
    year, month = date.year + month // 12, month % 12 + 1
    last = (datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)).day
    return datetime.date(year, month, min(date.day, last))


def months_between(first, last):
    """Complete months."""
    months = 12 * (last.year - first.year) + last.month - first.month
    return months - (last < months_later(first, months))


def cents(amount, shares):
    """An amount in parts that add up to it: what is due with each part is rounded, together with all
    that was due before."""
    due = [rounded(amount * sum(shares[:i]), 2) for i in range(len(shares) + 1)]
    return [after - before for before, after in zip(due, due[1:])]


def commission_cards():
    columns = {"commission": [("contract_id", text), ("signed_on", day), ("amount", money, 0),
                              ("lost_on", day), ("renewed_on", day)],
               "service_year": [("contract_id", text), ("year", count), ("cost_index", percent, 0),
                                ("upsell_index", percent, 0)]}
    tables, rejects = read_tables(DATA, columns, {
        "commission": ["contract_id"], "service_year": ["contract_id", "year"]}, {
        "service_year": "commission"}, {})
    today, cards = datetime.date(2026, 12, 31), []
    for contract in tables["commission"]:
        factors = {}
        for row in tables["service_year"]:
            if row["parent"] is contract and None not in (row["cost_index"], row["upsell_index"]):
                factors[row["year"]] = min(min(row["cost_index"], 1) * max(row["upsell_index"], 1),
                                           share("120%"))
        kept = months_between(contract["signed_on"], contract["lost_on"] or today)
        assert contract["renewed_on"] is None or contract["renewed_on"] > months_later(
            contract["signed_on"], 36), "a renewal before that would replace factors"
        released = contract["renewed_on"] is not None and contract["renewed_on"] <= today
        eighth = share("12.5%")
        parts = cents(contract["amount"], [share("50%")] + [eighth] * 4)
        paid, forfeited, outstanding, review = [parts[0]], Fraction(0), Fraction(0), []
        for year, part in zip((2, 3, 4, 5), parts[1:]):
            factor, due = factors.get(year), months_later(contract["signed_on"], 12 * (year - 1)) <= today
            paid.append(Fraction(0))
            if not due:
                paid[-1] = part if released else Fraction(0)
                outstanding += 0 if released else part
            elif kept < 12 * (year - 1):
                forfeited += part
            elif factor is None:
                outstanding += part
                review.append(f"deferred.year_{year}")
            else:
                paid[-1] = rounded(part * factor, 2)
                forfeited += max(part - paid[-1], 0)
        row = {"contract_id": contract["contract_id"], "score": "", "grade": "incomplete", "vetoes": "",
               "interlocks": "", "alerts": "", "review": ";".join(review)}
        row |= {f"deferred.year_{i}": number_text(x, 2, True) for i, x in enumerate(paid, 1)}
        cards.append(row | {"deferred.paid": number_text(sum(paid), 2, True),
                            "deferred.forfeited": number_text(forfeited, 2, True),
                            "deferred.outstanding": number_text(outstanding, 2, True)})
    assert [(c["deferred.paid"], c["deferred.forfeited"]) for c in cards[:3]] == [
        ("75000.00", "25000.00"), ("85000.00", "15000.00"), ("100000.00", "0.00")]    # C62, C63, C90
    return cards, rejects


def main():
    cards_of = {"long-term-sales": manager_cards, "representative": representative_cards,
                "regional-manager": regional_manager_cards, "market": market_cards,
                "director": director_cards, "equipment": equipment_cards}
    for card, make in cards_of.items():
        tables, rejects = tables_of(card)
        check(card, make(tables), rejects)
    check("phantom-shares", *grant_cards())
    check("commission", *commission_cards(), "--as-of", "2026-12-31")


def check(card, expected, rejects, *options):
    key = [column for column in list(expected[0])[:2] if column.endswith("_id") or column == "period"]
    with tempfile.TemporaryDirectory() as folder:
        found, found_rejects = score(sys.argv[1], RULES / f"{card}.yaml", ["--data", str(DATA)], folder,
                                     *options)
    compare(card, expected, found, key)
    compare_rejects(found_rejects, rejects, 0)


if __name__ == "__main__":
    main()
