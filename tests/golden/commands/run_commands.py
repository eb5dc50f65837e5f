#!/usr/bin/env python3
"""Runs command lines of the program and compares what comes out with what is written down.

Usage: run_commands.py STEELYARD CASE...

A case is a text file:

    # What it shows.
    $ steelyard eval '1 + 1'
    | 2

Below a command stand its standard output (`|`), its standard error (`!`), its exit code where it is
not 0 (`=`), and each file that it has written (`>` and the name, then its lines as `|`). Commands
run in bash, one after the other, in a fresh copy of inputs/. STEELYARD_UPDATE=1 rewrites the cases.
"""

import difflib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

INPUTS = Path(__file__).resolve().parent / "inputs"
SECONDS = 120


def marked(mark, text):
    """The lines of a text with a mark before each."""
    lines = [f"{mark} {line}" if line else mark for line in text.split("\n")]
    if text.endswith("\n") or not text:
        lines.pop()
    else:
        lines.append("\\ no line end")
    return lines


def snapshot(folder):
    """The texts of all files in a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8", "backslashreplace")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def environment(program_folder):
    """What commands see of this process's environment: nothing that changes from desk to desk."""
    kept = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
    return kept | {"PATH": f"{program_folder}:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}


def run(command, folder, variables):
    """What a case says below this command."""
    before = snapshot(folder)
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=variables, timeout=SECONDS,
                          stdin=subprocess.DEVNULL, capture_output=True, check=False)
    lines = marked("|", done.stdout.decode("utf-8", "backslashreplace"))
    lines += marked("!", done.stderr.decode("utf-8", "backslashreplace"))
    if done.returncode != 0:
        lines.append(f"= {done.returncode}")
    for name, text in snapshot(folder).items():
        if before.get(name) != text:
            lines += [f"> {name}"] + marked("|", text)
    return lines


def replay(case, program):
    """The case as it should read."""
    lines = []
    with tempfile.TemporaryDirectory(prefix="steelyard-") as scratch:
        folder = Path(scratch) / "inputs"
        shutil.copytree(INPUTS, folder)
        programs = Path(scratch) / "programs"
        programs.mkdir()
        (programs / "steelyard").symlink_to(program)
        for line in case.splitlines():
            if line.startswith("$ "):
                lines += [line] + run(line[2:], folder, environment(programs))
            elif not line or line.startswith("#"):
                lines.append(line)
    return "\n".join(lines) + "\n"


def holds(path, program):
    """Is the case as it is written? Rewrites it instead where that is asked for."""
    expected = path.read_text(encoding="utf-8")
    found = replay(expected, program)
    if found == expected:
        return True
    if os.environ.get("STEELYARD_UPDATE") == "1":
        path.write_text(found, encoding="utf-8")
        return True
    sys.stdout.writelines(difflib.unified_diff(expected.splitlines(True), found.splitlines(True),
                                               f"{path.name} as written", f"{path.name} as found"))
    print("after an intended change: STEELYARD_UPDATE=1 and the same test once more")
    return False


def main():
    program = Path(sys.argv[1]).resolve()
    results = [holds(Path(name), program) for name in sys.argv[2:]]
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
