// What is different between two versions of a scorecard, one change at a time, in a designer's
// words: what was changed, where it stands on both sides, and what comes of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace steelyard {

// The part of a rule file that something stands in.
enum class Section : uint8_t {
  kCard,    // title, version, effective, level, subject, period, import
  kTables,  // `data`
  kParameters,
  kValues,
  kIndicators,
  kMissing,     // the card's own `missing:`
  kWeights,     // one entry: the id is the indicator's
  kDimensions,  // the id is the dimension's
  kProfiles,
  kAdjustments,
  kAdditions,
  kInterlocks,
  kVetoes,
  kAlerts,
  kGrades,
  kRounding,
  kDistribution,
  kOutcomes,
  kPools,
  kSchedules,
  kEntitlements,
  kResult,  // never the place of a change: `score` and `grade`, which depend on other things
  kTests,   // a file of tests: `id` is the case
  kPolicy,  // a file of house rules: `id` is the kind of line
};
std::string_view ToWord(Section section);  // stable, for machines: `indicators`, `weights` …

enum class ChangeKind : uint8_t {
  kAdded,
  kRemoved,
  kChanged,
  kRenamed,  // another id, and everything that speaks of it follows
  kMoved,    // another place in the order, or another file
};
std::string_view ToWord(ChangeKind kind);

// Whether results can come out otherwise.
enum class ChangeEffect : uint8_t {
  kResults,  // values, points, scores, grades, outcomes, or which rows are taken
  kLayout,   // how results are written: order of columns, ids, decimals, units; never a value
  kNone,     // only what people read, or nothing that the card uses
};
std::string_view ToWord(ChangeEffect effect);

// What exactly was changed, as keys of the rule file. `id` is the thing in the section, `part` a
// thing within it (a column, a band, an entry of a profile), `field` the key whose value is
// another. Where the thing or the part as a whole was added, removed, renamed or moved, the field
// is empty.
//
//   indicators   nps       ""                 formula
//   indicators   nps       score.bands[2]     points     (the third band, as RuleFile has it)
//   indicators   nps       score.tiers.ideal  at
//   weights      nps       ""                 weight     (all its dates together)
//   data         customer  columns.tier       values
//   profiles     director  set.nps            weight
//   card         ""        ""                 subject_where
struct ChangePath {
  Section section = Section::kCard;
  std::string id;
  std::string part;
  std::string field;
  // As it is written in JSON: `indicators.nps.score.bands[2].points`.
  std::string ToText() const;
};

// A text of which parts are marked: those that are not on the other side.
struct MarkedText {
  std::string text;
  std::vector<std::pair<size_t, size_t>> marks;  // [begin, end) in bytes, rising
  bool empty() const { return text.empty(); }
};

// Where it stands. Empty where the side does not have it: the thing it would stand in is then named
// in `path`.
struct ChangePlace {
  std::string file;  // as it was opened, with the revision before it: `main:rules/x.yaml`
  size_t line = 0;   // from 1
  size_t column = 0;
  bool present() const { return line > 0; }
};

// Something that is computed from what was changed, directly or through others.
struct Dependent {
  Section section = Section::kResult;
  std::string id;    // `score` and `grade` in kResult
  std::string name;  // the label, where it has one
};

// Values up to this width on a terminal stand in the headline.
inline constexpr size_t kLongestInHeadline = 48;

struct Change {
  ChangeKind kind = ChangeKind::kChanged;
  ChangeEffect effect = ChangeEffect::kResults;
  bool unused = false;  // stands in an imported file, and nothing of the card uses it
  ChangePath old_path;  // that of a thing in the old file; of an added one its place in the new
  ChangePath new_path;
  // By Language. `what` names it (`weight of 净推荐值`), `headline` says all of it in one line
  // (`weight of 净推荐值: 20% → 15%`), and `note` what else is to be known; may be empty.
  std::string what[2];
  std::string headline[2];
  std::string note[2];
  // As their authors wrote them; empty where there is nothing on that side.
  MarkedText old_text;
  MarkedText new_text;
  ChangePlace old_place;
  ChangePlace new_place;
  std::vector<Dependent> dependents;  // by section, then in the order of the new file; of a
                                      // change that changes no result none
};

}  // namespace steelyard
