"""Many tables: aggregates with filters over child rows, beside DuckDB's join and GROUP BY."""
import os
import statistics
import sys

from process import Failed, run, say
from rivals import ROOT, STEELYARD, WORK, built

RULES = os.path.join(ROOT, "bench", "tables", "orders.yaml")
SUBJECTS = 100_000

# Made from the row's number alone, so that every machine has the same rows.
CUSTOMERS = """
SELECT i AS customer_id, ['key', 'middle', 'small'][1 + (hash(i) % 3)::INTEGER] AS segment
FROM range({subjects}) AS t(i)"""
ORDERS = """
SELECT (hash(i) % {subjects})::BIGINT AS customer_id,
       ['paid', 'paid', 'paid', 'open', 'returned'][1 + (hash(i + 1) % 5)::INTEGER] AS status,
       ['online', 'shop', 'partner'][1 + (hash(i + 2) % 3)::INTEGER] AS channel,
       ((hash(i + 3) % 100000) / 100)::DOUBLE AS amount,
       ((hash(i + 4) % 31) / 100)::DOUBLE AS discount,
       (1 + hash(i + 5) % 12)::DOUBLE AS quantity
FROM range({rows}) AS t(i)"""
QUERY = """
SELECT customer_id,
       sum(amount) FILTER (status = 'paid') AS revenue,
       sum(amount * discount) FILTER (quantity >= 5) AS discounts,
       count(*) FILTER (status = 'paid' AND amount > 500) AS large_orders,
       count(*) FILTER (status = 'returned') AS returns,
       avg(amount) FILTER (channel = 'online') AS online_average,
       sum(quantity) AS pieces,
       max(amount) FILTER (segment = 'key') AS largest
FROM {orders} AS o JOIN {customers} AS c USING (customer_id)
GROUP BY customer_id ORDER BY customer_id"""


def quoted(path):
    return "'" + path.replace("'", "''") + "'"


def make(rows):
    """The folder with both tables as Parquet."""
    folder = os.path.join(WORK, f"orders-{rows}")
    if not os.path.exists(os.path.join(folder, "customer.parquet")):
        say(f"making {rows:,} orders")
        os.makedirs(folder, exist_ok=True)
        for name, query in (("order", ORDERS), ("customer", CUSTOMERS)):
            path = os.path.join(folder, name + ".parquet")
            text = query.format(rows=rows, subjects=SUBJECTS)
            run([built("duckdb"), "sql", f"COPY ({text}) TO {quoted(path)}", 2, 1])
    return folder


def duckdb_command(folder, out, threads):
    """From Parquet to CSV, as Steelyard does it."""
    orders, customers = (f"read_parquet({quoted(os.path.join(folder, name + '.parquet'))})"
                         for name in ("order", "customer"))
    query = QUERY.format(orders=orders, customers=customers)
    return [built("duckdb"), "sql", f"COPY ({query}) TO {quoted(out)} (HEADER)", threads, 1]


def duckdb_in_memory(folder, threads, rounds):
    load = "".join(f"CREATE TABLE {name} AS SELECT * FROM "
                   f"read_parquet({quoted(os.path.join(folder, file + '.parquet'))});"
                   for name, file in (("orders", "order"), ("customers", "customer")))
    query = QUERY.format(orders="orders", customers="customers")
    return [built("duckdb"), "sql", f"CREATE OR REPLACE TABLE answers AS {query}", threads,
            rounds, load]


def read_csv(path):
    with open(path, encoding="utf-8") as file:
        heading, *rows = [line.rstrip("\n").split(",") for line in file]
    return heading, {row[0]: row for row in rows}


NAMES = ["revenue", "discounts", "large_orders", "returns", "online_average", "pieces", "largest"]


def differences(own, other):
    """How many cells of the two differ beyond rounding; a count of nothing is a missing sum."""
    (own_heading, own_rows), (other_heading, other_rows) = read_csv(own), read_csv(other)
    different = 0
    for key, row in other_rows.items():
        if key not in own_rows:
            different += len(NAMES)
            continue
        for name in NAMES:
            a = own_rows[key][own_heading.index(name)]
            b = row[other_heading.index(name)]
            a, b = float(a or 0), float(b or 0)
            if abs(a - b) > 1e-9 * max(1, abs(a), abs(b)):
                different += 1
    return different


def measure(rows, repeat):
    """Prints one table; False where the answers differ."""
    folder = make(rows)
    own, other = (os.path.join(WORK, name + "-orders.csv") for name in ("steelyard", "duckdb"))
    commands = {
        ("Steelyard", "from Parquet", threads): [
            STEELYARD, "score", RULES, "--data", folder, "-o", own, "--threads", threads, "--quiet",
            "--no-receipt"] for threads in (1, 2)}
    commands.update({("DuckDB", "from Parquet", threads): duckdb_command(folder, other, threads)
                     for threads in (1, 2)})
    in_memory = {("DuckDB", "in memory", threads): duckdb_in_memory(folder, threads, 3)
                 for threads in (1, 2)}
    in_memory.update({
        ("Steelyard", "in memory", threads): [built("compute"), RULES, folder, threads, 3]
        for threads in (1, 2)})
    seen = {}
    for _ in range(repeat):
        for name, command in commands.items():
            seen.setdefault(name, []).append(run(command))
        for name, command in in_memory.items():
            done = run(command)
            seen.setdefault(name, []).extend(
                type(done)(float(line), done.cpu, done.memory, "", "") for line in done.text.split())
    show(seen, rows)
    # In a process of its own: a child's peak of memory is never told as less than its parent's.
    wrong = int(run([sys.executable, "-B", os.path.realpath(__file__), own, other]).text)
    print(f"\nCells that differ beyond the ninth digit: {wrong}")
    return wrong == 0


def show(seen, rows):
    print(f"\n### Many tables: {rows:,} child rows, {SUBJECTS:,} subjects\n")
    print("| | | threads | seconds, best | median | peak MiB | DuckDB's time ÷ its |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for (who, where, threads), runs in sorted(seen.items(), key=lambda entry: entry[0][1:]):
        walls = [done.wall for done in runs]
        duckdb = min(done.wall for done in seen[("DuckDB", where, threads)])
        print(f"| {who} | {where} | {threads} | {min(walls):.2f} | {statistics.median(walls):.2f} "
              f"| {max(done.memory for done in runs):.0f} | {duckdb / min(walls):.2f} |")


def measure_or_say(rows, repeat):
    try:
        return measure(rows, repeat)
    except (Failed, OSError) as error:
        print(f"\nLeft out: many tables: {error}")
        return True


if __name__ == "__main__":
    print(differences(*sys.argv[1:]))
