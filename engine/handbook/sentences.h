// What rules say, in sentences: conditions, effects, dates, values with their units.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/check/model.h"
#include "engine/handbook/document.h"
#include "engine/handbook/labels.h"

namespace steelyard {

class Sentences {
 public:
  Sentences(const Model& model, Labels& labels, Language language)
      : model_(model), labels_(labels), language_(language) {}

  bool english() const { return language_ == Language::kEnglish; }
  Language language() const { return language_; }
  std::string Say(std::string_view english_text, std::string_view chinese) const {
    return std::string(english() ? english_text : chinese);
  }
  // The pattern's `{}` are filled in.
  std::string Fill(std::string_view english_text, std::string_view chinese,
                   const std::vector<std::string>& arguments) const;

  Math Mathematics(const ExprTree& tree, ExprId id) { return ToMath(tree, id, labels_, language_); }
  Math Mathematics(const Formula& formula) {
    return Mathematics(formula.tree, BodyOf(formula.tree));
  }
  // The formula without a label before it: `NAME = formula`.
  ExprId BodyOf(const ExprTree& tree) const;
  // In words where it is simple, otherwise as mathematics.
  Line Condition(const Formula& formula);
  // A number or a name as it is, everything else as mathematics.
  Line Amount(const Formula& formula);

  // `2026-01-01 to 2026-06-30`, `from …`, `until …`; empty where it is always.
  std::string Dates(const std::optional<Date>& from, const std::optional<Date>& until) const;
  std::string From(const std::optional<Date>& from) const;
  // A value in the unit it is shown in.
  std::string Value(const Number& value, const Type& type, bool percent) const;
  // `a, b and c`.
  std::string List(const std::vector<std::string>& items, std::string_view last_english = "and",
                   std::string_view last_chinese = "和") const;

 private:
  std::optional<std::string> Words(const ExprTree& tree, ExprId id);
  std::optional<std::string> Compared(const ExprTree& tree, const Expr& expr);
  std::optional<std::string> Joined(const ExprTree& tree, const Expr& expr);
  std::optional<std::string> Listed(const ExprTree& tree, const Expr& expr);
  std::optional<std::string> Truth(const ExprTree& tree, const Expr& name);
  std::optional<std::string> Operand(const ExprTree& tree, ExprId id);
  std::optional<std::string> OfIndicator(const ExprTree& tree, const Expr& call);
  std::string WithValue(const std::string& label, DefinitionId id) const;
  bool IsTruth(const Expr& name) const;

  const Model& model_;
  Labels& labels_;
  Language language_;
};

}  // namespace steelyard
