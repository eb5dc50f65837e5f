// The explanation of one result: everything that its text, its JSON and its page tell, in one
// language.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/explain/figures.h"
#include "engine/explain/reach.h"

namespace steelyard {

// What made a weight what it is.
struct WeightStep {
  enum Kind : uint8_t { kBase, kProfile, kAdjustment, kShared } kind = kBase;
  std::string name;  // of the profile or adjustment
  std::string why;   // as the rules say; empty where they do not
  std::string approved_by;
  Number before;
  Number after;
};

// Why an indicator counts for nothing.
enum class NotCounted : uint8_t {
  kCounts,
  kNoWeight,  // it is shown only
  kTrial,
  kRetired,
  kNotInForce,  // by its dates
  kWhen,        // its `when:` does not hold, or is not known
  kMissing,     // it has no points: its weight goes to the others
};

struct IndicatorPart {
  size_t index = 0;  // of Model::indicators
  std::string id;
  std::string name;
  size_t figure = 0;
  Value value;  // as results show it
  std::string value_shown;
  std::string cause;     // why it is missing
  bool carried = false;  // the value is that of an earlier period
  Value raw;             // points of the value
  Value points;          // after `missing:`
  Value capped;          // after interlocks
  std::string segment;   // the band, the stretch of the curve, the formula that gave the points
  std::string missing_policy;  // what `missing:` did; empty where it had nothing to do
  NotCounted counted = NotCounted::kCounts;
  std::optional<size_t> when;  // figure of the condition, for kWhen
  std::vector<WeightStep> weights;
  Number share;                  // of the score
  Number contribution;           // share × points: together they are the score before additions
  std::optional<size_t> target;  // figure of its condition
  Value target_met;
};

// A condition and whether it holds.
struct GatePart {
  std::string id;
  std::string name;
  std::string effects;  // as the rules say: `cap 80, floor 60`
  Value condition;      // of interlocks: what is required
  bool holds = false;   // fires; of interlocks: is broken
  bool unknown = false;
  size_t figure = 0;
  std::optional<std::string> grade_without;  // vetoes that hold: the grade if this one did not
};

// A step from the weighted points to the score.
struct StepPart {
  StepKind kind = StepKind::kRound;
  std::string id;
  std::string what;  // its name: of the addition, interlock, veto, indicator
  std::string effect;
  Value amount;
  Value before;
  Value after;
};

// How the grade follows from the score.
struct GradePart {
  std::string earned;            // by the score; empty without grades or score
  std::optional<Number> lowest;  // the score from which it is given
  std::string next;              // the next better one
  std::optional<Number> next_lowest;
  std::string forced;  // by forced distribution; empty where there is none
  Value rank;
  Value peers;
  Value down;
  std::string worst;  // the worst grade that a veto names
  bool disqualified = false;
  std::string final_grade;
};

// Points lost: 100 less what is there, by what took them.
struct Reason {
  enum Kind : uint8_t { kIndicator, kAddition, kInterlock, kVeto, kRounding } kind = kIndicator;
  std::string id;
  std::string name;
  Number lost;  // below 0: gained
};

struct OutcomePart {
  std::string id;
  std::string name;
  std::string shown;
  Value value;
  std::string cause;
  std::optional<size_t> figure;
};

struct Explanation {
  std::vector<std::pair<std::string, std::string>> keys;  // heading and value
  std::string period;
  std::vector<std::string> other_periods;  // in which the subject has results too
  std::string as_of;
  std::string file;  // where the subject's row stands
  uint32_t line = 0;

  std::vector<IndicatorPart> indicators;
  Value weighted;
  std::vector<StepPart> steps;
  Value score;
  std::string score_shown;
  GradePart grade;
  std::vector<GatePart> additions;
  std::vector<GatePart> interlocks;
  std::vector<GatePart> vetoes;
  std::vector<GatePart> alerts;
  std::vector<GatePart> entitlements;
  std::vector<std::string> review;
  std::vector<Reason> reasons;  // the largest first; gains last
  std::vector<Reach> reaches;   // by indicator; empty where there is no better grade
  bool peers_decide = false;    // grades are forced
  std::vector<OutcomePart> outcomes;
  Derivation derivation;

  explicit Explanation(Derivation made) : derivation(std::move(made)) {}
};

// `row`: of the program's table of subjects; a result, neither rejected nor left out.
Explanation ExplainRow(const Scene& scene, size_t row, Language language);

}  // namespace steelyard
