#include "engine/compare/facets.h"

#include <utility>
#include <vector>

namespace steelyard {
namespace {

// --- the file's own -----------------------------------------------------------------------------

void TakeHead(RuleFile& to, const RuleFile& from) {
  to.version_of_language = from.version_of_language;
  to.scorecard = from.scorecard;
  to.title = from.title;
  to.version = from.version;
  to.level = from.level;
  to.imports = from.imports;
}

void TakeWeights(RuleFile& to, const RuleFile& from) {
  to.weights.span = from.weights.span;
  to.weights.dimensions = from.weights.dimensions;
  to.weights.normalise = from.weights.normalise;
}

constexpr FileFacet kFileFacets[] = {
    {Section::kCard, kRest, TakeHead},
    {Section::kCard, "effective", [](auto& to, auto& from) { to.effective = from.effective; }},
    {Section::kCard, "subject", [](auto& to, auto& from) { to.subject = from.subject; }},
    {Section::kCard, "subject_where",
     [](auto& to, auto& from) { to.subject_where = from.subject_where; }},
    {Section::kCard, "period",
     [](auto& to, auto& from) {
       to.period = from.period;
       to.period_kind = from.period_kind;
     }},
    {Section::kMissing, "missing", [](auto& to, auto& from) { to.missing = from.missing; }},
    {Section::kWeights, "weights", TakeWeights},
    {Section::kAdditions, "limit",
     [](auto& to, auto& from) { to.additions_limit = from.additions_limit; }},
    {Section::kGrades, "grades",
     [](auto& to, auto& from) {
       to.grades = from.grades;
       to.grades_span = from.grades_span;
     }},
    {Section::kRounding, "rounding",
     [](auto& to, auto& from) {
       to.rounding = from.rounding;
       to.rounding_span = from.rounding_span;
     }},
    {Section::kDistribution, "distribution",
     [](auto& to, auto& from) { to.distribution = from.distribution; }},
};

// --- of things ----------------------------------------------------------------------------------
//
// `rest` takes everything and gives back what the other facets have.

template <class Decl>
void TakeRest(Decl& to, const Decl& from) {
  Decl taken = from;
  for (const Facet<Decl>& facet : FacetsOf(&from)) {
    if (facet.name != kRest) facet.copy(taken, to);
  }
  to = std::move(taken);
}

// Columns are compared one by one.
void TakeTable(TableDecl& to, const TableDecl& from) {
  std::vector<ColumnDecl> columns = std::move(to.columns);
  to = from;
  to.columns = std::move(columns);
}

constexpr Facet<TableDecl> kTableFacets[] = {{kRest, TakeTable}};

constexpr Facet<ParameterDecl> kParameterFacets[] = {
    {"value",
     [](auto& to, auto& from) {
       to.entries = from.entries;
       to.is_list = from.is_list;
     }},
    {kRest, TakeRest<ParameterDecl>},
};

constexpr Facet<ValueDecl> kValueFacets[] = {
    {"formula", [](auto& to, auto& from) { to.formula = from.formula; }},
    {kRest, TakeRest<ValueDecl>},
};

void TakeLife(IndicatorDecl& to, const IndicatorDecl& from) {
  to.status = from.status;
  to.status_span = from.status_span;
  to.from = from.from;
  to.until = from.until;
  to.replaced_by = from.replaced_by;
  to.why = from.why;
}

constexpr Facet<IndicatorDecl> kIndicatorFacets[] = {
    {"formula", [](auto& to, auto& from) { to.formula = from.formula; }},
    {"better",
     [](auto& to, auto& from) {
       to.better = from.better;
       to.better_span = from.better_span;
     }},
    {"score", [](auto& to, auto& from) { to.score = from.score; }},
    {"target",
     [](auto& to, auto& from) {
       to.target = from.target;
       to.dated_targets = from.dated_targets;
     }},
    {"audit_range", [](auto& to, auto& from) { to.audit_range = from.audit_range; }},
    {"missing", [](auto& to, auto& from) { to.missing = from.missing; }},
    {"when", [](auto& to, auto& from) { to.when = from.when; }},
    {"life", TakeLife},
    {kRest, TakeRest<IndicatorDecl>},
};

constexpr Facet<ProfileDecl> kProfileFacets[] = {
    {"when", [](auto& to, auto& from) { to.when = from.when; }},
    {"set",
     [](auto& to, auto& from) {
       to.set = from.set;
       to.rest = from.rest;
     }},
    {kRest, TakeRest<ProfileDecl>},
};

constexpr Facet<AdjustmentDecl> kAdjustmentFacets[] = {
    {"when", [](auto& to, auto& from) { to.when = from.when; }},
    {"set",
     [](auto& to, auto& from) {
       to.change = from.change;
       to.set = from.set;
       to.rest = from.rest;
     }},
    {"dates",
     [](auto& to, auto& from) {
       to.from = from.from;
       to.until = from.until;
     }},
    {kRest, TakeRest<AdjustmentDecl>},
};

constexpr Facet<GateDecl> kGateFacets[] = {
    {"when", [](auto& to, auto& from) { to.condition = from.condition; }},
    {"then", [](auto& to, auto& from) { to.effects = from.effects; }},
    {"unknown", [](auto& to, auto& from) { to.unknown = from.unknown; }},
    {kRest, TakeRest<GateDecl>},
};

constexpr Facet<OutcomeDecl> kOutcomeFacets[] = {
    {"formula", [](auto& to, auto& from) { to.formula = from.formula; }},
    {kRest, TakeRest<OutcomeDecl>},
};

constexpr Facet<PoolDecl> kPoolFacets[] = {
    {"amount", [](auto& to, auto& from) { to.amount = from.amount; }},
    {"by", [](auto& to, auto& from) { to.by = from.by; }},
    {"among", [](auto& to, auto& from) { to.among = from.among; }},
    {"when", [](auto& to, auto& from) { to.when = from.when; }},
    {"to", [](auto& to, auto& from) { to.to = from.to; }},
    {kRest, TakeRest<PoolDecl>},
};

constexpr Facet<ScheduleDecl> kScheduleFacets[] = {
    {"amount", [](auto& to, auto& from) { to.amount = from.amount; }},
    {"parts", [](auto& to, auto& from) { to.parts = from.parts; }},
    {"release", [](auto& to, auto& from) { to.release = from.release; }},
    {"to", [](auto& to, auto& from) { to.to = from.to; }},
    {kRest, TakeRest<ScheduleDecl>},
};

constexpr std::pair<std::string_view, std::string_view> kFacetWords[] = {
    {"cap", "score"},
    {"status", "life"},
    {"from", "life"},
    {"until", "life"},
    {"why", "life"},
    {"replaced_by", "life"},
    {"require", "when"},
    {"condition", "when"},
    {"effects", "then"},
    {"values", "value"},
    {"change", "set"},
    {"from", "dates"},
    {"until", "dates"},
    {"additions_limit", "limit"},
    {"shares", "distribution"},
};

}  // namespace

std::span<const FileFacet> FileFacets() { return kFileFacets; }
std::span<const Facet<TableDecl>> FacetsOf(const TableDecl*) { return kTableFacets; }
std::span<const Facet<ParameterDecl>> FacetsOf(const ParameterDecl*) { return kParameterFacets; }
std::span<const Facet<ValueDecl>> FacetsOf(const ValueDecl*) { return kValueFacets; }
std::span<const Facet<IndicatorDecl>> FacetsOf(const IndicatorDecl*) { return kIndicatorFacets; }
std::span<const Facet<ProfileDecl>> FacetsOf(const ProfileDecl*) { return kProfileFacets; }
std::span<const Facet<AdjustmentDecl>> FacetsOf(const AdjustmentDecl*) { return kAdjustmentFacets; }
std::span<const Facet<GateDecl>> FacetsOf(const GateDecl*) { return kGateFacets; }
std::span<const Facet<OutcomeDecl>> FacetsOf(const OutcomeDecl*) { return kOutcomeFacets; }
std::span<const Facet<PoolDecl>> FacetsOf(const PoolDecl*) { return kPoolFacets; }
std::span<const Facet<ScheduleDecl>> FacetsOf(const ScheduleDecl*) { return kScheduleFacets; }

std::span<const std::pair<std::string_view, std::string_view>> FacetWords() { return kFacetWords; }

std::string TextOf(const FileFacet& facet, const RuleFile& file) {
  RuleFile only;
  facet.copy(only, file);
  return Dump(only);
}
RuleFile Only(TableDecl decl) {
  RuleFile file;
  file.tables.push_back(std::move(decl));
  return file;
}
RuleFile Only(ParameterDecl decl) {
  RuleFile file;
  file.parameters.push_back(std::move(decl));
  return file;
}
RuleFile Only(ValueDecl decl) {
  RuleFile file;
  file.values.push_back(std::move(decl));
  return file;
}
RuleFile Only(IndicatorDecl decl) {
  RuleFile file;
  file.indicators.push_back(std::move(decl));
  return file;
}
RuleFile Only(ProfileDecl decl) {
  RuleFile file;
  file.weights.profiles.push_back(std::move(decl));
  return file;
}
RuleFile Only(AdjustmentDecl decl) {
  RuleFile file;
  file.weights.adjustments.push_back(std::move(decl));
  return file;
}
RuleFile Only(GateDecl decl) {
  RuleFile file;
  file.vetoes.push_back(std::move(decl));
  return file;
}
RuleFile Only(OutcomeDecl decl) {
  RuleFile file;
  file.outcomes.push_back(std::move(decl));
  return file;
}
RuleFile Only(PoolDecl decl) {
  RuleFile file;
  file.pools.push_back(std::move(decl));
  return file;
}
RuleFile Only(ScheduleDecl decl) {
  RuleFile file;
  file.schedules.push_back(std::move(decl));
  return file;
}

}  // namespace steelyard
