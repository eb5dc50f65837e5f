// Scoring: rules and data in, a result table and an account of every row out.
#include "engine/score.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <system_error>

#include "engine/base/text.h"
#include "engine/check/check.h"
#include "engine/column/cell.h"
#include "engine/data/load.h"
#include "engine/exact/evaluate.h"
#include "engine/exact/reached.h"
#include "engine/lower_cards.h"
#include "engine/periods.h"
#include "engine/program/lower.h"
#include "engine/report/causes.h"
#include "engine/rulefile/load.h"
#include "engine/scoring/output_plan.h"
#include "engine/scoring/rejected.h"
#include "engine/steelyard.h"

namespace steelyard {
namespace {

// One run's parts while the results are put together.
struct Run {
  const Session& session;
  const Model& model;
  const Program& program;
  const DataSet& data;
  const RunPlan& plan;
  const Evaluation& evaluation;
};

class Collector {
 public:
  Collector(const Run& run, ScoreOutcome& outcome)
      : run_(run),
        outcome_(outcome),
        plan_(PlanOutputs(run.model, run.program)),
        scene_{run.session.sources, run.model, run.program, plan_, run.plan.frame, run.plan.scored},
        subjects_(run.data.tables.at(run.program.subject.table)),
        links_(run.model.schema, run.data.tables, run.plan.frame) {}

  void Collect() {
    outcome_.table = plan_.heading;
    for (size_t row = 0; row < subjects_.rows; ++row) CollectSubject(row);
    outcome_.table.rows = rows_;
    outcome_.summary.subjects_scored = scored_;
    outcome_.summary.subjects_not_selected = not_selected_;
  }

  uint64_t rejected() const { return rejected_; }
  std::vector<RejectedSubject> TakeRejected() { return std::move(rejected_rows_); }
  // Of the subject's table, times periods: those that were scored or rejected.
  const std::vector<size_t>& rows_judged() const { return judged_; }

 private:
  // The rows of results that a row of the subject's table has, with their periods.
  std::vector<std::pair<size_t, int32_t>> ResultRows(size_t subject) {
    const size_t periods = run_.plan.frame.periods.size();
    if (run_.program.subject.periodic) {
      std::vector<std::pair<size_t, int32_t>> rows;
      for (size_t period = 0; period < periods; ++period) {
        if (run_.plan.scored[period]) {
          rows.emplace_back(subject * periods + period, static_cast<int32_t>(period));
        }
      }
      return rows;
    }
    if (!run_.model.schema.period) return {{subject, kNoRow}};
    const int32_t period = links_.Link(run_.program.subject, Grain{TableId::None(), true})[subject];
    if (period == kNoRow || !run_.plan.scored[static_cast<size_t>(period)]) return {};
    return {{subject, period}};
  }

  void CollectSubject(size_t subject) {
    const auto rows = ResultRows(subject);
    size_t selected = 0;
    size_t rejected = 0;
    for (const auto& [row, period] : rows) {
      if (run_.program.selected.valid() && !Holds(run_.program.selected, row)) continue;
      ++selected;
      judged_.push_back(row);
      if (RejectRow(subject, row, period)) {
        ++rejected;
      } else {
        AppendRow(subject, row, period);
      }
    }
    ++(selected == 0 ? not_selected_ : (rejected == selected ? rejected_ : scored_));
  }

  bool Holds(NodeId node, size_t row) const { return run_.evaluation.at(node, row).holds(); }

  // `missing: error`: the subject is not scored, and is told why.
  bool RejectRow(size_t subject, size_t row, int32_t period) {
    for (const IndicatorOutput& indicator : run_.program.indicators) {
      if (!indicator.rejects.valid() || !Holds(indicator.rejects, row)) continue;
      RejectLine line = RejectOf(scene_, run_.data.tables, indicator,
                                 run_.evaluation.at(indicator.value, row), subject, period);
      RejectedSubject rejected{subject, std::nullopt, outcome_.rejects.size()};
      if (period != kNoRow) rejected.period = run_.plan.frame.periods[static_cast<size_t>(period)];
      rejected_rows_.push_back(rejected);
      outcome_.rejects.push_back(std::move(line));
      return true;
    }
    return false;
  }

  void AppendRow(size_t subject, size_t row, int32_t period) {
    ++rows_;
    outcome_.subject_rows.push_back(row);
    for (size_t i = 0; i < plan_.fills.size(); ++i) {
      outcome_.table.columns[i].cells.push_back(Cell(plan_.fills[i], subject, row, period));
    }
  }

  Value Cell(const Fill& fill, size_t subject, size_t row, int32_t period) const {
    switch (fill.kind) {
      case FillKind::kKey: return CellAt(subjects_.columns[fill.key], subject);
      case FillKind::kRowNumber: return Number(static_cast<int64_t>(subject) + 1);
      case FillKind::kPeriod: return run_.plan.frame.periods[static_cast<size_t>(period)];
      case FillKind::kNode: return run_.evaluation.at(plan_.outputs[fill.output], row);
      case FillKind::kNothing: return MissingCause::kWritten;
      case FillKind::kIds: break;
    }
    return Ids(fill.flags, row);
  }

  Value Ids(const std::vector<FlagFill>& flags, size_t row) const {
    std::string ids;
    for (const FlagFill& flag : flags) {
      if (!Holds(plan_.outputs[flag.output], row)) continue;
      ids += (ids.empty() ? "" : ";") + flag.id;
    }
    return ids;
  }

  const Run& run_;
  ScoreOutcome& outcome_;
  const OutputPlan plan_;
  const ScoringScene scene_;
  const Table& subjects_;
  Links links_;
  size_t rows_ = 0;
  uint64_t scored_ = 0;
  uint64_t not_selected_ = 0;
  uint64_t rejected_ = 0;
  std::vector<RejectedSubject> rejected_rows_;
  std::vector<size_t> judged_;
};

void AddRejects(const Schema& schema, const DataSet& data, ScoreOutcome& outcome) {
  for (const Reject& reject : data.rejects) {
    RejectLine line;
    line.table = schema.table(reject.table).id;
    line.file = reject.file;
    line.line = reject.line;
    line.column = reject.column;
    line.text = reject.text;
    line.code = std::string(ReasonCode(reject.reason));
    line.reason[0] = ReasonText(reject, Language::kEnglish);
    line.reason[1] = ReasonText(reject, Language::kChinese);
    outcome.rejects.push_back(std::move(line));
  }
}

// The subject's table first; rows rejected in scoring are counted with its other rejects.
void AddAccounts(const Model& model, const DataSet& data, uint64_t rejected_in_scoring,
                 SummaryInput& summary) {
  for (const TableCount& count : data.counts) {
    TableAccount account;
    account.table = model.schema.table(count.table).id;
    account.read = count.read;
    account.used = count.used;
    account.rejected = count.rejected;
    const bool subject = count.table == model.schema.subject;
    if (subject) {
      account.used -= rejected_in_scoring;
      account.rejected += rejected_in_scoring;
    }
    summary.accounts.insert(subject ? summary.accounts.begin() : summary.accounts.end(),
                            std::move(account));
  }
}

void CountReasons(ScoreOutcome& outcome) {
  std::map<std::string, uint64_t> by_reason;
  for (const RejectLine& reject : outcome.rejects) ++by_reason[reject.code];
  outcome.summary.rejects_by_reason.assign(by_reason.begin(), by_reason.end());
}

// What a run read itself: the results of lower cards are files for a moment only.
std::vector<DataFile> FilesOf(const Schema& schema, const DataSet& data, const LowerCards& lower) {
  std::vector<DataFile> files;
  for (size_t i = 0; i < data.files.size(); ++i) {
    if (lower.IsResults(data.files[i])) continue;
    files.push_back({schema.table(data.counts[i].table).id, data.files[i]});
  }
  return files;
}

// What the lower cards could not use is part of the account; what both could not use is told once.
void AddLowerRejects(const LowerCards& lower, ScoreOutcome& outcome) {
  std::set<RejectPlace> told;
  for (RejectLine& reject : outcome.rejects) {
    reject.file = lower.NameOf(reject.file);
    told.insert(PlaceOf(reject));
  }
  for (const RejectLine& reject : lower.rejects) {
    if (told.insert(PlaceOf(reject)).second) outcome.rejects.push_back(reject);
  }
}

void AddLower(const LowerCards& lower, ScoreOutcome& outcome) {
  for (const DataFile& file : lower.data_files) {
    const bool known = std::any_of(
        outcome.data_files.begin(), outcome.data_files.end(),
        [&](const DataFile& own) { return own.table == file.table && own.path == file.path; });
    if (!known) outcome.data_files.push_back(file);
  }
  AddLowerRejects(lower, outcome);
  CountReasons(outcome);
  std::vector<TableAccount>& accounts = outcome.summary.accounts;
  for (const TableAccount& account : lower.accounts) {
    const bool known = std::any_of(accounts.begin(), accounts.end(),
                                   [&](const TableAccount& a) { return a.table == account.table; });
    if (!known) accounts.push_back(account);
  }
}

}  // namespace

std::vector<DataArgument> ArgumentsFor(const Schema& schema, const ScoreOptions& options,
                                       const LowerCards& lower) {
  std::vector<DataArgument> arguments = lower.arguments;
  for (const std::string& text : options.data) {
    DataArgument argument = ParseDataArgument(text);
    const auto same = [&](const std::string& name) {
      return FoldCase(name) == FoldCase(argument.table);
    };
    const bool ours =
        std::any_of(schema.tables.begin(), schema.tables.end(),
                    [&](const TableSchema& table) { return GoesBy(table, argument.table); });
    const bool theirs = std::any_of(lower.tables.begin(), lower.tables.end(), same);
    if (ours || !theirs || argument.table.empty()) arguments.push_back(std::move(argument));
  }
  return arguments;
}

ResultTable ResultColumns(const Model& model, const Program& program) {
  return PlanOutputs(model, program).heading;
}

std::unique_ptr<ScoreOutcome> ScoreTables(const ScoreInput& input, ScoreDetail* detail) {
  return ScoreEvaluated(input, Evaluate(input.program, input.data.tables, input.plan.frame),
                        detail);
}

std::unique_ptr<ScoreOutcome> MakeOutcome(const Model& model, const DataSet& data) {
  auto outcome = std::make_unique<ScoreOutcome>();
  AddRejects(model.schema, data, *outcome);
  return outcome;
}

void FinishOutcome(const Model& model, const DataSet& data, uint64_t rejected_in_scoring,
                   ScoreOutcome& outcome) {
  SummaryInput& summary = outcome.summary;
  summary.table = &outcome.table;
  summary.scorecard = model.scorecard;
  summary.title = model.title;
  AddAccounts(model, data, rejected_in_scoring, summary);
  CountReasons(outcome);
}

void AddFiles(const Model& model, const DataSet& data, const LowerCards& lower,
              ScoreOutcome& outcome) {
  outcome.data_files = FilesOf(model.schema, data, lower);
  AddLower(lower, outcome);
}

std::unique_ptr<ScoreOutcome> ScoreEvaluated(const ScoreInput& input, const Evaluation& evaluation,
                                             ScoreDetail* detail) {
  auto outcome = MakeOutcome(input.model, input.data);
  const Run run{input.session, input.model, input.program, input.data, input.plan, evaluation};
  Collector collector(run, *outcome);
  collector.Collect();
  FinishOutcome(input.model, input.data, collector.rejected(), *outcome);
  if (detail != nullptr) {
    detail->rejected = collector.TakeRejected();
    detail->reached = ReachedProbes(input.program, evaluation, collector.rows_judged());
  }
  return outcome;
}

std::optional<ReadyCard> MakeReady(CardShelf& shelf, const RuleFile& file, const Model& model,
                                   const ScoreOptions& options, const CardChain& chain,
                                   bool traced) {
  DiagnosticSink& sink = shelf.session().sink;
  std::optional<LowerCards> lower = ScoreLowerCards(shelf, file, model, options, chain);
  if (!lower) return std::nullopt;
  const OpeningFn opening = [&](const std::string& path) {
    if (options.opening && !lower->IsResults(path)) options.opening(path);
  };
  std::optional<DataSet> data = LoadData(model.schema, ArgumentsFor(model.schema, options, *lower),
                                         options.progress, sink, opening);
  if (!data) return std::nullopt;
  Program program = traced ? LowerTraced(model) : Lower(model);
  auto plan = PlanRun(model, program, data->tables, options.period, options.as_of, sink);
  if (!plan) return std::nullopt;
  if (options.progress) options.progress("score", 0);
  return ReadyCard{std::move(*lower), std::move(*data), std::move(program), std::move(*plan)};
}

std::unique_ptr<ScoreOutcome> ScoreCard(CardShelf& shelf, const RuleFile& file, const Model& model,
                                        const ScoreOptions& options, const CardChain& chain) {
  const auto ready = MakeReady(shelf, file, model, options, chain, false);
  if (!ready) return nullptr;
  const Evaluation evaluation = Evaluate(ready->program, ready->data.tables, ready->plan.frame);
  return ScoreReady(shelf.session(), model, *ready, evaluation, nullptr);
}

std::unique_ptr<ScoreOutcome> ScoreReady(Session& session, const Model& model,
                                         const ReadyCard& ready, const Evaluation& evaluation,
                                         ScoreDetail* detail) {
  auto outcome =
      ScoreEvaluated({session, model, ready.program, ready.data, ready.plan}, evaluation, detail);
  AddFiles(model, ready.data, ready.lower, *outcome);
  return outcome;
}

std::unique_ptr<Card> OpenCard(CardShelf& shelf, const std::string& rules) {
  Session& session = shelf.session();
  std::optional<RuleFile> file = LoadRuleFile(session.sources, rules, session.sink);
  if (!file) return nullptr;
  auto card = std::make_unique<Card>();  // the model points at its file
  card->path = CardPath(rules);
  card->file = std::move(*file);
  std::optional<Model> model = Check(card->file, session.sink);
  if (!model) return nullptr;
  card->model = std::move(*model);
  const size_t errors = session.sink.error_count();
  CheckLowerCards(shelf, card->file, card->model, {card->path}, session.sink);
  return session.sink.error_count() > errors ? nullptr : std::move(card);
}

std::unique_ptr<ScoreOutcome> Score(Session& session, const ScoreOptions& options) {
  CardShelf shelf(session);
  const std::unique_ptr<Card> card = OpenCard(shelf, options.rules);
  if (card == nullptr) return nullptr;
  auto outcome = ScoreCard(shelf, card->file, card->model, options, {card->path});
  if (outcome != nullptr && options.want_meaning) {
    outcome->meaning = MeaningHash(shelf, card->file, card->model, {card->path});
  }
  return outcome;
}

namespace {

// A device keeps nothing that could be lost.
bool SameFile(const std::string& read, const std::string& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error) &&
         std::filesystem::equivalent(read, path, error);
}

}  // namespace

bool WasRead(const Session& session, const std::string& path) {
  for (size_t i = 0; i < session.sources.size(); ++i) {
    if (SameFile(session.sources.file(FileId{static_cast<int32_t>(i)}).path(), path)) return true;
  }
  return false;
}

bool WasRead(const Session& session, const ScoreOutcome& outcome, const std::string& path) {
  return WasRead(session, path) ||
         std::any_of(outcome.data_files.begin(), outcome.data_files.end(),
                     [&](const DataFile& read) { return SameFile(read.path, path); });
}

}  // namespace steelyard
