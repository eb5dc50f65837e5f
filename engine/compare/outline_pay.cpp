// What comes after the score: conditions, grades, outcomes and pay.
#include <utility>

#include "engine/compare/outline_build.h"

namespace steelyard {
namespace {

Said SayEffects(const std::vector<Effect>& effects) {
  Said said;
  for (const Effect& effect : effects) {
    if (!said.pieces.empty()) said.pieces.push_back(Glue(", "));
    if (!said.span.valid()) said.span = effect.span;
    said.pieces.push_back(Plain(ToWord(effect.verb)));
    if (effect.target.present()) {
      const bool grade = effect.verb == EffectVerb::kGrade;
      said.pieces.push_back(Glue(" "));
      said.pieces.push_back(Name(effect.target.text, grade ? NameOf::kGrade : NameOf::kAnything));
    }
    if (effect.amount.present()) {
      said.pieces.push_back(Glue(" "));
      said.pieces.push_back(Tree(effect.amount));
    }
  }
  return said;
}

void OutlineGateList(const std::vector<GateDecl>& gates, Section section, Outline& outline) {
  constexpr std::string_view kUnknown[] = {"review", "trigger", "pass"};
  const bool interlock = section == Section::kInterlocks;
  for (const GateDecl& decl : gates) {
    Item item = MakeItem(Role::kGate, section, decl.id, decl.name);
    Add(item, "name", SayWord(decl.name), ChangeEffect::kNone);
    Add(item, interlock ? "require" : "when", SayFormula(decl.condition));
    Add(item, interlock ? "otherwise" : "then", SayEffects(decl.effects));
    const Span unknown = decl.unknown == UnknownPolicy::kReview ? Span{} : decl.unknown_span;
    Add(item, "unknown", SayChoice(kUnknown[static_cast<size_t>(decl.unknown)], unknown));
    Add(item, "level", SayWord(decl.level), ChangeEffect::kNone);
    outline.items.push_back(std::move(item));
  }
}

void OutlineGrades(const RuleFile& file, Outline& outline) {
  for (const GradeDecl& decl : file.grades) {
    Item item = MakeItem(Role::kGrade, Section::kGrades, decl.id);
    Add(item, "lowest", SayFormula(decl.lowest));
    outline.items.push_back(std::move(item));
  }
  Item rounding = MakeItem(Role::kRounding, Section::kRounding, {});
  rounding.span = file.rounding_span;
  Add(rounding, "rounding",
      SayChoice(std::to_string(file.rounding.value_or(2)),
                file.rounding ? file.rounding_span : Span{}));
  outline.items.push_back(std::move(rounding));
}

void OutlineDistribution(const DistributionDecl& decl, Outline& outline) {
  constexpr std::string_view kRound[] = {"nearest", "down", "up"};
  if (!decl.present()) return;
  Item item = MakeItem(Role::kDistribution, Section::kDistribution, {});
  item.span = decl.span;
  for (const GradeDecl& share : decl.shares) {
    Item part = MakeItem(Role::kShare, Section::kDistribution, share.id);
    part.part = "shares." + share.id.text;
    Add(part, "share", SayFormula(share.lowest));
    item.items.push_back(std::move(part));
  }
  Add(item, "among", SayFormulas(decl.among));
  const Span round = decl.round == QuotaRounding::kNearest ? Span{} : decl.round_span;
  Add(item, "round", SayChoice(kRound[static_cast<size_t>(decl.round)], round));
  outline.items.push_back(std::move(item));
}

Said SayPiece(const Formula& to) { return to.present() ? SayFormula(to) : SayChoice("0.01", {}); }

Item OutlinePool(const PoolDecl& decl) {
  Item item = MakeItem(Role::kPool, Section::kPools, decl.id, decl.name);
  Add(item, "name", SayWord(decl.name), ChangeEffect::kNone);
  Add(item, "amount", SayFormula(decl.amount));
  Add(item, "by", SayFormula(decl.by));
  Add(item, "among", SayFormulas(decl.among));
  Add(item, "when", SayFormula(decl.when));
  Add(item, "to", SayPiece(decl.to));
  return item;
}

Item OutlineSchedule(const ScheduleDecl& decl) {
  Item item = MakeItem(Role::kSchedule, Section::kSchedules, decl.id, decl.name);
  Add(item, "name", SayWord(decl.name), ChangeEffect::kNone);
  Add(item, "amount", SayFormula(decl.amount));
  for (const SchedulePartDecl& part_decl : decl.parts) {
    Item part = MakeItem(Role::kPart, Section::kSchedules, part_decl.id);
    part.part = "parts." + part_decl.id.text;
    Add(part, "share", SayFormula(part_decl.share));
    Add(part, "due", SayFormula(part_decl.due));
    Add(part, "when", SayFormula(part_decl.when));
    Add(part, "factor", SayFormula(part_decl.factor));
    item.items.push_back(std::move(part));
  }
  Add(item, "release", SayFormula(decl.release));
  Add(item, "to", SayPiece(decl.to));
  return item;
}

}  // namespace

void OutlineGates(const RuleFile& file, Outline& outline) {
  Item additions = MakeItem(Role::kAdditions, Section::kAdditions, {});
  additions.span = file.additions_limit.span;
  Add(additions, "limit", SayFormula(file.additions_limit));
  outline.items.push_back(std::move(additions));
  OutlineGateList(file.additions, Section::kAdditions, outline);
  OutlineGateList(file.interlocks, Section::kInterlocks, outline);
  OutlineGateList(file.vetoes, Section::kVetoes, outline);
  OutlineGateList(file.alerts, Section::kAlerts, outline);
  OutlineGrades(file, outline);
}

void OutlinePay(const RuleFile& file, Outline& outline) {
  OutlineDistribution(file.distribution, outline);
  for (const OutcomeDecl& decl : file.outcomes) {
    Item item = MakeItem(Role::kOutcome, Section::kOutcomes, decl.id, decl.name);
    Add(item, "name", SayWord(decl.name), ChangeEffect::kNone);
    Add(item, "formula", SayFormula(decl.formula));
    Add(item, "decimals", SayWord(decl.decimals), ChangeEffect::kLayout);
    Add(item, "unit", SayWord(decl.unit), ChangeEffect::kLayout);
    outline.items.push_back(std::move(item));
  }
  for (const PoolDecl& decl : file.pools) outline.items.push_back(OutlinePool(decl));
  for (const ScheduleDecl& decl : file.schedules) outline.items.push_back(OutlineSchedule(decl));
  OutlineGateList(file.entitlements, Section::kEntitlements, outline);
}

}  // namespace steelyard
