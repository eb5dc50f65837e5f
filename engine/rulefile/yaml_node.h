// A YAML file as a plain tree with places: all that the reader of rule files sees of YAML. Numbers,
// dates and booleans are still the texts that were written.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/source/source.h"

namespace steelyard {

// So many mistakes of one file are told; who has more is better served by fixing these first.
inline constexpr size_t kMaxFaults = 500;

enum class Shape : uint8_t {
  kNothing,  // an empty value, `~` or `null`
  kText,
  kList,
  kMapping,
  kBroken,  // could not be read; that was reported, so say nothing more about it
};

enum class TextStyle : uint8_t {
  kPlain,
  kQuoted,  // '…' or "…"
  kBlock,   // after `|` or `>`
};

struct YamlEntry;

struct YamlNode {
  Shape shape = Shape::kNothing;
  TextStyle style = TextStyle::kPlain;
  bool in_flow = false;  // stands inside [ ] or { }
  bool is_flow = false;  // a list or mapping written with brackets
  // What to underline: a text without its quotes, brackets with what they hold (the opening one
  // alone where they close on another line), the first key of a mapping without brackets.
  Span span;
  uint32_t begin = 0;  // offset of the first character, quote, bracket, `|` or dash
  uint32_t end = 0;    // offset after the last character, quotes and brackets included
  EmbeddedText text;
  std::vector<YamlNode> items;     // kList
  std::vector<YamlEntry> entries;  // kMapping; no two keys are the same
};

struct YamlEntry {
  YamlNode key;  // kText
  YamlNode value;
};

// Does a mapping have this key? Keys written full-width count as what they stand for.
bool HasKey(const YamlNode& node, std::string_view key);

}  // namespace steelyard
