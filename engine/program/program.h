// The program: what a rule file computes, as a directed acyclic graph of columns. A column belongs
// to a table and is an input or one of four kinds; that is the whole algebra, and a new function
// adds an operation, never a kind. Nodes stand in an order in which each comes after what it reads.
//
// Tables are grains of the model: the declared tables, each of them times the reporting periods,
// the axis of periods itself, and one table of a single row, to which constants belong. A constant
// may be read from anywhere; any other value is brought to a finer table by a gather.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/value.h"
#include "engine/check/model.h"
#include "engine/program/node_id.h"
#include "engine/program/probe.h"
#include "engine/program/trace.h"
#include "engine/schema/operation.h"

namespace steelyard {

enum class NodeKind : uint8_t {
  kConstant,  // constant
  kInput,     // column: of the data; not valid: the frame's stand-in number n
  kRun,       // run: a figure of the run, on the axis of periods
  kMap,       // map over inputs, row by row
  kGather,    // inputs[0], from the table that this one's rows belong to
  kReduce,  // aggregate over the rows of inputs[0]'s table that belong to a row of this one, where
            // `condition` holds; inputs[1]: a second series of those rows, `extra`: p, here
  kFrame,   // frame: across rows of one table
};

enum class FrameKind : uint8_t {
  kRank,   // rank over inputs[0] within groups of equal `keys` (and one period unless all_periods)
  kTime,   // time over inputs[0] for the same row of the table in other periods; n
  kAmong,  // aggregate over rows of inputs[0]'s table grouped by `keys`; the row here reads the
           // group whose keys equal its `here_keys`
};

struct Node {
  NodeKind kind = NodeKind::kConstant;
  Grain table;
  Type type;
  Span span;  // the formula it comes from
  std::vector<NodeId> inputs;

  Value constant;
  ColumnId column;
  RunFigure run = RunFigure::kAsOf;
  MapOp map = MapOp::kAdd;
  AggregateOp aggregate = AggregateOp::kSum;
  FrameKind frame = FrameKind::kRank;
  RankOp rank = RankOp::kRank;
  TimeOp time = TimeOp::kPrevious;
  int32_t n = 0;
  NodeId condition;
  NodeId extra;
  std::vector<NodeId> keys;
  std::vector<NodeId> here_keys;
  bool all_periods = false;
  bool count_rows = false;
  Grain source;  // kReduce, kAmong: the table that is folded
};

// A named figure at the subject's grain.
struct IndicatorOutput {
  std::string id;
  std::string name;
  Type shown;
  std::optional<int> decimals;
  NodeId value;
  NodeId points;      // not valid where nothing scores it
  NodeId weight;      // its share of the score; not valid where it has none
  NodeId rejects;     // `missing: error` and it is missing; not valid otherwise
  NodeId attainment;  // of its target, as a fraction; not valid where there is no level to attain
};

// An id in the lists of vetoes, interlocks, alerts, review: where the node is true.
struct FlagOutput {
  std::string id;
  NodeId holds;
};

struct OutcomeOutput {
  std::string id;
  std::string name;
  NodeId value;
  Type shown;
  std::optional<int> decimals;
};

struct Program {
  const Schema* schema = nullptr;  // of the model it was made from
  std::vector<Node> nodes;
  Grain subject;
  NodeId selected;  // not valid: every row of the subject's table is scored

  std::vector<IndicatorOutput> indicators;
  NodeId score;
  NodeId grade;
  std::vector<FlagOutput> vetoes;
  std::vector<FlagOutput> interlocks;
  std::vector<FlagOutput> alerts;
  std::vector<FlagOutput> review;
  std::vector<OutcomeOutput> outcomes;
  std::vector<FlagOutput> entitlements;
  std::vector<FlagOutput> targets_missed;
  std::vector<Probe> probes;  // only where they were asked for

  Trace trace;  // empty unless the program is to be explained

  const Node& node(NodeId id) const { return nodes[id.index()]; }
};

// All nodes that a node reads.
std::vector<NodeId> Reads(const Node& node);

// `manager × period`, `order`, `period`, `1`.
std::string TableName(const Schema& schema, Grain table);

// The program as text, one node a line: `n3 order = mul n1 n2`.
std::string Dump(const Program& program);

}  // namespace steelyard
