// Adds nodes to a program, each different one once.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/program/program.h"

namespace steelyard {

class Builder {
 public:
  explicit Builder(const Schema& schema);

  NodeId Constant(Value value, Type type = Type::Plain());
  NodeId Input(ColumnId column);
  NodeId Run(RunFigure figure, bool periods);
  // Row by row, on the finest of the inputs' tables; computed now where all inputs are constants.
  NodeId Map(MapOp op, std::vector<NodeId> inputs, Type type = Type::Plain(), Span span = {});
  // `id` on a table whose rows belong to its table's rows; itself where it is there already.
  NodeId At(NodeId id, Grain table);
  NodeId Add(Node node);
  // True where the evaluation date lies between the dates, both inclusive.
  NodeId InForce(const std::optional<Date>& from, const std::optional<Date>& until);

  const Node& node(NodeId id) const { return program_.nodes[id.index()]; }
  Program& program() { return program_; }

 private:
  NodeId Folded(Value value, Type type, Span span);
  std::optional<NodeId> Shortcut(MapOp op, const std::vector<NodeId>& inputs) const;

  Program program_;
  std::unordered_map<std::string, NodeId> known_;
};

}  // namespace steelyard
