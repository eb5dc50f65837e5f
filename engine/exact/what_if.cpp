// A change is followed from node to node: most touch one row, and only comparisons across subjects
// are computed as a whole.
#include "engine/exact/what_if.h"

#include <algorithm>
#include <set>

#include "engine/exact/evaluator.h"

namespace steelyard {

std::vector<size_t> Evaluator::TouchedByMembers(const Node& node, const ChangedCells& changes) {
  std::set<size_t> rows;
  const auto& link = links_.Link(node.source, node.table);
  std::vector<NodeId> folded = node.inputs;
  if (node.condition.valid()) folded.push_back(node.condition);
  for (const NodeId input : folded) {
    // One value for all rows: all rows of the result.
    const bool constant = columns_->columns[input.index()].size() == 1 && link.size() != 1;
    for (const auto& [row, value] : changes.Of(input)) {
      for (size_t at = constant ? 0 : row; at < (constant ? link.size() : row + 1); ++at) {
        if (link[at] != kNoRow) rows.insert(static_cast<size_t>(link[at]));
      }
    }
  }
  if (node.extra.valid()) {
    for (const auto& [row, value] : changes.Of(node.extra)) rows.insert(row);
  }
  return {rows.begin(), rows.end()};
}

std::vector<size_t> Evaluator::Touched(const Node& node, const ChangedCells& changes) {
  if (node.kind == NodeKind::kReduce) return TouchedByMembers(node, changes);
  std::set<size_t> rows;
  const size_t count = links_.Rows(node.table);
  const auto add_all = [&](size_t begin, size_t end) {
    for (size_t row = begin; row < end; ++row) rows.insert(row);
  };
  if (node.kind == NodeKind::kFrame && node.frame != FrameKind::kTime) {
    add_all(0, count);
    return {rows.begin(), rows.end()};
  }
  for (const NodeId input : Reads(node)) {
    for (const auto& [row, value] : changes.Of(input)) {
      if (node.kind == NodeKind::kGather) {
        for (const int32_t member : links_.Members(node.table, program_.node(input).table)[row]) {
          rows.insert(static_cast<size_t>(member));
        }
      } else if (columns_->columns[input.index()].size() == 1 && count != 1) {
        add_all(0, count);
      } else if (node.kind == NodeKind::kFrame) {
        const size_t periods = links_.period_count();
        add_all(row - row % periods, row - row % periods + periods);
      } else {
        rows.insert(row);
      }
    }
  }
  return {rows.begin(), rows.end()};
}

Value Evaluator::ComputeRow(const Node& node, size_t row) {
  switch (node.kind) {
    case NodeKind::kMap: return MapRow(node, row);
    case NodeKind::kGather: {
      const Grain from = program_.node(node.inputs[0]).table;
      return GatherRow(node, row, links_.Link(node.table, from)[row]);
    }
    case NodeKind::kReduce: {
      const auto members = links_.Members(node.source, node.table)[row];
      return FoldRows(node, Rows(members.begin(), members.end()), row);
    }
    default: return TimeRow(node, row, links_.period_count());
  }
}

void Evaluator::Follow(NodeId id, ChangedCells& changes) {
  node_ = id.value;
  const Node& node = program_.node(id);
  const std::vector<size_t> rows = Touched(node, changes);
  const bool whole = node.kind == NodeKind::kFrame && node.frame != FrameKind::kTime;
  std::vector<Value> column = whole ? Compute(node) : std::vector<Value>();
  for (const size_t row : rows) {
    Value value = whole ? std::move(column[row]) : ComputeRow(node, row);
    if (!(value == columns_->at(id, row))) changes.Put(id, row, std::move(value));
  }
}

WhatIf::WhatIf(const Program& program, const Tables& tables, const RunFrame& frame,
               const Evaluation& base)
    : program_(program),
      base_(base),
      changes_(std::make_unique<ChangedCells>(base)),
      evaluator_(std::make_unique<Evaluator>(program, tables, frame)) {
  evaluator_->LookAt(base, *changes_);
}

WhatIf::~WhatIf() = default;

void WhatIf::Reset() { changes_->Clear(); }

void WhatIf::Set(NodeId node, size_t row, Value value) {
  changes_->Clear();
  if (value == base_.at(node, row)) return;
  changes_->Put(node, base_.columns[node.index()].size() == 1 ? 0 : row, std::move(value));
  for (size_t i = node.index() + 1; i < program_.nodes.size(); ++i) {
    if (base_.columns[i].empty()) continue;
    const std::vector<NodeId> reads = Reads(program_.nodes[i]);
    const bool touched = std::any_of(reads.begin(), reads.end(),
                                     [&](NodeId read) { return !changes_->Of(read).empty(); });
    if (touched) evaluator_->Follow(NodeId{static_cast<int32_t>(i)}, *changes_);
  }
}

const Value& WhatIf::at(NodeId node, size_t row) const {
  const Value* changed = changes_->Find(node, row);
  return changed != nullptr ? *changed : base_.at(node, row);
}

bool WhatIf::IsChanged(NodeId node, size_t row) const {
  return changes_->Find(node, row) != nullptr;
}

}  // namespace steelyard
