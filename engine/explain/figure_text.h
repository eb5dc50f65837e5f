// Figures as lines for people: a formula a line, what it was made of further in.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "engine/explain/figures.h"

namespace steelyard {

// The value as part of an equation: ` = 35%`, ` ≈ 36.4%`; of conditions `: true`.
std::string EquationEnd(const std::string& shown);
// `revenue ÷ target × 100% = 420,000 CNY ÷ 500,000 CNY × 100% = 84%`, in parts; the first is the
// name, where the figure has one.
std::vector<std::string> EquationOf(const Figure& figure);
// `12 of 34 order rows`; empty for periods.
std::string FoldWords(const Fold& fold, Language language);
// `data/order.csv:17`, `2026Q1`, `M3 2026Q1`.
std::string PlaceWords(const UsedRow& row);
// `order.csv:3, 7–9`: where rows that are only counted stand.
std::vector<std::string> LinesByFile(const Fold& fold, size_t most);
// The rows to tell, the largest values first where not all are.
std::vector<const UsedRow*> RowsToTell(const Fold& fold, size_t most);

class FigureText {
 public:
  FigureText(const Derivation& derivation, size_t rows) : derivation_(derivation), rows_(rows) {}

  // The figure and what it was made of, without what has been told before.
  void Tell(size_t index, size_t indent, std::vector<std::string>& lines);

 private:
  void TellRows(const Fold& fold, size_t indent, std::vector<std::string>& lines) const;

  const Derivation& derivation_;
  size_t rows_;  // of a fold
  std::set<size_t> told_;
};

}  // namespace steelyard
