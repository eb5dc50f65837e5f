// The way to a result: the columns of the scoring stage that no result shows, kept in the program
// where it is lowered to be explained. All that are not terms are at the subject's grain.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/program/node_id.h"

namespace steelyard {

// What became of one indicator on its way to the score.
struct IndicatorTrace {
  NodeId value;    // its formula, apart from everything else that has the same formula: replaced by
                   // another value, only what looks at this indicator changes. At its own grain
  NodeId applies;  // does it count on the day, for this subject
  NodeId raw;      // points of the value, before `missing:` has a say
  NodeId points;   // after it
  NodeId capped;   // after interlocks: the points that are shown
  NodeId base;     // weight in force, before profiles
  NodeId profile;  // after the profile
  std::vector<NodeId> adjusted;  // after each adjustment
  NodeId share;                  // of the score, what is missing shared out
};

enum class StepKind : uint8_t {
  kAddition,    // `gate`, `effect` of the additions; `after`: their sum so far
  kLimit,       // of the additions: `after` is their sum within it
  kAdded,       // the score with the additions, not below 0
  kCapPoints,   // interlock: points of `indicator`; `after` is the score with all such caps
  kCapScore,    // interlock: cap or floor
  kRound,       // to the decimals of the score
  kVeto,        // score, cap or disqualify of a veto
  kRoundAgain,  // after the vetoes
};

struct ScoreStep {
  StepKind kind = StepKind::kRound;
  int32_t gate = -1;
  int32_t effect = -1;
  int32_t indicator = -1;
  NodeId holds = {};   // not valid: always
  NodeId amount = {};  // not valid: none
  NodeId after = {};
};

struct Trace {
  std::vector<NodeId> terms;  // by TermId: its column; not valid where nothing needs it
  std::vector<IndicatorTrace> indicators;  // by Model::indicators; not valid where not shown
  std::vector<NodeId> profiles;            // by profile: does its condition hold
  std::vector<NodeId> adjustments;
  NodeId weighted;               // Σ weight × points
  std::vector<ScoreStep> steps;  // in the order of the language
  // By gate, in file order: does it fire.
  std::vector<NodeId> additions;
  std::vector<NodeId> interlocks;
  std::vector<NodeId> vetoes;
  std::vector<NodeId> alerts;
  std::vector<NodeId> entitlements;
  NodeId earned;  // index of the grade that the score earns; 0 is the best
  NodeId forced;  // the same, after forced distribution
  NodeId down;    // grades down by vetoes
  NodeId worst;   // index of the worst grade that a veto names, or 0
  NodeId rank;    // among the peers, where grades are forced
  NodeId peers;   // how many they are

  bool empty() const { return indicators.empty() && terms.empty(); }
};

// Calls `visit` with every node id but those of terms.
template <class SomeTrace, class Visit>
void EachTraced(SomeTrace& trace, Visit visit) {
  for (auto& indicator : trace.indicators) {
    for (auto* id : {&indicator.value, &indicator.applies, &indicator.raw, &indicator.points,
                     &indicator.capped, &indicator.base, &indicator.profile, &indicator.share}) {
      visit(*id);
    }
    for (auto& id : indicator.adjusted) visit(id);
  }
  for (auto& step : trace.steps) {
    visit(step.holds);
    visit(step.amount);
    visit(step.after);
  }
  for (auto* list : {&trace.profiles, &trace.adjustments, &trace.additions, &trace.interlocks,
                     &trace.vetoes, &trace.alerts, &trace.entitlements}) {
    for (auto& id : *list) visit(id);
  }
  for (auto* id : {&trace.weighted, &trace.earned, &trace.forced, &trace.down, &trace.worst,
                   &trace.rank, &trace.peers}) {
    visit(*id);
  }
}

}  // namespace steelyard
