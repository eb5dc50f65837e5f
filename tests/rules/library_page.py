#!/usr/bin/env python3
"""Holds the library, its card and its page together.

    library_page.py

Every indicator is laid out alike and named once; printed formulas stand as they are printed; every
number of the five sources is somewhere; the card of the whole library shows all of them; and the
tables of docs/library.md say what the files say. STEELYARD_UPDATE=1 writes those tables anew.
"""

import difflib
import os
import re
import sys
import textwrap

from library_reading import LIBRARY, ROOT, THEMES, read_library

PAGE = ROOT / "docs/library.md"
CARD = LIBRARY / "library-card.yaml"
# How many indicators each source names.
SOURCES = (36, 21, 40, 95, 27)

# As printed; where the page of the source lost something, as repaired.
PRINTED = {
    "strategic_revenue_share": "戰略客戶收入÷部門總營收×100%",
    "clv_retention_weighted": "∑(年度客戶收入-服務成本)×客戶留存率預測系數",
    "nps": "(推薦者數÷總調研數)-(貶損者數÷總調研數)",
    "issue_closure_time": "∑(問題解決時間-問題提交時間)÷問題總數",
    "strategic_revenue_per_capita": "戰略客戶營收÷(團隊人數×有效工作月數/12)",
    "delivery_compliance_rate": "合規交付項目數÷總交付項目數×100%",
    "key_talent_growth_rate": "(期末關鍵人才數-期初關鍵人才數)÷期初團隊人數×100%",
    "innovation_proposal_conversion_rate": "被采納提案數÷總提案數×100%",
    "new_customer_sales_share": "新客戶銷售額/銷售收入×100%",
    "market_share": "企業銷售額/行業總銷售額×100%",
    "new_customer_development_rate": "新增客戶數/期初客戶總數×100%",
    "average_profit_contribution": "客戶總利潤/銷售收入×100%",
    "churn_rate": "流失客戶數/期初客戶總數×100%",
    "first_response_time": "首次響應總時長/咨詢總量",
    "issue_resolution_rate": "已解決問題量/提交問題總量×100%",
    "service_cost_per_customer": "客服總成本/服務客戶總數",
    "csat_rate": "滿意客戶數/調研樣本總數×100%",
    "nps_points": "推薦者占比 - 貶損者占比",
    "cross_sell_rate": "購買多產品客戶數/總客戶數×100%",
    "clv_margin_model": "(年均采購額 × 平均合作年限) × 毛利率 - 維護成本",
}
# Given in words, so that the formula is a reading of them.
IN_WORDS = {"clv_cac_ratio", "wallet_share"}


def twice(what, names):
    return [f"{what} `{name}` is there twice" for name in sorted({n for n in names if names.count(n) > 1})]


def one_customer():
    """The printed lifetime value, of one customer: a value that an indicator adds up."""
    common = (LIBRARY / "common.yaml").read_text(encoding="utf-8")
    return re.search(r"^  客户价值: (.*)$", common, re.MULTILINE)[1]


def formula_problems(entries):
    """Printed formulas that are not as printed, and readings that claim to be."""
    for entry in entries:
        name = entry["id"]
        claimed = entry["basis"] in ("printed", "printed, repaired")
        if claimed != (name in PRINTED) or (entry["basis"] == "printed in words") != (name in IN_WORDS):
            yield f"{name}: is it {entry['basis']}?"
        of_one = name == "clv_retention_weighted"
        formula = one_customer().replace(" per customer", "") if of_one else entry["formula"]
        if claimed and formula != PRINTED.get(name):
            yield f"{name}: {formula} is not {PRINTED.get(name)}"


def problems_in(library):
    entries = [entry for _, _, of_theme in library for entry in of_theme]
    yield from twice("id", [e["id"] for e in entries])
    yield from twice("name", [e["name"] for e in entries])
    yield from formula_problems(entries)
    there = {number for e in entries for number in e["numbers"]}
    wanted = {f"S{s}-K{n:02d}" for s, last in enumerate(SOURCES) for n in range(1, last + 1)}
    for number in sorted(there ^ wanted):
        yield f"{number}: in no indicator" if number in wanted else f"{number}: no such number"
    card = CARD.read_text(encoding="utf-8")
    shown = re.findall(r"^  ([a-z_0-9]+): \{based_on: \1[,}]", card, re.MULTILINE)
    if shown != [e["id"] for e in entries]:
        yield f"library-card.yaml shows other indicators, or in another order: " \
              f"{sorted(set(shown) ^ {e['id'] for e in entries})}"
    files = {path.stem for path in LIBRARY.glob("*.yaml")} - {"data", "common", "settings", "library-card",
                                                              "steelyard.policy"}
    for theme in sorted(files ^ set(THEMES)):
        yield f"{theme}.yaml: not among the files that this test reads"


def shown_formula(entry):
    formula = f"`{entry['formula']}`"
    # Printed for one customer; the indicator adds them up.
    return formula + (f", 客户价值 = `{one_customer()}`" if "客户价值" in formula else "")


def table(theme, about, entries):
    lines = [f"### {theme}.yaml", "", *textwrap.wrap(about, 104), "",
             "| id | name | what it is | no. | formula | |", "| --- | --- | --- | --- | --- | --- |"]
    for entry in entries:
        lines.append(f"| `{entry['id']}` | {entry['name']} | {entry['definition']} | "
                     f"{', '.join(entry['numbers'])} | {shown_formula(entry)} | {entry['basis']} |")
    return lines + [""]


def page_as_it_should_be(written, library):
    """Everything below the heading of the tables is made of the files."""
    head, mark, _ = written.partition("\n## All indicators\n")
    if not mark:
        sys.exit("docs/library.md has no heading «All indicators»")
    lines = ["", *(line for theme in library for line in table(*theme))]
    return head + mark + "\n".join(lines).rstrip("\n") + "\n"


def main():
    library = read_library()
    problems = list(problems_in(library))
    if problems:
        sys.exit("\n".join(problems))
    written = PAGE.read_text(encoding="utf-8")
    wanted = page_as_it_should_be(written, library)
    if written != wanted and os.environ.get("STEELYARD_UPDATE") == "1":
        PAGE.write_text(wanted, encoding="utf-8")
    elif written != wanted:
        sys.stdout.writelines(difflib.unified_diff(
            written.splitlines(True), wanted.splitlines(True), "library.md as written",
            "library.md as the files are"))
        sys.exit("after an intended change: STEELYARD_UPDATE=1 and the same test once more")
    print(f"{sum(len(entries) for _, _, entries in library)} indicators in {len(library)} files, all as told")


if __name__ == "__main__":
    main()
