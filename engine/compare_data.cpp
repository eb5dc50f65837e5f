#include "engine/compare_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include "engine/check/check.h"
#include "engine/column/cell.h"
#include "engine/compare/attribution.h"
#include "engine/compare/rename.h"
#include "engine/data/load.h"
#include "engine/lower_cards.h"
#include "engine/periods.h"
#include "engine/program/lower.h"
#include "engine/rulefile/load.h"
#include "engine/score.h"

namespace steelyard {
namespace {

// Data that were read, kept for the next version that asks for the same.
constexpr size_t kKeptDataSets = 3;

std::string TextOf(const std::optional<Number>& number) {
  return number ? number->ToFraction() : "";
}

// Everything that the loader looks at. Two schemas with one text read one set of data.
std::string TextOf(const Schema& schema) {
  std::string text = fmt::format("{} {}\n", schema.subject.value, schema.period.has_value());
  for (const TableSchema& table : schema.tables) {
    text += fmt::format("{}|{}|{}|{}|{}\n", table.id, table.name, table.time, table.needed,
                        table.pairs_of.value);
    for (const ColumnSchema& column : table.columns) {
      text += fmt::format("  {}|{}|{}|{}|{}|{}|{}", column.id, column.name, column.type.ToString(),
                          column.computed, column.needed, TextOf(column.min), TextOf(column.max));
      for (const std::string& alias : column.aliases) text += "|" + alias;
      if (column.type.values != nullptr) {
        for (const std::string& value : *column.type.values) text += "," + value;
      }
      text += "\n";
    }
    for (const int32_t key : table.key) text += fmt::format("  key {}\n", key);
    for (const ParentLink& link : table.parents) {
      text += fmt::format("  in {} {} {}\n", link.parent.value, link.column, link.optional);
    }
  }
  return text;
}

// Scores trees that are between two versions, or one of them, on one set of data.
class DataScorer {
 public:
  DataScorer(Session& session, const CompareDataOptions& options)
      : session_(session), options_(options) {}

  // Null where errors were reported to `sink`.
  std::shared_ptr<const ScoredVersion> Score(const RuleFile& file, DiagnosticSink& sink) {
    // What is found on the way is this version's, not the run's.
    std::swap(session_.sink, sink);
    std::shared_ptr<const ScoredVersion> scored = ScoreHere(file);
    std::swap(session_.sink, sink);
    return scored;
  }

 private:
  struct Lower {
    std::string text;  // of what it was made for
    LowerCards cards;
  };
  struct Loaded {
    std::string text;
    DataSet data;
  };

  std::shared_ptr<const ScoredVersion> ScoreHere(const RuleFile& file) {
    const std::optional<Model> model = Check(file, session_.sink);
    if (!model) return nullptr;
    const LowerCards* lower = LowerFor(file, *model);
    if (lower == nullptr) return nullptr;
    const DataSet* data = DataFor(*model, *lower);
    if (data == nullptr) return nullptr;
    const Program program = steelyard::Lower(*model);
    const auto plan =
        PlanRun(*model, program, data->tables, options_.period, options_.as_of, session_.sink);
    if (!plan) return nullptr;
    if (options_.progress) options_.progress("score", 0);
    ScoreDetail detail;
    const auto outcome = ScoreTables({session_, *model, program, *data, *plan}, &detail);
    return Account(*model, *data, *plan, *outcome, detail.rejected);
  }

  ScoreOptions OptionsFor(const std::string& path) const {
    ScoreOptions options;
    options.rules = path;
    options.data = options_.data;
    options.period = options_.period;
    options.as_of = options_.as_of;
    options.progress = options_.progress;
    return options;
  }

  // The cards whose results this one reads; scored once for all trees that read the same.
  const LowerCards* LowerFor(const RuleFile& file, const Model& model) {
    std::string text;
    for (size_t i = 0; i < file.tables.size(); ++i) {
      const Word& card = file.tables[i].results_of;
      if (!card.present()) continue;
      text += fmt::format("{}|{}|{}|{}\n", file.tables[i].id.text, card.span.file.value, card.text,
                          model.schema.tables[i].needed);
    }
    const size_t errors = session_.sink.error_count();
    const std::string path = session_.sources.file(file.file).path();
    CardShelf shelf(session_);
    CheckLowerCards(shelf, file, model, {CardPath(path)}, session_.sink);
    if (session_.sink.error_count() > errors) return nullptr;
    for (const Lower& known : lower_) {
      if (known.text == text) return &known.cards;
    }
    auto cards = ScoreLowerCards(shelf, file, model, OptionsFor(path), {CardPath(path)});
    if (!cards) return nullptr;
    lower_.push_back({std::move(text), std::move(*cards)});
    return &lower_.back().cards;
  }

  const DataSet* DataFor(const Model& model, const LowerCards& lower) {
    std::string text = TextOf(model.schema);
    for (const DataArgument& argument : lower.arguments) text += argument.path + "\n";
    for (const Loaded& known : data_) {
      if (known.text == text) return &known.data;
    }
    auto data = LoadData(model.schema, ArgumentsFor(model.schema, OptionsFor(""), lower),
                         options_.progress, session_.sink);
    if (!data) return nullptr;
    if (data_.size() == kKeptDataSets) data_.pop_front();
    data_.push_back({std::move(text), std::move(*data)});
    return &data_.back().data;
  }

  static std::vector<std::string> KeyOf(const Model& model, const DataSet& data, size_t row,
                                        const ResultTable& table) {
    const TableSchema& schema = model.schema.table(model.schema.subject);
    const Table& subjects = data.tables.at(model.schema.subject);
    if (schema.key.empty()) return {std::to_string(row + 1)};
    std::vector<std::string> key;
    for (size_t i = 0; i < schema.key.size(); ++i) {
      const auto column = static_cast<size_t>(schema.key[i]);
      key.push_back(CellText(CellAt(subjects.columns[column], row), table.columns[i]));
    }
    return key;
  }

  static std::shared_ptr<const ScoredVersion> Account(
      const Model& model, const DataSet& data, const RunPlan& plan, ScoreOutcome& outcome,
      const std::vector<RejectedSubject>& rejected) {
    auto version = std::make_shared<ScoredVersion>();
    version->table = std::move(outcome.table);
    version->subject = model.schema.table(model.schema.subject).id;
    const size_t rows = data.tables.at(model.schema.subject).rows;
    for (size_t row = 0; row < rows; ++row) {
      version->subjects.insert(KeyOf(model, data, row, version->table));
    }
    for (size_t i = 0; i < plan.frame.periods.size(); ++i) {
      if (plan.scored[i]) version->periods.insert(plan.frame.periods[i].ToString());
    }
    for (const RejectedSubject& subject : rejected) {
      const RejectLine& line = outcome.rejects[subject.line];
      RowKey key{KeyOf(model, data, subject.row, version->table), ""};
      if (subject.period) key.period = subject.period->ToString();
      version->rejected[key] = {line.column, {line.reason[0], line.reason[1]}};
    }
    for (const TableCount& count : data.counts) {
      if (count.table != model.schema.subject) continue;
      version->read = count.read;
      version->used = count.used;
    }
    return version;
  }

  Session& session_;
  const CompareDataOptions& options_;
  std::deque<Lower> lower_;
  std::deque<Loaded> data_;
};

// The new version with the old ids, where that makes no difference.
struct Aligned {
  RuleFile file;
  std::shared_ptr<const ScoredVersion> result;
  std::vector<Rename> renames;  // that were taken back
};

Aligned Align(const RuleFile& after, std::shared_ptr<const ScoredVersion> result,
              const std::vector<Change>& changes, DataScorer& scorer) {
  Aligned aligned{after, std::move(result), {}};
  std::vector<Rename> renames = RenamesOf(changes);
  if (renames.empty()) return aligned;
  RuleFile renamed = WithOldIds(after, renames);
  DiagnosticSink ignored;
  std::shared_ptr<const ScoredVersion> scored = scorer.Score(renamed, ignored);
  if (scored == nullptr || !SameButForIds(scored->table, aligned.result->table)) return aligned;
  return {std::move(renamed), std::move(scored), std::move(renames)};
}

// The text of a file of either version.
LoadedText Read(SourceSet& sources, const std::string& path) {
  const SourceSet::Opened opened = sources.Open(path);
  if (opened.failure) return {"", opened.failure};
  return {sources.file(opened.file).text(), std::nullopt};
}

// Files of both versions in one set of sources. A revision looks like a folder, so that its files
// find each other.
std::string PathOf(const DataVersion& version) {
  return version.prefix.empty() ? version.path : version.prefix + "/" + version.path;
}

SourceLoader LoaderOf(const DataVersion& before, const DataVersion& after) {
  return [before, after](const std::string& path) {
    for (const DataVersion* version : {&before, &after}) {
      const std::string folder = version->prefix + "/";
      if (!version->prefix.empty() && path.starts_with(folder)) {
        return Read(version->sources, path.substr(folder.size()));
      }
    }
    return Read(before.prefix.empty() ? before.sources : after.sources, path);
  };
}

void Compare(const RuleFile& before, const RuleFile& after, const std::vector<Change>& changes,
             const CompareDataOptions& options, DataComparison& comparison) {
  DataScorer scorer(comparison.session, options);
  DataSection& section = comparison.section;
  const auto old_result = scorer.Score(before, section.old_errors);
  const auto new_result = scorer.Score(after, section.new_errors);
  if (old_result == nullptr || new_result == nullptr) return;
  const Aligned aligned = Align(after, new_result, changes, scorer);
  const ScoreTree score = [&](const RuleFile& tree) {
    DiagnosticSink ignored;
    return scorer.Score(tree, ignored);
  };
  const Attribution attribution =
      Attribute({before, aligned.file, old_result, aligned.result, changes}, score);
  section.movers = FindMovers({*old_result, *aligned.result, attribution});
  section.movers->renames = aligned.renames;
}

}  // namespace

std::unique_ptr<DataComparison> CompareOnData(const DataVersion& before, const DataVersion& after,
                                              const std::vector<Change>& changes,
                                              const CompareDataOptions& options) {
  auto comparison = std::make_unique<DataComparison>(LoaderOf(before, after));
  SourceSet& sources = comparison->session.sources;
  DataSection& section = comparison->section;
  const auto old_file = LoadRuleFile(sources, PathOf(before), section.old_errors);
  const auto new_file = LoadRuleFile(sources, PathOf(after), section.new_errors);
  const bool good =
      old_file && new_file && !section.old_errors.HasErrors() && !section.new_errors.HasErrors();
  if (good) Compare(*old_file, *new_file, changes, options, *comparison);
  return comparison;
}

}  // namespace steelyard
