// Probes for what stands in formulas: conditions, second choices.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/program/terms.h"

namespace steelyard {

// Takes probes in, with what they are about.
class ProbeList {
 public:
  ProbeList(const Model& model, Builder& builder, TermLowering& terms)
      : model_(model), builder_(builder), terms_(terms) {}

  // `watched`: the column that an output must depend on; not valid: the probe stands for itself.
  void Add(Probe probe, NodeId watched);
  // Drops those that no test could reach, and gives the rest to the program.
  void Finish();

  const Model& model() const { return model_; }
  Builder& builder() { return builder_; }
  NodeId Lower(TermId term) { return terms_.Lower(term); }
  NodeId Applies(const IndicatorModel& indicator) { return terms_.Applies(indicator); }

  // Demands: columns that are true in the rows where something is asked for; not valid: in all.
  // Where two of them have no rows in common, the second counts alone.
  NodeId Both(NodeId demand, NodeId condition);
  NodeId Not(NodeId condition);
  NodeId IsMissing(NodeId value);
  // True unless the condition is known to be `decided`.
  NodeId Leaves(NodeId condition, bool decided);
  NodeId Truth(bool truth);

 private:
  const Model& model_;
  Builder& builder_;
  TermLowering& terms_;
  std::vector<std::pair<Probe, NodeId>> probes_;
};

// Can a value be missing, whatever the data and whatever a test gives? «Yes» where in doubt.
bool CanBeMissing(const Model& model, TermId id);

// Walks the formulas of one named thing.
class ProbeWalk {
 public:
  // `made`: the places of terms that nobody wrote; they get no probes.
  ProbeWalk(ProbeList& list, std::string id, std::string name, std::set<Span> made)
      : list_(list), id_(std::move(id)), name_(std::move(name)), made_(std::move(made)) {}

  // Of the rows where the formula is asked for.
  void Visit(TermId id, NodeId demand);
  // The same, without the formula itself: what stands for it counts how it comes out.
  void VisitBelow(TermId id, NodeId demand);
  void CountEveryRow() { every_row_ = true; }

 private:
  void VisitMap(const Term& term, TermId id, NodeId demand);
  void VisitTruth(const Term& term, TermId id, NodeId demand);
  void VisitChoice(const Term& term, NodeId demand);
  void VisitJoined(const Term& term, NodeId demand);
  void VisitFallback(const Term& term, NodeId demand);
  void VisitDivision(const Term& term, NodeId demand);
  void VisitFold(const Term& term, NodeId demand);
  void VisitInside(const Term& term, NodeId demand);
  bool IsConnective(const Term& term) const;
  bool IsPlainTruth(const Term& term) const;
  void Ways(ProbeKind kind, Span span, NodeId condition, NodeId demand, NodeId watched);

  ProbeList& list_;
  std::string id_;
  std::string name_;
  std::set<Span> made_;
  bool every_row_ = false;
  bool part_ = false;                           // what comes next is a part of `and` or `or`
  std::set<std::pair<int32_t, int32_t>> seen_;  // term, demand
};

}  // namespace steelyard
