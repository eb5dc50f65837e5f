#include "engine/score_to.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "engine/base/parallel.h"
#include "engine/exact/links.h"
#include "engine/fast/kernels.h"
#include "engine/score.h"
#include "engine/scoring/ordered.h"

namespace steelyard {
namespace {

constexpr size_t kPartRows = 8 * fast::kBlockRows;

Tally TallyOf(const OutputPlan& plan, PartTally& parts, uint64_t rows) {
  Tally tally;
  tally.rows = rows;
  tally.periods = parts.periods.size();
  for (const std::string& grade : plan.heading.grades) tally.grades.push_back({grade, 0});
  for (const auto& [grade, count] : parts.grades) {
    const auto known = std::find_if(tally.grades.begin(), tally.grades.end(),
                                    [&](const IdCount& entry) { return entry.id == grade; });
    if (known == tally.grades.end()) {
      tally.grades.push_back({grade, count});
    } else {
      known->count += count;
    }
  }
  tally.incomplete = parts.incomplete;
  return tally;
}

// Those that held at all, the most frequent first.
std::vector<IdCount> CountsOf(const std::vector<FlagFill>& flags, const uint64_t* counts) {
  std::vector<IdCount> result;
  for (size_t i = 0; i < flags.size(); ++i) {
    if (counts[i] > 0) result.push_back({flags[i].id, counts[i]});
  }
  std::sort(result.begin(), result.end(), [](const IdCount& a, const IdCount& b) {
    return a.count != b.count ? a.count > b.count : a.id < b.id;
  });
  return result;
}

void AddColumns(const OutputPlan& plan, PartTally& parts, Tally& tally) {
  size_t flag = 0;
  parts.totals.resize(plan.fills.size());
  for (size_t i = 0; i < plan.fills.size(); ++i) {
    const ResultColumn& column = plan.heading.columns[i];
    const Fill& fill = plan.fills[i];
    if (fill.kind == FillKind::kIds) {
      parts.flags.resize(std::max(parts.flags.size(), flag + fill.flags.size()));
      std::vector<IdCount> counts = CountsOf(fill.flags, parts.flags.data() + flag);
      flag += fill.flags.size();
      if (column.role == ResultRole::kVetoes) tally.vetoes = std::move(counts);
      if (column.role == ResultRole::kInterlocks) tally.interlocks = std::move(counts);
      if (column.role == ResultRole::kAlerts) tally.alerts = std::move(counts);
      if (column.role == ResultRole::kReview) tally.review = std::move(counts);
    } else if (CanBeTotalled(column)) {
      tally.totals.push_back(
          {column.heading, CellText(parts.totals[i].total(), column), column.type.unit.ToString()});
    } else if (column.role == ResultRole::kScore) {
      const auto extreme = [&](const std::optional<BestRow>& best) -> std::optional<Extreme> {
        if (!best) return std::nullopt;
        return Extreme{CellText(best->score, column), best->key, best->period, best->others};
      };
      tally.lowest = extreme(parts.lowest);
      tally.highest = extreme(parts.highest);
    }
  }
}

// Parts of results, in their order.
class Collected {
 public:
  Collected(const OutputPlan& plan, ResultFormat format, ScoreOutcome& outcome, ResultSink& sink,
            const ScoreOptions& options)
      : plan_(plan), format_(format), outcome_(outcome), sink_(sink), options_(options) {
    sink_.Write(BeginResults(plan.heading, format));
  }

  void Take(ScoredPart& part) {
    std::string_view text = part.text.text();
    if (format_ == ResultFormat::kJson && tally_.rows == 0 && !text.empty()) text.remove_prefix(1);
    sink_.Write(text);
    tally_.Merge(part.tally);
    std::move(part.rejects.begin(), part.rejects.end(), std::back_inserter(outcome_.rejects));
    outcome_.summary.subjects_scored += part.scored;
    outcome_.summary.subjects_not_selected += part.not_selected;
    rejected_ += part.rejected;
    if (options_.progress) options_.progress("score", tally_.rows);
  }

  void Finish() {
    sink_.Write(EndResults(tally_.rows, format_));
    outcome_.table = plan_.heading;
    outcome_.table.rows = tally_.rows;
    Tally tally = TallyOf(plan_, tally_, tally_.rows);
    AddColumns(plan_, tally_, tally);
    outcome_.summary.tally = std::make_shared<const Tally>(std::move(tally));
  }

  uint64_t rejected() const { return rejected_; }

 private:
  const OutputPlan& plan_;
  const ResultFormat format_;
  ScoreOutcome& outcome_;
  ResultSink& sink_;
  const ScoreOptions& options_;
  PartTally tally_;
  uint64_t rejected_ = 0;  // subjects
};

// Tables in memory, on several threads.
std::unique_ptr<ScoreOutcome> ScoreInMemory(const Session& session, const Model& model,
                                            const ReadyCard& ready, const ScoreOptions& options,
                                            ResultFormat format, ResultSink& sink) {
  auto outcome = MakeOutcome(model, ready.data);
  const OutputPlan plan = PlanOutputs(model, ready.program);
  const ScoringScene scene{session.sources,   model, ready.program, plan, ready.plan.frame,
                           ready.plan.scored, format};
  const Tables& tables = ready.data.tables;
  Links links(model.schema, tables, ready.plan.frame);
  const Grain subject = ready.program.subject;
  const bool dated = model.schema.period && !subject.periodic;
  const std::vector<int32_t>* periods =
      dated ? &links.Link(subject, Grain{TableId::None(), true}) : nullptr;

  fast::Run run(ready.program, tables, ready.plan.frame, plan.outputs, options.threads);
  Collected collected(plan, format, *outcome, sink, options);
  Ordered<ScoredPart> ordered(4 * options.threads, [&](ScoredPart& part) { collected.Take(part); });
  const size_t each = subject.periodic ? std::max<size_t>(ready.plan.frame.periods.size(), 1) : 1;
  const size_t subjects = tables.at(subject.table).rows;
  const size_t step = std::max<size_t>(kPartRows / each, 1);
  std::vector<PartWriter> writers;
  std::vector<ScoredPart> parts(options.threads);
  for (size_t i = 0; i < options.threads; ++i) writers.emplace_back(scene, tables, run, periods);
  ForEachTask((subjects + step - 1) / step, options.threads, [&](size_t task, size_t thread) {
    ScoredPart& part = parts[thread];
    part.Clear();
    writers[thread].Write(task * step, std::min(subjects, (task + 1) * step), part);
    ordered.Put(task, part);
  });
  collected.Finish();
  FinishOutcome(model, ready.data, collected.rejected(), *outcome);
  AddFiles(model, ready.data, ready.lower, *outcome);
  return outcome;
}

std::unique_ptr<ScoreOutcome> ScoreExactly(Session& session, const Model& model,
                                           const ReadyCard& ready, ResultFormat format,
                                           ResultSink& sink) {
  const Evaluation evaluation = Evaluate(ready.program, ready.data.tables, ready.plan.frame);
  auto outcome = ScoreReady(session, model, ready, evaluation, nullptr);
  sink.Write(format == ResultFormat::kJson ? ToJson(outcome->table) : ToCsv(outcome->table));
  return outcome;
}

}  // namespace

std::unique_ptr<ScoreOutcome> ScoreTo(Session& session, const ScoreOptions& options,
                                      const ScoreTarget& target, ResultSink& sink) {
  CardShelf shelf(session);
  const std::unique_ptr<Card> card = OpenCard(shelf, options.rules);
  if (card == nullptr) return nullptr;
  const CardChain chain = {card->path};
  const auto ready = MakeReady(shelf, card->file, card->model, options, chain, false);
  if (!ready) return nullptr;
  auto outcome = target.exact
                     ? ScoreExactly(session, card->model, *ready, target.format, sink)
                     : ScoreInMemory(session, card->model, *ready, options, target.format, sink);
  if (options.want_meaning) outcome->meaning = MeaningHash(shelf, card->file, card->model, chain);
  return outcome;
}

}  // namespace steelyard
