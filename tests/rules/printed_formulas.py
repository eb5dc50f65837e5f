#!/usr/bin/env python3
"""Formulas as policies print them, pasted character for character, give the figures they should.

    printed_formulas.py PROGRAM

Traditional characters, full-width brackets, ÷ × ∑ and labels stay as they were printed. Each line
has been worked out by hand.
"""

import subprocess
import sys

# (what, formula, settings, first line that is printed)
CASES = [
    # A key-account department: eight core indicators.
    ("strategic revenue share", "戰略客戶收入÷部門總營收×100%",
     {"戰略客戶收入": "4200", "部門總營收": "12000"}, "35%"),
    ("lifetime value, three years", "∑(年度客戶收入-服務成本)×客戶留存率預測系數",
     {"年度客戶收入": "[100, 120, 150]", "服務成本": "[30, 35, 40]", "客戶留存率預測系數": "0.9"},
     "238.5"),
    ("net promoter score as a ratio", "(推薦者數÷總調研數)-(貶損者數÷總調研數)",
     {"推薦者數": "66", "貶損者數": "18", "總調研數": "120"}, "0.4"),
    ("issue closure time", "∑(問題解決時間-問題提交時間)÷問題總數",
     {"問題解決時間": "[20h, 30h, 70h, 10h]", "問題提交時間": "[0h, 0h, 0h, 0h]", "問題總數": "4"},
     "32.5 h"),
    ("issue closure time from dates", "∑(問題解決時間-問題提交時間)÷問題總數",
     {"問題解決時間": "[2026-01-03, 2026-01-05]", "問題提交時間": "[2026-01-02, 2026-01-03]",
      "問題總數": "2"}, "1.5 d"),
    ("strategic revenue per head", "戰略客戶營收÷(團隊人數×有效工作月數/12)",
     {"戰略客戶營收": "4200", "團隊人數": "12", "有效工作月數": "10"}, "420"),
    ("delivery compliance", "合規交付項目數÷總交付項目數×100%",
     {"合規交付項目數": "46", "總交付項目數": "50"}, "92%"),
    ("key-talent growth", "(期末關鍵人才數-期初關鍵人才數)÷期初團隊人數×100%",
     {"期末關鍵人才數": "9", "期初關鍵人才數": "6", "期初團隊人數": "20"}, "15%"),
    ("innovation conversion", "被采納提案數÷總提案數×100%",
     {"被采納提案數": "9", "總提案數": "24"}, "37.5%"),

    # A customer department: the table of formulas.
    ("new-customer sales share", "新客戶銷售額/銷售收入×100%",
     {"新客戶銷售額": "330", "銷售收入": "1000"}, "33%"),
    ("new-customer sales share, with its label", "新客戶銷售額占比 = 新客戶銷售額/總銷售額×100%",
     {"新客戶銷售額": "330", "總銷售額": "1000"}, "33%"),
    ("market share", "企業銷售額/行業總銷售額×100%",
     {"企業銷售額": "86", "行業總銷售額": "1250"}, "6.88%"),
    ("new-customer development", "新增客戶數/期初客戶總數×100%",
     {"新增客戶數": "18", "期初客戶總數": "240"}, "7.5%"),
    ("average profit contribution", "客戶總利潤/銷售收入×100%",
     {"客戶總利潤": "312", "銷售收入": "2600"}, "12%"),
    ("churn", "流失客戶數/期初客戶總數×100%",
     {"流失客戶數": "13", "期初客戶總數": "250"}, "5.2%"),
    ("first response time", "首次響應總時長/咨詢總量",
     {"首次響應總時長": "9450", "咨詢總量": "630"}, "15"),
    ("first response time, with its unit", "首次響應總時長/咨詢總量",
     {"首次響應總時長": "9450min", "咨詢總量": "630"}, "15 min"),
    ("issue resolution rate", "已解決問題量/提交問題總量×100%",
     {"已解決問題量": "188", "提交問題總量": "200"}, "94%"),
    ("service cost per customer", "客服總成本/服務客戶總數",
     {"客服總成本": "486000", "服務客戶總數": "1350"}, "360"),
    ("satisfaction", "滿意客戶數/調研樣本總數×100%",
     {"滿意客戶數": "273", "調研樣本總數": "300"}, "91%"),
    ("cross-selling", "購買多產品客戶數/總客戶數×100%",
     {"購買多產品客戶數": "84", "總客戶數": "240"}, "35%"),

    # Long-term customers: lifetime value as printed, and with the minus sign that the page lost.
    ("lifetime value, margin model", "CLV = (年均采購額 × 平均合作年限) × 毛利率",
     {"年均采購額": "50万", "平均合作年限": "6", "毛利率": "0.3"}, "900000"),
    ("lifetime value, margin model, repaired",
     "CLV = (年均采購額 × 平均合作年限) × 毛利率 - 維護成本",
     {"年均采購額": "500000", "平均合作年限": "6", "毛利率": "30%", "維護成本": "240000"}, "660000"),

    # What the definitions beside the formulas would give instead: the formula governs.
    ("lifetime value, one factor a year", "∑((年度客戶收入-服務成本)×客戶留存率預測系數)",
     {"年度客戶收入": "[100, 120, 150]", "服務成本": "[30, 35, 40]",
      "客戶留存率預測系數": "[1, 0.9, 0.81]"}, "235.6"),
    ("key-talent growth, as a change of the share",
     "(期末關鍵人才數÷期末團隊人數-期初關鍵人才數÷期初團隊人數)×100%",
     {"期末關鍵人才數": "9", "期初關鍵人才數": "6", "期初團隊人數": "20", "期末團隊人數": "24"}, "7.5%"),
    ("heads with unequal months", "戰略客戶營收÷(∑(有效工作月數)/12)",
     {"戰略客戶營收": "4200", "有效工作月數": "[12, 12, 12, 12, 12, 12, 12, 12, 6, 6, 3, 3]"},
     "442.105263158"),
    ("full-width signs and digits", "（戰略客戶收入－１００）÷部門總營收×１００％",
     {"戰略客戶收入": "4300", "部門總營收": "12000"}, "35%"),
    ("a name with brackets", "`凈推薦值(NPS)` × 100",
     {"`凈推薦值(NPS)`": "0.4"}, "40"),

    # At the limit.
    ("exactly five per cent is not above", "流失客戶數/期初客戶總數×100% > 5%",
     {"流失客戶數": "1", "期初客戶總數": "20"}, "false"),
    ("two of thirty-six is above", "流失客戶數/期初客戶總數×100% > 5%",
     {"流失客戶數": "2", "期初客戶總數": "36"}, "true"),
    ("nobody to lose", "流失客戶數/期初客戶總數×100%",
     {"流失客戶數": "0", "期初客戶總數": "0"}, "missing"),
]


def main():
    failures = 0
    for what, formula, settings, wanted in CASES:
        command = [sys.argv[1], "eval", formula]
        for name, value in settings.items():
            command += ["--set", f"{name}={value}"]
        run = subprocess.run(command, capture_output=True, text=True)
        printed = run.stdout.split("\n")[0]
        if run.returncode == 0 and printed == wanted:
            continue
        failures += 1
        print(f"{what}: {formula}\n  expected {wanted!r}, found {printed!r}, exit {run.returncode}\n"
              f"{run.stderr}")
    if failures:
        sys.exit(f"{failures} of {len(CASES)} formulas failed")
    print(f"{len(CASES)} formulas, all as expected")


if __name__ == "__main__":
    main()
