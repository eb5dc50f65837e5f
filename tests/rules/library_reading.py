"""Reads the indicators of the library as they are laid out: not YAML at large, but the lines of
rules/library, of which every entry looks the same."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "rules/library"
THEMES = ["customer-value", "sales", "market", "finance", "satisfaction", "loyalty", "churn", "service",
          "delivery", "team", "innovation", "process", "prediction", "compliance", "outcomes"]
BASES = ("printed", "printed, repaired", "printed in words", "our reading")


class Layout(Exception):
    """An entry that does not look as the others do."""


def entry_of(name, lines):
    """One indicator: its keys as texts, and `numbers`, `basis` and `notes` from its comments."""
    entry, notes, folded = {"id": name}, [], None
    for line in lines:
        comment = re.fullmatch(r"    # (.*)", line)
        key = re.fullmatch(r"    ([a-z_]+): (.*)", line)
        if comment:
            notes.append(comment[1])
        elif key and key[2] == ">-":
            folded = key[1]
            entry[folded] = ""
        elif key:
            folded = None
            entry[key[1]] = re.sub(r'^"(.*)"$', r"\1", key[2])
        elif folded and line.startswith("      "):
            entry[folded] = (entry[folded] + " " + line.strip()).strip()
        elif line.strip():
            raise Layout(f"{name}: {line!r}")
    first = re.fullmatch(r"(S\d-K\d\d(?:, S\d-K\d\d)*) · (.*)", notes[0] if notes else "")
    if not first or first[2] not in BASES:
        raise Layout(f"{name}: begins with no comment such as `# S0-K01 · printed`")
    entry |= {"numbers": first[1].split(", "), "basis": first[2], "notes": notes[1:]}
    for wanted in ("name", "definition", "formula"):
        if not entry.get(wanted):
            raise Layout(f"{name}: no {wanted}")
    return entry


def read_theme(theme):
    """The comment at the head of a file, and its indicators in their order."""
    text = (LIBRARY / f"{theme}.yaml").read_text(encoding="utf-8")
    head, _, body = text.partition("\nindicators:\n")
    about = re.match(r"# (.*?)\n\n", head, re.DOTALL)[1].replace("\n#", "")
    entries, lines = [], []
    for line in body.splitlines():
        key = re.fullmatch(r"  ([a-z_0-9]+):", line)
        if key:
            lines = []
            entries.append((key[1], lines))
        elif line.strip() and not entries:
            raise Layout(f"{theme}: {line!r}")
        elif line.strip():
            lines.append(line)
    return about, [entry_of(name, lines) for name, lines in entries]


def read_library():
    """(theme, what it is about, its indicators) of each file."""
    return [(theme, *read_theme(theme)) for theme in THEMES]
