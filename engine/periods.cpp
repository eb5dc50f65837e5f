// Periods follow from the dates in the data: from the first row's to the last row's, without gaps.
#include "engine/periods.h"

#include <algorithm>

namespace steelyard {
namespace {

// Beyond this a date was mistyped, not a history kept.
constexpr int32_t kMaxPeriods = 5000;
// Subjects × periods that the exact evaluator takes on at once.
constexpr size_t kMaxRows = 50'000'000;

std::string RangeText(const DateRange& range) {
  return (range.from ? range.from->ToString() : "") + ".." +
         (range.until ? range.until->ToString() : "");
}

std::string ExampleOf(PeriodKind kind) {
  return Period::Containing(*Date::FromYmd(2026, 2, 1), kind).ToString();
}

struct Extent {
  std::optional<Date> first;
  std::optional<Date> last;
  std::string first_table;
  std::string last_table;

  void Add(Date date, const std::string& table) {
    if (!first || date < *first) {
      first = date;
      first_table = table;
    }
    if (!last || date > *last) {
      last = date;
      last_table = table;
    }
  }
};

Extent ExtentOf(const Schema& schema, const Tables& tables) {
  Extent extent;
  for (size_t i = 0; i < schema.tables.size(); ++i) {
    const TableSchema& table = schema.tables[i];
    if (table.time < 0 || !table.needed || i >= tables.tables.size()) continue;
    const Column& column = tables.tables[i].columns[static_cast<size_t>(table.time)];
    for (size_t row = 0; row < column.size(); ++row) {
      if (!column.valid.at(row)) continue;
      const auto* days = std::get_if<std::vector<Date>>(&column.cells);
      extent.Add(days != nullptr ? (*days)[row]
                                 : std::get<std::vector<DateTime>>(column.cells)[row].date(),
                 table.id);
    }
  }
  return extent;
}

class Planner {
 public:
  Planner(const Model& model, const Program& program, const Tables& tables, DiagnosticSink& sink,
          const std::vector<Period>& also)
      : model_(model), program_(program), tables_(tables), sink_(sink), also_(also) {}

  std::optional<RunPlan> Plan(const std::string& period, const std::string& as_of) {
    if (!ReadAsOf(as_of) || !ReadPeriod(period)) return std::nullopt;
    return model_.schema.period ? WithPeriods() : WithoutPeriods();
  }

 private:
  bool InEffect(Date date) const {
    const DateRange& range = model_.effective;
    return (!range.from || *range.from <= date) && (!range.until || date <= *range.until);
  }

  void ReportNotInForce(const std::string& when) {
    sink_.Report(DiagKind::kNotInForce, Span(),
                 {model_.scorecard, when, RangeText(model_.effective)});
  }

  bool ReadAsOf(const std::string& text) {
    if (text.empty()) return true;
    as_of_ = Date::Parse(text);
    if (!as_of_) {
      sink_.Report(DiagKind::kBadAsOf, Span(), {text}).Because(HelpKind::kDateExample);
      return false;
    }
    if (InEffect(*as_of_)) return true;
    ReportNotInForce(text);
    return false;
  }

  bool ReadPeriod(const std::string& text) {
    if (text.empty()) return true;
    if (!model_.schema.period) {
      sink_.Report(DiagKind::kPeriodWithoutPeriods, Span(), {text, model_.scorecard});
      return false;
    }
    asked_ = Period::Parse(text);
    if (!asked_ || asked_->kind != *model_.schema.period) {
      sink_.Report(DiagKind::kBadPeriod, Span(), {text, std::string(ToWord(*model_.schema.period))})
          .Because(HelpKind::kPeriodExample, {ExampleOf(*model_.schema.period)});
      return false;
    }
    if (as_of_ || InEffect(asked_->end())) return true;
    ReportNotInForce(text);
    return false;
  }

  std::optional<RunPlan> WithoutPeriods() {
    RunPlan plan;
    std::optional<Date> date = as_of_;
    if (!date) date = model_.effective.until ? model_.effective.until : model_.effective.from;
    if (!date && DependsOnDate(program_)) {
      sink_.Report(DiagKind::kNeedsAsOf, Span()).Because(HelpKind::kGiveAsOf);
      return std::nullopt;
    }
    plan.frame.as_of = {date.value_or(Date{})};
    return plan;
  }

  std::optional<RunPlan> WithPeriods() {
    const PeriodKind kind = *model_.schema.period;
    Extent extent = ExtentOf(model_.schema, tables_);
    if (asked_) extent.Add(asked_->start(), "--period");
    for (const Period& period : also_) extent.Add(period.start(), "values");
    if (!extent.first) {
      sink_.Report(DiagKind::kNoDatedRows, Span()).Because(HelpKind::kGivePeriod);
      return std::nullopt;
    }
    const Period first = Period::Containing(*extent.first, kind);
    const Period last = Period::Containing(*extent.last, kind);
    const int32_t count = last.index - first.index + 1;
    if (count > kMaxPeriods) {
      Diagnostic& diagnostic = sink_.Report(DiagKind::kTooManyPeriods, Span(),
                                            {extent.first->ToString(), extent.last->ToString(),
                                             std::to_string(count), std::to_string(kMaxPeriods)});
      diagnostic.Because(HelpKind::kFindBadDate, {extent.first_table});
      if (extent.last_table != extent.first_table) {
        diagnostic.Because(HelpKind::kFindBadDate, {extent.last_table});
      }
      return std::nullopt;
    }
    if (!FitsMemory(count)) return std::nullopt;
    RunPlan plan = Periods(first, count);
    if (std::find(plan.scored.begin(), plan.scored.end(), true) == plan.scored.end()) {
      ReportNotInForce(first.ToString() + "–" + last.ToString());
      return std::nullopt;
    }
    return plan;
  }

  bool FitsMemory(int32_t periods) {
    const TableId subject = model_.subject.table;
    const size_t rows = tables_.at(subject).rows;
    if (!model_.subject.periodic || rows * static_cast<size_t>(periods) <= kMaxRows) return true;
    sink_.Report(DiagKind::kTooLargeToScore, Span(),
                 {std::to_string(rows), model_.schema.table(subject).id, std::to_string(periods)});
    return false;
  }

  RunPlan Periods(Period first, int32_t count) {
    RunPlan plan;
    for (int32_t i = 0; i < count; ++i) {
      const Period period = first.Plus(i);
      plan.frame.periods.push_back(period);
      plan.frame.as_of.push_back(as_of_ ? *as_of_ : period.end());
      plan.scored.push_back(asked_ ? period == *asked_ : InEffect(period.end()));
    }
    return plan;
  }

  const Model& model_;
  const Program& program_;
  const Tables& tables_;
  DiagnosticSink& sink_;
  const std::vector<Period>& also_;
  std::optional<Date> as_of_;
  std::optional<Period> asked_;
};

}  // namespace

bool DependsOnDate(const Program& program) {
  return std::any_of(program.nodes.begin(), program.nodes.end(),
                     [](const Node& node) { return node.kind == NodeKind::kRun; });
}

std::optional<RunPlan> PlanRun(const Model& model, const Program& program, const Tables& tables,
                               const std::string& period, const std::string& as_of,
                               DiagnosticSink& sink, const std::vector<Period>& also) {
  return Planner(model, program, tables, sink, also).Plan(period, as_of);
}

}  // namespace steelyard
