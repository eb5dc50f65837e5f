// A rule file as it was written: every key in its place, every formula parsed, nothing resolved.
// Spans point at what a message about the thing should underline. `present()` or an empty vector
// tells what was left out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/calendar.h"
#include "engine/source/source.h"
#include "engine/syntax/formula.h"

namespace steelyard {

// A word in the file: a key, an id, a plain text.
struct Word {
  std::string text;
  Span span;
  bool present() const { return span.valid(); }
};

// `2026-01-01..2026-12-31`; either end may be open (`2026-01-01..`). Inclusive.
struct DateRange {
  std::optional<Date> from;
  std::optional<Date> until;
  Span span;
};

// `25%..30%`, `1..5`: two constant formulas.
struct ValueRange {
  Formula low;
  Formula high;
  Span span;
  bool present() const { return span.valid(); }
};

// A value that may change with the effective date: one entry without a date, or several with.
struct DatedFormula {
  std::optional<Date> from;  // empty: always
  Span from_span;
  Formula formula;
};

// --- data ---------------------------------------------------------------------------------------

struct ColumnDecl {
  Word id;
  Word name;                 // `name:`, may be absent
  Word type;                 // `text`, `money`, …; absent for enumerations and computed columns
  std::vector<Word> values;  // enumeration
  Word unit;
  Formula min;
  Formula max;
  Formula formula;  // computed column
  std::vector<Word> aliases;
  Span span;
};

struct ParentDecl {
  Word table;
  Word column;            // the foreign key in this table
  bool optional = false;  // `{column: c, optional: true}`: an empty key means no parent
  Span optional_span;
};

struct TableDecl {
  Word id;
  Word name;
  std::vector<Word> key;
  std::vector<ParentDecl> parents;
  Word time;
  Word results_of;  // the file of the card whose results the rows are
  std::vector<ColumnDecl> columns;
};

// --- named things -------------------------------------------------------------------------------

struct ParameterDecl {
  Word id;
  Word name;
  bool overrides = false;  // takes the place of an imported one
  bool is_list = false;
  struct Entry {
    std::optional<Date> from;
    Span from_span;
    std::vector<Formula> values;  // one, or the elements of a list
  };
  std::vector<Entry> entries;  // as written; dates sorted by the checker
};

struct ValueDecl {
  Word id;
  Word name;
  bool overrides = false;
  Formula formula;
};

// --- indicators ---------------------------------------------------------------------------------

struct CurvePoint {
  Formula at;
  Formula points;
  Span span;
};

struct Band {
  Formula condition;  // `value` compared; not present for else
  bool is_else = false;
  Formula points;
  Span span;
};

struct Tier {
  Word level;      // base, challenge, ideal, or any word
  Formula points;  // `60 @ 10%`: 60
  Formula at;      //              10%
};

struct EventItem {
  Word column;
  Formula points;
};

enum class ScoreForm : uint8_t {
  kNone,
  kLinear,
  kBands,
  kRatio,
  kTiers,
  kEvents,
  kRating,
  kFormula
};

struct ScoreDecl {
  ScoreForm form = ScoreForm::kNone;
  Span span;                       // the key of the form
  std::vector<CurvePoint> linear;  // kLinear
  bool extend = false;             // `beyond: extend`
  Span extend_span;
  std::vector<Band> bands;        // kBands
  Formula target;                 // kRatio
  std::vector<Tier> tiers;        // kTiers
  std::vector<EventItem> events;  // kEvents
  ValueRange scale;               // kRating
  Formula formula;                // kFormula, uses `value`
  Formula cap;                    // any form
};

enum class MissingPolicy : uint8_t { kDefault, kRedistribute, kZero, kPoints, kCarry, kError };

struct MissingDecl {
  MissingPolicy policy = MissingPolicy::kDefault;
  Formula points;  // kPoints
  Span span;
};

enum class Better : uint8_t { kUnsaid, kHigher, kLower };
enum class Status : uint8_t { kActive, kDraft, kTrial, kRetired };

struct IndicatorDecl {
  Word id;
  Word based_on;  // the indicator that keys not given here are taken from
  Word name;
  Formula formula;
  Word display;   // percent, or a unit
  Word decimals;  // whole number
  Better better = Better::kUnsaid;
  Span better_span;
  ScoreDecl score;
  ValueRange weight_range;
  Formula target;                           // `>= 40%`, with `value` on the left; or a plain value
  std::vector<DatedFormula> dated_targets;  // `target:` by effective date; `target` is then absent
  ValueRange audit_range;
  MissingDecl missing;
  Formula when;
  Status status = Status::kActive;
  Span status_span;
  std::optional<Date> from;
  Span from_span;
  std::optional<Date> until;
  Span until_span;
  Word replaced_by;
  Word why;
  Word definition;
  Word unit;
  Word period;
  Word owner;
  Word strategy;
  Word source_system;
  Word source_kind;  // system | third_party | self_rating | manual
  std::vector<Word> level;
  bool flexible = false;  // may be exchanged when circumstances change: house rules ask for a share
  Span flexible_span;
  Span span;
};

// --- weights ------------------------------------------------------------------------------------

struct WeightEntry {
  Word indicator;
  std::vector<DatedFormula> weight;  // one without a date, or one for each date
};

struct DimensionDecl {
  Word id;
  Formula weight;  // absent: the dimension is only a heading
  std::vector<WeightEntry> entries;
};

enum class RestPolicy : uint8_t { kKeep, kRescale };

struct ProfileDecl {
  Word name;
  Formula when;
  std::vector<WeightEntry> set;
  RestPolicy rest = RestPolicy::kKeep;
  Span rest_span;
  Word why;
  Span span;
};

struct AdjustmentDecl {
  Word name;
  Formula when;  // absent: whenever the dates hold
  std::vector<WeightEntry> change;
  std::vector<WeightEntry> set;
  RestPolicy rest = RestPolicy::kKeep;
  Span rest_span;
  std::optional<Date> from;
  Span from_span;
  std::optional<Date> until;
  Span until_span;
  Word approved_by;
  Word why;
  Span span;
};

struct WeightsDecl {
  Span span;
  std::vector<DimensionDecl> dimensions;  // a flat list of weights is one dimension with empty id
  std::vector<ProfileDecl> profiles;
  std::vector<AdjustmentDecl> adjustments;
  bool normalise = false;
  Span normalise_span;
};

// --- after the score ----------------------------------------------------------------------------

enum class EffectVerb : uint8_t {
  kAdd,         // add N            additions
  kSubtract,    // subtract N       additions
  kCap,         // cap N, cap INDICATOR N
  kFloor,       // floor N
  kDowngrade,   // downgrade N      vetoes
  kScore,       // score N          vetoes
  kGrade,       // grade G          vetoes
  kDisqualify,  // disqualify       vetoes
};

struct Effect {
  EffectVerb verb = EffectVerb::kCap;
  Word target;     // the indicator of `cap INDICATOR N`, the grade of `grade G`
  Formula amount;  // N
  Span span;
};

enum class UnknownPolicy : uint8_t { kReview, kTrigger, kPass };

// A veto, interlock, alert or addition.
struct GateDecl {
  Word id;
  Word name;
  Formula condition;  // when: (vetoes, alerts, additions) or require: (interlocks)
  std::vector<Effect> effects;
  UnknownPolicy unknown = UnknownPolicy::kReview;
  Span unknown_span;
  Word level;  // alerts
  Span span;
};

struct GradeDecl {
  Word id;
  Formula lowest;
};

struct OutcomeDecl {
  Word id;
  Word name;
  Formula formula;
  Word decimals;
  Word unit;
};

// How many of a group a share is: 15 people × 10 %.
enum class QuotaRounding : uint8_t { kNearest, kDown, kUp };

// Forced distribution: how many of the peers get which grade.
struct DistributionDecl {
  Span span;                      // not valid: none
  std::vector<GradeDecl> shares;  // `lowest` holds the share
  std::vector<Formula> among;     // one distribution for each group; empty: all subjects
  QuotaRounding round = QuotaRounding::kNearest;
  Span round_span;
  bool present() const { return span.valid(); }
};

// An amount divided among subjects in proportion to a formula.
struct PoolDecl {
  Word id;
  Word name;
  Formula amount;
  Formula by;
  std::vector<Formula> among;  // one pool for each group; empty: one for all subjects
  Formula when;                // who takes part; absent: everyone
  Formula to;                  // the smallest piece; absent: 0.01
};

struct SchedulePartDecl {
  Word id;
  Formula share;
  Formula due;
  Formula when;
  Formula factor;
};

// An amount paid in parts by date.
struct ScheduleDecl {
  Word id;
  Word name;
  Formula amount;
  std::vector<SchedulePartDecl> parts;
  Formula release;  // pays at once what is still to come
  Formula to;
};

// --- the file -----------------------------------------------------------------------------------

struct RuleFile {
  FileId file;
  bool is_library = false;       // can only be imported
  bool is_command_line = false;  // made of `eval --set …`, not read from a file
  Word version_of_language;      // `steelyard: 1`
  Word scorecard;
  Word title;
  Word version;
  DateRange effective;
  std::vector<Word> level;  // whose card it is: `specialist`
  Word subject;
  Formula subject_where;
  Word period;  // empty: no period
  std::optional<PeriodKind> period_kind;
  std::vector<Word> imports;
  std::vector<TableDecl> tables;
  std::vector<ParameterDecl> parameters;
  std::vector<ValueDecl> values;
  std::vector<IndicatorDecl> indicators;
  MissingDecl missing;  // file-wide default
  WeightsDecl weights;
  std::vector<GateDecl> additions;
  Formula additions_limit;
  std::vector<GateDecl> interlocks;
  std::vector<GateDecl> vetoes;
  std::vector<GateDecl> alerts;
  std::vector<GradeDecl> grades;
  Span grades_span;
  std::optional<int> rounding;  // decimals of the score; 2 where unsaid
  Span rounding_span;
  std::vector<OutcomeDecl> outcomes;
  DistributionDecl distribution;
  std::vector<PoolDecl> pools;
  std::vector<ScheduleDecl> schedules;
  std::vector<GateDecl> entitlements;  // rewards that are not money
};

std::string_view ToWord(EffectVerb verb);  // as rule files write it

// One `key: value` a line, for tests.
std::string Dump(const RuleFile& file);

}  // namespace steelyard
