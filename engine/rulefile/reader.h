// The pieces from which the readers of all sections are made: a mapping with known keys, a mapping
// with free keys, a text, a word of a few, a formula, a date, a range. Each reports what it finds
// wrong and leaves its target as it was.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/diag/diagnostic.h"
#include "engine/rulefile/yaml_node.h"
#include "engine/syntax/rule_file.h"

namespace steelyard {

// A value with the key it belongs to; an element of a list has the key of the list.
struct Field {
  const YamlNode& key;
  const YamlNode& value;
  bool is_item = false;
  const std::string& name() const { return key.text.text; }
};

using FieldReader = std::function<void(const Field&)>;

// What a mapping with known keys may hold.
struct KeyRule {
  std::string_view key;
  FieldReader read;
  std::string_view required = {};  // an example of the line; empty: the key may be left out
};
using KeyRules = std::vector<KeyRule>;

template <class Enum>
struct Choice {
  std::string_view word;
  Enum value;
};

// Bytes [begin, end) of a text, without blanks around them.
EmbeddedText Slice(const EmbeddedText& text, size_t begin, size_t end);
// The place of a whole text.
Span Whole(const EmbeddedText& text);

enum class NameRule : uint8_t {
  kName,    // letters, digits, `_`: what formulas can say without backquotes
  kHeading  // of a table or column: as the data have it, but no `.` and no backquote
};

class Reader {
 public:
  explicit Reader(DiagnosticSink& sink) : sink_(sink), errors_before_(sink.error_count()) {}

  // Where there are too many reports already, goes nowhere.
  Diagnostic& Report(DiagKind kind, Span span, std::vector<std::string> args = {});

  // --- shapes: `example` is a line that would be right ---

  // Reads the known keys; false where the value is not a mapping.
  bool Keys(const Field& field, std::string_view example, const KeyRules& rules);
  // Every entry of a mapping with free keys. An empty value has no entries.
  void Entries(const Field& field, std::string_view example, const FieldReader& read);
  // The elements of a list, or the single value that stands in its place.
  void Items(const Field& field, std::string_view example, const FieldReader& read);
  // The text without blanks around it; empty after a report where there is none.
  std::optional<EmbeddedText> Text(const Field& field, std::string_view example = {});
  void WrongShape(const Field& field, Shape expected, std::string_view example);
  void Empty(const Field& field, std::string_view example);

  // --- values ---

  FieldReader Into(Word& word);                // as written
  FieldReader NameInto(Word& word);            // refers to a thing: in the form names compare in
  FieldReader Into(std::vector<Word>& words);  // one or a list, as written
  FieldReader NamesInto(std::vector<Word>& words);
  FieldReader Into(Formula& formula);
  FieldReader ConditionInto(Formula& formula);  // `>= 40%` with `value` on the left, or a formula
  FieldReader Into(ValueRange& range, std::string_view example);
  FieldReader Into(DateRange& range);
  FieldReader Into(std::optional<Date>& date, Span* place = nullptr);
  FieldReader Into(bool& flag, Span* place = nullptr);
  FieldReader WholeInto(Word& number, int low, int high);

  // One word of a few; `place` gets where it stands.
  template <class Enum>
  FieldReader Into(Enum& target, Span* place, std::vector<Choice<Enum>> choices) {
    return [this, &target, place, choices = std::move(choices)](const Field& field) {
      const std::optional<EmbeddedText> text = Text(field, choices[0].word);
      if (!text) return;
      if (place != nullptr) *place = Whole(*text);
      std::vector<std::string> words;
      for (const Choice<Enum>& choice : choices) {
        if (choice.word == text->text) {
          target = choice.value;
          return;
        }
        words.emplace_back(choice.word);
      }
      UnknownWord(field.name(), MakeWord(*text), words);
    };
  }

  // The word names none of `choices`.
  void UnknownWord(const std::string& key, const Word& word,
                   const std::vector<std::string>& choices);
  // What the key of an entry defines; empty after a report where it cannot be a name.
  std::optional<Word> Id(const YamlNode& key, NameRule rule = NameRule::kName);
  // `25%..30%`; empty after a report.
  std::optional<ValueRange> Range(const Field& field, std::string_view example);

  std::optional<Date> ParseDate(const EmbeddedText& text);  // empty after a report
  Formula ParseExpression(EmbeddedText text);               // a formula
  Formula ParseBand(EmbeddedText text);  // a condition whose left side is `value`
  // Stands for a formula that could not be read and was reported.
  static Formula Unread(const Field& field);

  static Word MakeWord(const EmbeddedText& text);
  static Word MakeName(const EmbeddedText& text);

 private:
  void CheckRequired(const Field& field, const std::vector<std::string>& meant,
                     const KeyRules& rules);
  // Reports the key; the known one that was probably meant, or an empty text.
  std::string UnknownKey(const Field& parent, const YamlNode& key, const KeyRules& rules);

  // Were so many mistakes found that the rest can wait? Says so the first time.
  bool IsFull(Span span);

  DiagnosticSink& sink_;
  size_t errors_before_;
  bool is_full_ = false;
  Diagnostic unheard_;
};

}  // namespace steelyard
