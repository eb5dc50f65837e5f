#!/usr/bin/env python3
"""Tries completions in the shells that are there, and manual pages with the formatters that are there.

Usage: try_shells.py STEELYARD

bash is asked what it proposes; zsh and fish read their scripts; groff or mandoc read every page and must
find nothing to complain of. Says what was not there.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ASK = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_steelyard
printf '%s\\n' "${COMPREPLY[@]}"
"""

# What is typed, and what must be among the proposals, or must not.
TYPED = [
    (["steelyard", ""], ["check", "score", "explain-code", "man", "--version"], ["--strict"]),
    (["steelyard", "ch"], ["check"], ["score"]),
    (["steelyard", "check", "--st"], ["--strict"], ["--help"]),
    (["steelyard", "check", "--format", ""], ["text", "sarif", "junit"], ["--strict", "card.yaml"]),
    (["steelyard", "check", "--format", "=", "s"], ["sarif"], ["text"]),
    (["steelyard", "check", "--format", "="], ["sarif"], ["card.yaml"]),
    (["steelyard", "check", "ca"], ["card.yaml"], []),
    (["steelyard", "check", "--policy", "a"], ["a b.yaml"], ["card.yaml"]),
    (["steelyard", "score", "card.yaml", "--period", ""], [], ["card.yaml"]),
    (["steelyard", "explain-code", "SY020"], ["SY0203", "SY0204"], ["SY0404", "card.yaml"]),
    (["steelyard", "man", "ex"], ["explain-code"], ["check"]),
    (["steelyard", "completion", ""], ["bash", "zsh", "fish"], ["card.yaml"]),
    (["steelyard", "check", "--lang", ""], ["en", "zh"], ["card.yaml"]),
]


def said(*command, **options):
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False,
                          **options)


def scripts(program, folder):
    """The completion of each shell as a file, in both languages."""
    for shell in ("bash", "zsh", "fish"):
        for language in ("en", "zh"):
            path = folder / f"{language}.{shell}"
            done = said(program, "completion", shell, "--lang", language)
            path.write_text(done.stdout, encoding="utf-8")
            yield shell, path, done.returncode


def try_scripts(program, folder):
    for shell, path, status in scripts(program, folder):
        if status != 0 or not path.read_text(encoding="utf-8"):
            yield f"completion {shell} exits with {status}"
        elif shutil.which(shell) is None:
            print(f"{shell} is not there: its script {path.name} was not read")
        else:
            done = said(shell, "-n", str(path))
            if done.returncode != 0 or done.stderr:
                yield f"{shell} does not read its script:\n{done.stderr}"


def try_bash(folder):
    work = folder / "work"
    work.mkdir()
    for name in ("card.yaml", "a b.yaml"):
        (work / name).touch()
    for typed, wanted, unwanted in TYPED:
        done = said("bash", "-c", ASK, "ask", str(folder / "en.bash"), *typed, cwd=work)
        proposed = done.stdout.splitlines()
        wrong = [word for word in wanted if word not in proposed]
        wrong += [word for word in unwanted if word in proposed]
        if wrong or done.stderr:
            yield f"{' '.join(typed)}: {', '.join(wrong)} in {proposed}\n{done.stderr}"


def formatter():
    if shutil.which("groff"):
        return ["groff", "-man", "-ww", "-K", "utf8", "-T", "utf8", "-z"]
    if shutil.which("mandoc"):
        return ["mandoc", "-T", "lint", "-W", "warning"]
    return None


def try_manual(program, folder):
    names = said(program, "man", "--names").stdout.split()
    if "check" not in names:
        yield "`man --names` does not name the commands"
    command = formatter()
    if command is None:
        print("neither groff nor mandoc is there: manual pages were not formatted")
    for arguments in [[]] + [[name] for name in names]:
        for language in ("en", "zh"):
            done = said(program, "man", *arguments, "--lang", language)
            what = f"man {' '.join(arguments)} --lang {language}"
            if done.returncode != 0 or not done.stdout.startswith(".TH "):
                yield f"{what} gives no page"
            path = folder / "page.1"
            path.write_text(done.stdout, encoding="utf-8")
            read = said(*command, str(path)) if command else None
            if read and (read.returncode != 0 or read.stderr or read.stdout):
                yield f"{what}: {read.stderr}{read.stdout}"


def main():
    program = str(Path(sys.argv[1]).resolve())
    os.environ["LC_ALL"] = "C.UTF-8"
    with tempfile.TemporaryDirectory(prefix="steelyard-") as scratch:
        folder = Path(scratch)
        mistakes = [*try_scripts(program, folder), *try_bash(folder), *try_manual(program, folder)]
    for mistake in mistakes:
        print(mistake)
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
