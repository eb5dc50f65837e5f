// What a scoring run puts out: the columns of its results, and which node of the program fills
// each.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/check/model.h"
#include "engine/program/program.h"
#include "engine/report/results.h"

namespace steelyard {

enum class FillKind : uint8_t {
  kKey,        // a cell of the subject's table
  kRowNumber,  // of tables without a key
  kPeriod,
  kNode,
  kNothing,  // always missing
  kIds,      // of those flags that hold, joined by `;`
};

struct FlagFill {
  std::string id;
  size_t output = 0;
};

// How a column of the results is filled; outputs are places in OutputPlan::outputs.
struct Fill {
  FillKind kind = FillKind::kNothing;
  size_t key = 0;     // kKey: the column of the subject's table
  size_t output = 0;  // kNode
  std::vector<FlagFill> flags;
};

// An indicator that keeps a row from being scored where `output` holds.
struct RejectFill {
  size_t indicator = 0;
  size_t output = 0;
};

struct OutputPlan {
  ResultTable heading;      // the columns, no rows; in the order that docs/commands.md promises
  std::vector<Fill> fills;  // by column
  std::vector<NodeId> outputs;
  std::vector<RejectFill> rejects;
  int selected = -1;  // an output; -1: every row is scored
};

OutputPlan PlanOutputs(const Model& model, const Program& program);

}  // namespace steelyard
