// `weights:` — dimensions, profiles and adjustments.
#include <algorithm>

#include "engine/rulefile/sections.h"

namespace steelyard {

namespace {

constexpr std::string_view kWeightExample = "nps: 20%";

std::vector<Choice<RestPolicy>> RestChoices() {
  return {{"keep", RestPolicy::kKeep}, {"rescale", RestPolicy::kRescale}};
}

FieldReader EntriesInto(Reader& reader, std::vector<WeightEntry>& entries) {
  return [&reader, &entries](const Field& field) {
    reader.Entries(field, kWeightExample, [&](const Field& entry) {
      WeightEntry weight;
      weight.indicator = Reader::MakeName(Slice(entry.key.text, 0, entry.key.text.text.size()));
      ReadDated(reader, entry, weight.weight);
      entries.push_back(std::move(weight));
    });
  };
}

// `{nps: 20%, …}`, or `{weight: 40%, indicators: {nps: 50%, …}}` with a weight of its own.
void ReadDimension(Reader& reader, const Field& field, std::vector<DimensionDecl>& dimensions) {
  const std::optional<Word> id = reader.Id(field.key, NameRule::kHeading);
  DimensionDecl dimension;
  if (field.value.shape == Shape::kMapping && HasKey(field.value, "indicators")) {
    reader.Keys(field, kWeightExample,
                {{"weight", reader.Into(dimension.weight)},
                 {"indicators", EntriesInto(reader, dimension.entries)}});
  } else {
    EntriesInto(reader, dimension.entries)(field);
  }
  if (!id) return;
  dimension.id = *id;
  dimensions.push_back(std::move(dimension));
}

void ReadProfile(Reader& reader, const Field& field, std::vector<ProfileDecl>& profiles) {
  ProfileDecl profile;
  profile.span = field.value.span;
  const bool read =
      reader.Keys(field, "- {name: director, when: role = 'director', set: {nps: 40%}}",
                  {{"name", reader.Into(profile.name), "name: director"},
                   {"when", reader.Into(profile.when), "when: role = 'director'"},
                   {"set", EntriesInto(reader, profile.set), "set: {nps: 40%}"},
                   {"rest", reader.Into(profile.rest, &profile.rest_span, RestChoices())},
                   {"why", reader.Into(profile.why)}});
  if (!read) return;
  if (profile.name.present()) profile.span = profile.name.span;
  profiles.push_back(std::move(profile));
}

void ReadAdjustment(Reader& reader, const Field& field, std::vector<AdjustmentDecl>& adjustments) {
  AdjustmentDecl adjustment;
  adjustment.span = field.value.span;
  const bool read =
      reader.Keys(field, "- {name: policy shock, change: {nps: +10%, sales: -10%}}",
                  {{"name", reader.Into(adjustment.name), "name: policy shock"},
                   {"when", reader.Into(adjustment.when)},
                   {"change", EntriesInto(reader, adjustment.change)},
                   {"set", EntriesInto(reader, adjustment.set)},
                   {"rest", reader.Into(adjustment.rest, &adjustment.rest_span, RestChoices())},
                   {"from", reader.Into(adjustment.from, &adjustment.from_span)},
                   {"until", reader.Into(adjustment.until, &adjustment.until_span)},
                   {"approved_by", reader.Into(adjustment.approved_by)},
                   {"why", reader.Into(adjustment.why)}});
  if (!read) return;
  if (adjustment.name.present()) adjustment.span = adjustment.name.span;
  if (!HasKey(field.value, "change") && !HasKey(field.value, "set")) {
    const std::string& name = adjustment.name.present() ? adjustment.name.text : field.name();
    reader.Report(DiagKind::kMissingKey, adjustment.span, {"change", name})
        .Because(HelpKind::kWriteLike, {"change: {nps: +10%, sales: -10%}"});
  }
  if (adjustment.from && adjustment.until && *adjustment.until < *adjustment.from) {
    reader.Report(DiagKind::kRangeBackwards, adjustment.span,
                  {adjustment.from->ToString() + ".." + adjustment.until->ToString()});
  }
  adjustments.push_back(std::move(adjustment));
}

// Weights of indicators with nothing around them.
bool IsFlat(const YamlNode& node) {
  constexpr std::string_view kKeys[] = {"dimensions", "indicators", "profiles", "adjustments",
                                        "normalise"};
  if (node.shape != Shape::kMapping) return false;
  return std::none_of(std::begin(kKeys), std::end(kKeys),
                      [&](std::string_view key) { return HasKey(node, key); }) &&
         std::all_of(node.entries.begin(), node.entries.end(), [](const YamlEntry& entry) {
           return entry.value.shape == Shape::kText || IsDatedMapping(entry.value);
         });
}

FieldReader FlatInto(Reader& reader, std::vector<DimensionDecl>& dimensions) {
  return [&reader, &dimensions](const Field& field) {
    DimensionDecl all;
    EntriesInto(reader, all.entries)(field);
    dimensions.push_back(std::move(all));
  };
}

}  // namespace

void ReadWeights(Reader& reader, const Field& field, WeightsDecl& weights) {
  weights.span = field.key.span;
  if (field.value.shape == Shape::kNothing) return;
  if (IsFlat(field.value)) return FlatInto(reader, weights.dimensions)(field);
  const auto each = [&reader](auto read, auto& target) {
    return [&reader, read, &target](const Field& list) {
      reader.Items(list, "- name: director",
                   [&](const Field& item) { read(reader, item, target); });
    };
  };
  const auto dimensions = [&](const Field& inner) {
    reader.Entries(inner, "dimensions: {sales: {revenue: 60%}, service: {nps: 40%}}",
                   [&](const Field& entry) { ReadDimension(reader, entry, weights.dimensions); });
  };
  reader.Keys(field, "weights: {revenue: 60%, nps: 40%}",
              {{"dimensions", dimensions},
               {"indicators", FlatInto(reader, weights.dimensions)},
               {"profiles", each(ReadProfile, weights.profiles)},
               {"adjustments", each(ReadAdjustment, weights.adjustments)},
               {"normalise", reader.Into(weights.normalise, &weights.normalise_span)}});
}

}  // namespace steelyard
