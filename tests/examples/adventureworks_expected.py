#!/usr/bin/env python3
"""Recomputes the AdventureWorks example from its CSV files and compares every cell with what the
program prints. Ends with 77, «skipped», where the data are not there: they are not ours to publish.

    adventureworks_expected.py PROGRAM [FOLDER]
"""

import sys
import tempfile
from fractions import Fraction
from pathlib import Path

from expected import compare, linear, number_text, ratio, read, rounded, score

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "examples/adventureworks/sales-force.yaml"
DATA = ROOT.parent / "shared/data/adventureworks-sales"

QUARTERS = [(year, number) for year in range(2017, 2021) for number in (1, 2, 3, 4)
            if (2017, 3) <= (year, number) <= (2020, 1)]
GRADES = [("A", 85), ("B", 70), ("C", 55), ("D", 0)]


def quarter_of(date):
    return int(date[:4]), (int(date[5:7]) + 2) // 3


def gather(people, folder):
    """Sales, cost and goal by person and quarter, and sales by reseller besides."""
    by_id = {person["EmployeeID"]: person["EmployeeKey"] for person in people}
    sales, cost, goal, resellers = {}, {}, {}, {}
    for line in read(folder / "Sales.csv"):
        key = line["EmployeeKey"], quarter_of(line["OrderDate"])
        amount = Fraction(line["Sales"])
        sales[key] = sales.get(key, 0) + amount
        cost[key] = cost.get(key, 0) + Fraction(line["Cost"])
        shares = resellers.setdefault(key, {})
        shares[line["ResellerKey"]] = shares.get(line["ResellerKey"], 0) + amount
    for line in read(folder / "Targets.csv"):
        key = by_id[line["EmployeeID"]], quarter_of(line["TargetMonth"])
        goal[key] = goal.get(key, 0) + Fraction(line["Target"])
    return sales, cost, goal, resellers


def values_of(person, quarter, figures):
    sales, cost, goal, resellers = figures
    key = person, quarter
    revenue = sales.get(key, Fraction(0))
    # The data begin with 2017Q3: before it there is no quarter to compare with.
    before = (quarter[0] - 1, quarter[1])
    earlier = sales.get((person, before), Fraction(0)) if before in QUARTERS else None
    growth = ratio(revenue, earlier)
    return {
        "revenue": revenue,
        "attainment": ratio(revenue, goal.get(key, Fraction(0))),
        "margin": ratio(revenue - cost.get(key, Fraction(0)), revenue),
        "growth_over_year": None if growth is None else growth - 1,
        "largest_reseller": ratio(max(resellers[key].values()), revenue) if key in resellers
                            else None,
    }


def percent(*points):
    return [(Fraction(at, 100), y) for at, y in points]


CURVES = {
    "attainment": percent((0, 0), (25, 60), (50, 80), (100, 100)),
    "margin": percent((-10, 0), (0, 60), (10, 100)),
    "growth_over_year": percent((-40, 0), (0, 60), (40, 100)),
    "largest_reseller": percent((10, 100), (30, 60), (60, 0)),
}
WEIGHTS = {"attainment": 50, "margin": 20, "growth_over_year": 20, "largest_reseller": 10}


def in_a_row(history, name, limit):
    """How many quarters, this one last, the value has been known and below the limit."""
    length = 0
    for here in reversed(history):
        if here[name] is None or not here[name] < limit:
            break
        length += 1
    return length


def card(person, quarter, history, peers):
    here = history[-1]
    points = {name: None if here[name] is None else linear(here[name], *curve)
              for name, curve in CURVES.items()}
    row = {"EmployeeKey": person["EmployeeKey"], "period": f"{quarter[0]}Q{quarter[1]}"}
    for name in CURVES:
        row[name] = number_text(here[name])
    for name in CURVES:
        row[name + ".points"] = number_text(points[name])
    weight = sum(w for name, w in WEIGHTS.items() if points[name] is not None)
    total = None
    if weight:
        total = sum(WEIGHTS[name] * p for name, p in points.items() if p is not None) / weight
    largest = here["largest_reseller"]
    capped = largest is not None and largest > Fraction(35, 100)
    if capped and total is not None:
        total = min(total, Fraction(75))
    vetoed = in_a_row(history, "margin", Fraction(-2, 100)) >= 2
    row["score"] = "" if total is None else number_text(rounded(total, 2))
    row["grade"] = "incomplete" if total is None else grade_of(rounded(total, 2), vetoed)
    row["vetoes"] = "sold_below_cost" if vetoed else ""
    row["interlocks"] = "concentration" if capped else ""
    row["alerts"] = "behind" if in_a_row(history, "attainment", Fraction(20, 100)) >= 2 else ""
    row["review"] = ""
    row["person"] = person["Salesperson"]
    known = [p["attainment"] for p in peers if p["attainment"] is not None]
    mine = here["attainment"]
    row["place"] = "" if mine is None else str(1 + sum(other > mine for other in known))
    year = history[len(history) - min(len(history), quarter[1]):]
    row["revenue_of_year"] = number_text(sum(h["revenue"] for h in year), money=True)
    return row


def grade_of(score_, vetoed):
    place = next(i for i, (_, lowest) in enumerate(GRADES) if score_ >= lowest)
    return GRADES[min(place + vetoed, len(GRADES) - 1)][0]


def main():
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else DATA
    if not (folder / "Sales.csv").exists():
        print(f"no data in {folder.name}: skipped")
        sys.exit(77)
    people = read(folder / "Salesperson.csv")
    figures = gather(people, folder)
    values = {(p["EmployeeKey"], q): values_of(p["EmployeeKey"], q, figures)
              for p in people for q in QUARTERS}
    expected = []
    for person in people:
        for i, quarter in enumerate(QUARTERS):
            history = [values[person["EmployeeKey"], q] for q in QUARTERS[:i + 1]]
            peers = [values[p["EmployeeKey"], quarter] for p in people]
            expected.append(card(person, quarter, history, peers))
    data = ["--data", f"sale={folder}/Sales.csv", "--data", f"target={folder}/Targets.csv",
            "--data", f"salesperson={folder}/Salesperson.csv",
            "--data", f"employee={folder}/Salesperson.csv",
            "--data", f"reseller={folder}/Reseller.csv"]
    with tempfile.TemporaryDirectory() as temporary:
        found, rejects = score(sys.argv[1], RULES, data, temporary)
    compare("adventureworks", expected, found, ["EmployeeKey", "period"])
    if rejects:
        sys.exit(f"{len(rejects)} rows rejected, none expected: {rejects[:3]}")


if __name__ == "__main__":
    main()
