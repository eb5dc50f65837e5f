"""Reads the tables of an example once more, without the program: cells of each type, and why a row
cannot be used."""

import datetime
import re
import sys
from fractions import Fraction

from expected import numbered


def share(text):
    """`22%` as an exact fraction."""
    return Fraction(text.rstrip("%")) / 100


class Refused(Exception):
    def __init__(self, column, code):
        super().__init__(code)
        self.column, self.code = column, code


def text(cell):
    return cell.strip() or None


def money(cell):
    """Yuan: `1234.50`, `¥48,250.50`, `12.5万`, `6.08万元`."""
    found = re.fullmatch(r"¥?([0-9]{1,3}(?:,[0-9]{3})*|[0-9]+)(\.[0-9]+)?(万)?元?", cell)
    if not found:
        raise ValueError(cell)
    amount = Fraction(found[1].replace(",", "") + (found[2] or ""))
    return amount * 10_000 if found[3] else amount


def count(cell):
    if not cell.isdigit():
        raise ValueError(cell)
    return int(cell)


def percent(cell):
    return share(cell) if cell.endswith("%") else Fraction(cell)


def truth(cell):
    return {"true": True, "false": False}[cell]


def day(cell):
    return datetime.date.fromisoformat(cell)


def moment(cell):
    return datetime.datetime.strptime(cell, "%Y-%m-%d %H:%M")


def one_of(*words):
    def read(cell):
        if cell not in words:
            raise LookupError(cell)
        return cell
    return read


def read_cell(cells, column, reader, *limits):
    cell = cells[column].strip()
    if not cell:
        return None
    try:
        value = reader(cell)
    except LookupError:
        raise Refused(column, "wrong_type" if reader is truth else "not_in_enumeration") from None
    except ValueError:
        raise Refused(column, "wrong_type") from None
    for limit, outside in zip(limits, (lambda v, l: v < l, lambda v, l: v > l)):
        if outside(value, limit):
            raise Refused(column, "out_of_range")
    return value


def read_tables(folder, columns_of, keys, parents, dates):
    """Tables of mappings, and the rows turned away: (table, line, column, code).

    Tables stand in `columns_of` behind those they belong to. Of each: its columns, with how they are
    read and the lowest and highest value; its key; the table above, linked by that one's key; and
    the column with its date."""
    tables, refused, rejects = {}, {}, []
    for table, columns in columns_of.items():
        tables[table], refused[table], seen = [], set(), set()
        parent = parents.get(table)
        above = {row[keys[parent][0]]: row for row in tables[parent]} if parent else {}
        for line, cells in numbered(folder / f"{table}.csv"):
            try:
                if cells is None:
                    raise Refused("", "malformed_row")
                row = {column: read_cell(cells, column, *how) for column, *how in columns}
                key = tuple(row[column] for column in keys[table])
                if None in key:
                    raise Refused(keys[table][key.index(None)], "empty_key")
                if key in seen:
                    raise Refused(keys[table][0], "duplicate_key")
                if parent:
                    link = keys[parent][0]
                    if row[link] is None:
                        raise Refused(link, "empty_parent")
                    if row[link] not in above:
                        gone = row[link] in refused[parent]
                        raise Refused(link, "parent_rejected" if gone else "no_such_parent")
                    row["parent"] = above[row[link]]
                if table in dates and row[dates[table]] is None:
                    raise Refused(dates[table], "no_date")
                seen.add(key)
                tables[table].append(row)
            except Refused as why:
                rejects.append((table, line, why.column, why.code))
                if cells is not None:
                    refused[table].add(cells[keys[table][0]])
    return tables, rejects


def known(values):
    return [value for value in values if value is not None]


def quarter_of(date):
    return (date.year, (date.month + 2) // 3)


def span(quarter):
    """First and last day of a quarter."""
    year, number = quarter
    first = datetime.date(year, 3 * number - 2, 1)
    after = datetime.date(year + number // 4, 3 * (number % 4) + 1, 1)
    return first, after - datetime.timedelta(days=1)


def compare_rejects(found, rejects, unscored):
    """What the program wrote of the rows it turned away, against `read_tables`, and the number of
    subjects that it could not score."""
    told = [(r["table"], int(r["line"]), r["column"], r["code"]) for r in found
            if r["code"] != "evaluation"]
    if sorted(told) != sorted(rejects):
        sys.exit("rejects: expected only " + str(sorted(set(rejects) - set(told)))
                 + "\n         found only " + str(sorted(set(told) - set(rejects))))
    if sum(r["code"] == "evaluation" for r in found) != unscored:
        sys.exit(f"{unscored} subjects cannot be scored, and other ones are among the rejected")
    print(f"rejects: {len(found)}, all as expected")
