"""What the makers of example data share: a generator of numbers that gives the same ones on every
machine, days of the two years, ways to write a cell, and the files.

Only whole numbers are used, so that no version of Python makes another file.
"""

import csv
import sys
from pathlib import Path

QUARTERS = [(year, quarter) for year in (2025, 2026) for quarter in (1, 2, 3, 4)]
MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # neither year is a leap year


class Dice:
    """splitmix64: a few lines, known numbers."""

    MASK = (1 << 64) - 1

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & self.MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & self.MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & self.MASK
        return z ^ (z >> 31)

    def between(self, low, high):
        """A whole number from low to high, both included."""
        return low + self.next() % (high - low + 1)

    def chance(self, per_mille):
        return self.next() % 1000 < per_mille

    def pick(self, items):
        return items[self.next() % len(items)]


def day_of(quarter, day):
    """The day-th day (from 0) of a quarter, as a text; days beyond its end are its last day."""
    year, number = quarter
    month = 3 * (number - 1)
    for step in range(3):
        if day < MONTH_DAYS[month + step]:
            return f"{year}-{month + step + 1:02d}-{day + 1:02d}"
        day -= MONTH_DAYS[month + step]
    return f"{year}-{month + 3:02d}-{MONTH_DAYS[month + 2]:02d}"


def moment_of(quarter, minutes):
    """Minutes after the start of a quarter, as a date and time; may run into later quarters."""
    year, number = quarter
    month = 3 * (number - 1)
    day = minutes // 1440
    while day >= MONTH_DAYS[month]:
        day -= MONTH_DAYS[month]
        month += 1
        if month == 12:
            month, year = 0, year + 1
    return f"{year}-{month + 1:02d}-{day + 1:02d} {minutes % 1440 // 60:02d}:{minutes % 60:02d}"


def yuan(fen):
    return f"{fen // 100}.{fen % 100:02d}"


def flag(value):
    return "true" if value else "false"


def write(maker, tables, headings):
    """A CSV file for each table, in the folder that the command line names or in data/ beside the
    maker."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(maker).resolve().parent / "data"
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in tables.items():
        with open(folder / f"{table}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(headings[table])
            writer.writerows(rows)
