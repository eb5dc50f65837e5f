#!/usr/bin/env python3
"""Tries out the examples of a page for users, and compares what comes out with what the page says.

Usage: try_page.py STEELYARD PAGE...

Fenced blocks, by the words behind the fence:

    yaml rules:card.yaml   a whole rule file: written under that name, and it must pass `check`
    yaml part:card.yaml    sections of that file: their entries are added to the whole file, or take
                           the place of those with the same name; any other section takes the place
                           of the whole one. What comes of it must pass `check`, and is card.yaml
                           from there on. Parts do not add up: each goes into the whole file.
                           With as:other.yaml behind it, what comes of it goes there instead
    yaml fault:card.yaml   the same, but `check` must find errors
    yaml test:a.test.yaml  tests of rules: written under that name, and `test` must pass
    yaml failing:a.test.yaml the same, but a case must fail
    csv data:order.csv     a file, written under that name
    yaml file:common.yaml  the same, for a file that no command is tried on by itself
    console                `$ command`, and below it all that it prints; commands run in bash
    sh, text               not tried, so no command of the program may stand there

Comments before a table:

    <!-- eval x=[1, 2]; y=3 -->    `eval` of each row's cell «example», with these settings, prints
                                   what stands in its cell «gives»; rows without an example are left
    <!-- scores --period 2026Q1 --> `score` of the last rule file, with these options, gives these
                                   rows; the headings of the table choose the columns. A rule file
                                   named before the options is taken instead of the last one

And anywhere: <!-- folder docs/team --> copies that folder's files to where everything is tried, and
<!-- folder rules/library as library --> to a folder there.
Links to files and headings of the repository must lead somewhere.

STEELYARD_UPDATE=1 rewrites what commands print and what tables show.
"""

import csv
import difflib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 120
NOT_TRIED = {"sh", "text"}
# Sections whose entries are named one by one; a part may add to them.
LISTS = {"data", "parameters", "values", "indicators", "additions", "interlocks", "vetoes", "alerts",
         "outcomes"}


class Mistake(Exception):
    """Something on the page that cannot be tried, or does not hold."""


def sections(text):
    """The sections of a rule file, by key: all their lines, with the comments before them."""
    found, waiting = {}, []
    current = waiting
    for line in text.splitlines():
        key = re.match(r"([a-z_]+):", line)
        if key:
            current = found.setdefault(key[1], [])
            current += waiting + [line]
            waiting = []
        elif line and not line[0].isspace():
            current = waiting
            current.append(line)
        else:
            current.append(line)
    return found


def entries(lines):
    """The entries of a section, by name; under None the heading, above the first of them."""
    found = {None: []}
    name = None
    for line in lines:
        key = re.match(r"  ([^\s#][^:]*):", line)
        if key:
            name = key[1]
            found[name] = []
        found[name].append(line)
    return found


def completed(whole, part):
    """The whole file with the part in its place."""
    result, added = sections(whole), sections(part)
    if not added:
        raise Mistake("a part has no section: begin it with a key such as `indicators:`")
    for key, lines in added.items():
        if key in LISTS and key in result:
            merged, more = entries(result[key]), entries(lines)
            more.pop(None)
            if not more:
                raise Mistake(f"`{key}:` of a part has its entries on lines of their own")
            lines = [line for entry in (merged | more).values() for line in entry]
        result[key] = lines
    return "\n".join(line for lines in result.values() for line in lines) + "\n"


def prose(path):
    """The lines of a page that stand in no fenced block."""
    inside = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        inside ^= line.startswith("```")
        if not inside:
            yield number, line


def anchors(path):
    """The anchors of a page's headings, as GitHub makes them."""
    for _, line in prose(path):
        if line.startswith("#"):
            text = re.sub(r"[^\w\s-]", "", line.lstrip("#").strip().lower())
            yield text.replace(" ", "-")


def dead_links(path):
    for number, line in prose(path):
        for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", line)):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            page = (path.parent / name).resolve() if name else path
            if not page.exists() or anchor and anchor not in anchors(page):
                yield f"{path.name}:{number}: nothing is at {target}"


class Page:
    """One page while it is tried, in a folder of its own."""

    def __init__(self, path, program, folder):
        self.path = path
        self.lines = path.read_text(encoding="utf-8").splitlines()
        self.folder = folder / "page"
        self.folder.mkdir()
        programs = folder / "programs"
        programs.mkdir()
        (programs / "steelyard").symlink_to(program)
        kept = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
        self.environment = kept | {"PATH": f"{programs}:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        self.whole = {}  # rule files before any part went into them
        self.rules = None  # the last rule file
        self.status = 0
        self.mistakes = []

    def run(self, command):
        """What a command prints on both streams; remembers its exit code for the next one's `$?`."""
        done = subprocess.run(["bash", "-c", f"(exit {self.status})\n{command}"], cwd=self.folder,
                              env=self.environment, timeout=SECONDS, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        self.status = done.returncode
        return done.stdout.decode("utf-8", "backslashreplace").splitlines()

    def program(self, *arguments):
        done = subprocess.run(["steelyard", *arguments], cwd=self.folder, env=self.environment,
                              timeout=SECONDS, stdin=subprocess.DEVNULL, capture_output=True,
                              encoding="utf-8", check=False)
        return done

    # ── blocks ───────────────────────────────────────────────────────────────────────────────────

    def block(self, words, lines):
        """What should stand in the block."""
        kind = words[0] if words else ""
        roles = dict(word.split(":", 1) for word in words[1:] if ":" in word)
        role, name = next(iter(roles.items()), ("", ""))
        text = "\n".join(lines) + "\n"
        if kind == "console":
            return self.console(lines)
        if kind == "yaml" and role in ("rules", "part", "fault"):
            self.rule_file(role, name, roles.get("as", name), text)
        elif kind == "yaml" and role in ("test", "failing"):
            self.test_file(role, name, text)
        elif (kind, role) in (("csv", "data"), ("yaml", "file")):
            self.write(name, text)
        elif kind not in NOT_TRIED:
            raise Mistake(f"a block of unknown kind: ```{' '.join(words)}")
        elif re.search(r"^\s*(\$ )?steelyard ", text, re.MULTILINE):
            raise Mistake("a command of the program in a block that is not tried")
        return lines

    def write(self, name, text):
        path = self.folder / name
        if path.exists() and name not in self.whole and path.read_text(encoding="utf-8") != text:
            raise Mistake(f"{name} is not what the folder holds under this name")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def rule_file(self, role, name, result, text):
        if role == "rules":
            self.write(name, text)
            self.whole[name] = text
        else:
            if name not in self.whole and (self.folder / name).exists():
                self.whole[name] = (self.folder / name).read_text(encoding="utf-8")
            if name not in self.whole:
                raise Mistake(f"a part of {name}, which does not stand above it")
            text = completed(self.whole[name], text)
            (self.folder / result).write_text(text, encoding="utf-8")
        self.rules = result
        done = self.program("check", result)
        if (done.returncode == 0) != (role != "fault"):
            raise Mistake(f"`check` exits with {done.returncode}:\n{done.stderr}")

    def test_file(self, role, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")
        done = self.program("test", name)
        if done.returncode != (1 if role == "failing" else 0):
            raise Mistake(f"`test` exits with {done.returncode}:\n{done.stdout}{done.stderr}")

    def console(self, lines):
        result = []
        at = 0
        if not lines or not lines[0].startswith("$ "):
            raise Mistake("a console block begins with `$ `")
        while at < len(lines):
            if not lines[at].startswith("$ "):
                at += 1  # what was printed when the page was written
                continue
            command = [lines[at]]
            while command[-1].endswith("\\"):
                at += 1
                command.append(lines[at])
            result += command + self.run("\n".join(command)[2:])
            at += 1
        return result

    # ── tables ───────────────────────────────────────────────────────────────────────────────────

    def table(self, role, options, rows):
        """What should stand in the table."""
        cells = [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in rows]
        wanted = self.evaluated if role == "eval" else self.scored
        return ["| " + " | ".join(row) + " |" for row in wanted(options, cells)]

    def evaluated(self, options, cells):
        heading = cells[0]
        example, gives = heading.index("example"), heading.index("gives")
        settings = [text for setting in options.split(";") if setting.strip()
                    for text in ("--set", setting.strip())]
        for row in cells[2:]:
            formula = row[example].strip("`")
            if not formula:
                continue
            done = self.program("eval", *settings, "--", formula)
            if done.returncode != 0:
                raise Mistake(f"eval '{formula}' exits with {done.returncode}:\n{done.stderr}")
            row[gives] = "`" + done.stdout.splitlines()[0] + "`"
        return cells

    def scored(self, options, cells):
        words = options.split()
        rules = words.pop(0) if words and words[0].endswith(".yaml") else self.rules
        done = self.program("score", rules, "--data", "data", "--quiet", *words)
        if done.returncode != 0:
            raise Mistake(f"score exits with {done.returncode}:\n{done.stderr}")
        results = list(csv.DictReader(io.StringIO(done.stdout)))
        headings = [cell.strip("`") for cell in cells[0]]
        for heading in headings:
            if heading not in (results[0] if results else headings):
                raise Mistake(f"the results have no column {heading}")
        return cells[:2] + [[row[heading] for heading in headings] for row in results]

    # ── the page ─────────────────────────────────────────────────────────────────────────────────

    def attempt(self, number, lines, action, *arguments):
        """The lines that the action gives; those that are there, where it finds a mistake."""
        try:
            return action(*arguments)
        except Mistake as mistake:
            self.mistakes.append(f"{self.path.name}:{number + 1}: {mistake}")
            return lines

    def replay(self):
        """The page as it should read."""
        result = []
        table = None
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            start = at
            comment = re.fullmatch(r"<!-- (eval|scores|folder)(.*?) *-->", line)
            if comment and comment[1] == "folder":
                source, _, target = comment[2].strip().partition(" as ")
                shutil.copytree(ROOT / source, self.folder / target, dirs_exist_ok=True)
            elif comment:
                table = comment[1], comment[2].strip()
            if line.startswith("```"):
                while at + 1 < len(self.lines) and self.lines[at + 1] != "```":
                    at += 1
                body = self.lines[start + 1:at + 1]
                result.append(line)
                result += self.attempt(start, body, self.block, line[3:].split(), body)
            elif table and line.startswith("|"):
                while at + 1 < len(self.lines) and self.lines[at + 1].startswith("|"):
                    at += 1
                rows = self.lines[start:at + 1]
                result += self.attempt(start, rows, self.table, *table, rows)
                table = None
            else:
                result.append(line)
            at += 1
            if line.startswith("```"):
                result.append("```")
                at += 1
        return "\n".join(result) + "\n"


def holds(path, program):
    """Is everything on the page so? Rewrites it instead where that is asked for."""
    with tempfile.TemporaryDirectory(prefix="steelyard-") as scratch:
        page = Page(path, program, Path(scratch))
        found = page.replay()
    page.mistakes += dead_links(path)
    for mistake in page.mistakes:
        print(mistake)
    written = path.read_text(encoding="utf-8")
    if found != written and os.environ.get("STEELYARD_UPDATE") == "1":
        path.write_text(found, encoding="utf-8")
    elif found != written:
        sys.stdout.writelines(difflib.unified_diff(
            written.splitlines(True), found.splitlines(True), f"{path.name} as written",
            f"{path.name} as found"))
        print("after an intended change: STEELYARD_UPDATE=1 and the same test once more")
        return False
    return not page.mistakes


def main():
    program = Path(sys.argv[1]).resolve()
    results = [holds(Path(name).resolve(), program) for name in sys.argv[2:]]
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
