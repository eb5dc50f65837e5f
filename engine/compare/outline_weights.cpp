// The card's `missing:` and its weights.
#include <utility>

#include "engine/compare/outline_build.h"

namespace steelyard {
namespace {

constexpr std::string_view kRest[] = {"keep", "rescale"};

Item MakeEntry(Role role, Section section, const Word& id, std::string part) {
  Item item = MakeItem(role, section, id);
  item.part = std::move(part);
  return item;
}

void AddEntries(const std::vector<WeightEntry>& entries, Role role, std::string_view key,
                Item& item) {
  for (const WeightEntry& entry : entries) {
    const std::string part = std::string(key) + "." + entry.indicator.text;
    Item weight = MakeEntry(role, item.section, entry.indicator, part);
    Add(weight, "weight", SayDated(entry.weight));
    item.items.push_back(std::move(weight));
  }
}

void AddRest(RestPolicy rest, Span span, Item& item) {
  const Span said = rest == RestPolicy::kKeep ? Span{} : span;
  Add(item, "rest", SayChoice(kRest[static_cast<size_t>(rest)], said));
}

void OutlineDimensions(const WeightsDecl& weights, Outline& outline) {
  for (const DimensionDecl& decl : weights.dimensions) {
    if (!decl.id.text.empty()) {
      Item item = MakeEntry(Role::kDimension, Section::kDimensions, decl.id, {});
      Add(item, "weight", SayFormula(decl.weight));
      outline.items.push_back(std::move(item));
    }
  }
  for (const DimensionDecl& decl : weights.dimensions) {
    for (const WeightEntry& entry : decl.entries) {
      Item item = MakeEntry(Role::kWeight, Section::kWeights, entry.indicator, {});
      Add(item, "weight", SayDated(entry.weight));
      Add(item, "dimension", SayName({decl.id.text, decl.id.span}));
      outline.items.push_back(std::move(item));
    }
  }
}

Item OutlineProfile(const ProfileDecl& decl) {
  Item item = MakeEntry(Role::kProfile, Section::kProfiles, decl.name, {});
  item.span = decl.span;
  Add(item, "when", SayFormula(decl.when));
  AddEntries(decl.set, Role::kSet, "set", item);
  AddRest(decl.rest, decl.rest_span, item);
  Add(item, "why", SayWord(decl.why), ChangeEffect::kNone);
  return item;
}

Item OutlineAdjustment(const AdjustmentDecl& decl) {
  Item item = MakeEntry(Role::kAdjustment, Section::kAdjustments, decl.name, {});
  item.span = decl.span;
  Add(item, "when", SayFormula(decl.when));
  AddEntries(decl.change, Role::kChange, "change", item);
  AddEntries(decl.set, Role::kSet, "set", item);
  AddRest(decl.rest, decl.rest_span, item);
  Add(item, "from", SayDate(decl.from, decl.from_span));
  Add(item, "until", SayDate(decl.until, decl.until_span));
  Add(item, "approved_by", SayWord(decl.approved_by), ChangeEffect::kNone);
  Add(item, "why", SayWord(decl.why), ChangeEffect::kNone);
  return item;
}

}  // namespace

void OutlineWeights(const RuleFile& file, Outline& outline) {
  Item missing;
  missing.role = Role::kMissing;
  missing.section = Section::kMissing;
  missing.span = file.missing.span;
  Said policy = SayMissing(file.missing);
  Add(missing, "missing", policy.empty() ? SayChoice("redistribute", {}) : std::move(policy));
  outline.items.push_back(std::move(missing));

  const WeightsDecl& weights = file.weights;
  Item all;
  all.role = Role::kWeights;
  all.section = Section::kWeights;
  all.span = weights.span;
  const Span normalise = weights.normalise ? weights.normalise_span : Span{};
  Add(all, "normalise", SayChoice(weights.normalise ? "true" : "false", normalise));
  outline.items.push_back(std::move(all));
  OutlineDimensions(weights, outline);
  for (const ProfileDecl& decl : weights.profiles) outline.items.push_back(OutlineProfile(decl));
  for (const AdjustmentDecl& decl : weights.adjustments) {
    outline.items.push_back(OutlineAdjustment(decl));
  }
}

}  // namespace steelyard
