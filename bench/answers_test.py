"""answers_test.py STEELYARD PROGRAMS: both evaluators and the hand-written rival answer the same.

But the rival for scores a cent off, and for grades where the churn is 5 % on the dot: there must be both in
the data, or it would not measure what it is for.
"""
import os
import subprocess
import sys
import tempfile

ROWS = 4000


def main(steelyard, programs):
    rules = os.path.join(os.path.dirname(os.path.abspath(__file__)), "scorecard", "manager.yaml")

    def run(*command):
        return subprocess.run([str(word) for word in command], check=True, text=True,
                              stdout=subprocess.PIPE).stdout

    with tempfile.TemporaryDirectory() as folder:
        data, columns, exact, own, scored, answers = (
            os.path.join(folder, name) for name in
            ("data.csv", "data.columns", "exact.csv", "own.columns", "scored.csv",
             "answers.columns"))
        run(f"{programs}/generate", ROWS, data, columns)
        run(steelyard, "score", rules, "--data", data, "-o", exact, "--exact", "--quiet",
            "--no-receipt")
        run(f"{programs}/compute", rules, data, 2, 1, own)
        run(f"{programs}/handwritten", "csv", data, scored, 2)
        run(f"{programs}/handwritten", "compute", columns, 2, 1, answers)
        lines = run(f"{programs}/agree", exact, f"own={own}", f"csv={scored}",
                    f"compute={answers}").split()
    for line in lines[1:]:
        name, rows, keys, values, scores, cents, grades = line.split(",")
        print(line)
        assert [int(rows), int(keys), int(values), int(scores)] == [ROWS, 0, 0, 0], name
        if name == "own":
            assert [int(cents), int(grades)] == [0, 0]
        else:
            assert 0 < int(grades) < ROWS // 20, name
    assert len(lines) == 4


main(*sys.argv[1:])
