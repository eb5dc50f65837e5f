// The meaning of a program: every column computed in exact arithmetic, one node after the other,
// written to be obviously right. What the fast evaluator computes is held against this.
#pragma once

#include <functional>
#include <vector>

#include "engine/column/table.h"
#include "engine/exact/links.h"
#include "engine/program/program.h"

namespace steelyard {

class Evaluation {
 public:
  // Value of a node in a row of its table; constants have one row for all.
  const Value& at(NodeId node, size_t row) const {
    const std::vector<Value>& column = columns[node.index()];
    return column[column.size() == 1 ? 0 : row];
  }

  std::vector<std::vector<Value>> columns;  // by node; only of nodes that were kept
};

// Computes what the program's outputs need. Columns of other tables than the subject's are dropped
// as soon as nothing needs them any more, unless `keep_all`.
Evaluation Evaluate(const Program& program, const Tables& tables, const RunFrame& frame,
                    bool keep_all = false);

}  // namespace steelyard
