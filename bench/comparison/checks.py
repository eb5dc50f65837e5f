"""How long `steelyard check` takes, and how long reading a large CSV file does."""
import os
import statistics

from process import Failed, run, say
from rivals import ROOT, RULES, STEELYARD, WORK, Data, built

GENERATOR = os.path.join(ROOT, "bench", "compile", "generate.py")


def rule_file(indicators, shape):
    path = os.path.join(WORK, f"{shape}-{indicators}.yaml")
    text = run(["python3", GENERATOR, indicators, shape]).text
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def packs():
    """The shipped rule files, each once."""
    found = []
    for folder, _, names in os.walk(os.path.join(ROOT, "rules")):
        found += [os.path.join(folder, name) for name in sorted(names)
                  if name.endswith(".yaml") and not name.endswith(".test.yaml")]
    return sorted(found)


def show(title, runs):
    walls = [done.wall * 1000 for done in runs]
    print(f"| {title} | {min(walls):.0f} | {statistics.median(walls):.0f} "
          f"| {max(done.memory for done in runs):.0f} |")


def measure_check(repeat):
    print("\n### Checking rule files\n")
    print("| | milliseconds, best | median | peak MiB |")
    print("| --- | --- | --- | --- |")
    for shape in ("flat", "mixed"):
        for indicators in (100, 1_000, 10_000):
            path = rule_file(indicators, shape)
            runs = [run([STEELYARD, "check", path], codes=(0, 1)) for _ in range(repeat)]
            show(f"{indicators:,} indicators, {shape}", runs)
    slowest = max(([run([STEELYARD, "check", path], codes=(0, 1)) for _ in range(repeat)]
                   for path in packs()), key=lambda runs: min(done.wall for done in runs))
    show("the slowest of the shipped rule files", slowest)


def measure_reading(rows, repeat):
    """CSV to columns in memory."""
    data = Data(rows)
    data.make()
    figures = "".join(f", '{name}': 'DOUBLE'" for name in heading(data.csv)[4:])
    texts = ", ".join(f"'{name}': 'VARCHAR'" for name in heading(data.csv)[:4])
    query = (f"CREATE OR REPLACE TABLE data AS SELECT * FROM read_csv('{data.csv}', header = true, "
             f"auto_detect = false, columns = {{{texts}{figures}}})")
    print(f"\n### Reading CSV into memory, {rows:,} rows\n")
    print("| | threads | seconds, best | median | peak MiB |")
    print("| --- | --- | --- | --- | --- |")
    for threads in (1, 2):
        for who, command in (("Steelyard", [built("compute"), RULES, data.csv, threads, 0]),
                             ("DuckDB", [built("duckdb"), "sql", query, threads, 1])):
            runs = [run(command) for _ in range(repeat)]
            walls = [float(done.text) for done in runs]
            print(f"| {who} | {threads} | {min(walls):.2f} | {statistics.median(walls):.2f} "
                  f"| {max(done.memory for done in runs):.0f} |")


def heading(path):
    with open(path, encoding="utf-8") as file:
        return file.readline().strip().split(",")


def or_say(what, measure, *arguments):
    say(f"measuring {what}")
    try:
        measure(*arguments)
    except (Failed, OSError, ValueError) as error:
        print(f"\nLeft out: {what}: {error}")
