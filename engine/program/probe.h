// What tests of a scorecard can reach: each band, each way a condition can come out, each veto that
// fires or does not. A probe is a column of the program like any other; it is true in the rows that
// reach it.
#pragma once

#include <string>
#include <vector>

#include "engine/program/node_id.h"
#include "engine/source/source.h"

namespace steelyard {

enum class ProbeKind : uint8_t {
  kBand,       // of a score by bands
  kSegment,    // of a curve or of tiers: what lies between two of its points, or beyond them
  kCap,        // points at their upper limit
  kCondition,  // true or false
  kPart,       // of `and` or `or`: true or false where the outcome is left to it
  kFallback,   // `a ?? b`, `safe_div`: the second choice or not
  kVeto,
  kInterlock,
  kAlert,
  kAddition,
  kEntitlement,
  kProfile,
  kAdjustment,
  kMissing,  // what is done where an indicator has no value
  kGrade,
  kDated,  // what is in force from a date on
};

enum class ProbeOutcome : uint8_t {
  kReached,
  kHolds,    // a condition is true; a veto fires; an interlock's requirement is met
  kFails,    // likewise, false
  kUnknown,  // likewise, not known
};

struct Probe {
  ProbeKind kind = ProbeKind::kCondition;
  ProbeOutcome outcome = ProbeOutcome::kReached;
  Span span;               // where it is written
  std::string id;          // of the indicator, veto, value … that it is part of
  std::string name;        // the same, where it has one
  std::string text;        // what the place itself does not say: `0% .. 80%`, `>= 100%`
  bool every_row = false;  // also rows of subjects that are not scored
  NodeId reached;
};

}  // namespace steelyard
