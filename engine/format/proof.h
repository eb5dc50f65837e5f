// The proof that formatting has changed nothing: before a file is written, the new text is read
// again and held against the old one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/format/formula_layout.h"
#include "engine/source/source.h"

namespace steelyard {

// What is not as it was.
enum class FormatLoss : uint8_t {
  kYaml,      // keys, values, their order, or how they nest
  kRules,     // what is read of the rules, formula by formula
  kFindings,  // what `check` says
  kMeaning,   // the program that the rules become
  kComments,
  kNotStable,  // formatting once more would change it again
};

// Empty where everything is. `loader` gives what the file imports.
std::optional<FormatLoss> FindLoss(const SourceFile& before, const std::string& after,
                                   OperatorStyle style, const SourceLoader& loader);

}  // namespace steelyard
