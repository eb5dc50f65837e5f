#!/usr/bin/env python3
"""Tries the pages of the codes, docs/codes/SY*.md: each example raises its code, and the right way does not.

Usage: try_codes.py STEELYARD [CODE...]

A page begins with the heading `# CODE: message`, in English, and after its examples comes `## message` in
Chinese; both are the message of the program, with … for what varies. Between them stand blocks in fences.
The word behind the fence's language says what for:

    with      for all examples of the page
    raises    the program tells of the code
    right     it does not, and exits with 0

What a block holds is said by the language and the name behind the word:

    yaml raises            sections of docs/codes/card.yaml: they take the place of those there, or add
                           to their entries, and card.yaml is checked
    yaml raises:a.yaml     a whole file. A file of tests is run, house rules are checked with card.yaml,
                           and any other file is checked
    yaml with:part         sections of card.yaml, before those of the example
    console raises         `$ command` in bash

Each example runs in a fresh folder with card.yaml and data/. Where nothing can be run, a block `text` shows
a command, and the code stands in NOT_RUN below, with the reason. A page that is missing, or superfluous,
is a mistake too.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from try_page import Mistake, completed  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "codes"
SECONDS = 60
MARKS = ("with", "raises", "right")

# Codes whose examples are not run, and why. Keep it short.
NOT_RUN = {
    "SY0101": "no text is known that cannot be told more exactly",
    "SY0003": "the superuser may read everything",
    "SY0510": "takes more rows than a test should have",
    "SY0605": "the superuser may read everything",
    "SY0612": "takes a Parquet file, which is no text",
    "SY0615": "takes a second program at the right moment",
    "SY0616": "is told by another build of the program",
    "SY0617": "takes a machine without memory",
    "SY0618": "takes a full disk",
    "SY0630": "takes a broken disk",
    "SY0631": "takes a full disk",
    "SY0632": "the superuser may write everywhere",
    "SY0686": "takes a second program at the right moment",
    "SY0641": "is a mistake of the program, of which none is known",
}
# Codes with an example and without a right way: there is nothing to mend but what was asked for.
NO_RIGHT = {"SY0154"}


def blocks(text):
    """The blocks of a page: language, mark, name, lines."""
    for fence, body in re.findall(r"^```(.*?)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        language, _, word = fence.partition(" ")
        mark, _, name = word.partition(":")
        if language not in ("yaml", "console", "text") or language != "text" and mark not in MARKS:
            raise Mistake(f"a block of unknown kind: ```{fence}")
        yield language, mark, name, body


class Example:
    """A folder in which one example is tried."""

    def __init__(self, program, folder):
        self.folder = folder / "example"
        shutil.copytree(FOLDER, self.folder, ignore=shutil.ignore_patterns("SY*.md", "README.md"))
        (self.folder / ".git").mkdir()  # house rules are not looked for above it
        programs = folder / "programs"
        programs.mkdir()
        (programs / "steelyard").symlink_to(program)
        kept = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
        self.environment = kept | {"PATH": f"{programs}:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}

    def run(self, command):
        done = subprocess.run(["bash", "-c", command], cwd=self.folder, env=self.environment,
                              timeout=SECONDS, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)
        return done.returncode, done.stdout.decode("utf-8", "backslashreplace")

    def put(self, language, name, body):
        """Does what the block says; gives the exit code and the output of its command."""
        if language == "console":
            commands = [line[2:] for line in body.splitlines() if line.startswith("$ ")]
            return self.run("\n".join(commands))
        card = self.folder / "card.yaml"
        if name in ("", "part"):
            card.write_text(completed(card.read_text(encoding="utf-8"), body), encoding="utf-8")
            name = "card.yaml"
        else:
            (self.folder / name).write_text(body, encoding="utf-8")
        if name.endswith(".test.yaml"):
            return self.run(f"steelyard test {name}")
        return self.run(f"steelyard check card.yaml {name if name != 'card.yaml' else ''}")


def try_block(program, code, before, block):
    """What is wrong with one example, or None."""
    language, mark, name, body = block
    with tempfile.TemporaryDirectory(prefix="steelyard-") as scratch:
        example = Example(program, Path(scratch))
        for earlier_language, _, earlier_name, earlier in before:
            example.put(earlier_language, earlier_name, earlier)
        status, output = example.put(language, name, body)
    told = f"[{code}]" in output
    if mark == "raises" and not told:
        return f"the example does not raise {code}:\n{output}"
    if mark == "right" and (told or status != 0):
        return f"the right way is not right (exit code {status}):\n{output}"
    return None


def kinds(program):
    """The codes of the program with their messages in English and Chinese."""
    lists = []
    for language in ("en", "zh"):
        done = subprocess.run([program, "explain-code", "--lang", language], capture_output=True,
                              encoding="utf-8", check=True)
        lines = done.stdout.splitlines()
        lists.append(dict(line.split(None, 1) for line in lines if line.startswith("SY")))
    return {code: (lists[0][code], lists[1][code]) for code in lists[0]}


def try_page(program, code, titles):
    """Everything that is wrong with the page of one code."""
    path = FOLDER / f"{code}.md"
    if not path.is_file():
        return [f"there is no page docs/codes/{code}.md. Write one like its neighbours: the headings "
                f"`# {code}: {titles[0]}` and `## {titles[1]}`, what it means and what to do in both languages, "
                "an example (```yaml raises) and the right way (```yaml right)"]
    text = path.read_text(encoding="utf-8")
    mistakes = []
    english, _, chinese = text.partition("\n## ")
    if english.splitlines()[0] != f"# {code}: {titles[0]}":
        mistakes.append(f"the first heading is not `# {code}: {titles[0]}`")
    if chinese.splitlines()[:1] != [titles[1]]:
        mistakes.append(f"the second heading is not `## {titles[1]}`")
    if len(chinese.splitlines()) < 3:
        mistakes.append("the Chinese text is missing")
    found = list(blocks(text))
    before = [block for block in found if block[1] == "with"]
    marks = {block[1] for block in found}
    if code in NOT_RUN:
        if marks & {"raises", "right"}:
            mistakes.append("it has an example that can be run: take it out of NOT_RUN")
        return mistakes
    for mark in ("raises", "right"):
        if mark not in marks and not (mark == "right" and code in NO_RIGHT):
            mistakes.append(f"no block is marked `{mark}`")
    mistakes += [mistake for block in found if block[1] in ("raises", "right")
                 if (mistake := try_block(program, code, before, block))]
    return mistakes


def main():
    program = Path(sys.argv[1]).resolve()
    known = kinds(program)
    codes = sys.argv[2:] or sorted(known)
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda code: try_page(program, code, known[code]), codes))
    mistakes = [f"{code}: {mistake}" for code, found in zip(codes, results) for mistake in found]
    if not sys.argv[2:]:
        pages = {path.stem for path in FOLDER.glob("SY*.md")}
        mistakes += [f"{code}: a page for a code that there is not" for code in sorted(pages - set(known))]
        mistakes += [f"{code}: in NOT_RUN, and there is no such code"
                     for code in sorted(set(NOT_RUN) - set(known))]
    for mistake in mistakes:
        print(mistake)
    print(f"{len(codes)} pages, {len(NOT_RUN)} of them without an example that is run: "
          f"{', '.join(sorted(NOT_RUN))}")
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
