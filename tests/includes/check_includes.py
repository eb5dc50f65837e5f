#!/usr/bin/env python3
"""Holds every #include against the table of rooms in docs/architecture.md.

Usage: check_includes.py [ROOT]. Prints a line for each forbidden include, and then exits with 1.
"""

import re
import sys
from pathlib import Path

CHECKED = ("grammar", "engine", "cli")
SOURCES = {".h", ".cpp", ".def"}
FACADE = "façade"

# The first part of an include that belongs to a library the table may name.
LIBRARIES = {
    "tao/pegtl": "PEGTL",
    "yaml-cpp/": "yaml-cpp",
    "duckdb": "DuckDB",
    "CLI/": "CLI11",
}

ROW = re.compile(r"^\| `([^`]+)` \|[^|]*\| ([^|]+) \|$")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def room_of(path):
    """The room of a file: `check` for `engine/check/check.h`, the façade for `engine/steelyard.h`."""
    parts = path.split("/")
    if parts[0] != "engine":
        return parts[0]
    return parts[1] if len(parts) > 2 else FACADE


def read_table(text):
    """The table of rooms: for each room the names it knows. Raises ValueError if it is not one."""
    table = {}
    for line in text.splitlines():
        row = ROW.match(line)
        if not row or not row[1].startswith(CHECKED):
            continue
        room = room_of(row[1])
        names = {name.strip() for name in row[2].split(",")} - {"—"}
        if "all of engine" in names:
            names = names - {"all of engine"} | set(table) - {"grammar"}
        unknown = names - set(table) - set(LIBRARIES.values())
        if unknown:
            listed = ", ".join(sorted(unknown))
            raise ValueError(f"{room} knows {listed}: not a room above it, nor a library")
        table[room] = names
    if not table:
        raise ValueError("no table of rooms found")
    return table


def includes(path):
    """The includes of a file: line number, whether in quotes, and what is included."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        match = INCLUDE.match(line)
        if match:
            yield number, match[1] == '"', match[2]


def fault(table, room, root, quoted, target):
    """What is wrong with one include in a room, or None."""
    library = next((name for start, name in LIBRARIES.items() if target.startswith(start)), None)
    if library:
        named = any(library in names for names in table.values())
        return f"{room} does not know {library}" if named and library not in table[room] else None
    if not quoted:
        return None
    if not (root / target).is_file():
        return f"no file {target}; includes are written from the root of the repository"
    if not target.startswith(tuple(folder + "/" for folder in CHECKED)):
        return f"{target} is not in a room"
    other = room_of(target)
    if other != room and other not in table[room]:
        return f"{room} does not know {other} ({target})"
    return None


def check(root):
    """All faults under a root, one line each."""
    try:
        table = read_table((root / "docs/architecture.md").read_text(encoding="utf-8"))
    except ValueError as error:
        return [f"docs/architecture.md: {error}"]

    faults = []
    files = (path for folder in CHECKED for path in sorted((root / folder).rglob("*")))
    for path in files:
        if path.suffix not in SOURCES:
            continue
        name = path.relative_to(root).as_posix()
        room = room_of(name)
        if room not in table:
            faults.append(f"{name}: no room {room} in docs/architecture.md")
            continue
        for number, quoted, target in includes(path):
            message = fault(table, room, root, quoted, target)
            if message:
                faults.append(f"{name}:{number}: {message}")
    return faults


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2])
    faults = check(root)
    print("\n".join(faults) if faults else "every include follows the table of rooms")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
