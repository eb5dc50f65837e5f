// A rule file printed for tests: what was read, one `key: value` a line, formulas as they were
// written. What is absent is not printed.
#include "engine/syntax/rule_file.h"

#include <string_view>

namespace steelyard {

namespace {

constexpr std::string_view kBetterWords[] = {"", "higher", "lower"};
constexpr std::string_view kStatusWords[] = {"active", "draft", "trial", "retired"};
constexpr std::string_view kMissingWords[] = {"",       "redistribute", "zero",
                                              "points", "carry",        "error"};
constexpr std::string_view kRestWords[] = {"keep", "rescale"};
constexpr std::string_view kRoundWords[] = {"nearest", "down", "up"};
constexpr std::string_view kUnknownWords[] = {"review", "trigger", "pass"};
constexpr std::string_view kFormWords[] = {"",      "linear", "bands",  "ratio",
                                           "tiers", "events", "rating", "formula"};
constexpr std::string_view kVerbWords[] = {"add",       "subtract", "cap",   "floor",
                                           "downgrade", "score",    "grade", "disqualify"};

template <class Enum, size_t n>
std::string_view WordOf(Enum value, const std::string_view (&words)[n]) {
  return words[static_cast<size_t>(value)];
}

// A formula on one line; `!` before it where it could not be parsed.
std::string Text(const Formula& formula) {
  std::string text = formula.parsed() ? "" : "!";
  for (const char c : formula.source.text) text += c == '\n' ? ' ' : c;
  return text;
}

std::string Text(const ValueRange& range) { return Text(range.low) + ".." + Text(range.high); }

std::string Text(const std::optional<Date>& date) {
  return date ? date->ToString() : std::string();
}

class Dumper {
 public:
  std::string Run(const RuleFile& file) {
    Head(file);
    for (const TableDecl& table : file.tables) Table(table);
    for (const ParameterDecl& parameter : file.parameters) Parameter(parameter);
    for (const ValueDecl& value : file.values) {
      Named("value", value.id, value.name);
      if (value.overrides) Line("override", "true");
      Line("formula", value.formula);
      --depth_;
    }
    for (const IndicatorDecl& indicator : file.indicators) Indicator(indicator);
    Missing(file.missing);
    Weights(file.weights);
    Gates(file);
    for (const GradeDecl& grade : file.grades) Line("grade " + grade.id.text, grade.lowest);
    if (file.rounding) Line("rounding", std::to_string(*file.rounding));
    for (const OutcomeDecl& outcome : file.outcomes) Outcome(outcome);
    Distribution(file.distribution);
    for (const PoolDecl& pool : file.pools) Pool(pool);
    for (const ScheduleDecl& schedule : file.schedules) Schedule(schedule);
    return std::move(out_);
  }

 private:
  // --- lines ---

  void Line(std::string_view key, std::string_view value) {
    if (value.empty()) return;
    out_.append(static_cast<size_t>(depth_) * 2, ' ');
    out_.append(key).append(": ").append(value).append("\n");
  }
  void Line(std::string_view key, const Word& word) { Line(key, word.text); }
  void Line(std::string_view key, const Formula& formula) {
    if (formula.present()) Line(key, Text(formula));
  }
  void Line(std::string_view key, const ValueRange& range) {
    if (range.present()) Line(key, Text(range));
  }
  void Line(std::string_view key, const std::optional<Date>& date) { Line(key, Text(date)); }
  void Line(std::string_view key, const std::vector<Word>& words) {
    std::string all;
    for (const Word& word : words) all += (all.empty() ? "" : ", ") + word.text;
    Line(key, all);
  }

  // Opens a thing; what belongs to it is indented until `--depth_`.
  void Named(std::string_view what, const Word& id, const Word& name) {
    Line(what, id.text.empty() ? "-" : id.text);
    ++depth_;
    Line("name", name);
  }

  void Dated(std::string_view key, const std::vector<DatedFormula>& values) {
    for (const DatedFormula& value : values) {
      const std::string from = value.from ? " from " + value.from->ToString() : "";
      Line(std::string(key) + from, value.formula);
    }
  }

  // --- sections ---

  void Head(const RuleFile& file) {
    Line("steelyard", file.version_of_language);
    Line("scorecard", file.scorecard);
    Line("title", file.title);
    Line("version", file.version);
    if (file.effective.span.valid()) {
      Line("effective", Text(file.effective.from) + ".." + Text(file.effective.until));
    }
    Line("level", file.level);
    Line("subject", file.subject);
    Line("subject where", file.subject_where);
    Line("period", file.period);
    Line("import", file.imports);
  }

  void Table(const TableDecl& table) {
    Named("table", table.id, table.name);
    Line("key", table.key);
    for (const ParentDecl& parent : table.parents) {
      const std::string optional = parent.optional ? " (optional)" : "";
      Line("belongs to " + parent.table.text, parent.column.text + optional);
    }
    Line("time", table.time);
    Line("results of", table.results_of);
    for (const ColumnDecl& column : table.columns) Column(column);
    --depth_;
  }

  void Column(const ColumnDecl& column) {
    Named("column", column.id, column.name);
    Line("type", column.type);
    Line("values", column.values);
    Line("unit", column.unit);
    Line("min", column.min);
    Line("max", column.max);
    Line("formula", column.formula);
    Line("aliases", column.aliases);
    --depth_;
  }

  void Parameter(const ParameterDecl& parameter) {
    Named("parameter", parameter.id, parameter.name);
    if (parameter.overrides) Line("override", "true");
    for (const ParameterDecl::Entry& entry : parameter.entries) {
      std::string values;
      for (const Formula& value : entry.values)
        values += (values.empty() ? "" : ", ") + Text(value);
      const std::string from = entry.from ? " from " + entry.from->ToString() : "";
      Line("value" + from, parameter.is_list ? "[" + values + "]" : values);
    }
    --depth_;
  }

  void Missing(const MissingDecl& missing) {
    const std::string points = missing.points.present() ? " " + Text(missing.points) : "";
    Line("missing", std::string(WordOf(missing.policy, kMissingWords)) + points);
  }

  void Indicator(const IndicatorDecl& indicator) {
    Named("indicator", indicator.id, indicator.name);
    Line("based_on", indicator.based_on);
    Line("formula", indicator.formula);
    Line("display", indicator.display);
    Line("decimals", indicator.decimals);
    Line("unit", indicator.unit);
    Line("better", WordOf(indicator.better, kBetterWords));
    Score(indicator.score);
    Line("weight_range", indicator.weight_range);
    Line("target", indicator.target);
    Dated("target", indicator.dated_targets);
    Line("audit_range", indicator.audit_range);
    Missing(indicator.missing);
    Life(indicator);
    Record(indicator);
    --depth_;
  }

  void Life(const IndicatorDecl& indicator) {
    Line("when", indicator.when);
    if (indicator.status_span.valid()) Line("status", WordOf(indicator.status, kStatusWords));
    Line("from", indicator.from);
    Line("until", indicator.until);
    Line("replaced_by", indicator.replaced_by);
    Line("why", indicator.why);
  }

  void Record(const IndicatorDecl& indicator) {
    Line("definition", indicator.definition);
    Line("period", indicator.period);
    Line("owner", indicator.owner);
    Line("strategy", indicator.strategy);
    Line("source system", indicator.source_system);
    Line("source kind", indicator.source_kind);
    Line("level", indicator.level);
  }

  void Score(const ScoreDecl& score) {
    Line("score", WordOf(score.form, kFormWords));
    ++depth_;
    for (const CurvePoint& point : score.linear) Line(Text(point.at), point.points);
    for (const Band& band : score.bands) {
      Line(band.is_else ? std::string("else") : Text(band.condition), band.points);
    }
    Line("target", score.target);
    for (const Tier& tier : score.tiers) {
      Line(tier.level.text, Text(tier.points) + " @ " + Text(tier.at));
    }
    for (const EventItem& event : score.events) Line(event.column.text, event.points);
    Line("scale", score.scale);
    Line("formula", score.formula);
    Line("cap", score.cap);
    if (score.extend) Line("beyond", "extend");
    --depth_;
  }

  void Entries(std::string_view key, const std::vector<WeightEntry>& entries) {
    for (const WeightEntry& entry : entries) {
      Dated(std::string(key) + entry.indicator.text, entry.weight);
    }
  }

  void Weights(const WeightsDecl& weights) {
    if (weights.normalise) Line("normalise", "true");
    for (const DimensionDecl& dimension : weights.dimensions) {
      Named("dimension", dimension.id, {});
      Line("weight", dimension.weight);
      Entries("", dimension.entries);
      --depth_;
    }
    for (const ProfileDecl& profile : weights.profiles) {
      Named("profile", profile.name, {});
      Line("when", profile.when);
      Entries("set ", profile.set);
      Line("rest", WordOf(profile.rest, kRestWords));
      Line("why", profile.why);
      --depth_;
    }
    for (const AdjustmentDecl& adjustment : weights.adjustments) Adjustment(adjustment);
  }

  void Adjustment(const AdjustmentDecl& adjustment) {
    Named("adjustment", adjustment.name, {});
    Line("when", adjustment.when);
    Entries("change ", adjustment.change);
    Entries("set ", adjustment.set);
    Line("rest", WordOf(adjustment.rest, kRestWords));
    Line("from", adjustment.from);
    Line("until", adjustment.until);
    Line("approved_by", adjustment.approved_by);
    Line("why", adjustment.why);
    --depth_;
  }

  void Gates(const RuleFile& file) {
    for (const GateDecl& gate : file.additions) Gate("addition", "when", gate);
    Line("additions limit", file.additions_limit);
    for (const GateDecl& gate : file.interlocks) Gate("interlock", "require", gate);
    for (const GateDecl& gate : file.vetoes) Gate("veto", "when", gate);
    for (const GateDecl& gate : file.alerts) Gate("alert", "when", gate);
    for (const GateDecl& gate : file.entitlements) Gate("entitlement", "when", gate);
  }

  void Gate(std::string_view what, std::string_view condition, const GateDecl& gate) {
    Named(what, gate.id, gate.name);
    Line(condition, gate.condition);
    for (const Effect& effect : gate.effects) {
      std::string text(WordOf(effect.verb, kVerbWords));
      if (effect.target.present()) text += " " + effect.target.text;
      if (effect.amount.present()) text += " " + Text(effect.amount);
      Line("then", text);
    }
    Line("unknown", WordOf(gate.unknown, kUnknownWords));
    Line("level", gate.level);
    --depth_;
  }

  void Outcome(const OutcomeDecl& outcome) {
    Named("outcome", outcome.id, outcome.name);
    Line("formula", outcome.formula);
    Line("decimals", outcome.decimals);
    Line("unit", outcome.unit);
    --depth_;
  }

  void Formulas(std::string_view key, const std::vector<Formula>& formulas) {
    for (const Formula& formula : formulas) Line(key, formula);
  }

  void Distribution(const DistributionDecl& distribution) {
    if (!distribution.present()) return;
    Named("distribution", {}, {});
    for (const GradeDecl& share : distribution.shares) Line(share.id.text, share.lowest);
    Formulas("among", distribution.among);
    Line("round", WordOf(distribution.round, kRoundWords));
    --depth_;
  }

  void Pool(const PoolDecl& pool) {
    Named("pool", pool.id, pool.name);
    Line("amount", pool.amount);
    Line("by", pool.by);
    Formulas("among", pool.among);
    Line("when", pool.when);
    Line("to", pool.to);
    --depth_;
  }

  void Schedule(const ScheduleDecl& schedule) {
    Named("schedule", schedule.id, schedule.name);
    Line("amount", schedule.amount);
    for (const SchedulePartDecl& part : schedule.parts) {
      Named("part", part.id, {});
      Line("share", part.share);
      Line("due", part.due);
      Line("when", part.when);
      Line("factor", part.factor);
      --depth_;
    }
    Line("release", schedule.release);
    Line("to", schedule.to);
    --depth_;
  }

  std::string out_;
  int depth_ = 0;
};

}  // namespace

std::string_view ToWord(EffectVerb verb) { return WordOf(verb, kVerbWords); }

std::string Dump(const RuleFile& file) { return Dumper().Run(file); }

}  // namespace steelyard
