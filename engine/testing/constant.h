// Constants as cases write them: what is expected of a result, and values given instead of
// formulas.
#pragma once

#include <optional>
#include <string>

#include "engine/base/value.h"
#include "engine/diag/diagnostic.h"
#include "engine/schema/schema.h"
#include "engine/syntax/rule_file.h"

namespace steelyard {

class ConstantReader {
 public:
  // `file` is the one that the constants stand in; units are those of the schema.
  ConstantReader(const Schema& schema, FileId file, DiagnosticSink& sink);

  // A value of the type, as formulas write it; texts and dates stand without quotes. A number
  // without a unit is in the unit of the type. Empty where that was reported.
  std::optional<Value> Read(const EmbeddedText& text, bool quoted, const Type& type);

 private:
  std::optional<Value> ReadNumber(const EmbeddedText& text, const Type& type);
  std::optional<Value> WrongType(const EmbeddedText& text, const Type& type);

  RuleFile alone_;  // a file in which only units are known
  DiagnosticSink& sink_;
};

// `yes`, `真` …: a truth value as people write it; empty for anything else.
std::optional<bool> TruthOf(const std::string& text);

}  // namespace steelyard
