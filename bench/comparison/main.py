"""The parts of bench/compare, in turn."""
import os
import platform
import statistics

import checks
import rivals
import tables
from process import Failed, run, say
from rivals import WORK, Data, built

EXACT_ROWS = 20_000  # that are scored with --exact, too
PARTS = ["compute", "csv", "tables", "check", "reading"]


class Figures:
    """What was measured, by rival and threads; and why what is missing is missing."""

    def __init__(self):
        self.runs = {}
        self.left_out = {}
        self.remark = ""

    def add(self, name, threads, value):
        self.runs.setdefault((name, threads), []).append(value)

    def drop(self, name, reason):
        say(f"left out: {name}: {reason}")
        self.left_out.setdefault(name, str(reason))

    def has(self, name, threads):
        return (name, threads) in self.runs


def ready(chosen, figures):
    """The rivals that could be built."""
    there = []
    for rival in chosen:
        try:
            rival.prepare()
            there.append(rival)
        except (Failed, OSError) as error:
            figures.drop(rival.title, error)
    return there


def data_for(rival, rows):
    data = Data(min(rows, rival.rows or rows))
    data.make()
    return data


def remove(path):
    if os.path.exists(path):
        os.remove(path)


def measure_compute(there, rows, repeat, figures):
    """Million rows a second with the data in memory, all rivals in turn, `repeat` times."""
    answers = {}
    for turn in range(repeat):
        for rival in there:
            if rival.compute is None or (turn > 0 and rival.rounds == 1):
                continue
            data = data_for(rival, rows)
            for threads in rival.threads:
                out = os.path.join(WORK, f"{rival.name}-compute{rival.answers}")
                first = turn == 0 and threads == rival.threads[-1]
                command = rival.compute(data, threads, rival.rounds, [out] if first else [])
                try:
                    done = run(command, rival.environment(threads), folder=WORK)
                except (Failed, OSError) as error:
                    figures.drop(rival.title, error)
                    break
                if rival.name == "steelyard":
                    figures.remark = done.said.strip()
                for seconds in done.text.split():
                    figures.add(rival.name, threads, data.rows / float(seconds) / 1e6)
                if first:
                    answers[rival.name] = out
    return answers


def measure_csv(there, rows, repeat, figures):
    """From CSV file to scored CSV file: the runs of each rival."""
    answers = {}
    for _ in range(repeat):
        for rival in there:
            if rival.csv is None:
                continue
            data = data_for(rival, rows)
            for threads in rival.threads:
                out = os.path.join(WORK, f"{rival.name}-scored.csv")
                remove(out)
                try:
                    done = run(rival.csv(data, threads, out), rival.environment(threads))
                except (Failed, OSError) as error:
                    figures.drop(rival.title, error)
                    break
                figures.add(rival.name, threads, done)
                answers[rival.name] = out
    return answers


def agree(exact, answers):
    """What every answer differs in from Steelyard's exact one; False where a rival is wrong."""
    named = [f"{name}={path}" for name, path in answers.items()]
    done = run([built("agree"), exact, *named], codes=(0, 1))
    lines = [line.split(",") for line in done.text.splitlines()][1:]
    print("\n| against Steelyard | rows | values off | scores off | scores a cent off | grades off |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, count, keys, values, scores, cents, grades in lines:
        print(f"| {name} | {count} | {int(keys) + int(values)} | {scores} | {cents} | {grades} |")
    return all(int(line[2]) + int(line[3]) + int(line[4]) == 0 for line in lines)


def same_as_exact(scored):
    """Are the first results, byte for byte, what the exact evaluator gives for those rows?"""
    data = Data(EXACT_ROWS)
    data.make()
    out = os.path.join(WORK, "exact-scored.csv")
    run([rivals.STEELYARD, "score", rivals.RULES, "--data", data.csv, "-o", out, "--exact",
         "--quiet", "--no-receipt"])
    with open(out, "rb") as exact, open(scored, "rb") as fast:
        expected = exact.read()
        same = fast.read(len(expected)) == expected
    print(f"\nThe first {EXACT_ROWS:,} results are {'' if same else 'NOT '}those of --exact, byte for "
          "byte.")
    return same


def ratio(own, other):
    return f"{own / other:.3g}" if own and other else ""


def show_compute(there, figures, rows):
    def best(name, threads):
        return max(figures.runs.get((name, threads), [0]))

    print(f"\n### Computing, data in memory, {rows:,} rows\n")
    print("Million rows a second: best and median; and how many times as fast Steelyard is.\n")
    print("| | one thread | median | two threads | median | Steelyard ÷ it, 1 | Steelyard ÷ it, 2 |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for rival in there:
        cells = []
        for threads in (1, 2):
            seen = figures.runs.get((rival.name, threads))
            cells += [f"{max(seen):.3g}", f"{statistics.median(seen):.3g}"] if seen else ["", ""]
        cells += [ratio(best("steelyard", threads), best(rival.name, threads))
                  for threads in (1, 2)]
        if any(cells):
            print(f"| {rival.title} | {' | '.join(cells)} |")
    if figures.remark:
        print(f"\nSteelyard: {figures.remark}.")


def show_csv(there, figures, rows):
    def best(name, threads):
        seen = figures.runs.get((name, threads), [])
        return min((done.wall for done in seen), default=0)

    print(f"\n### CSV file to scored CSV file, {rows:,} rows\n")
    print("| | threads | seconds, best | median | CPU seconds | peak MiB | its time ÷ Steelyard's |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for rival in there:
        for threads in rival.threads:
            seen = figures.runs.get((rival.name, threads))
            if not seen:
                continue
            walls = [done.wall for done in seen]
            print(f"| {rival.title} | {threads} | {min(walls):.2f} | {statistics.median(walls):.2f} "
                  f"| {min(done.cpu for done in seen):.2f} "
                  f"| {max(done.memory for done in seen):.0f} "
                  f"| {ratio(min(walls), best('steelyard', threads))} |")


def count_of(text):
    for end, factor in (("k", 1_000), ("M", 1_000_000)):
        if text.endswith(end):
            return int(float(text[:-1]) * factor)
    return int(text)


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        for line in file:
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.machine()


def show_machine():
    compiler = run(["g++", "--version"]).text.splitlines()[0]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"Machine: {processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
          f"Linux {platform.release()}; {compiler}.\nLoad before: {load}.")


def run_scorecard(options, chosen):
    """Computing and end to end, and whether all agree."""
    computed, written = Figures(), Figures()
    there = ready(chosen, computed)
    answers = {}
    if "compute" in options.parts:
        answers.update(measure_compute(there, options.rows, options.repeat, computed))
        show_compute(there, computed, options.rows)
    results = {}
    if "csv" in options.parts:
        results = measure_csv(there, options.rows, options.repeat, written)
        show_csv(there, written, options.rows)
    exact = results.get("steelyard")
    answers.update({name + " (CSV)": path for name, path in results.items()
                    if name != "steelyard"})
    good = agree(exact, answers) if exact and answers else True
    if exact and options.rows >= EXACT_ROWS:
        good = same_as_exact(exact) and good
    for figures in (computed, written):
        for name, reason in figures.left_out.items():
            print(f"\nLeft out: {name}: {reason}")
    return good


def main(parser):
    parser.add_argument("--rows", type=count_of, default=1_000_000)
    parser.add_argument("--child-rows", type=count_of, default=20_000_000)
    parser.add_argument("--repeat", type=int, default=3, help="turns of all rivals")
    parser.add_argument("--only", default="", help="rivals, by name")
    parser.add_argument("--parts", default=",".join(PARTS), help="which to measure: %(default)s")
    options = parser.parse_args()
    options.parts = options.parts.split(",")
    os.makedirs(WORK, exist_ok=True)
    rivals.build_all()
    names = options.only.split(",") if options.only else []
    chosen = [rival for rival in rivals.ALL if not names or rival.name in names]
    show_machine()
    good = run_scorecard(options, chosen)
    if "tables" in options.parts:
        good = tables.measure_or_say(options.child_rows, options.repeat) and good
    if "check" in options.parts:
        checks.or_say("checking", checks.measure_check, options.repeat)
    if "reading" in options.parts:
        checks.or_say("reading", checks.measure_reading, 10 * options.rows, options.repeat)
    if not good:
        print("\nThe answers differ.")
    return 0 if good else 1
