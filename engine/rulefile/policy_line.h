// What the lines of house rules are read with.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "engine/rulefile/reader.h"
#include "engine/syntax/policy.h"

namespace steelyard {

class PolicyLineReader {
 protected:
  explicit PolicyLineReader(DiagnosticSink& sink) : reader_(sink) {}

  // The long form of a line: its own keys, and those that every line may have. `why` is an example
  // where the reason must be given.
  bool Long(const Field& field, std::string_view example, PolicyLine& line, KeyRules rules,
            std::string_view why = {});
  static bool IsLong(const Field& field) { return field.value.shape == Shape::kMapping; }
  static Span PlaceOf(const Field& field) {
    return field.is_item ? field.value.span : field.key.span;
  }
  // Has the long form only keys that every line may have? A misspelt one was told.
  static bool SaysNothing(const Field& field);
  void Lacks(const Field& field, std::string_view key, std::string_view example);
  static void ReadNamed(const Field& field, NamedLine& line);

  FieldReader DemandInto(Demand& demand);
  FieldReader ShareInto(ShareRange& range);
  FieldReader WholeInto(std::optional<int>& number);
  // One name or several, but some.
  FieldReader SomeNamesInto(std::vector<Word>& words, std::string_view example);
  // One key or several, of those that are known.
  FieldReader KeysInto(std::vector<AskedKey>& keys, std::vector<AskedKey> known);

  static std::vector<AskedKey> IndicatorKeys();
  static std::vector<AskedKey> AdjustmentKeys();
  static std::vector<AskedKey> CardKeys();

  Reader reader_;

 private:
  void AddKey(const Field& field, const Word& word, const std::vector<AskedKey>& known,
              std::vector<AskedKey>& keys);
};

}  // namespace steelyard
