// The rows of one case while they are put together: as they were written, with keys made up and
// links filled in where that can only mean one thing.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/check/model.h"
#include "engine/data/given.h"
#include "engine/diag/diagnostic.h"
#include "engine/syntax/test_file.h"

namespace steelyard {

struct DraftCell {
  bool present = false;             // named in the row, even if empty
  std::optional<std::string> text;  // empty: an empty cell
  Span span;
};

struct DraftRow {
  std::vector<DraftCell> cells;  // by column
  Span span;
};

struct DraftTable {
  bool given = false;
  std::vector<DraftRow> rows;
};

// A value that takes the place of a formula: of one definition, for a row of the subject's table,
// in one period or (empty) in all of them.
struct DraftValue {
  DefinitionId definition;
  size_t subject = 0;
  std::optional<Period> period;
  Span period_span;
  TestCell written;
};

struct Draft {
  std::vector<DraftTable> tables;  // by TableId
  std::vector<DraftValue> values;
};

// Empty exactly when a mistake was reported.
std::optional<Draft> MakeDraft(const Model& model, const TestCase& test, DiagnosticSink& sink);

// Adds what the rows leave out: rows that they belong to, links, keys. `place`: of the case.
void FillDraft(const Schema& schema, Draft& draft, DiagnosticSink& sink, Span place);

// The table that a name stands for; not valid where none.
TableId TableOfName(const Schema& schema, const std::string& name);

}  // namespace steelyard
