// The parts of a scorecard that tests can reach, one after the other.
#include "engine/program/probes.h"

#include <algorithm>

#include "engine/check/bands.h"
#include "engine/check/range.h"
#include "engine/program/probe_scores.h"
#include "engine/program/probe_walk.h"

namespace steelyard {
namespace {

const Type kBool = Type::Of(TypeKind::kBool);

class Prober {
 public:
  Prober(const Model& model, Builder& builder, TermLowering& terms)
      : model_(model), file_(*model.file), list_(model, builder, terms) {}

  void Run() {
    ProbeSubject();
    for (const Definition& definition : model_.definitions) ProbeDefinition(definition);
    ProbeScores(list_);
    ProbeWeights();
    ProbeGates(model_.additions, ProbeKind::kAddition);
    ProbeGates(model_.interlocks, ProbeKind::kInterlock);
    ProbeGates(model_.vetoes, ProbeKind::kVeto);
    ProbeGates(model_.alerts, ProbeKind::kAlert);
    ProbeGates(model_.entitlements, ProbeKind::kEntitlement);
    ProbeGrades();
    ProbeOutcomes();
    list_.Finish();
  }

 private:
  void ProbeSubject() {
    ProbeWalk walk(list_, model_.scorecard, model_.title, {});
    walk.CountEveryRow();
    walk.Visit(model_.subject_where, NodeId::None());
  }

  // Indicators are told with their scores, outcomes with what schedules and pools make of them.
  void ProbeDefinition(const Definition& definition) {
    const bool plain = definition.kind == DefinitionKind::kValue ||
                       definition.kind == DefinitionKind::kComputedColumn ||
                       definition.kind == DefinitionKind::kParameter;
    if (!plain || !definition.used || !definition.term.valid()) return;
    if (definition.kind == DefinitionKind::kParameter) return ProbeParameter(definition);
    ProbeWalk(list_, definition.id, definition.name, {definition.span})
        .Visit(definition.term, NodeId::None());
  }

  // --- what changes on a day --------------------------------------------------------------------

  struct Entry {
    std::optional<Date> from;
    Span span;
  };

  void ProbeParameter(const Definition& definition) {
    for (const ParameterDecl& decl : file_.parameters) {
      if (decl.id.span != definition.span) continue;
      std::vector<Entry> entries;
      for (const auto& entry : decl.entries) {
        const Span written = entry.values.empty() ? decl.id.span : entry.values[0].span;
        entries.push_back({entry.from, entry.from ? entry.from_span : written});
      }
      const bool list = definition.is_list;
      ProbeDated(entries, definition.id, definition.name,
                 list ? NodeId::None() : list_.Lower(definition.term));
    }
  }

  void ProbeWeight(const WeightEntry& entry) {
    std::vector<Entry> entries;
    for (const DatedFormula& dated : entry.weight) {
      entries.push_back({dated.from, dated.from ? dated.from_span : dated.formula.span});
    }
    ProbeDated(entries, entry.indicator.text, "", NodeId::None());
  }

  // Each entry, on the days from its own to the next one's; only what the scorecard's own days
  // allow.
  void ProbeDated(std::vector<Entry> entries, const std::string& id, const std::string& name,
                  NodeId watched) {
    std::stable_sort(entries.begin(), entries.end(),
                     [](const Entry& a, const Entry& b) { return a.from < b.from; });
    std::vector<Probe> probes;
    for (size_t i = 0; i < entries.size(); ++i) {
      std::optional<Date> last;
      if (i + 1 < entries.size()) last = Date{entries[i + 1].from->days - 1};
      const bool over = last && model_.effective.from && *last < *model_.effective.from;
      const bool later =
          entries[i].from && model_.effective.until && *model_.effective.until < *entries[i].from;
      if (over || later) continue;
      Probe probe = Start(ProbeKind::kDated, entries[i].span, id, name);
      probe.reached = list_.builder().InForce(entries[i].from, last);
      probes.push_back(std::move(probe));
    }
    if (probes.size() < 2) return;
    for (Probe& probe : probes) list_.Add(std::move(probe), watched);
  }

  static Probe Start(ProbeKind kind, Span span, const std::string& id, const std::string& name) {
    Probe probe;
    probe.kind = kind;
    probe.span = span;
    probe.id = id;
    probe.name = name;
    return probe;
  }

  // --- weights ----------------------------------------------------------------------------------

  void ProbeWeights() {
    for (const DimensionDecl& dimension : file_.weights.dimensions) {
      for (const WeightEntry& entry : dimension.entries) ProbeWeight(entry);
    }
    for (const ProfileDecl& profile : file_.weights.profiles) {
      for (const WeightEntry& entry : profile.set) ProbeWeight(entry);
    }
    ProbeProfiles();
    for (const AdjustmentModel& adjustment : model_.adjustments) ProbeAdjustment(adjustment);
  }

  // The first whose condition holds; the weights themselves where none does.
  void ProbeProfiles() {
    NodeId open;
    for (const ProfileModel& profile : model_.profiles) {
      const bool always = !profile.when.valid();
      const NodeId when = always ? list_.Truth(true) : list_.Lower(profile.when);
      if (!always) ProbeWalk(list_, profile.name, "", {}).VisitBelow(profile.when, open);
      Probe probe = Start(ProbeKind::kProfile, profile.span, profile.name, "");
      probe.reached = list_.Both(open, when);
      list_.Add(std::move(probe), NodeId::None());
      open = list_.Both(open, list_.Leaves(when, true));
    }
    if (model_.profiles.empty()) return;
    Probe base = Start(ProbeKind::kProfile, file_.weights.span, "", "");
    base.reached = open;
    list_.Add(std::move(base), NodeId::None());
  }

  void ProbeAdjustment(const AdjustmentModel& adjustment) {
    NodeId holds = list_.builder().InForce(adjustment.from, adjustment.until);
    if (adjustment.when.valid()) {
      ProbeWalk(list_, adjustment.name, "", {}).VisitBelow(adjustment.when, holds);
      holds = list_.Both(holds, list_.Lower(adjustment.when));
    }
    ProbeWays(Start(ProbeKind::kAdjustment, adjustment.span, adjustment.name, ""), holds, holds);
  }

  // --- conditions with effects ------------------------------------------------------------------

  void ProbeWays(Probe probe, NodeId condition, NodeId watched) {
    probe.outcome = ProbeOutcome::kHolds;
    probe.reached = condition;
    list_.Add(probe, watched);
    probe.outcome = ProbeOutcome::kFails;
    probe.reached = list_.Not(condition);
    list_.Add(std::move(probe), watched);
  }

  void ProbeGates(const std::vector<GateModel>& gates, ProbeKind kind) {
    for (const GateModel& gate : gates) {
      const NodeId condition = list_.Lower(gate.condition);
      Probe probe = Start(kind, gate.span, gate.id, gate.name);
      ProbeWays(probe, condition, condition);
      if (CanBeMissing(model_, gate.condition)) {
        probe.outcome = ProbeOutcome::kUnknown;
        probe.reached = list_.IsMissing(condition);
        list_.Add(std::move(probe), condition);
      }
      ProbeWalk walk(list_, gate.id, gate.name, {});
      walk.VisitBelow(gate.condition, NodeId::None());
      const NodeId acts = kind == ProbeKind::kInterlock ? list_.Not(condition) : condition;
      for (const EffectModel& effect : gate.effects) walk.Visit(effect.amount, acts);
    }
  }

  // --- results ----------------------------------------------------------------------------------

  void ProbeGrades() {
    const NodeId grade = list_.builder().program().grade;
    for (const GradeDecl& decl : file_.grades) {
      const NodeId name = list_.builder().Constant(decl.id.text, Type::Of(TypeKind::kText));
      Probe probe = Start(ProbeKind::kGrade, decl.id.span, decl.id.text, "");
      probe.reached = list_.builder().Map(MapOp::kEqual, {grade, name}, kBool);
      list_.Add(std::move(probe), NodeId::None());
    }
  }

  // What schedules and pools are made of beside what was written stands at the places of their ids.
  void ProbeOutcomes() {
    std::set<Span> made;
    for (const ScheduleDecl& schedule : file_.schedules) {
      made.insert(schedule.id.span);
      for (const SchedulePartDecl& part : schedule.parts) made.insert(part.id.span);
    }
    for (const PoolDecl& pool : file_.pools) made.insert(pool.id.span);
    for (const OutcomeModel& outcome : model_.outcomes) {
      ProbeWalk(list_, outcome.id, outcome.name, made).Visit(outcome.term, NodeId::None());
    }
  }

  const Model& model_;
  const RuleFile& file_;
  ProbeList list_;
};

}  // namespace

void AddProbes(const Model& model, Builder& builder, TermLowering& terms) {
  Prober(model, builder, terms).Run();
}

}  // namespace steelyard
