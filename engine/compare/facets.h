// The facets of each thing in a rule file: what can be taken over from another version without the
// rest of the thing.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "engine/compare/change.h"
#include "engine/syntax/rule_file.h"

namespace steelyard {

// All of a thing that no other facet has: its names, how it is shown, what is for people.
inline constexpr std::string_view kRest = "rest";

template <class Decl>
struct Facet {
  std::string_view name;
  void (*copy)(Decl& to, const Decl& from);
};

// Facets of the file itself: its sections that are one thing.
struct FileFacet {
  Section section;
  std::string_view name;
  void (*copy)(RuleFile& to, const RuleFile& from);
};
std::span<const FileFacet> FileFacets();

// By type: the argument only chooses.
std::span<const Facet<TableDecl>> FacetsOf(const TableDecl* type);
std::span<const Facet<ParameterDecl>> FacetsOf(const ParameterDecl* type);
std::span<const Facet<ValueDecl>> FacetsOf(const ValueDecl* type);
std::span<const Facet<IndicatorDecl>> FacetsOf(const IndicatorDecl* type);
std::span<const Facet<ProfileDecl>> FacetsOf(const ProfileDecl* type);
std::span<const Facet<AdjustmentDecl>> FacetsOf(const AdjustmentDecl* type);
std::span<const Facet<GateDecl>> FacetsOf(const GateDecl* type);
std::span<const Facet<OutcomeDecl>> FacetsOf(const OutcomeDecl* type);
std::span<const Facet<PoolDecl>> FacetsOf(const PoolDecl* type);
std::span<const Facet<ScheduleDecl>> FacetsOf(const ScheduleDecl* type);

// Which facet has a key of the rule file that is not called as the facet is.
std::span<const std::pair<std::string_view, std::string_view>> FacetWords();

// What tells a thing from its neighbours.
template <class Decl>
std::string IdOf(const Decl& decl) {
  if constexpr (requires { decl.id; }) {
    return decl.id.text;
  } else {
    return decl.name.text;
  }
}

// The span that says in which file a thing stands.
template <class Decl>
Span& HomeOf(Decl& decl) {
  if constexpr (requires { decl.id; }) {
    return decl.id.span;
  } else {
    return decl.span;
  }
}

// A file that has nothing but this, to be printed.
RuleFile Only(TableDecl decl);
RuleFile Only(ParameterDecl decl);
RuleFile Only(ValueDecl decl);
RuleFile Only(IndicatorDecl decl);
RuleFile Only(ProfileDecl decl);
RuleFile Only(AdjustmentDecl decl);
RuleFile Only(GateDecl decl);
RuleFile Only(OutcomeDecl decl);
RuleFile Only(PoolDecl decl);
RuleFile Only(ScheduleDecl decl);

// What a facet says, to be compared.
template <class Decl>
std::string TextOf(const Facet<Decl>& facet, const Decl& decl) {
  Decl only;
  facet.copy(only, decl);
  return Dump(Only(std::move(only)));
}
std::string TextOf(const FileFacet& facet, const RuleFile& file);

}  // namespace steelyard
