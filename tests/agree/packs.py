"""Every rule pack on the data of its example: `score` and `score --exact` write the same.

packs.py STEELYARD
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def written(program, rules, data, options):
    command = [program, "score", str(rules), "--data", str(data), *options]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    return done.returncode, done.stdout, done.stderr


def cards():
    """Rule files with their folders of data."""
    for data in sorted(ROOT.glob("examples/*/data")):
        for rules in sorted((ROOT / "rules" / data.parent.name).glob("*.yaml")):
            if not rules.name.endswith(".test.yaml") and "\nscorecard:" in rules.read_text("utf-8"):
                yield rules, data
    yield ROOT / "docs/team/team.yaml", ROOT / "docs/team/data"


def main():
    program = sys.argv[1]
    scored = failed = 0
    for rules, data in cards():
        for options in ([], ["--format", "json", "--threads", "3"]):
            exact = written(program, rules, data, [*options, "--exact"])
            fast = written(program, rules, data, options)
            scored += exact[0] == 0
            if exact != fast:
                failed += 1
                print(f"{rules.relative_to(ROOT)} {' '.join(options)}: not what --exact writes")
    print(f"{scored} runs compared")
    return 1 if failed or scored < 40 else 0


if __name__ == "__main__":
    sys.exit(main())
