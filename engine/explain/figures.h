// Where a value comes from: its formula in words and in numbers, then what it was made of, each
// thing once, down to the rows of the data.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "engine/diag/diagnostic.h"
#include "engine/explain/scene.h"

namespace steelyard {

// A row, a peer or a period whose value went into a figure.
struct UsedRow {
  std::string key;     // of its table; empty where that has none
  std::string period;  // where the values are those of periods
  std::string file;    // where it was read; empty where it is no row of the data
  uint32_t line = 0;
  Value value;        // of what is folded; missing ones are passed over
  std::string shown;  // empty where rows are only counted
};

// The rows behind one value.
struct Fold {
  std::string table;          // label; empty for periods
  size_t belonging = 0;       // rows that belong to the subject (or group) and period
  size_t missing = 0;         // of those used: without a value
  std::vector<UsedRow> used;  // for which `where` holds, in the order of the data
  bool counted = false;       // only how many there are matters
  Type type;                  // of what is folded
};

enum class FigureKind : uint8_t {
  kFormula,  // no name of its own: a condition, an outcome
  kIndicator,
  kValue,
  kParameter,
  kComputed,   // computed column
  kColumn,     // a cell
  kAggregate,  // many rows to one
  kAmong,      // across subjects
  kTime,       // across periods
};

struct Figure {
  FigureKind kind = FigureKind::kFormula;
  std::string id;       // of what has a name in the rules
  std::string name;     // what formulas call it
  std::string words;    // the formula; empty where there is none
  std::string numbers;  // the same with the values of its parts; empty where that says no more
  Value value;
  Type type;
  std::string shown;
  std::string cause;  // why it is missing
  std::string each;   // label of the table whose rows have one value each: no single value to tell
  std::string since;  // kParameter: the day from which this value holds
  std::string file;   // kColumn: where the cell stands
  uint32_t line = 0;
  std::optional<Fold> fold;
  std::vector<size_t> uses;  // what it was made of, in the order of the formula
};

class Derivation {
 public:
  Derivation(const Scene& scene, Language language) : scene_(scene), language_(language) {}

  // The place of the figure in all().
  size_t Add(TermId id, const Here& here);
  size_t AddDefinition(DefinitionId id, const Here& here);

  const Figure& at(size_t index) const { return figures_[index]; }
  const std::vector<Figure>& all() const { return figures_; }
  Language language() const { return language_; }

 private:
  using Key = std::tuple<int, int32_t, Grain, size_t>;

  std::string Shown(const Value& value, const Type& type) const;
  size_t AddNew(const Key& key, Figure figure);
  void Fill(Figure& figure, TermId id, const Here& here);
  void FillNumbers(Figure& figure, TermId term, const Here& here);
  size_t AddColumn(const Term& term, const Here& here);
  // A definition that has one value for each of many rows: its formula in words.
  size_t AddEach(DefinitionId id, const Here& here);
  void AddParts(TermId id, const Here& here, std::vector<size_t>& uses);
  void AddChoice(const Term& term, const Here& here, std::vector<size_t>& uses);
  void AddInside(TermId id, const Here& here, std::vector<size_t>& uses);
  void AddUse(size_t figure, std::vector<size_t>& uses) const;
  std::optional<Fold> FoldOf(TermId id, const Here& here) const;
  Fold FoldOfRows(const Node& node, std::span<const int32_t> rows) const;
  Fold FoldOfPeriods(const Node& node, size_t row) const;
  void Use(const Node& node, size_t row, Fold& fold) const;
  UsedRow RowOfTable(const Node& node, size_t row) const;
  void PlaceOf(TableId table, size_t row, std::string& file, uint32_t& line) const;
  std::string Since(const Definition& definition, const Here& here) const;
  std::string Cause(const Value& value) const;

  const Scene& scene_;
  Language language_;
  std::vector<Figure> figures_;
  std::map<Key, size_t> known_;
};

}  // namespace steelyard
