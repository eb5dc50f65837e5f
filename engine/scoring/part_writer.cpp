#include "engine/scoring/part_writer.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
#include <utility>

#include "engine/base/decided_text.h"
#include "engine/column/cell.h"
#include "engine/fast/kernels.h"
#include "engine/report/json_text.h"
#include "engine/scoring/number_column.h"
#include "engine/scoring/rejected.h"
#include "engine/scoring/result_text.h"

namespace steelyard {
namespace {

constexpr std::string_view kIncomplete = "incomplete";  // the grade of who has no score
constexpr size_t kNumberRoom = 64;
constexpr int kMostBlockPlaces = 15;  // that numbers of a block are rounded to

}  // namespace

void ScoredPart::Clear() {
  text.clear();
  tally = PartTally();
  rejects.clear();
  scored = not_selected = rejected = 0;
}

class PartWriter::Work {
 public:
  Work(const ScoringScene& scene, const Tables& tables, fast::Run& run,
       const std::vector<int32_t>* period_of_row)
      : scene_(scene),
        plan_(scene.plan),
        tables_(tables),
        subjects_(tables.at(scene.program.subject.table)),
        run_(run),
        runner_(run.MakeRunner()),
        period_of_row_(period_of_row),
        each_(scene.program.subject.periodic ? scene.frame.periods.size() : 1) {
    for (size_t i = 0; i < plan_.fills.size(); ++i) {
      const ResultColumn& column = plan_.heading.columns[i];
      numbers_.push_back(NumberColumn::Of(column));
      totalled_.push_back(CanBeTotalled(column));
      kinds_.push_back(plan_.fills[i].kind == FillKind::kNode
                           ? scene.program.node(plan_.outputs[plan_.fills[i].output]).type.kind
                           : TypeKind::kText);
      names_.push_back((i > 0 ? " " : "") + JsonQuoted(column.heading) + ": ");
      if (column.role == ResultRole::kScore) score_ = i;
      if (column.role == ResultRole::kGrade) grade_ = i;
      flags_ += plan_.fills[i].flags.size();
    }
    doubts_.resize(plan_.fills.size());
    rounded_.resize(plan_.fills.size());
    cells_.resize(plan_.fills.size());
  }

  void Write(size_t first, size_t end, ScoredPart& part, size_t first_number) {
    part_ = &part;
    first_number_ = first_number;
    part.tally.flags.resize(flags_);
    part.tally.totals.resize(plan_.fills.size());
    Begin();
    const size_t last = end * each_;
    for (size_t row = first * each_; row < last; row += fast::kBlockRows) {
      WriteBlock(runner_.Run(row, std::min(fast::kBlockRows, last - row)));
    }
    EndSubject();
    for (size_t number = 0; number < grades_.size(); ++number) {
      if (grades_[number] == 0) continue;
      const std::string& grade = run_.TextOf(static_cast<double>(number));
      if (grade != kIncomplete) part.tally.CountGrade(grade, grades_[number]);
    }
    run_.Forget();
  }

 private:
  // What the writing of a column's cells needs, for the block.
  struct CellPlan {
    const fast::RoundedBlock* rounded = nullptr;  // numbers that need nothing but writing
    int min_places = 0;
    bool is_empty = false;  // in all rows
  };
  using Score = std::pair<size_t, Value>;  // of a row that was computed exactly

  void Begin() {
    subject_ = SIZE_MAX;
    grades_.clear();
  }

  // --- rows -------------------------------------------------------------------------------------

  void WriteBlock(const fast::Block& block) {
    block_ = &block;
    decided_.assign(block.rows, true);
    for (const uint32_t row : block.undecided) decided_[row] = false;
    for (size_t i = 0; i < plan_.fills.size(); ++i) {
      const Fill& fill = plan_.fills[i];
      if (fill.kind == FillKind::kNode) RoundColumn(i);
      cells_[i] = {
          totalled_[i] ? nullptr : rounded_[i].get(), numbers_[i].shape.min_places,
          fill.kind == FillKind::kNothing || (fill.kind == FillKind::kIds && fill.flags.empty())};
    }
    written_.clear();
    exact_scores_.clear();
    for (size_t i = 0; i < block.rows; ++i) WriteRow(i);
    FindBest(true);
    FindBest(false);
  }

  // All numbers of a column at once; those that this cannot tell are looked at one by one.
  void RoundColumn(size_t column) {
    const size_t output = plan_.fills[column].output;
    const NumberColumn& numbers = numbers_[column];
    doubts_[column] = numbers.DoubtOf(block_->bounds[output]);
    if (kinds_[column] != TypeKind::kNumber || !numbers.in_doubles) return;
    const Doubt& doubt = doubts_[column];
    const NumberShape& shape = numbers.shape;
    if (shape.places && (*shape.places < 0 || *shape.places > kMostBlockPlaces)) return;
    const fast::Rounding how{numbers.unit,     doubt.error,   doubt.relative,
                             doubt.zero,       doubt.half,    shape.places.value_or(-1),
                             shape.min_places, shape.is_money};
    if (rounded_[column] == nullptr) rounded_[column] = std::make_unique<fast::RoundedBlock>();
    kernels_.round_decided(block_->values[output], how, *rounded_[column]);
  }

  void WriteRow(size_t i) {
    const size_t row = block_->first + i;
    const size_t subject = row / each_;
    if (subject != subject_) {
      EndSubject();
      subject_ = subject;
      selected_ = rejected_ = 0;
    }
    int32_t period = kNoRow;
    if (scene_.model.schema.period) {
      period = scene_.program.subject.periodic ? static_cast<int32_t>(row % each_)
                                               : (*period_of_row_)[row];
      if (period == kNoRow || !scene_.scored[static_cast<size_t>(period)]) return;
    }
    if (!decided_[i]) {
      exact_.clear();
      for (const NodeId node : plan_.outputs) exact_.push_back(run_.Exact(node, row));
    }
    if (plan_.selected >= 0 && !Holds(static_cast<size_t>(plan_.selected), i)) return;
    ++selected_;
    if (IsRejected(i, subject, period)) return;
    PutRow(i, subject, period);
  }

  void EndSubject() {
    if (subject_ == SIZE_MAX) return;
    ++(selected_ == 0           ? part_->not_selected
       : rejected_ == selected_ ? part_->rejected
                                : part_->scored);
    subject_ = SIZE_MAX;
  }

  bool Holds(size_t output, size_t i) const {
    return decided_[i] ? block_->values[output][i] == 1 : exact_[output].holds();
  }

  bool IsRejected(size_t i, size_t subject, int32_t period) {
    for (const RejectFill& reject : plan_.rejects) {
      if (!Holds(reject.output, i)) continue;
      ++rejected_;
      const IndicatorOutput& indicator = scene_.program.indicators[reject.indicator];
      const Value value = run_.Exact(indicator.value, block_->first + i);
      part_->rejects.push_back(RejectOf(scene_, tables_, indicator, value, subject, period));
      return true;
    }
    return false;
  }

  // Columns of numbers that are told as a block are written at once; the others one by one.
  void PutCsvRow(size_t i, size_t subject, int32_t period) {
    TextBuffer& out = part_->text;
    const size_t room = plan_.fills.size() * kNumberRoom;
    size_t flag = 0;
    char* at = out.Room(room);
    for (size_t column = 0; column < cells_.size(); ++column) {
      const CellPlan& cell = cells_[column];
      if (cell.rounded != nullptr && cell.rounded->places[i] >= 0) {
        const SixteenDigits digits{cell.rounded->high[i], cell.rounded->low[i]};
        at = WriteRounded(digits, cell.rounded->units[i] < 0,
                          static_cast<int>(cell.rounded->places[i]), cell.min_places, at);
      } else if (!cell.is_empty) {
        out.End(at);
        PutCell(column, i, subject, period, flag);
        at = out.Room(room);
      }
      *at++ = ',';
    }
    at[-1] = '\n';
    out.End(at);
  }

  void PutCell(size_t column, size_t i, size_t subject, int32_t period, size_t& flag) {
    const Fill& fill = plan_.fills[column];
    switch (fill.kind) {
      case FillKind::kKey: PutKey(fill, column, subject); break;
      case FillKind::kRowNumber: PutWhole(first_number_ + subject + 1); break;
      case FillKind::kPeriod: PutPeriod(period); break;
      case FillKind::kNode: PutNode(fill, column, i); break;
      case FillKind::kNothing: PutNothing(); break;
      case FillKind::kIds: PutIds(fill, i, flag); break;
    }
  }

  void PutRow(size_t i, size_t subject, int32_t period) {
    ++part_->tally.rows;
    if (period != kNoRow) part_->tally.periods.insert(period);
    written_.push_back(i);
    if (scene_.format == ResultFormat::kCsv && decided_[i]) {
      return PutCsvRow(i, subject, period);
    }
    size_t flag = 0;
    TextBuffer& out = part_->text;
    const bool json = scene_.format == ResultFormat::kJson;
    if (json) out.Append(",\n  {");
    for (size_t column = 0; column < plan_.fills.size(); ++column) {
      if (column > 0) out.Append(',');
      if (json) out.Append(names_[column]);
      PutCell(column, i, subject, period, flag);
    }
    out.Append(json ? '}' : '\n');
  }

  // --- cells ------------------------------------------------------------------------------------

  void PutNothing() {
    if (scene_.format == ResultFormat::kJson) part_->text.Append("null");
  }

  void PutWhole(uint64_t number) {
    TextBuffer& out = part_->text;
    out.End(WriteWhole(number, out.Room(kNumberRoom)));
  }

  void PutText(std::string_view text) {
    if (scene_.format == ResultFormat::kJson) {
      part_->text.Append(JsonQuoted(text));
    } else {
      AppendCsvText(text, part_->text);
    }
  }

  void PutPeriod(int32_t period) {
    PutText(scene_.frame.periods[static_cast<size_t>(period)].ToString());
  }

  void PutKey(const Fill& fill, size_t column, size_t subject) {
    const Column& cells = subjects_.columns[fill.key];
    const auto* texts = std::get_if<TextCells>(&cells.cells);
    if (texts != nullptr && cells.valid.at(subject)) return PutText(texts->at(subject));
    PutValue(CellAt(cells, subject), column);
  }

  void PutValue(const Value& value, size_t column) {
    if (value.missing()) return PutNothing();
    const std::string text = CellText(value, plan_.heading.columns[column]);
    if (value.is_number() || value.is_bool()) {
      part_->text.Append(text);
    } else {
      PutText(text);
    }
  }

  void PutNode(const Fill& fill, size_t column, size_t i) {
    if (!decided_[i]) {
      PutValue(exact_[fill.output], column);
      return CountExact(exact_[fill.output], column, i);
    }
    const double value = block_->values[fill.output][i];
    const TypeKind kind = kinds_[column];
    if (std::isnan(value)) {
      if (column == score_) ++part_->tally.incomplete;
      return PutNothing();
    }
    if (kind == TypeKind::kText || kind == TypeKind::kEnum) {
      if (column == grade_) CountGrade(value);
      return PutText(run_.TextOf(value));
    }
    if (kind == TypeKind::kBool) return part_->text.Append(value == 1 ? "true" : "false");
    if (kind != TypeKind::kNumber) return PutExactly(fill, column, i);
    PutNumber(fill, column, i, value);
  }

  void PutNumber(const Fill& fill, size_t column, size_t i, double value) {
    const NumberColumn& numbers = numbers_[column];
    const fast::RoundedBlock* block = rounded_[column].get();
    if (block != nullptr && block->places[i] >= 0) {
      TextBuffer& out = part_->text;
      const auto places = static_cast<int>(block->places[i]);
      const SixteenDigits digits{block->high[i], block->low[i]};
      out.End(WriteRounded(digits, block->units[i] < 0, places, numbers.shape.min_places,
                           out.Room(kNumberRoom)));
      if (totalled_[column]) {
        part_->tally.totals[column].Add({static_cast<int64_t>(block->units[i]), places});
      }
      return;
    }
    const double shown = numbers.unit == 1 ? value : value / numbers.unit;
    const std::optional<Rounded> rounded =
        numbers.in_doubles ? RoundDecided(shown, doubts_[column], numbers.shape) : std::nullopt;
    if (!rounded) return PutExactly(fill, column, i);
    TextBuffer& out = part_->text;
    out.End(WriteRounded(*rounded, numbers.shape.min_places, out.Room(kNumberRoom)));
    if (totalled_[column]) part_->tally.totals[column].Add(*rounded);
  }

  // A value whose text its double does not tell.
  void PutExactly(const Fill& fill, size_t column, size_t i) {
    const Value value = run_.Exact(plan_.outputs[fill.output], block_->first + i);
    PutValue(value, column);
    AddToTotal(value, column);
  }

  void AddToTotal(const Value& value, size_t column) {
    if (!value.is_number() || !totalled_[column]) return;
    const auto amount = Number::FromDecimal(CellText(value, plan_.heading.columns[column]));
    if (amount) part_->tally.totals[column].Add(*amount);
  }

  void PutIds(const Fill& fill, size_t i, size_t& flag) {
    const bool json = scene_.format == ResultFormat::kJson;
    ids_.clear();
    for (const FlagFill& entry : fill.flags) {
      const size_t here = flag++;
      if (!Holds(entry.output, i)) continue;
      ++part_->tally.flags[here];
      if (!ids_.empty()) ids_ += json ? ", " : ";";
      ids_ += json ? JsonQuoted(entry.id) : entry.id;
    }
    if (json) {
      part_->text.Append("[" + ids_ + "]");
    } else if (!ids_.empty()) {
      AppendCsvText(ids_, part_->text);
    }
  }

  // --- what the summary tells --------------------------------------------------------------------

  void CountGrade(double number) {
    const auto at = static_cast<size_t>(number);
    if (grades_.size() <= at) grades_.resize(at + 1);
    ++grades_[at];
  }

  void CountExact(const Value& value, size_t column, size_t i) {
    AddToTotal(value, column);
    if (column == grade_ && value.is_text() && value.text() != kIncomplete) {
      part_->tally.CountGrade(value.text(), 1);
    }
    if (column != score_) return;
    if (value.missing()) ++part_->tally.incomplete;
    exact_scores_.emplace_back(i, value);
  }

  // The score of a row as a double, and whether it is exact in `exact_scores_`.
  const Value* ExactScore(size_t i) const {
    if (decided_[i]) return nullptr;
    const auto at = std::find_if(exact_scores_.begin(), exact_scores_.end(),
                                 [i](const Score& score) { return score.first == i; });
    return &at->second;
  }

  double NearScore(size_t i) const {
    const Value* exact = ExactScore(i);
    if (exact == nullptr) return block_->values[plan_.fills[score_].output][i];
    return exact->is_number() ? exact->number().ToDouble() : NAN;
  }

  // Rows that may have a lower (or higher) score than all before, in their order.
  void FindBest(bool lowest) {
    std::optional<BestRow>& best = lowest ? part_->tally.lowest : part_->tally.highest;
    const fast::Bound& bound = block_->bounds[plan_.fills[score_].output];
    double extreme = best ? best->score.ToDouble() : NAN;
    for (const size_t i : written_) {
      const double score = NearScore(i);
      if (std::isnan(extreme) || (lowest ? score < extreme : score > extreme)) extreme = score;
    }
    if (std::isnan(extreme)) return;
    const double tolerance = 2 * (bound.error + std::fabs(extreme) * 2 * fast::kUnit);
    const DecimalColumn decimals = DecimalColumn::Of(bound);
    for (const size_t i : written_) {
      const double score = NearScore(i);
      // Also where the tolerance is not known, or both are too large for doubles.
      if (std::isnan(score) || std::fabs(score - extreme) > tolerance) continue;
      const Value* exact = ExactScore(i);
      BestRow row;
      row.score =
          exact != nullptr ? exact->number()
          : decimals.is_one
              ? decimals.At(score)
              : run_.Exact(plan_.outputs[plan_.fills[score_].output], block_->first + i).number();
      if (best && row.score == best->score) {
        ++best->others;
      } else if (!best || (lowest ? row.score < best->score : row.score > best->score)) {
        Describe(i, row);
        best = std::move(row);
      }
    }
  }

  void Describe(size_t i, BestRow& row) const {
    const size_t subject = (block_->first + i) / each_;
    for (size_t column = 0; column < plan_.fills.size(); ++column) {
      const Fill& fill = plan_.fills[column];
      if (fill.kind == FillKind::kKey) {
        if (!row.key.empty()) row.key += " / ";
        row.key +=
            CellText(CellAt(subjects_.columns[fill.key], subject), plan_.heading.columns[column]);
      } else if (fill.kind == FillKind::kRowNumber) {
        row.key = std::to_string(first_number_ + subject + 1);
      } else if (fill.kind == FillKind::kPeriod) {
        const size_t at = block_->first + i;
        const auto period = scene_.program.subject.periodic
                                ? at % each_
                                : static_cast<size_t>((*period_of_row_)[at]);
        row.period = scene_.frame.periods[period].ToString();
      }
    }
  }

  const ScoringScene& scene_;
  const OutputPlan& plan_;
  const Tables& tables_;
  const Table& subjects_;
  fast::Run& run_;
  fast::Runner runner_;
  const std::vector<int32_t>* period_of_row_;
  const size_t each_;                  // rows of results that a subject can have
  std::vector<NumberColumn> numbers_;  // by column, like the next four
  std::vector<TypeKind> kinds_;
  std::vector<char> totalled_;
  std::vector<std::string> names_;
  std::vector<Doubt> doubts_;                                 // of the block
  std::vector<std::unique_ptr<fast::RoundedBlock>> rounded_;  // likewise
  std::vector<CellPlan> cells_;                               // likewise
  const fast::Kernels& kernels_ = fast::BestKernels();
  size_t score_ = 0;  // columns
  size_t grade_ = 0;
  size_t flags_ = 0;

  size_t first_number_ = 0;
  ScoredPart* part_ = nullptr;
  const fast::Block* block_ = nullptr;
  std::string ids_;
  std::vector<char> decided_;        // rows of the block
  std::vector<Value> exact_;         // outputs of the row, where it is undecided
  std::vector<size_t> written_;      // rows of the block
  std::vector<Score> exact_scores_;  // of undecided rows of the block
  std::vector<uint64_t> grades_;     // by the number of their text
  size_t subject_ = SIZE_MAX;
  uint64_t selected_ = 0;  // rows of the subject
  uint64_t rejected_ = 0;
};

PartWriter::PartWriter(const ScoringScene& scene, const Tables& tables, fast::Run& run,
                       const std::vector<int32_t>* period_of_row)
    : work_(std::make_unique<Work>(scene, tables, run, period_of_row)) {}
PartWriter::~PartWriter() = default;
PartWriter::PartWriter(PartWriter&&) noexcept = default;

void PartWriter::Write(size_t first, size_t end, ScoredPart& part, size_t first_number) {
  work_->Write(first, end, part, first_number);
}

}  // namespace steelyard
