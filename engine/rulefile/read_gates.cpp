// `additions:`, `interlocks:`, `vetoes:` and `alerts:` — conditions and what follows from them.
#include "engine/rulefile/sections.h"

namespace steelyard {

namespace {

using Verbs = std::vector<EffectVerb>;

// What the four sections do not share.
struct GateForm {
  std::string_view example;
  std::string_view condition_key;
  std::string_view condition_example;
  std::string_view effect_key;  // empty: no effects
  std::string_view effect_example;
  Verbs verbs;
};

const GateForm& AdditionForm() {
  static const GateForm form = {"new_region: {when: new_regions > 0, then: add 5}",
                                "when",
                                "when: new_regions > 0",
                                "then",
                                "then: add 5",
                                {EffectVerb::kAdd, EffectVerb::kSubtract}};
  return form;
}

const GateForm& InterlockForm() {
  static const GateForm form = {"quality: {require: csat >= 90%, otherwise: cap 80}",
                                "require",
                                "require: csat >= 90%",
                                "otherwise",
                                "otherwise: cap 80",
                                {EffectVerb::kCap, EffectVerb::kFloor}};
  return form;
}

const GateForm& VetoForm() {
  static const GateForm form = {"bribery: {when: bribery_cases > 0, then: score 0}",
                                "when",
                                "when: bribery_cases > 0",
                                "then",
                                "then: score 0",
                                {EffectVerb::kDowngrade, EffectVerb::kScore, EffectVerb::kCap,
                                 EffectVerb::kGrade, EffectVerb::kDisqualify}};
  return form;
}

const GateForm& AlertForm() {
  static const GateForm form = {"csat_swing: {when: abs(change(csat)) > 5%, level: warning}",
                                "when",
                                "when: abs(change(csat)) > 5%",
                                "",
                                "",
                                {}};
  return form;
}

const GateForm& EntitlementForm() {
  static const GateForm form = {
      "summit_talk: {when: conversion >= 40%}", "when", "when: conversion >= 40%", "", "", {}};
  return form;
}

void ReadGate(Reader& reader, const Field& field, const GateForm& form,
              std::vector<GateDecl>& gates) {
  const std::optional<Word> id = reader.Id(field.key);
  GateDecl gate;
  gate.span = field.key.span;
  KeyRules rules = {
      {"name", reader.Into(gate.name)},
      {form.condition_key, reader.Into(gate.condition), form.condition_example},
      {"unknown",
       reader.Into(gate.unknown, &gate.unknown_span,
                   std::vector<Choice<UnknownPolicy>>{{"review", UnknownPolicy::kReview},
                                                      {"trigger", UnknownPolicy::kTrigger},
                                                      {"pass", UnknownPolicy::kPass}})},
  };
  if (&form == &AlertForm()) {
    rules.push_back({"level", reader.Into(gate.level)});
  } else if (!form.effect_key.empty()) {
    const auto effects = [&](const Field& list) {
      const bool empty_list = list.value.shape == Shape::kList && list.value.items.empty();
      if (empty_list) reader.Empty(list, form.effect_example);
      reader.Items(list, form.effect_example, [&](const Field& item) {
        if (auto effect = ReadEffect(reader, item, form.verbs)) {
          gate.effects.push_back(std::move(*effect));
        }
      });
    };
    rules.push_back({form.effect_key, effects, form.effect_example});
  }
  if (!reader.Keys(field, form.example, rules) || !id) return;
  gate.id = *id;
  gates.push_back(std::move(gate));
}

void ReadGates(Reader& reader, const Field& field, const GateForm& form,
               std::vector<GateDecl>& gates) {
  reader.Entries(field, form.example,
                 [&](const Field& entry) { ReadGate(reader, entry, form, gates); });
}

}  // namespace

// The key `limit` among the additions is the most that all of them together may add.
void ReadAdditions(Reader& reader, const Field& field, RuleFile& file) {
  reader.Entries(field, AdditionForm().example, [&](const Field& entry) {
    if (entry.name() == "limit") {
      reader.Into(file.additions_limit)(entry);
    } else {
      ReadGate(reader, entry, AdditionForm(), file.additions);
    }
  });
}

void ReadInterlocks(Reader& reader, const Field& field, std::vector<GateDecl>& interlocks) {
  ReadGates(reader, field, InterlockForm(), interlocks);
}

void ReadVetoes(Reader& reader, const Field& field, std::vector<GateDecl>& vetoes) {
  ReadGates(reader, field, VetoForm(), vetoes);
}

void ReadAlerts(Reader& reader, const Field& field, std::vector<GateDecl>& alerts) {
  ReadGates(reader, field, AlertForm(), alerts);
}

void ReadEntitlements(Reader& reader, const Field& field, std::vector<GateDecl>& entitlements) {
  ReadGates(reader, field, EntitlementForm(), entitlements);
}

}  // namespace steelyard
