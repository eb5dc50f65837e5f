#!/usr/bin/env python3
"""Writes the handbook of every card under rules/ and of the inputs of the command tests, in both
formats and languages, and looks for what a reader would stumble over: tags and brackets without
their other half, links that lead nowhere, rows of a table that are too long, markup in a name.

Usage: all_cards.py STEELYARD
"""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INPUTS = ROOT / "tests/golden/commands/inputs"
VOID = {"meta"}
# All that a page may be made of.
KNOWN = set("""html head meta title style body main nav h1 h2 h3 h4 p ul li a strong span code div table
    caption thead tbody tr th td figure svg line text polyline circle math mrow mn mo mtext mfrac msup
    msqrt munder mtable mtr mtd""".split())
LANGUAGES = ("en", "zh")


class Page(HTMLParser):
    """A page's mistakes, as a list of texts."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.ids = []
        self.links = []
        self.mistakes = []

    def note(self, text):
        line, column = self.getpos()
        self.mistakes.append(f"{line}:{column + 1}: {text}")

    def look(self, tag, attributes):
        if tag not in KNOWN:
            self.note(f"<{tag}>")
        for name, value in attributes:
            if name.startswith("on") or name == "src":
                self.note(f"{name}={value}")
            if name == "id":
                self.ids.append(value)
            if name == "href":
                self.links.append(value)

    def handle_starttag(self, tag, attributes):
        self.look(tag, attributes)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.look(tag, attributes)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.note(f"</{tag}> closes nothing")


def mistakes_of_html(text):
    page = Page()
    page.feed(text)
    page.close()
    found = page.mistakes + [f"<{tag}> stays open" for tag in page.open]
    found += [f"id {name} twice" for name in sorted(set(page.ids)) if page.ids.count(name) > 1]
    found += [f"no place {link}" for link in page.links
              if not link.startswith("#") or link[1:] not in page.ids]
    if not re.match(r'<!DOCTYPE html>\n<html lang="(en|zh-CN)">', text):
        found.append("no language")
    return found


def cells(row):
    """How many cells a row of a Markdown table has."""
    return len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) - 1


def mistakes_of_tables(lines):
    width = 0
    for number, line in enumerate(lines, 1):
        if not line.startswith("|"):
            width = 0
        elif width == 0:
            width = cells(line)
        elif cells(line) != width:
            yield f"{number}: {cells(line)} cells, not {width}"


def mistakes_of_latex(text):
    blocks = re.findall(r"^\$\$\n(.*?)\n\$\$$", text, re.S | re.M)
    for latex in blocks + re.findall(r"\$`(.*?)`\$", text):
        if "$" in latex or "`" in latex or "|" in latex or "<" in latex:
            yield f"a sign that Markdown takes: {latex}"
        depth = 0
        for sign in re.findall(r"\\.|[{}]", latex):
            depth += {"{": 1, "}": -1}.get(sign, 0)
            if depth < 0:
                break
        if depth != 0:
            yield f"brackets: {latex}"
        for opening, closing in ((r"\left", r"\right"), (r"\begin{", r"\end{")):
            left = len(re.findall(re.escape(opening) + r"(?![a-z])", latex))
            right = len(re.findall(re.escape(closing) + r"(?![a-z])", latex))
            if opening.endswith("{"):
                left, right = latex.count(opening), latex.count(closing)
            if left != right:
                yield f"{opening}: {latex}"


def mistakes_of_markdown(text):
    found = list(mistakes_of_tables(text.splitlines())) + list(mistakes_of_latex(text))
    places = re.findall(r'^<a id="([^"]*)"></a>$', text, re.M)
    found += [f"no place {link}" for link in re.findall(r"\]\(#([^)]*)\)", text)
              if link not in places]
    rest = re.sub(r'^<a id="[^"]*"></a>$', "", text, flags=re.M)
    rest = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", rest)
    found += [f"<{tag}" for tag in re.findall(r"(?<!\\)<([a-zA-Z/]\w*)", rest)]
    return found


def cards():
    for path in sorted(ROOT.glob("rules/**/*.yaml")) + sorted(INPUTS.glob("h*.yaml")):
        if re.search(r"^scorecard:", path.read_text("utf-8"), re.M) and "policy" not in path.name:
            yield path


def main():
    program = sys.argv[1]
    failed = tried = 0
    for path in cards():
        for language in LANGUAGES:
            for kind, look in (("html", mistakes_of_html), ("markdown", mistakes_of_markdown)):
                done = subprocess.run([program, "doc", path, "--format", kind, "--lang", language],
                                      capture_output=True, check=False, timeout=120)
                found = look(done.stdout.decode("utf-8"))
                if done.returncode != 0:
                    found = [f"exit code {done.returncode}", done.stderr.decode("utf-8")]
                tried += 1
                for mistake in found:
                    failed += 1
                    print(f"{path.relative_to(ROOT)} ({kind}, {language}): {mistake}")
    print(f"{tried} handbooks, {failed} mistakes")
    return 1 if failed or tried < 100 else 0


if __name__ == "__main__":
    sys.exit(main())
