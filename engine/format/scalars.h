// Keys and texts as they are written again: quotes where YAML needs them, formulas laid out.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/format/formula_layout.h"
#include "engine/rulefile/yaml_node.h"

namespace steelyard {

// Can the text stand in YAML without quotes, and be read as itself? `in_flow`: within brackets.
bool IsPlain(std::string_view text, bool in_flow);
// Would other readers of YAML take it for a number, a date, a truth value or nothing?
bool LooksTyped(std::string_view text);
// In quotes; double ones unless it holds one of them or a backslash.
std::string Quoted(std::string_view text);

// A list or text of block style (`|`, `>`) and its lines, without their indentation.
struct BlockText {
  std::string header;
  std::vector<std::string> lines;
};

class Scalars {
 public:
  // `keeps_quotes`: quotes say something here (in tests of rules).
  Scalars(std::string_view text, OperatorStyle style, bool keeps_quotes)
      : text_(text), style_(style), keeps_quotes_(keeps_quotes) {}

  // The text that begins at this byte of the file is a formula.
  void AddFormula(uint32_t offset, std::string_view formula);

  // Empty where it needs several lines.
  std::optional<std::string> OneLine(const YamlNode& node, bool in_flow) const;
  // A text that its author wrote over several lines, outside of brackets.
  bool IsLong(const YamlNode& node) const;
  std::vector<std::string> Lines(const YamlNode& node) const;
  BlockText Block(const YamlNode& node) const;

 private:
  std::string_view Written(const YamlNode& node) const;
  bool IsFormula(const YamlNode& node) const;
  // The text laid out, where it is a formula and can be.
  std::optional<std::string> LaidOut(const YamlNode& node, std::string_view text) const;
  std::optional<std::string> QuotedAgain(const YamlNode& node,
                                         const std::optional<std::string>& formula,
                                         bool in_flow) const;

  std::string_view text_;
  OperatorStyle style_;
  bool keeps_quotes_;
  std::unordered_map<uint32_t, std::string> formulas_;  // by where they begin
};

}  // namespace steelyard
