// House rules as they were written: what an organisation asks of its scorecards, line by line. Each
// line says how grave it is to break it, and where it stands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/number.h"
#include "engine/source/source.h"
#include "engine/syntax/rule_file.h"

namespace steelyard {

enum class Demand : uint8_t { kError, kWarning, kNote, kOff };

// What every line has.
struct PolicyLine {
  Demand demand = Demand::kError;
  Word why;
  std::vector<Word> cards;  // ids of scorecards, with `*`; empty: all of them
  Span span;
};

struct CountLine : PolicyLine {
  std::optional<int> at_least;
  std::optional<int> at_most;
};

// A share, both ends included.
struct ShareRange {
  Number low;
  Number high = Number(1);
  Span span;
  bool present() const { return span.valid(); }
};

struct FlexibleLine : PolicyLine {
  ShareRange range;
};

// Keys of an indicator, of an adjustment, or of a scorecard, that may be asked for.
enum class AskedKey : uint8_t {
  kName,
  kDefinition,
  kUnit,
  kTarget,
  kSource,
  kSourceKind,
  kPeriod,
  kOwner,
  kStrategy,
  kLevel,
  kBetter,
  kWeightRange,
  kAuditRange,
  kWhy,
  kTitle,
  kVersion,
  kEffective,
  kFrom,
  kUntil,
  kApprovedBy,
};
// As it is written in a rule file: `source.kind`.
std::string_view SpellKey(AskedKey key);

// A letter of SMART, and the keys that stand for it.
struct ChecklistItem {
  Word name;
  std::vector<AskedKey> keys;
};

struct ChecklistLine : PolicyLine {
  Word name;
  Word builds_on;
  int base = -1;  // which one that is, by index: always one above
  std::vector<ChecklistItem> items;
};

// About the indicators that `indicator` names: an id or a name, with `*` for any characters.
struct NamedLine : PolicyLine {
  Word indicator;
};

struct SourceLine : PolicyLine {
  std::vector<Word> indicators;  // empty: all
  std::vector<Word> accept;      // empty: all that are not refused
  std::vector<Word> refuse;
};

struct ExcludedLine : NamedLine {};

struct LevelLine : NamedLine {
  std::vector<Word> levels;  // empty: all but `not_on`
  std::vector<Word> not_on;
};

struct WeightLine : NamedLine {
  ShareRange range;
};

struct PairLine : NamedLine {
  std::vector<Word> with;
};

struct IdLine : PolicyLine {
  Word made_of;  // `a-z0-9_`
  std::vector<std::pair<char32_t, char32_t>> characters;
  Word like;  // with `*`
};

// About what `check` finds by itself, by its code.
struct FindingLine : PolicyLine {
  Word code;
  bool says_severity = false;  // `demand` takes the place of its own
  bool never_allowed = false;  // no comment in a rule file may allow it
};

struct KeysLine : PolicyLine {
  std::vector<AskedKey> asks;
};

struct Policy {
  FileId file;
  Word version_of_language;
  Word title;
  std::vector<CountLine> counts;
  std::vector<FlexibleLine> flexible;
  std::vector<ChecklistLine> checklists;
  std::vector<SourceLine> sources;
  std::vector<ExcludedLine> excluded;
  std::vector<LevelLine> levels;
  std::vector<WeightLine> weights;
  std::vector<PairLine> pairs;
  std::vector<IdLine> ids;
  std::vector<KeysLine> adjustments;
  std::vector<KeysLine> scorecard;
  std::vector<FindingLine> findings;
};

}  // namespace steelyard
