// A file of rule tests as it was written: what each case gives and what it expects, nothing
// resolved. Spans point at what a message about the thing should underline.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/source/source.h"
#include "engine/syntax/rule_file.h"

namespace steelyard {

// `amount: 40万`: a cell as a data file would have it.
struct TestCell {
  Word column;
  EmbeddedText text;
  bool quoted = false;
  bool empty = false;  // nothing behind the colon: an empty cell
  Span span;           // of the text
};

struct TestRow {
  std::vector<TestCell> cells;
  Span span;
};

// The rows given for one table; there may be none, which says that it is empty.
struct TestTable {
  Word table;
  std::vector<TestRow> rows;
};

// `grade: B`, `vetoes: [a, b]`, `score: {is: 71.3, within: 0.1}`, `alerts: {has: a, not: [b, c]}`.
struct TestExpected {
  Word output;
  std::vector<EmbeddedText> texts;  // one, or the elements of a list
  bool is_list = false;
  bool quoted = false;  // a text in quotes is never the word `missing`
  std::optional<EmbeddedText> within;
  bool partial = false;  // `has`, which are `texts`, and `not`: others may be there
  std::vector<EmbeddedText> lacks;
  Span span;  // of what is expected
};

// What is expected of one row of the results.
struct TestExpectedRow {
  std::vector<TestExpected> entries;
  Span span;
};

struct TestCase {
  Word name;
  Word period;
  Word as_of;
  std::vector<TestTable> given;
  std::vector<TestRow> values;  // indicators given by value, with the keys that tell whose
  bool has_values = false;
  std::vector<TestExpectedRow> expect;
  Span span;
};

struct TestFile {
  FileId file;
  Word rules;  // `tests:`, relative to this file
  std::vector<TestCase> cases;
};

}  // namespace steelyard
