// What the names of a checked card are called in print, and which of them were met, so that each
// can be explained where it is used.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/check/model.h"
#include "engine/handbook/formula_math.h"

namespace steelyard {

class Labels : public FormulaNames {
 public:
  Labels(const Model& model, Language language);

  std::string Of(const Expr& name) override;
  std::string OfIndicator(const Expr& name) override;
  std::string OfTable(const Expr& name) override;
  std::string RowsOf(const Expr& call) override;
  bool CountsRows(const Expr& call) override;
  void Met(std::string_view function) override { functions_.insert(std::string(function)); }

  // A `value` in a formula is that of this indicator from now on; -1: of none.
  void SetIndicator(int32_t index) { indicator_ = index; }

  // The name, except where the id is a word of the reader's and the name another way to write it.
  static std::string Chosen(const std::string& id, const std::string& name);
  std::string Of(const IndicatorModel& indicator) const {
    return Chosen(indicator.id, indicator.name);
  }
  std::string Of(const Definition& definition) const {
    return Chosen(definition.id, definition.name);
  }
  std::string Of(ColumnId column);
  std::string Of(TableId table) const;
  // Of an indicator that a key of the rule file names.
  std::string OfWord(const Word& indicator) const;

  // What a plain name in a formula is; not valid for anything else.
  TermId TermOf(const Expr& name) const;
  // The parameter, value or indicator that a name without a column stands for.
  DefinitionId DefinitionOf(const Expr& name) const;

  // Definitions that were met since this was last asked, in the order they were met, each once.
  std::vector<DefinitionId> TakeMet();
  const std::set<ColumnId>& columns() const { return columns_; }
  const std::set<std::string>& functions() const { return functions_; }

 private:
  std::string OfTerm(const Term& term);
  const Term* RowsTerm(const Expr& call) const;
  void Note(DefinitionId id);
  std::string Say(std::string_view english, std::string_view chinese) const {
    return std::string(language_ == Language::kEnglish ? english : chinese);
  }

  const Model& model_;
  Language language_;
  int32_t indicator_ = -1;
  std::map<Span, TermId> terms_;                 // of names
  std::map<Span, TermId> folds_;                 // of calls that look at many rows
  std::map<std::string, DefinitionId> by_name_;  // ids and names, normalised
  std::map<std::string, int> uses_;              // how many things go by a label
  std::vector<DefinitionId> met_;
  std::set<ColumnId> columns_;
  std::set<std::string> functions_;
};

}  // namespace steelyard
