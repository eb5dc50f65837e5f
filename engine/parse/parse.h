// Formula text to tree. Reads with the PEGTL grammar in grammar/; the only room with parser
// actions. A formula that cannot be read is reported once, at the first place where no reading goes
// on (PEG stops there), with what was expected; the tree's root is then not valid.
#pragma once

#include "engine/diag/diagnostic.h"
#include "engine/syntax/formula.h"

namespace steelyard {

// A whole formula: language.md, section 2.
ExprTree ParseFormula(const EmbeddedText& text, DiagnosticSink& sink);

// A condition on `value` with its left side left out: `< 24h`, `>= 50% and < 80%`, `50%..80%`
// (inclusive), `= 'A'`. Comes back as a tree over the name `value`. A whole condition that names
// `value` itself is taken as it stands.
ExprTree ParseBandCondition(const EmbeddedText& text, DiagnosticSink& sink);

// Deepest nesting of brackets, choices and signs that is read; beyond it a diagnostic.
inline constexpr int kMaxFormulaDepth = 200;
// Most nodes from the root of a tree to its deepest leaf, so that those who walk it may recurse; in
// practice, the longest run of operators such as a + b + c + ….
inline constexpr int kMaxFormulaHeight = 1000;
// Longest formula, in bytes.
inline constexpr size_t kMaxFormulaBytes = 64u << 10;

}  // namespace steelyard
