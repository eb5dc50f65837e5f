// Terms of the model to nodes.
#pragma once

#include <unordered_map>
#include <vector>

#include "engine/program/builder.h"

namespace steelyard {

// What formulas may look at of the scoring, as nodes; filled while the scoring is lowered.
struct ScoringNodes {
  std::vector<NodeId> points;       // by indicator
  std::vector<NodeId> weights;      // shares of the score
  std::vector<NodeId> attainments;  // by indicator; not valid where it has no such target
  std::vector<NodeId> meets_target;
  std::vector<NodeId> dimension_points;  // by dimension
  std::vector<NodeId> dimension_weights;
  NodeId score;
  NodeId grade;
  NodeId scored;  // true unless a missing indicator rejects the subject
};

class TermLowering {
 public:
  TermLowering(const Model& model, Builder& builder) : model_(model), builder_(builder) {}

  NodeId Lower(TermId id);
  // The column of each term that was lowered, by TermId.
  std::vector<NodeId> Columns() const;
  // From here on, values of indicators stand apart: see IndicatorTrace::value.
  void SetApart() { apart_ = true; }
  // The value of an indicator as others see it, but for what is carried.
  NodeId IndicatorValue(const Definition& definition);
  // The value of each period, or the last one before it that is present; itself without periods.
  NodeId Carried(NodeId id);
  // Where the indicator counts: on its days, and while its `when:` holds.
  NodeId Applies(const IndicatorModel& indicator);
  ScoringNodes scoring;

 private:
  NodeId Make(const Term& term);
  NodeId Referred(const Definition& definition);
  NodeId Reduce(const Term& term);
  NodeId Among(const Term& term);
  NodeId Rank(const Term& term);
  NodeId Time(const Term& term);
  NodeId Scoring(const Term& term);
  NodeId StandIn(const Term& term);
  // The condition of the rows folded, on `table`; only selected subjects are among their peers.
  NodeId Condition(const Term& term, Grain table, bool peers);

  const Model& model_;
  Builder& builder_;
  std::unordered_map<int32_t, NodeId> done_;
  bool apart_ = false;
};

}  // namespace steelyard
