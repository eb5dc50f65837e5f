#!/usr/bin/env python3
"""Makes a rule file of N indicators, to measure how long `steelyard check` takes.

    bench/compile/generate.py N [SHAPE] > card.yaml

The same N and shape always give the same file. Shapes:

  mixed       what a large organisation's card might hold: indicators in dimensions with weights of their
              own, formulas over columns, values, parameters and other tables, points as lines, bands,
              ratios, tiers and formulas, profiles, adjustments, vetoes, interlocks, alerts, outcomes
  flat        one list of weights, every indicator a quotient of two columns
  equal       the same, with weights of 1 each that are scaled to 100 %
  one         all in one dimension
  chain       each indicator reads a value, each value the one before it
  parameters  each indicator with three parameters of its own, one of them by date
  dates       indicators that begin and end, weights by date, adjustments
  gates       each indicator with a veto, an interlock, an alert and an addition of its own
  tables      aggregates over child tables only, with filters
  faults      every formula has a mistake: unknown names, texts in sums, a missing bracket
  warnings    every indicator has something to be warned of
"""
import sys


def percents(count, whole=100):
    """Weights as text that add to `whole` per cent exactly."""
    digits = 4
    unit = 10 ** digits
    each, rest = divmod(whole * unit, count)
    parts = [each + (1 if i < rest else 0) for i in range(count)]
    return [f"{part // unit}.{part % unit:0{digits}d}%" for part in parts]


class Card:
    def __init__(self, count, title):
        self.count = count
        self.title = title
        self.columns = []
        self.tables = {}
        self.sections = {}

    def add(self, section, line):
        self.sections.setdefault(section, []).append(line)

    def number_columns(self, count, prefix="c"):
        for i in range(count):
            self.columns.append(f"{prefix}{i}: {{type: money, unit: CNY, name: 金额{prefix}{i}, min: 0}}")

    def text(self):
        lines = [f"# A card of {self.count} indicators, made by a program.", "steelyard: 1",
                 f"scorecard: {self.title}", "effective: 2026-01-01..2026-12-31", "subject: manager",
                 "period: quarter", "", "data:", "  manager:", "    name: 负责人", "    key: manager_id",
                 "    columns:", "      manager_id: text", "      role: [director, manager, trainee]",
                 "      region: text", "      stage: [growth, mature, decline]",
                 "      headcount: {type: count, unit: person, min: 1}", "      churn: percent",
                 "      bribery: bool"]
        lines += [f"      {column}" for column in self.columns]
        if "order" in self.tables:
            lines += ["  customer:", "    key: customer_id", "    belongs_to: {manager: manager_id}",
                      "    columns: {customer_id: text}"]
        for name, columns in self.tables.items():
            parent = "customer" if name == "order" else "manager"
            lines += [f"  {name}:", f"    belongs_to: {{{parent}: {parent}_id}}", "    time: done_on",
                      "    columns:", "      done_on: date"]
            lines += [f"      {column}" for column in columns]
        for section in ("parameters", "values", "indicators"):
            if section in self.sections:
                lines += ["", f"{section}:"] + [f"  {line}" for line in self.sections[section]]
        lines += ["", "missing: redistribute", "", "weights:"]
        lines += [f"  {line}" for line in self.sections["weights"]]
        for section in ("additions", "interlocks", "vetoes", "alerts"):
            if section in self.sections:
                lines += ["", f"{section}:"] + [f"  {line}" for line in self.sections[section]]
        lines += ["", "rounding: 2", "grades: {S: 90, A: 80, B: 70, C: 60, D: 0}"]
        if "outcomes" in self.sections:
            lines += ["", "outcomes:"] + [f"  {line}" for line in self.sections["outcomes"]]
        return "\n".join(lines) + "\n"

    def flat_weights(self):
        for i, weight in enumerate(percents(self.count)):
            self.add("weights", f"i{i}: {weight}")


LINEAR = "{linear: {0%: 0, 25%: 60, 40%: 90, 60%: 100}}"
BANDS = '{bands: {">= 50%": 100, ">= 30% and < 50%": 80, ">= 10% and < 30%": 60, else: 0}}'


def quotients(card):
    columns = max(4, card.count // 4)
    card.number_columns(columns)
    for i in range(card.count):
        a, b = i % columns, (i * 7 + 3) % columns
        if a == b:
            b = (b + 1) % columns
        card.add("indicators", f"i{i}: {{name: 指标{i}, formula: c{a} ÷ c{b} × 100%, "
                               f"better: higher, score: {LINEAR}}}")
    for c in range(columns):
        card.add("outcomes", f"o{c}: c{c} ÷ headcount")


def flat(card):
    quotients(card)
    card.flat_weights()


def equal(card):
    quotients(card)
    card.add("weights", "normalise: true")
    card.add("weights", "indicators:")
    for i in range(card.count):
        card.add("weights", f"  i{i}: 1")


def one(card):
    quotients(card)
    card.add("weights", "dimensions:")
    card.add("weights", "  全部:")
    for i, weight in enumerate(percents(card.count)):
        card.add("weights", f"    i{i}: {weight}")


def chain(card):
    card.number_columns(8)
    card.add("values", "v0: c0 + c1")
    for i in range(1, card.count):
        card.add("values", f"v{i}: v{i - 1} + c{i % 8} × {1 + i % 9}%")
    for i in range(card.count):
        card.add("indicators", f"i{i}: {{formula: v{i} ÷ (c{i % 8} + 1 CNY), score: {LINEAR}}}")
    card.flat_weights()


def parameters(card):
    card.number_columns(8)
    for i in range(card.count):
        card.add("parameters", f"floor{i}: {{name: 下限{i}, value: {1 + i % 30}%}}")
        card.add("parameters", f"goal{i}: {{2025-01-01: {50 + i % 40}%, 2026-04-01: {55 + i % 40}%}}")
        card.add("parameters", f"tiers{i}: {{name: 名单{i}, value: [growth, mature]}}")
        card.add("indicators", f"i{i}: {{formula: (c{i % 8} ÷ c{(i + 1) % 8} - 下限{i}) ÷ goal{i}, "
                               f"when: stage in tiers{i}, score: {LINEAR}}}")
    card.flat_weights()


def dates(card):
    card.number_columns(8)
    half = card.count // 2
    whole = percents(card.count - 2 * half + half) if card.count % 2 else percents(half)
    for i in range(card.count):
        life = ""
        if i < half:
            life = "status: retired, until: 2026-06-30, "
        elif i < 2 * half:
            life = "from: 2026-07-01, "
        card.add("indicators", f"i{i}: {{formula: c{i % 8} ÷ c{(i + 1) % 8}, {life}score: {LINEAR}}}")
    card.add("weights", "indicators:")
    for i in range(card.count):
        card.add("weights", f"  i{i}: {whole[i if i < half else i - half]}")
    card.add("weights", "adjustments:")
    for m in range(6):
        a, b = 2 * m, 2 * m + 1
        if b < half:
            card.add("weights", f"  - {{name: month {m}, from: 2026-0{m + 1}-01, until: 2026-0{m + 1}-20, "
                                f"approved_by: board, change: {{i{a}: +0.005%, i{b}: -0.005%}}}}")


def gates(card):
    columns = max(8, card.count // 4)
    card.number_columns(columns)
    for i in range(card.count):
        c, d = i % columns, (i + 1) % columns
        card.add("indicators", f"i{i}: {{name: 指标{i}, formula: c{c} ÷ c{d}, target: '>= 40%', "
                               f"audit_range: 0%..95%, score: {LINEAR}}}")
        card.add("vetoes", f"veto{i}: {{name: 否决{i}, when: churn > {5 + i % 7}% and i{i} < 1%, "
                           f"then: downgrade 1}}")
        card.add("interlocks", f"lock{i}: {{require: i{i} >= 5%, otherwise: cap i{(i + 1) % card.count} 80}}")
        card.add("alerts", f"alert{i}: {{when: i{i} < 3% and score < 60, level: high}}")
        card.add("additions", f"plus{i}: {{when: i{i} > 99%, then: add 0.01}}")
    card.flat_weights()


def tables(card):
    each = 25
    count = max(1, min(40, card.count // each))
    for t in range(count):
        card.tables[f"t{t}"] = ["amount: {type: money, unit: CNY}", "cost: {type: money, unit: CNY}",
                                "status: [open, won, lost]", "hours: {type: duration, unit: h}"]
    for i in range(card.count):
        t = i % count
        forms = [
            f"sum(t{t}.amount where status = 'won' and amount > {i} CNY) ÷ sum(t{t}.amount)",
            f"count(t{t} where status = 'lost' and hours > {i % 90}h) ÷ count(t{t})",
            f"(sum(t{t}.amount) - sum(t{t}.cost where amount > {i} CNY)) ÷ sum(t{t}.amount)",
            f"avg(t{t}.amount where cost < {i} CNY) ÷ max(t{t}.amount)",
        ]
        card.add("indicators", f"i{i}:")
        card.add("indicators", f"  formula: {forms[i // count % 4]}")
        card.add("indicators", f"  score: {LINEAR}")
    card.flat_weights()


def faults(card):
    quotients(card)
    card.flat_weights()
    forms = ["c0 ÷ no_such_{0} × 100%", "role + {0}", "(c0 + c1 ÷ {0}", "i0 × c1 > {0}"]
    card.sections["indicators"] = [
        f"i{i}: {{formula: \"{forms[i % 4].format(i)}\", score: {LINEAR}}}" for i in range(card.count)]


def warnings(card):
    columns = max(4, card.count)
    card.number_columns(columns)
    for i in range(card.count):
        card.add("parameters", f"unused{i}: {i + 1}%")
        card.add("indicators", f"i{i}: {{formula: c{i} ÷ c{(i + 1) % columns}, status: "
                               f"{'trial' if i % 3 == 1 else 'active'}, score: {BANDS}}}")
    keep = [i for i in range(card.count) if i % 3 == 0]
    for i, weight in zip(keep, percents(len(keep))):
        card.add("weights", f"i{i}: {weight}")


def mixed_formula(card, i, columns, values):
    a, b, v = i % columns, (i * 7 + 3) % columns, i % values
    forms = [
        f"c{a} ÷ (c{b} + c{(b + 1) % columns}) × 100%",
        f"(v{v} - c{b}) ÷ v{v}",
        f"if role = 'director' then c{a} ÷ v{v} else (c{a} + c{b}) ÷ v{v} × factor{i // 10}",
        f"sum(order.amount where tier in ('S', 'A') and amount > {i} CNY) ÷ sum(order.amount)",
        f"case when stage = 'growth' then c{a} ÷ c{b} when stage = 'mature' then v{v} ÷ c{a} else 0 end",
        f"clamp(safe_div(c{a} - c{b}, v{v} + 1 CNY, 0), 0, 1) + min(churn, {1 + i % 9}%)",
        f"count(ticket where hours <= {1 + i % 47}h) ÷ count(ticket)",
        f"avg(visit.mark where mark >= {i % 5}) ÷ 10 ?? 0",
        f"max(sum(order.amount per customer)) ÷ v{v}",
        f"i{i - 5} × 0.5 + i{i - 9} × 0.5" if i >= 10 else f"c{a} ÷ c{b}",
    ]
    return forms[i % len(forms)]


def mixed_score(card, i):
    forms = [LINEAR, LINEAR, BANDS, "{ratio: {target: 20%, cap: 120}}",
             "{tiers: {base: 60 @ 10%, better: 80 @ 15%, ideal: 100 @ 20%}}",
             "{formula: 'clamp(round(value × 100), 0, 100)'}", LINEAR]
    return forms[i % len(forms)]


def mixed_indicators(card):
    columns = max(12, card.count // 3)
    values = max(2, card.count // 4)
    card.number_columns(columns)
    card.tables["order"] = ["amount: {type: money, unit: CNY}", "tier: [S, A, B]"]
    card.tables["ticket"] = ["hours: {type: duration, unit: h}"]
    card.tables["visit"] = ["mark: {type: number, min: 0, max: 10}"]
    for i in range((card.count + 7) // 10):
        card.add("parameters", f"factor{i}: {{name: 系数{i}, value: {80 + i % 40}%}}")
    for i in range(values):
        head = f"v{i - 1} × 1%" if i % 3 else "1 CNY"
        card.add("values", f"v{i}: {{name: 中间值{i}, formula: {head} + c{i % columns} + c{(i * 5 + 2) % columns}}}")
    for i in range(card.count):
        card.add("indicators", f"i{i}:")
        card.add("indicators", f"  name: 指标{i}")
        card.add("indicators", f"  definition: 第{i}项指标的定义")
        card.add("indicators", f"  formula: {mixed_formula(card, i, columns, values)}")
        card.add("indicators", f"  score: {mixed_score(card, i)}")
        if i % 6 == 0:
            card.add("indicators", "  target: \">= 15%\"")
        if i % 11 == 0:
            card.add("indicators", "  when: headcount >= 2 person")
        if i % 4 == 0:
            card.add("indicators", "  weight_range: 0%..60%")
        card.add("indicators", "  source: {system: CRM, kind: system}")


def mixed(card):
    mixed_indicators(card)
    size = 20
    groups = [range(start, min(start + size, card.count)) for start in range(0, card.count, size)]
    card.add("weights", "dimensions:")
    for d, (group, weight) in enumerate(zip(groups, percents(len(groups)))):
        inner = ", ".join(f"i{i}: {w}" for i, w in zip(group, percents(len(group))))
        card.add("weights", f"  维度{d}: {{weight: {weight}, indicators: {{{inner}}}}}")
    card.add("weights", "profiles:")
    card.add("weights", "  - {name: director, when: role = 'director', set: {i0: 0.5%}, rest: rescale}")
    card.add("weights", "  - {name: trainee, when: role = 'trainee' and stage != 'mature', "
                        "set: {i1: 0.4%, i2: 0.1%}, rest: rescale}")
    card.add("weights", "adjustments:")
    card.add("weights", "  - {name: focus, when: stage = 'growth', change: {i3: +0.001%, i4: -0.001%}, "
                        "from: 2026-04-01, until: 2026-06-30, approved_by: board}")
    for i in range(max(1, card.count // 20)):
        card.add("vetoes", f"veto{i}: {{name: 否决{i}, when: churn > {5 + i % 20}% and i{i} < 1%, "
                           f"then: {['downgrade 1', 'cap 80', 'grade C', 'disqualify'][i % 4]}}}")
    for i in range(max(1, card.count // 50)):
        card.add("interlocks", f"lock{i}: {{require: i{i} >= 5% or bribery, otherwise: cap i{i + 1} 79.9}}")
    for i in range(max(1, card.count // 20)):
        card.add("alerts", f"alert{i}: {{when: i{i} < 3% and score < 60, level: high}}")
    for i in range(max(1, card.count // 10)):
        card.add("outcomes", f"o{i}: if score >= {60 + i % 30} then points(i{i}) × weight(i{i}) else 0")


SHAPES = {"mixed": mixed, "flat": flat, "equal": equal, "one": one, "chain": chain, "parameters": parameters,
          "dates": dates, "gates": gates, "tables": tables, "faults": faults, "warnings": warnings}


def main():
    if len(sys.argv) not in (2, 3) or sys.argv[-1] in ("-h", "--help"):
        sys.exit(__doc__)
    shape = sys.argv[2] if len(sys.argv) == 3 else "mixed"
    if shape not in SHAPES or not sys.argv[1].isdigit() or int(sys.argv[1]) < 20:
        sys.exit("usage: generate.py N [SHAPE], with N of 20 or more and SHAPE one of " + ", ".join(SHAPES))
    card = Card(int(sys.argv[1]), f"{shape}-{sys.argv[1]}")
    SHAPES[shape](card)
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(card.text())


if __name__ == "__main__":
    main()
