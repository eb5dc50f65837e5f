"""What the recomputations of the examples share: exact figures, how results are written, and the
comparison with what the program wrote.

Nothing here looks at the program's sources or at its rule files. It follows the printed meaning:
exact arithmetic, rounding half away from zero, 12 significant digits where nothing else is said,
money with two decimals at the least.
"""

import csv
import subprocess
import sys
from fractions import Fraction
from pathlib import Path


# ── How figures are written ──────────────────────────────────────────────────────────────────────

def rounded(x, places):
    """x rounded to a number of decimals, half away from zero."""
    scaled = abs(x) * Fraction(10) ** places
    whole = int(scaled + Fraction(1, 2))
    return (-1 if x < 0 else 1) * Fraction(whole) / Fraction(10) ** places


def decimal_text(x, places, at_least=0):
    """x with up to `places` decimals, without zeros at the end beyond `at_least`."""
    units = int(abs(rounded(x, places)) * 10 ** places)
    digits = str(units).rjust(places + 1, "0")
    whole, decimals = digits[:len(digits) - places], digits[len(digits) - places:]
    while len(decimals) > at_least and decimals.endswith("0"):
        decimals = decimals[:-1]
    sign = "-" if x < 0 and units else ""
    return sign + whole + ("." + decimals if decimals else "")


def number_text(x, decimals=None, money=False):
    """A figure as results show it; empty where it is missing."""
    if x is None:
        return ""
    at_least = 2 if money else 0
    if decimals is not None:
        return decimal_text(x, decimals, min(at_least, decimals))
    if x == 0:
        return decimal_text(x, 0 if not money else 2, at_least)
    exponent = 0  # of the leading digit
    while abs(x) >= Fraction(10) ** (exponent + 1):
        exponent += 1
    while abs(x) < Fraction(10) ** exponent:
        exponent -= 1
    assert -6 <= exponent < 15, "no figure of the examples is this small or large"
    return decimal_text(x, max(11 - exponent, at_least), at_least)


def truth_text(x):
    return "" if x is None else "true" if x else "false"


# ── Curves ───────────────────────────────────────────────────────────────────────────────────────

def linear(x, *points):
    """Straight lines between (value, points), flat beyond the ends."""
    if x <= points[0][0]:
        return Fraction(points[0][1])
    for (x1, y1), (x2, y2) in zip(points, points[1:]):
        if x <= x2:
            return y1 + (x - x1) / Fraction(x2 - x1) * (y2 - y1)
    return Fraction(points[-1][1])


def tiers(x, *levels):
    """Points at levels, straight lines between them, the last ones above, none below."""
    if x < levels[0][0]:
        return Fraction(0)
    for (x1, y1), (x2, y2) in zip(levels, levels[1:]):
        if x < x2:
            return y1 + (x - x1) / Fraction(x2 - x1) * (y2 - y1)
    return Fraction(levels[-1][1])


def percentile(values, p):
    """Inclusive: straight lines between the ranks."""
    ordered = sorted(values)
    place = p * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def ratio(a, b):
    return None if a is None or b is None or b == 0 else Fraction(a) / b


# ── Targets ──────────────────────────────────────────────────────────────────────────────────────

MEETS = {">=": lambda x, level: x >= level, ">": lambda x, level: x > level,
         "<=": lambda x, level: x <= level, "<": lambda x, level: x < level,
         "=": lambda x, level: x == level, "when": lambda x, holds: holds is not False}


def target_columns(figures, targets, left_out=()):
    """The last columns of a result: how far each target was attained, and who missed which.
    `targets`: a sign and a level for each id, or «when» and whether the condition holds. Nothing is
    attained of a level of 0, of `=` or of a condition.
    Nobody misses the target of an indicator that is left out."""
    columns = {}
    for name, (sign, level) in targets.items():
        if sign in ("=", "when") or level <= 0:
            continue
        value = figures[name]
        columns[name + ".attainment"] = number_text(
            ratio(value, level) if sign.startswith(">") else ratio(level, value))
    columns["targets_missed"] = ";".join(
        name for name, (sign, level) in targets.items()
        if name not in left_out and figures[name] is not None and not MEETS[sign](figures[name], level))
    return columns


# ── Weights ───────────────────────────────────────────────────────────────────────────────────────

def with_set(weights, wanted):
    """Some weights set; the others share what is left in their proportion."""
    rest = sum(w for name, w in weights.items() if name not in wanted)
    left = 1 - sum(wanted.values())
    return {name: wanted.get(name, w * left / rest) for name, w in weights.items()}


def shared(weights, points):
    """The weights of the indicators that have points, as shares of the whole."""
    whole = sum(w for name, w in weights.items() if points[name] is not None)
    return {name: w / whole if points[name] is not None and whole else Fraction(0)
            for name, w in weights.items()}


# ── The program ──────────────────────────────────────────────────────────────────────────────────

def score(program, rules, data, folder, *options):
    """Runs `score`; gives the rows of the results and of the rejects, as mappings."""
    results, rejects = Path(folder) / "results.csv", Path(folder) / "rejects.csv"
    command = [program, "score", str(rules), *data, "-o", str(results), "--rejects", str(rejects),
               "--quiet", *options]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"{' '.join(command)}\nended with {run.returncode}\n{run.stderr}{run.stdout}")
    return read(results), read(rejects) if rejects.exists() else []


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numbered(path):
    """(line in the file, cells) of each row; no cell of the examples holds a line break."""
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        heading = next(reader)
        return [(reader.line_num, dict(zip(heading, row)) if len(row) == len(heading) else None)
                for row in reader]


def compare(what, expected, found, key):
    """Cell by cell, in order, and the columns too. Ends the run with the first differences."""
    problems = []
    if expected and found and list(expected[0]) != list(found[0]):
        problems.append(f"columns: expected {list(expected[0])}\n            found {list(found[0])}")
    name = lambda row: " ".join(row[column] for column in key)
    if [name(row) for row in expected] != [name(row) for row in found]:
        missing = [name(r) for r in expected if name(r) not in {name(f) for f in found}]
        extra = [name(r) for r in found if name(r) not in {name(e) for e in expected}]
        problems.append(f"rows: {len(expected)} expected, {len(found)} found; "
                        f"not found {missing[:9]}, not expected {extra[:9]}, or another order")
    by_key = {name(row): row for row in found}
    cells = 0
    for row in expected:
        other = by_key.get(name(row))
        for column, text in row.items():
            cells += 1
            if other is not None and column in other and other[column] != text:
                problems.append(f"{name(row)}, {column}: expected {text!r}, found {other[column]!r}")
    if problems:
        print(f"{what}: {len(problems)} differences")
        sys.exit("\n".join(problems[:40]))
    print(f"{what}: {len(expected)} rows, {cells} cells, all as expected")
