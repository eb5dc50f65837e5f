#include "engine/score_to.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "engine/base/parallel.h"
#include "engine/base/turns.h"
#include "engine/data/chunks.h"
#include "engine/data/duplicate_watch.h"
#include "engine/exact/links.h"
#include "engine/fast/kernels.h"
#include "engine/program/lower.h"
#include "engine/program/prune.h"
#include "engine/score.h"
#include "engine/scoring/ordered.h"

namespace steelyard {
namespace {

constexpr size_t kPartRows = 8 * fast::kBlockRows;
constexpr size_t kAhead = 4;  // parts that a thread may be ahead of what is written

Tally TallyOf(const OutputPlan& plan, PartTally& parts, uint64_t rows) {
  Tally tally;
  tally.rows = rows;
  tally.periods = parts.periods.size();
  for (const std::string& grade : plan.heading.grades) tally.grades.push_back({grade, 0});
  for (const auto& met : parts.grades) {
    const auto known = std::find_if(tally.grades.begin(), tally.grades.end(),
                                    [&](const IdCount& entry) { return entry.id == met.first; });
    if (known == tally.grades.end()) {
      tally.grades.push_back({met.first, met.second});
    } else {
      known->count += met.second;
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

// Null where the summary has none.
std::vector<IdCount>* ListFor(ResultRole role, Tally& tally) {
  switch (role) {
    case ResultRole::kVetoes: return &tally.vetoes;
    case ResultRole::kInterlocks: return &tally.interlocks;
    case ResultRole::kAlerts: return &tally.alerts;
    case ResultRole::kReview: return &tally.review;
    default: return nullptr;
  }
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
      if (auto* list = ListFor(column.role, tally)) *list = std::move(counts);
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
  Collected(const OutputPlan& plan, ResultFormat format, const ScoreOptions& options,
            ResultSink& sink)
      : plan_(plan), format_(format), options_(options), sink_(sink) {
    sink_.Begin();
    sink_.Write(BeginResults(plan.heading, format));
  }

  void Take(ScoredPart& part) {
    std::string_view text = part.text.text();
    if (format_ == ResultFormat::kJson && tally_.rows == 0 && !text.empty()) text.remove_prefix(1);
    sink_.Write(text);
    tally_.Merge(part.tally);
    std::move(part.rejects.begin(), part.rejects.end(), std::back_inserter(rejects_));
    scored_ += part.scored;
    not_selected_ += part.not_selected;
    rejected_ += part.rejected;
    if (options_.progress) options_.progress("score", tally_.rows);
  }

  // `data`: the account of the rows that were read.
  std::unique_ptr<ScoreOutcome> Finish(const Model& model, const DataSet& data,
                                       const LowerCards& lower) {
    sink_.Write(EndResults(tally_.rows, format_));
    auto outcome = MakeOutcome(model, data);
    std::move(rejects_.begin(), rejects_.end(), std::back_inserter(outcome->rejects));
    outcome->table = plan_.heading;
    outcome->table.rows = tally_.rows;
    outcome->summary.subjects_scored = scored_;
    outcome->summary.subjects_not_selected = not_selected_;
    Tally tally = TallyOf(plan_, tally_, tally_.rows);
    AddColumns(plan_, tally_, tally);
    outcome->summary.tally = std::make_shared<const Tally>(std::move(tally));
    FinishOutcome(model, data, rejected_, *outcome);
    AddFiles(model, data, lower, *outcome);
    return outcome;
  }

 private:
  const OutputPlan& plan_;
  const ResultFormat format_;
  const ScoreOptions& options_;
  ResultSink& sink_;
  PartTally tally_;
  std::vector<RejectLine> rejects_;
  uint64_t scored_ = 0;  // subjects
  uint64_t not_selected_ = 0;
  uint64_t rejected_ = 0;
};

// Tables in memory, on several threads.
std::unique_ptr<ScoreOutcome> ScoreInMemory(const Session& session, const Model& model,
                                            const ReadyCard& ready, const ScoreOptions& options,
                                            ResultFormat format, ResultSink& sink) {
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
  Collected collected(plan, format, options, sink);
  Ordered<ScoredPart> ordered(kAhead * options.threads,
                              [&](ScoredPart& part) { collected.Take(part); });
  const size_t each = subject.periodic ? std::max<size_t>(ready.plan.frame.periods.size(), 1) : 1;
  const size_t subjects = tables.at(subject.table).rows;
  const size_t step = std::max<size_t>(kPartRows / each, 1);
  const size_t tasks = (subjects + step - 1) / step;
  const size_t threads = std::min(options.threads, tasks);
  std::vector<PartWriter> writers;
  std::vector<ScoredPart> parts(threads);
  for (size_t i = 0; i < threads; ++i) writers.emplace_back(scene, tables, run, periods);
  ForEachTask(tasks, threads, [&](size_t task, size_t thread) {
    try {
      ScoredPart& part = parts[thread];
      part.Clear();
      writers[thread].Write(task * step, std::min(subjects, (task + 1) * step), part);
      ordered.Put(task, part);
    } catch (...) {
      ordered.Abandon();
      throw;
    }
  });
  return collected.Finish(model, ready.data, ready.lower);
}

std::unique_ptr<ScoreOutcome> ScoreExactly(Session& session, const Model& model,
                                           const ReadyCard& ready, ResultFormat format,
                                           ResultSink& sink) {
  const Evaluation evaluation = Evaluate(ready.program, ready.data.tables, ready.plan.frame);
  auto outcome = ScoreReady(session, model, ready, evaluation, nullptr);
  sink.Begin();
  sink.Write(format == ResultFormat::kJson ? ToJson(outcome->table) : ToCsv(outcome->table));
  return outcome;
}

// --- one row at a time
// ----------------------------------------------------------------------------

// Does nothing that is put out look beyond its own row?
bool LooksAtOneRow(const Model& model, const Program& program) {
  if (model.schema.period || program.subject.periodic) return false;
  const std::vector<bool> needed = Needed(program);
  for (size_t i = 0; i < needed.size(); ++i) {
    const Node& node = program.nodes[i];
    const bool by_row = node.kind == NodeKind::kMap || node.kind == NodeKind::kConstant ||
                        (node.kind == NodeKind::kInput && node.column.valid());
    if (needed[i] && (!by_row || !(fast::IsOneForAll(node) || node.table == program.subject)))
      return false;
  }
  return true;
}

// Numbers of rows, which are known once all pieces before have been read.
class RowNumbers {
 public:
  // The number of the first row of a piece that has so many, counted from 0.
  size_t Take(size_t piece, size_t rows) {
    size_t first = 0;
    turns_.Take(piece, [&] {
      first = rows_;
      rows_ += rows;
    });
    return first;
  }
  void Abandon() { turns_.Abandon(); }

 private:
  Turns turns_;
  size_t rows_ = 0;
};

// A scored piece of a file, with the account of its rows.
struct ReadPart {
  ScoredPart scored;
  std::vector<Reject> rejects;
  TableCount count;
};

struct StreamedCard {
  const Session& session;
  const Model& model;
  const Program& program;
  const RunPlan& run;
  const ScoreOptions& options;
  ResultFormat format;
};

// A file that is scored while it is read: what is in memory does not grow with it.
class Stream {
 public:
  Stream(const StreamedCard& card, ChunkReader& reader, ResultSink& sink)
      : card_(card),
        reader_(reader),
        plan_(PlanOutputs(card.model, card.program)),
        scene_{card.session.sources, card.model,      card.program, plan_,
               card.run.frame,       card.run.scored, card.format},
        collected_(plan_, card.format, card.options, sink),
        ordered_(kAhead * card.options.threads, [this](ReadPart& part) { Take(part); }) {}

  // Empty where the file has to be read as a whole, as keys may stand there twice.
  std::unique_ptr<ScoreOutcome> Run(DiagnosticSink& sink, bool& failed) {
    data_.counts.push_back({reader_.table(), 0, 0, 0});
    data_.files.push_back(reader_.path());
    const size_t threads = card_.options.threads;
    ForEachTask(threads, threads, [this](size_t, size_t) { Work(); });
    failed = !reader_.Finish(sink);
    if (failed || duplicates_.MayHaveDuplicates()) return nullptr;
    return collected_.Finish(card_.model, data_, LowerCards());
  }

 private:
  // One thread's own: tables that hold one piece after the other, and what works on them.
  struct Desk {
    Tables tables;
    std::optional<fast::Run> run;
    std::optional<PartWriter> writer;
    CsvPiece piece;
    ReadPart part;
  };

  void Work() {
    Desk desk;
    desk.tables.tables.resize(card_.model.schema.tables.size());
    try {
      while (reader_.Next(desk.piece)) {
        Score(reader_.Read(desk.piece), desk);
        ordered_.Put(desk.piece.number, desk.part);
      }
    } catch (...) {
      numbers_.Abandon();
      ordered_.Abandon();
      throw;
    }
  }

  void Score(Chunk chunk, Desk& desk) {
    desk.part.scored.Clear();
    desk.part.rejects = std::move(chunk.rejects);
    desk.part.count = chunk.count;
    duplicates_.Take(chunk.key_hashes);
    const size_t rows = chunk.table.rows;
    const size_t first = numbers_.Take(desk.piece.number, rows);
    desk.tables.tables[reader_.table().index()] = std::move(chunk.table);
    if (desk.run) {
      desk.run->Reload();
    } else {
      desk.run.emplace(card_.program, desk.tables, card_.run.frame, plan_.outputs, 1);
      desk.writer.emplace(scene_, desk.tables, *desk.run, nullptr);
    }
    desk.writer->Write(0, rows, desk.part.scored, first);
  }

  void Take(ReadPart& part) {
    TableCount& count = data_.counts[0];
    count.read += part.count.read;
    count.used += part.count.used;
    count.rejected += part.count.rejected;
    std::move(part.rejects.begin(), part.rejects.end(), std::back_inserter(data_.rejects));
    collected_.Take(part.scored);
  }

  const StreamedCard card_;
  ChunkReader& reader_;
  const OutputPlan plan_;
  const ScoringScene scene_;
  Collected collected_;
  Ordered<ReadPart> ordered_;
  RowNumbers numbers_;
  DuplicateWatch duplicates_;
  DataSet data_;  // no tables: the account of all rows
};

bool LooksAtCards(const RuleFile& file) {
  return std::any_of(file.tables.begin(), file.tables.end(),
                     [](const TableDecl& table) { return table.results_of.present(); });
}

enum class Streamed : uint8_t { kDone, kFailed, kNot };

// What a card that looks at one row at a time comes to, where its file can be read in pieces.
Streamed ScoreStreamed(Session& session, const Model& model, const ScoreOptions& options,
                       ResultFormat format, ResultSink& sink,
                       std::unique_ptr<ScoreOutcome>& outcome) {
  const Program program = Lower(model);
  if (!LooksAtOneRow(model, program)) return Streamed::kNot;
  ChunkReader::Opened opened =
      ChunkReader::Open(model.schema, ArgumentsFor(model.schema, options, LowerCards()),
                        session.sink, options.opening);
  if (opened.outcome == ChunkReader::Outcome::kFailed) return Streamed::kFailed;
  if (opened.outcome == ChunkReader::Outcome::kNotInChunks) return Streamed::kNot;
  Tables none;
  none.tables.resize(model.schema.tables.size());
  const auto run = PlanRun(model, program, none, options.period, options.as_of, session.sink);
  if (!run) return Streamed::kFailed;
  const StreamedCard card{session, model, program, *run, options, format};
  bool failed = false;
  outcome = Stream(card, *opened.reader, sink).Run(session.sink, failed);
  if (failed) return Streamed::kFailed;
  return outcome != nullptr ? Streamed::kDone : Streamed::kNot;
}

std::unique_ptr<ScoreOutcome> ScoreCardTo(CardShelf& shelf, const Card& card,
                                          const ScoreOptions& options, const ScoreTarget& target,
                                          ResultSink& sink) {
  Session& session = shelf.session();
  if (!target.exact && !LooksAtCards(card.file)) {
    std::unique_ptr<ScoreOutcome> outcome;
    const Streamed done = ScoreStreamed(session, card.model, options, target.format, sink, outcome);
    if (done != Streamed::kNot) return outcome;
  }
  const auto ready = MakeReady(shelf, card.file, card.model, options, {card.path}, false);
  if (!ready) return nullptr;
  return target.exact ? ScoreExactly(session, card.model, *ready, target.format, sink)
                      : ScoreInMemory(session, card.model, *ready, options, target.format, sink);
}

}  // namespace

std::unique_ptr<ScoreOutcome> ScoreTo(Session& session, const ScoreOptions& options,
                                      const ScoreTarget& target, ResultSink& sink) {
  CardShelf shelf(session);
  const std::unique_ptr<Card> card = OpenCard(shelf, options.rules);
  if (card == nullptr) return nullptr;
  auto outcome = ScoreCardTo(shelf, *card, options, target, sink);
  if (outcome != nullptr && options.want_meaning) {
    outcome->meaning = MeaningHash(shelf, card->file, card->model, {card->path});
  }
  return outcome;
}

}  // namespace steelyard
