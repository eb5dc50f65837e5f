// How each kind of value is read, and what is said where it is of another kind.
#include "engine/rulefile/reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "engine/base/text.h"
#include "engine/parse/parse.h"

namespace steelyard {

namespace {

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool IsPlainName(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeAt(text, at);
    if (at == 0 ? !IsNameStart(point.value) : !IsNamePart(point.value)) return false;
    at += point.length;
  }
  return !text.empty();
}

bool IsHeading(std::string_view text) {
  const bool has_control =
      std::any_of(text.begin(), text.end(), [](char c) { return static_cast<uint8_t>(c) < 0x20; });
  return !text.empty() && !has_control && text.find_first_of(".`") == std::string_view::npos;
}

// Does the text begin with a comparison, so that `value` is to be read before it?
bool BeginsWithComparison(std::string_view text) {
  const char32_t first = FoldWidth(DecodeAt(text, 0).value);
  return std::u32string_view(U"<>=!≤≥≠").find(first) != std::u32string_view::npos;
}

std::string Shortened(std::string_view text) {
  constexpr size_t kMax = 80;
  if (text.size() <= kMax) return std::string(text);
  size_t end = kMax;
  while (end > 0 && (text[end] & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace

EmbeddedText Slice(const EmbeddedText& text, size_t begin, size_t end) {
  while (begin < end && IsSpace(text.text[begin])) ++begin;
  while (end > begin && IsSpace(text.text[end - 1])) --end;
  EmbeddedText slice;
  slice.text = text.text.substr(begin, end - begin);
  slice.file = text.file;
  slice.offsets.assign(text.offsets.begin() + static_cast<std::ptrdiff_t>(begin),
                       text.offsets.begin() + static_cast<std::ptrdiff_t>(end + 1));
  return slice;
}

Span Whole(const EmbeddedText& text) { return text.Locate(0, text.text.size()); }

Word Reader::MakeWord(const EmbeddedText& text) { return {text.text, Whole(text)}; }
Word Reader::MakeName(const EmbeddedText& text) { return {NormalizeName(text.text), Whole(text)}; }

bool Reader::IsFull(Span span) {
  if (is_full_ || sink_.error_count() - errors_before_ < kMaxFaults) return is_full_;
  sink_.Report(DiagKind::kTooManyFaults, span, {std::to_string(kMaxFaults)});
  is_full_ = true;
  return true;
}

Diagnostic& Reader::Report(DiagKind kind, Span span, std::vector<std::string> args) {
  if (!IsFull(span)) return sink_.Report(kind, span, std::move(args));
  unheard_ = Diagnostic{};
  return unheard_;
}

// --- shapes -------------------------------------------------------------------------------------

void Reader::WrongShape(const Field& field, Shape expected, std::string_view example) {
  if (field.value.shape == Shape::kBroken) return;
  if (field.value.shape == Shape::kNothing) return Empty(field, example);
  const DiagKind kind =
      expected == Shape::kText ? DiagKind::kExpectedText : DiagKind::kExpectedMapping;
  Diagnostic& found = Report(kind, field.value.span, {Shortened(field.name())});
  if (!example.empty()) found.Because(HelpKind::kWriteLike, {std::string(example)});
}

void Reader::Empty(const Field& field, std::string_view example) {
  Diagnostic& found = Report(DiagKind::kEmptyValue, field.value.span, {Shortened(field.name())});
  if (!example.empty()) found.Because(HelpKind::kWriteLike, {std::string(example)});
}

bool Reader::Keys(const Field& field, std::string_view example, const KeyRules& rules) {
  if (field.value.shape != Shape::kMapping) {
    WrongShape(field, Shape::kMapping, example);
    return false;
  }
  std::vector<std::string> meant;
  for (const YamlEntry& entry : field.value.entries) {
    const std::string key = NormalizeName(entry.key.text.text);
    const auto rule = std::find_if(rules.begin(), rules.end(),
                                   [&](const KeyRule& candidate) { return candidate.key == key; });
    if (rule == rules.end()) {
      meant.push_back(UnknownKey(field, entry.key, rules));
    } else {
      meant.push_back(key);
      rule->read({entry.key, entry.value});
    }
  }
  CheckRequired(field, meant, rules);
  return true;
}

// A key that was misspelt is not missing as well.
void Reader::CheckRequired(const Field& field, const std::vector<std::string>& meant,
                           const KeyRules& rules) {
  for (const KeyRule& rule : rules) {
    if (rule.required.empty()) continue;
    if (std::find(meant.begin(), meant.end(), rule.key) != meant.end()) continue;
    const bool top = field.name().empty();
    Report(top ? DiagKind::kMissingTopKey : DiagKind::kMissingKey,
           top || field.is_item ? field.value.span : field.key.span,
           {std::string(rule.key), Shortened(field.name())})
        .Because(HelpKind::kWriteLike, {std::string(rule.required)});
  }
}

std::string Reader::UnknownKey(const Field& parent, const YamlNode& key, const KeyRules& rules) {
  if (IsFull(key.span)) return {};
  std::vector<std::string> known;
  for (const KeyRule& rule : rules) known.emplace_back(rule.key);
  const bool top = parent.name().empty();
  Diagnostic& found = Report(top ? DiagKind::kUnknownTopKey : DiagKind::kUnknownKey, key.span,
                             {Shortened(key.text.text), Shortened(parent.name())});
  const std::optional<std::string> nearest = NearestName(key.text.text, known);
  if (nearest) {
    found.Because(HelpKind::kDidYouMean, {*nearest});
  } else {
    found.Because(HelpKind::kOneOf, {fmt::format("{}", fmt::join(known, ", "))});
  }
  return nearest.value_or("");
}

void Reader::Entries(const Field& field, std::string_view example, const FieldReader& read) {
  if (field.value.shape == Shape::kNothing) return;
  if (field.value.shape != Shape::kMapping) return WrongShape(field, Shape::kMapping, example);
  for (const YamlEntry& entry : field.value.entries) read({entry.key, entry.value});
}

void Reader::Items(const Field& field, std::string_view example, const FieldReader& read) {
  if (field.value.shape == Shape::kNothing) return Empty(field, example);
  if (field.value.shape != Shape::kList) return read(field);
  for (const YamlNode& item : field.value.items) read({field.key, item, true});
}

std::optional<EmbeddedText> Reader::Text(const Field& field, std::string_view example) {
  if (field.value.shape != Shape::kText) {
    WrongShape(field, Shape::kText, example);
    return std::nullopt;
  }
  EmbeddedText text = Slice(field.value.text, 0, field.value.text.text.size());
  if (!text.text.empty()) return text;
  Empty(field, example);
  return std::nullopt;
}

// --- words --------------------------------------------------------------------------------------

FieldReader Reader::Into(Word& word) {
  return [this, &word](const Field& field) {
    if (const auto text = Text(field)) word = MakeWord(*text);
  };
}

FieldReader Reader::NameInto(Word& word) {
  return [this, &word](const Field& field) {
    if (const auto text = Text(field)) word = MakeName(*text);
  };
}

FieldReader Reader::Into(std::vector<Word>& words) {
  return [this, &words](const Field& field) {
    Items(field, {}, [this, &words](const Field& item) {
      if (const auto text = Text(item)) words.push_back(MakeWord(*text));
    });
  };
}

FieldReader Reader::NamesInto(std::vector<Word>& words) {
  return [this, &words](const Field& field) {
    Items(field, {}, [this, &words](const Field& item) {
      if (const auto text = Text(item)) words.push_back(MakeName(*text));
    });
  };
}

void Reader::UnknownWord(const std::string& key, const Word& word,
                         const std::vector<std::string>& choices) {
  Diagnostic& found =
      Report(DiagKind::kUnknownWord, word.span, {Shortened(key), Shortened(word.text)});
  if (const auto nearest = NearestName(word.text, choices)) {
    found.Because(HelpKind::kDidYouMean, {*nearest});
  } else {
    found.Because(HelpKind::kOneOf, {fmt::format("{}", fmt::join(choices, ", "))});
  }
}

std::optional<Word> Reader::Id(const YamlNode& key, NameRule rule) {
  Word id = MakeName(Slice(key.text, 0, key.text.text.size()));
  if (id.text.empty()) {
    Report(DiagKind::kKeyNotText, key.span);
    return std::nullopt;
  }
  if (rule == NameRule::kName ? IsPlainName(id.text) : IsHeading(id.text)) return id;
  Report(DiagKind::kNotAName, id.span, {Shortened(id.text)})
      .Because(rule == NameRule::kName ? HelpKind::kNameRule : HelpKind::kTableNameRule);
  return std::nullopt;
}

// --- formulas -----------------------------------------------------------------------------------

Formula Reader::ParseExpression(EmbeddedText text) {
  Formula formula;
  formula.span = Whole(text);
  if (!IsFull(formula.span)) formula.tree = ParseFormula(text, sink_);
  formula.source = std::move(text);
  return formula;
}

Formula Reader::ParseBand(EmbeddedText text) {
  Formula formula;
  formula.span = Whole(text);
  if (!IsFull(formula.span)) formula.tree = ParseBandCondition(text, sink_);
  formula.source = std::move(text);
  return formula;
}

Formula Reader::Unread(const Field& field) {
  Formula formula;
  formula.span = field.value.span;
  return formula;
}

FieldReader Reader::Into(Formula& formula) {
  return [this, &formula](const Field& field) {
    auto text = Text(field);
    formula = text ? ParseExpression(std::move(*text)) : Unread(field);
  };
}

FieldReader Reader::ConditionInto(Formula& formula) {
  return [this, &formula](const Field& field) {
    auto text = Text(field);
    if (!text) {
      formula = Unread(field);
      return;
    }
    const bool is_band =
        BeginsWithComparison(text->text) || text->text.find("..") != std::string::npos;
    formula = is_band ? ParseBand(std::move(*text)) : ParseExpression(std::move(*text));
  };
}

// --- ranges, dates, numbers ---------------------------------------------------------------------

std::optional<ValueRange> Reader::Range(const Field& field, std::string_view example) {
  const auto text = Text(field, example);
  if (!text) return std::nullopt;
  const size_t dots = text->text.find("..");
  if (dots != std::string::npos) {
    EmbeddedText low = Slice(*text, 0, dots);
    EmbeddedText high = Slice(*text, dots + 2, text->text.size());
    if (!low.text.empty() && !high.text.empty()) {
      return ValueRange{ParseExpression(std::move(low)), ParseExpression(std::move(high)),
                        Whole(*text)};
    }
  }
  Report(DiagKind::kNotARange, Whole(*text), {Shortened(text->text)})
      .Because(HelpKind::kWriteLike, {std::string(example)});
  return std::nullopt;
}

FieldReader Reader::Into(ValueRange& range, std::string_view example) {
  return [this, &range, example](const Field& field) {
    if (auto read = Range(field, example)) range = std::move(*read);
  };
}

FieldReader Reader::Into(std::optional<Date>& date, Span* place) {
  return [this, &date, place](const Field& field) {
    const auto text = Text(field, "2026-04-01");
    if (!text) return;
    if (place != nullptr) *place = Whole(*text);
    date = ParseDate(*text);
  };
}

std::optional<Date> Reader::ParseDate(const EmbeddedText& text) {
  const std::optional<Date> date = Date::Parse(text.text);
  if (!date) {
    Report(DiagKind::kNotADate, Whole(text), {Shortened(text.text)})
        .Because(HelpKind::kWriteLike, {"2026-04-01"});
  }
  return date;
}

FieldReader Reader::Into(DateRange& range) {
  return [this, &range](const Field& field) {
    constexpr const char* kExample = "2026-01-01..2026-12-31";
    const auto text = Text(field, kExample);
    if (!text) return;
    const size_t dots = text->text.find("..");
    if (dots == std::string::npos || text->text.size() == 2) {
      Report(DiagKind::kNotARange, Whole(*text), {Shortened(text->text)})
          .Because(HelpKind::kWriteLike, {kExample});
      return;
    }
    const EmbeddedText from = Slice(*text, 0, dots);
    const EmbeddedText until = Slice(*text, dots + 2, text->text.size());
    if (!from.text.empty()) range.from = ParseDate(from);
    if (!until.text.empty()) range.until = ParseDate(until);
    range.span = Whole(*text);
    if (range.from && range.until && *range.until < *range.from) {
      Report(DiagKind::kRangeBackwards, range.span, {text->text});
    }
  };
}

FieldReader Reader::Into(bool& flag, Span* place) {
  return Into(flag, place, std::vector<Choice<bool>>{{"true", true}, {"false", false}});
}

FieldReader Reader::WholeInto(Word& number, int low, int high) {
  return [this, &number, low, high](const Field& field) {
    const auto text = Text(field, std::to_string(low));
    if (!text) return;
    int value = 0;
    const char* end = text->text.data() + text->text.size();
    const auto [stop, error] = std::from_chars(text->text.data(), end, value);
    if (error == std::errc() && stop == end && value >= low && value <= high) {
      number = MakeWord(*text);
      return;
    }
    Report(DiagKind::kNotAWholeNumber, Whole(*text),
           {Shortened(field.name()), std::to_string(low), std::to_string(high),
            Shortened(text->text)});
  };
}

}  // namespace steelyard
