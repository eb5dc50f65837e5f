// `cap 80`, `cap csat 60`, `grade D`, `disqualify` — a verb and what it acts with.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "engine/base/text.h"
#include "engine/rulefile/sections.h"

namespace steelyard {

namespace {

struct VerbForm {
  std::string_view word;
  EffectVerb verb;
  std::string_view example;
};

constexpr VerbForm kVerbs[] = {
    {"add", EffectVerb::kAdd, "add 5"},
    {"subtract", EffectVerb::kSubtract, "subtract 3"},
    {"cap", EffectVerb::kCap, "cap 80"},
    {"floor", EffectVerb::kFloor, "floor 60"},
    {"downgrade", EffectVerb::kDowngrade, "downgrade 1"},
    {"score", EffectVerb::kScore, "score 0"},
    {"grade", EffectVerb::kGrade, "grade D"},
    {"disqualify", EffectVerb::kDisqualify, "disqualify"},
};

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

size_t SkipSpaces(std::string_view text, size_t at) {
  while (at < text.size() && IsSpace(text[at])) ++at;
  return at;
}

// The end of the name that begins at `at`, backquotes included; `at` itself if none does.
size_t NameEnd(std::string_view text, size_t at) {
  if (at < text.size() && text[at] == '`') {
    const size_t close = text.find('`', at + 1);
    return close == std::string_view::npos ? at : close + 1;
  }
  size_t end = at;
  while (end < text.size()) {
    const CodePoint point = DecodeAt(text, end);
    if (end == at ? !IsNameStart(point.value) : !IsNamePart(point.value)) break;
    end += point.length;
  }
  return end;
}

// Words of the formula language that look like names.
bool IsOperatorWord(std::string_view word) {
  constexpr std::string_view kWords[] = {"and",  "or",   "not", "in", "is", "between", "if",
                                         "case", "then", "且",  "或", "非", "如果"};
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

// `csat` of `cap csat 60`: a name with something after it that can only begin an amount. Returns
// where the name ends, or `begin` if the whole rest is the amount.
size_t TargetEnd(std::string_view text, size_t begin) {
  const size_t end = NameEnd(text, begin);
  const size_t next = SkipSpaces(text, end);
  if (end == begin || next == end || next == text.size()) return begin;
  if (IsOperatorWord(text.substr(begin, end - begin))) return begin;
  const size_t word_end = NameEnd(text, next);
  if (word_end > next) return IsOperatorWord(text.substr(next, word_end - next)) ? begin : end;
  return text[next] >= '0' && text[next] <= '9' ? end : begin;
}

class EffectReader {
 public:
  EffectReader(Reader& reader, EmbeddedText text, const std::vector<EffectVerb>& allowed)
      : reader_(reader), text_(std::move(text)), allowed_(allowed) {}

  std::optional<Effect> Read() {
    verb_end_ = std::min(text_.text.find_first_of(" \t\r\n"), text_.text.size());
    const VerbForm* form = FindVerb();
    if (form == nullptr) return Refuse();
    Effect effect;
    effect.verb = form->verb;
    effect.span = Whole(text_);
    const size_t rest = SkipSpaces(text_.text, verb_end_);
    const bool has_rest = rest < text_.text.size();
    if (has_rest == (effect.verb == EffectVerb::kDisqualify)) return Refuse(form);
    if (effect.verb == EffectVerb::kDisqualify) return effect;
    if (effect.verb == EffectVerb::kGrade) {
      effect.target = Reader::MakeWord(Slice(text_, rest, text_.text.size()));
      return effect;
    }
    ReadAmount(rest, effect);
    return effect;
  }

 private:
  bool IsAllowed(EffectVerb verb) const {
    return std::find(allowed_.begin(), allowed_.end(), verb) != allowed_.end();
  }

  const VerbForm* FindVerb() const {
    const std::string_view word = std::string_view(text_.text).substr(0, verb_end_);
    for (const VerbForm& form : kVerbs) {
      if (form.word == word && IsAllowed(form.verb)) return &form;
    }
    return nullptr;
  }

  // Only interlocks cap a single indicator; they are the ones with a floor.
  void ReadAmount(size_t begin, Effect& effect) {
    size_t amount = begin;
    if (effect.verb == EffectVerb::kCap && IsAllowed(EffectVerb::kFloor)) {
      amount = TargetEnd(text_.text, begin);
      const bool quoted = text_.text[begin] == '`' && amount > begin;
      const EmbeddedText target =
          quoted ? Slice(text_, begin + 1, amount - 1) : Slice(text_, begin, amount);
      if (amount > begin) effect.target = Reader::MakeName(target);
    }
    effect.amount = reader_.ParseExpression(Slice(text_, amount, text_.text.size()));
  }

  std::optional<Effect> Refuse(const VerbForm* form = nullptr) {
    std::vector<std::string> words;
    std::vector<std::string> examples;
    for (const VerbForm& known : kVerbs) {
      if (!IsAllowed(known.verb)) continue;
      words.emplace_back(known.word);
      examples.emplace_back(known.example);
    }
    Diagnostic& found = reader_.Report(DiagKind::kNotAnEffect, Whole(text_), {text_.text});
    const std::string word = text_.text.substr(0, verb_end_);
    const auto nearest = form == nullptr ? NearestName(word, words) : std::nullopt;
    if (form != nullptr) {
      found.Because(HelpKind::kWriteLike, {std::string(form->example)});
    } else if (nearest) {
      found.Because(HelpKind::kDidYouMean, {*nearest});
    } else {
      found.Because(HelpKind::kOneOf, {fmt::format("{}", fmt::join(examples, ", "))});
    }
    return std::nullopt;
  }

  Reader& reader_;
  EmbeddedText text_;
  const std::vector<EffectVerb>& allowed_;
  size_t verb_end_ = 0;
};

}  // namespace

std::optional<Effect> ReadEffect(Reader& reader, const Field& field,
                                 const std::vector<EffectVerb>& allowed) {
  auto text = reader.Text(field);
  if (!text) return std::nullopt;
  return EffectReader(reader, std::move(*text), allowed).Read();
}

}  // namespace steelyard
