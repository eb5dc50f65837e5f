// Computes the columns of a program: all of them, or those cells that depend on a change. For this
// room only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/exact/aggregate.h"
#include "engine/exact/evaluate.h"

namespace steelyard {

// Cells that hold other values than an evaluation says.
class ChangedCells {
 public:
  explicit ChangedCells(const Evaluation& base) : base_(base), cells_(base.columns.size()) {}

  const Value* Find(NodeId node, size_t row) const {
    const auto& cells = cells_[node.index()];
    if (cells.empty()) return nullptr;
    const auto found = cells.find(base_.columns[node.index()].size() == 1 ? 0 : row);
    return found == cells.end() ? nullptr : &found->second;
  }
  void Put(NodeId node, size_t row, Value value) { cells_[node.index()][row] = std::move(value); }
  const std::map<size_t, Value>& Of(NodeId node) const { return cells_[node.index()]; }
  void Clear() {
    for (auto& cells : cells_) cells.clear();
  }

 private:
  const Evaluation& base_;
  std::vector<std::map<size_t, Value>> cells_;  // by node, then row
};

// Cells that are computed as they are asked for.
class CellSource {
 public:
  virtual ~CellSource() = default;
  // Good until the next call with another cell that is not known yet.
  virtual const Value& Cell(NodeId node, size_t row) = 0;
};

class Evaluator {
 public:
  Evaluator(const Program& program, const Tables& tables, const RunFrame& frame)
      : program_(program), tables_(tables), frame_(frame), links_(*program.schema, tables, frame) {}

  Evaluation Run(bool keep_all);

  // Reads these columns, with these changes, instead of its own. Both must outlive it.
  void LookAt(const Evaluation& columns, const ChangedCells& changes) {
    columns_ = &columns;
    changes_ = &changes;
  }
  // Reads cells from there instead of columns of its own. It must outlive this.
  void ReadFrom(CellSource& source) { source_ = &source; }
  Links& links() { return links_; }
  // All cells of a node, or one where it is a map, a gather, a reduction or looks over periods.
  // What they are computed from is read from the source.
  std::vector<Value> ComputeColumn(NodeId id);
  Value ComputeCell(NodeId id, size_t row);
  // Does a row of a reduction's source take part?
  bool Counts(const Node& node, size_t row) const;

  // Computes the cells of a node that depend on changed ones, and adds those that come out
  // differently to `changes`, which are the ones looked at.
  void Follow(NodeId id, ChangedCells& changes);

 private:
  using Rows = std::vector<int32_t>;

  void CountUses();
  void Release(const Node& node);
  const Value& At(NodeId id, size_t row) const;
  // A missing value that arises here says where.
  Value Marked(Value value, size_t row) const;
  std::vector<Value> Compute(const Node& node);
  std::vector<Value> Input(const Node& node);
  std::vector<Value> StandIn(const Node& node);
  std::vector<Value> RunFigures(const Node& node);
  std::vector<Value> Map(const Node& node);
  Value MapRow(const Node& node, size_t row);
  std::vector<Value> Gather(const Node& node);
  Value GatherRow(const Node& node, size_t row, int32_t from) const;

  void AppendRow(const Node& node, size_t row, Series& series) const;
  Value FoldRows(const Node& node, Rows rows, size_t here);
  void SortByTime(Grain source, Rows& rows) const;
  std::vector<Value> Reduce(const Node& node);

  std::optional<std::string> GroupOf(const std::vector<NodeId>& keys, Grain table, size_t row,
                                     bool by_period);
  bool InPeriods(Grain table) const;
  std::map<std::string, Rows> Groups(const Node& node, bool by_period);
  std::vector<Value> Among(const Node& node);
  std::vector<const Value*> Cells(NodeId id, const Rows& rows) const;
  void SortByKey(Grain grain, Rows& rows) const;
  std::vector<Value> Rank(const Node& node);

  std::vector<Value> Time(const Node& node);
  Value TimeRow(const Node& node, size_t row, size_t periods);
  Value TimeValue(const Node& node, size_t first, size_t now);
  Value Streak(NodeId x, size_t first, size_t now);
  Value FoldPeriods(AggregateOp op, NodeId x, size_t begin, size_t end);
  Value Trailing(AggregateOp op, NodeId x, size_t first, size_t now, size_t n);
  Value YearToDate(NodeId x, size_t first, size_t now);
  Value Carry(NodeId x, size_t first, size_t now);

  // Rows of a node whose values may change.
  std::vector<size_t> Touched(const Node& node, const ChangedCells& changes);
  std::vector<size_t> TouchedByMembers(const Node& node, const ChangedCells& changes);
  Value ComputeRow(const Node& node, size_t row);

  const Program& program_;
  const Tables& tables_;
  const RunFrame& frame_;
  Links links_;
  Evaluation result_;
  const Evaluation* columns_ = &result_;
  const ChangedCells* changes_ = nullptr;
  CellSource* source_ = nullptr;
  std::vector<int32_t> uses_;
  std::vector<Value> operands_;
  int32_t node_ = 0;
};

}  // namespace steelyard
