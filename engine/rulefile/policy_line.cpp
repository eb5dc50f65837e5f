#include "engine/rulefile/policy_line.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "engine/base/text.h"

namespace steelyard {

namespace {

constexpr int kMostCounted = 100'000;

// A weight as it is written: `30%`, `0.3`.
std::optional<Number> ParseShare(std::string_view text) {
  const bool percent = text.ends_with('%');
  if (percent) text.remove_suffix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  while (text.starts_with(' ')) text.remove_prefix(1);
  const std::optional<Number> number = Number::FromDecimal(text);
  return number && percent ? *number / Number(100) : number;
}

// `30%..40%` with blanks and full-width signs as people type them.
std::optional<std::pair<Number, Number>> ParseShares(const std::string& text) {
  const std::string plain = NormalizeName(text);
  const size_t dots = plain.find("..");
  if (dots == std::string::npos) return std::nullopt;
  const auto low = ParseShare(std::string_view(plain).substr(0, dots));
  const auto high = ParseShare(std::string_view(plain).substr(dots + 2));
  const Number one(1);
  if (!low || !high || low->Sign() < 0 || *low > one || *high > one) return std::nullopt;
  return std::pair{*low, *high};
}

// A line that asks for nothing would look like one that is kept.
bool IsEmptyList(const Field& field) {
  return field.value.shape == Shape::kList && field.value.items.empty();
}

}  // namespace

bool PolicyLineReader::Long(const Field& field, std::string_view example, PolicyLine& line,
                            KeyRules rules, std::string_view why) {
  rules.push_back({"severity", DemandInto(line.demand)});
  rules.push_back({"why", reader_.Into(line.why), why});
  rules.push_back({"cards", SomeNamesInto(line.cards, "[key-account]")});
  return reader_.Keys(field, example, rules);
}

FieldReader PolicyLineReader::DemandInto(Demand& demand) {
  return reader_.Into(demand, nullptr,
                      std::vector<Choice<Demand>>{{"error", Demand::kError},
                                                  {"warning", Demand::kWarning},
                                                  {"note", Demand::kNote},
                                                  {"off", Demand::kOff}});
}

bool PolicyLineReader::SaysNothing(const Field& field) {
  constexpr std::string_view kCommon[] = {"severity", "why", "cards", "indicators"};
  const auto& entries = field.value.entries;
  return std::all_of(entries.begin(), entries.end(), [&](const YamlEntry& entry) {
    const std::string key = NormalizeName(entry.key.text.text);
    return std::find(std::begin(kCommon), std::end(kCommon), key) != std::end(kCommon);
  });
}

void PolicyLineReader::Lacks(const Field& field, std::string_view key, std::string_view example) {
  reader_.Report(DiagKind::kMissingKey, PlaceOf(field), {std::string(key), field.name()})
      .Because(HelpKind::kWriteLike, {std::string(example)});
}

void PolicyLineReader::ReadNamed(const Field& field, NamedLine& line) {
  line.span = field.key.span;
  line.indicator = Reader::MakeName(Slice(field.key.text, 0, field.key.text.text.size()));
}

FieldReader PolicyLineReader::ShareInto(ShareRange& range) {
  return [this, &range](const Field& field) {
    const auto text = reader_.Text(field, "30%..40%");
    if (!text) return;
    const Span place = Whole(*text);
    const auto shares = ParseShares(text->text);
    if (!shares) {
      reader_.Report(DiagKind::kNotARange, place, {text->text})
          .Because(HelpKind::kWriteLike, {"30%..40%"});
    } else if (shares->second < shares->first) {
      reader_.Report(DiagKind::kRangeBackwards, place, {text->text});
    } else {
      range = {shares->first, shares->second, place};
    }
  };
}

FieldReader PolicyLineReader::WholeInto(std::optional<int>& number) {
  return [this, &number](const Field& field) {
    Word word;
    reader_.WholeInto(word, 0, kMostCounted)(field);
    if (!word.present()) return;
    int value = 0;
    std::from_chars(word.text.data(), word.text.data() + word.text.size(), value);
    number = value;
  };
}

FieldReader PolicyLineReader::SomeNamesInto(std::vector<Word>& words, std::string_view example) {
  return [this, &words, example](const Field& field) {
    if (IsEmptyList(field)) return reader_.Empty(field, example);
    reader_.NamesInto(words)(field);
  };
}

FieldReader PolicyLineReader::KeysInto(std::vector<AskedKey>& keys, std::vector<AskedKey> known) {
  return [this, &keys, known = std::move(known)](const Field& field) {
    if (IsEmptyList(field)) return reader_.Empty(field, SpellKey(known[0]));
    reader_.Items(field, SpellKey(known[0]), [&](const Field& item) {
      const auto text = reader_.Text(item, SpellKey(known[0]));
      if (text) AddKey(field, Reader::MakeName(*text), known, keys);
    });
  };
}

void PolicyLineReader::AddKey(const Field& field, const Word& word,
                              const std::vector<AskedKey>& known, std::vector<AskedKey>& keys) {
  std::vector<std::string> words;
  for (const AskedKey key : known) {
    words.emplace_back(SpellKey(key));
    if (words.back() == word.text) return keys.push_back(key);
  }
  reader_.UnknownWord(field.name(), word, words);
}

std::vector<AskedKey> PolicyLineReader::IndicatorKeys() {
  return {AskedKey::kName,       AskedKey::kDefinition, AskedKey::kUnit,   AskedKey::kTarget,
          AskedKey::kSource,     AskedKey::kSourceKind, AskedKey::kPeriod, AskedKey::kOwner,
          AskedKey::kStrategy,   AskedKey::kLevel,      AskedKey::kBetter, AskedKey::kWeightRange,
          AskedKey::kAuditRange, AskedKey::kWhy};
}

std::vector<AskedKey> PolicyLineReader::AdjustmentKeys() {
  return {AskedKey::kName, AskedKey::kWhy, AskedKey::kFrom, AskedKey::kUntil,
          AskedKey::kApprovedBy};
}

std::vector<AskedKey> PolicyLineReader::CardKeys() {
  return {AskedKey::kTitle, AskedKey::kVersion, AskedKey::kEffective, AskedKey::kPeriod,
          AskedKey::kLevel};
}

}  // namespace steelyard
