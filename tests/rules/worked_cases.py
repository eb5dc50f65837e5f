#!/usr/bin/env python3
"""Is every worked case of the catalogue a rule test, or told where else it is tested?

Usage: worked_cases.py. Reads rules/cases/ and its index; prints what is missing, and then exits with 1.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "rules" / "cases"
LAST = 103


def numbers(text):
    """The cases that a list such as `C01–C12, C16` names."""
    found = set()
    for first, last in re.findall(r"C(\d+)(?:–C(\d+))?", text):
        found |= set(range(int(first), int(last or first) + 1))
    return found


def rows(index):
    """The tables of the index: for each row its cells."""
    for line in index.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3:
            yield cells


def main():
    tested = {}
    for path in CASES.rglob("*.test.yaml"):
        for number in re.findall(r"^ *- name: C(\d+) ", path.read_text(encoding="utf-8"), re.MULTILINE):
            tested.setdefault(int(number), set()).add(path.name.replace(".test.yaml", ".yaml"))
    listed, reasons = {}, {}
    for cells in rows((CASES / "README.md").read_text(encoding="utf-8")):
        link = re.match(r"\[([\w/.-]+)\]", cells[0])
        if link:
            for number in numbers(cells[2]):
                listed[number] = link[1]
        elif re.fullmatch(r"C\d+", cells[0]) and cells[1] and cells[2]:
            reasons[int(cells[0][1:])] = cells[2]

    mistakes = []
    for number in range(1, LAST + 1):
        name = f"C{number:02}"
        where = listed.get(number)
        if (where is None) == (number not in reasons):
            mistakes.append(f"{name}: the index has to name its scorecard or say where it is tested")
        elif where and number not in tested:
            mistakes.append(f"{name}: the index names {where}, and no test has this number")
        elif where and not where.endswith("/") and where not in tested[number]:
            mistakes.append(f"{name}: the index names {where}, its test is in {sorted(tested[number])}")
    mistakes += [f"C{number:02}: there is no such case"
                 for number in sorted(set(tested) | set(listed) | set(reasons))
                 if not 1 <= number <= LAST]
    for mistake in mistakes:
        print(mistake)
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
