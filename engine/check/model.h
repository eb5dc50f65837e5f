// The model: what a rule file means, once everything in it has been found, typed and placed. It is
// what the checker makes and the lowering reads; it holds no text of the file but names and places.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/typed_id.h"
#include "engine/base/value.h"
#include "engine/schema/grain.h"
#include "engine/schema/operation.h"
#include "engine/schema/schema.h"
#include "engine/source/source.h"
#include "engine/syntax/rule_file.h"

namespace steelyard {

using TermId = TypedId<struct TermTag>;
using DefinitionId = TypedId<struct DefinitionTag>;

enum class TermKind : uint8_t {
  kConstant,    // constant
  kColumn,      // column: of the data
  kDefinition,  // definition: a named thing
  kRun,         // run: a figure of the run
  kScoring,     // scoring: a figure of the scoring stage
  kMap,         // map; inputs: operands
  kAggregate,   // aggregate; inputs: what is folded (then a second series, or p); condition; result
                // at `grain`. `source` is the grain of the rows
  kAmong,       // the same across subjects: groups by `keys` (and period unless all_periods)
  kRank,        // rank; inputs: x; keys
  kTime,        // time; inputs: x, n (constant)
  kStandIn,     // index: a value given to the run, in the place of a formula
};

enum class RunFigure : uint8_t { kAsOf, kPeriodStart, kPeriodEnd, kPeriod };

enum class ScoringFigure : uint8_t {
  kPoints,           // of indicator `index`
  kWeight,           // the share of the score that indicator `index` had
  kDimensionPoints,  // of dimension `index`
  kDimensionWeight,
  kScore,        // final, rounded
  kGrade,        // final
  kAttainment,   // of the target of indicator `index`
  kMeetsTarget,  // of indicator `index`
  kScored,       // a condition: the subject is not rejected for a missing indicator
};

struct Term {
  TermKind kind = TermKind::kConstant;
  Type type;
  Grain grain;
  Span span;
  std::vector<TermId> inputs;

  Value constant;
  bool literal = false;  // kConstant: written as a number without a unit
  bool percent = false;  // kConstant: written with `%`
  ColumnId column;
  DefinitionId definition;
  RunFigure run = RunFigure::kAsOf;
  ScoringFigure scoring = ScoringFigure::kScore;
  int32_t index = -1;
  MapOp map = MapOp::kAdd;
  AggregateOp aggregate = AggregateOp::kSum;
  RankOp rank = RankOp::kRank;
  TimeOp time = TimeOp::kPrevious;
  TermId condition;          // aggregates, among, rank: only rows where it holds
  std::vector<TermId> keys;  // among, rank
  bool all_periods = false;  // among, rank
  Grain source;              // aggregates, among: the rows that are folded
  bool count_rows = false;   // count(table)
};

enum class DefinitionKind : uint8_t {
  kComputedColumn,
  kValue,
  kParameter,
  kIndicator,
  kOutcome,
  kPool,  // known where outcomes are
};

// A named formula.
struct Definition {
  DefinitionKind kind = DefinitionKind::kValue;
  std::string id;
  std::string name;
  Span span;               // of the id
  TermId term;             // not valid where it had errors
  ColumnId column;         // kComputedColumn
  int32_t indicator = -1;  // kIndicator: index into Model::indicators
  bool used = false;
  std::optional<Value> constant;  // its value, where it depends on nothing
  // kParameter that is a list: constants for `in`, one list for each effective date.
  struct ListEntry {
    std::optional<Date> from;
    std::vector<TermId> elements;
  };
  std::vector<ListEntry> lists;
  bool is_list = false;
};

struct IndicatorModel {
  DefinitionId definition;
  const IndicatorDecl* decl = nullptr;
  std::string id;
  std::string name;
  TermId value;   // as the formula says
  TermId when;    // not valid: always
  TermId points;  // from the value, capped, before missing policies; not valid: none
  Number cap = Number(100);
  MissingPolicy missing = MissingPolicy::kRedistribute;
  TermId missing_points;
  TermId target;      // condition
  TermId attainment;  // achieved ÷ target, or target ÷ achieved where lower is better
  TermId audit;       // condition: true outside the audit range
  Status status = Status::kActive;
  std::optional<Date> from;
  std::optional<Date> until;
  int32_t dimension = -1;
  bool has_points = false;
  Type shown;  // how its value is written in results
  std::optional<int> decimals;
  bool scored = false;  // stands in the weights
  std::optional<std::pair<Number, Number>> weight_range;
};

struct DimensionModel {
  std::string id;
  Span span;
  std::vector<int32_t> indicators;
};

// Weights of all indicators (by index into Model::indicators), as fractions of 1; those of
// indicators that carry none are 0.
using WeightVector = std::vector<Number>;

// Weights in force from a date on.
struct DatedWeights {
  std::optional<Date> from;
  WeightVector weights;
};

struct ProfileModel {
  std::string name;
  Span span;
  TermId when;
  std::vector<DatedWeights> weights;  // complete: what the profile leaves them at
};

// One change an adjustment makes to a weight.
struct WeightChange {
  int32_t indicator = -1;
  Number amount;
  bool set = false;  // set to, rather than add
};

struct AdjustmentModel {
  std::string name;
  Span span;
  TermId when;  // not valid: always
  std::optional<Date> from;
  std::optional<Date> until;
  std::vector<WeightChange> changes;
  bool rescale = false;  // the indicators that it does not name share what is left
};

struct EffectModel {
  EffectVerb verb = EffectVerb::kCap;
  TermId amount;
  int32_t indicator = -1;  // kCap of one indicator
  int32_t grade = -1;      // kGrade
};

struct GateModel {
  std::string id;
  std::string name;
  TermId condition;  // that it fires (interlocks: the requirement, which must not fail)
  std::vector<EffectModel> effects;
  UnknownPolicy unknown = UnknownPolicy::kReview;
  std::string level;
  Span span;
};

struct GradeModel {
  std::string id;
  Number lowest;
};

struct OutcomeModel {
  std::string id;
  std::string name;
  TermId term;
  std::optional<Unit> shown;  // the unit it is written in, where the rules say
  std::optional<int> decimals;
  Span span;
};

// Forced distribution. A rank counts from 1 for the highest score; ties share the better one.
struct DistributionModel {
  struct Quota {
    int32_t grade = -1;
    Number share;  // of the peers, this grade and all better (worse) ones together
  };
  std::vector<Quota> best;   // from the best grade on, without a gap
  std::vector<Quota> worst;  // from the worst grade on
  TermId rank;
  TermId count;  // of the peers that have a score
  QuotaRounding round = QuotaRounding::kNearest;
};

// A condition that something is to be looked at by a person.
struct ReviewModel {
  std::string id;
  TermId condition;
};

struct Model {
  const RuleFile* file = nullptr;
  Schema schema;
  // In deques, so that references hold while more are added.
  std::deque<Term> terms;
  std::deque<Definition> definitions;

  std::string scorecard;
  std::string title;
  DateRange effective;
  Grain subject;  // grain of a score
  TermId subject_where;

  std::vector<IndicatorModel> indicators;
  std::vector<DimensionModel> dimensions;
  std::vector<DatedWeights> base_weights;  // by date, rising; the first may be without a date
  std::vector<ProfileModel> profiles;
  std::vector<AdjustmentModel> adjustments;
  std::vector<GateModel> additions;
  TermId additions_limit;
  std::vector<GateModel> interlocks;
  std::vector<GateModel> vetoes;
  std::vector<GateModel> alerts;
  std::vector<GradeModel> grades;  // best first
  int rounding = 2;
  std::vector<OutcomeModel> outcomes;  // then pools, and the parts and totals of schedules
  std::optional<DistributionModel> distribution;
  std::vector<GateModel> entitlements;
  std::vector<ReviewModel> reviews;  // of pools and schedules

  const Term& term(TermId id) const { return terms[id.index()]; }
  const Definition& definition(DefinitionId id) const { return definitions[id.index()]; }
  TermId Add(Term term) {
    terms.push_back(std::move(term));
    return TermId{static_cast<int32_t>(terms.size() - 1)};
  }
};

// Does the indicator have columns in the results? One that is imported and unused has none.
inline bool IsShown(const Model& model, const IndicatorModel& indicator) {
  const bool imported = indicator.decl->id.span.file != model.file->file;
  return indicator.status != Status::kDraft && (indicator.scored || !imported);
}

}  // namespace steelyard
