// What a cell depends on is worked out with a stack of its own, as chains of formulas can be longer
// than the machine's stack is deep.
#include "engine/exact/lazy.h"

#include <unordered_map>
#include <utility>

#include "engine/column/cell.h"
#include "engine/exact/evaluator.h"

namespace steelyard {

class LazyEvaluation::Cells final : public CellSource {
 public:
  Cells(const Program& program, const Tables& tables, const RunFrame& frame)
      : program_(program),
        tables_(tables),
        evaluator_(program, tables, frame),
        single_(program.nodes.size()),
        whole_(program.nodes.size()) {
    evaluator_.ReadFrom(*this);
  }

  const Value& Cell(NodeId id, size_t row) override {
    const Place place = At(id, row);
    const Value* known = Find(place);
    return known != nullptr ? *known : Compute(place);
  }

  void Forget() {
    for (const size_t node : touched_) single_[node].clear();
    touched_.clear();
  }

  Links& links() { return evaluator_.links(); }

 private:
  struct Place {
    NodeId node;
    size_t row = 0;
  };
  struct Wanted {
    Place place;
    int phase = 0;  // what it depends on is asked for in so many steps
  };
  using Rows = std::unordered_map<size_t, Value>;

  // Columns of one row stand for all rows.
  Place At(NodeId id, size_t row) {
    return {id, links().Rows(program_.node(id).table) == 1 ? 0 : row};
  }

  const Value* Find(const Place& place) const {
    const std::vector<Value>& column = whole_[place.node.index()];
    if (!column.empty()) return &column[column.size() == 1 ? 0 : place.row];
    const Rows& cells = single_[place.node.index()];
    const auto found = cells.find(place.row);
    return found == cells.end() ? nullptr : &found->second;
  }

  const Value& Compute(const Place& place) {
    std::vector<Wanted> stack = {{place, 0}};
    while (!stack.empty()) {
      const Wanted wanted = stack.back();
      if (Find(wanted.place) != nullptr) {
        stack.pop_back();
        continue;
      }
      const size_t before = stack.size();
      const bool asked = Ask(wanted, stack);
      if (asked) ++stack[before - 1].phase;
      if (asked && stack.size() > before) continue;
      if (!asked) Put(wanted.place);
    }
    return *Find(place);
  }

  // Puts on the stack what the next step needs; false where nothing is left to ask.
  bool Ask(const Wanted& wanted, std::vector<Wanted>& stack) {
    const Node& node = program_.node(wanted.place.node);
    const size_t row = wanted.place.row;
    switch (node.kind) {
      case NodeKind::kMap:
        if (wanted.phase > 0) return false;
        for (const NodeId input : node.inputs) Want(input, row, stack);
        return true;
      case NodeKind::kGather: {
        if (wanted.phase > 0) return false;
        const int32_t from = links().Link(node.table, program_.node(node.inputs[0]).table)[row];
        if (from != kNoRow) Want(node.inputs[0], static_cast<size_t>(from), stack);
        return true;
      }
      case NodeKind::kReduce: return AskMembers(node, wanted, stack);
      case NodeKind::kFrame:
        if (wanted.phase > 0) return false;
        if (node.frame == FrameKind::kTime) {
          AskPeriods(node, row, stack);
        } else {
          AskAll(node, stack);
        }
        return true;
      default: return false;
    }
  }

  // First the conditions, then the values of those rows that count.
  bool AskMembers(const Node& node, const Wanted& wanted, std::vector<Wanted>& stack) {
    if (wanted.phase > 1) return false;
    const auto members = links().Members(node.source, node.table)[wanted.place.row];
    if (wanted.phase == 0 && node.extra.valid()) Want(node.extra, wanted.place.row, stack);
    for (const int32_t member : members) {
      const auto row = static_cast<size_t>(member);
      if (wanted.phase == 0) {
        if (node.condition.valid()) Want(node.condition, row, stack);
      } else if (evaluator_.Counts(node, row)) {
        for (const NodeId input : node.inputs) Want(input, row, stack);
      }
    }
    return true;
  }

  void AskPeriods(const Node& node, size_t row, std::vector<Wanted>& stack) {
    const size_t first = row - row % links().period_count();
    for (size_t at = first; at <= row; ++at) Want(node.inputs[0], at, stack);
  }

  void AskAll(const Node& node, std::vector<Wanted>& stack) {
    for (const NodeId read : Reads(node)) {
      const size_t rows = links().Rows(program_.node(read).table);
      for (size_t row = 0; row < rows; ++row) Want(read, row, stack);
    }
  }

  void Want(NodeId id, size_t row, std::vector<Wanted>& stack) {
    const Place place = At(id, row);
    if (Find(place) == nullptr) stack.push_back({place, 0});
  }

  void Put(const Place& place) {
    const Node& node = program_.node(place.node);
    const size_t index = place.node.index();
    const bool by_row = node.kind == NodeKind::kMap || node.kind == NodeKind::kGather ||
                        node.kind == NodeKind::kReduce ||
                        (node.kind == NodeKind::kFrame && node.frame == FrameKind::kTime);
    if (by_row) {
      PutOne(place, evaluator_.ComputeCell(place.node, place.row));
    } else if (node.kind == NodeKind::kInput && node.column.valid()) {
      const Column& column = tables_.at(node.column.table).columns[node.column.index()];
      Value value = CellAt(column, place.row);
      if (value.missing()) {
        value = Missing{value.why().cause, place.node.value, static_cast<int32_t>(place.row)};
      }
      PutOne(place, std::move(value));
    } else {
      whole_[index] = evaluator_.ComputeColumn(place.node);
    }
  }

  void PutOne(const Place& place, Value value) {
    Rows& rows = single_[place.node.index()];
    if (rows.empty()) touched_.push_back(place.node.index());
    rows.emplace(place.row, std::move(value));
  }

  const Program& program_;
  const Tables& tables_;
  Evaluator evaluator_;
  std::vector<Rows> single_;               // by node
  std::vector<std::vector<Value>> whole_;  // by node; empty: not computed as a whole
  std::vector<size_t> touched_;            // nodes with single cells
};

LazyEvaluation::LazyEvaluation(const Program& program, const Tables& tables, const RunFrame& frame)
    : cells_(std::make_unique<Cells>(program, tables, frame)) {}
LazyEvaluation::~LazyEvaluation() = default;

const Value& LazyEvaluation::At(NodeId node, size_t row) { return cells_->Cell(node, row); }
void LazyEvaluation::Forget() { cells_->Forget(); }
Links& LazyEvaluation::links() { return cells_->links(); }

}  // namespace steelyard
