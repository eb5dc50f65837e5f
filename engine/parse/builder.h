// Grows the tree while the grammar reads: values wait on a stack until the operator, call or choice
// around them is complete.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/parse/fold.h"
#include "engine/syntax/formula.h"

namespace steelyard {

class TreeBuilder {
 public:
  enum class Clause { kWhere, kPer, kAmong };

  explicit TreeBuilder(const FoldedText& text) : text_(text) {}

  const FoldedText& text() const { return text_; }
  // The finished tree; call once, after the whole text was read.
  ExprTree Finish();

  // Nesting; throws beyond kMaxFormulaDepth.
  void Descend(size_t at);
  void Ascend() { --depth_; }

  void MarkHere(Extent at) { here_ = at.begin; }
  void Open(Extent bracket);
  void Close(Extent bracket);

  void PushOperator(Op op, Extent at) { operators_.push_back({op, at}); }
  void PushConstant(ExprKind kind, Op op, Extent at);
  void PushText(Extent quoted);
  void PushDate(Extent at);
  void PushPeriod(Extent at);

  void StartNumber(Extent decimal);
  void MakePercent();
  void Multiply(Extent words);  // 百万
  void SetUnit(Extent at) { unit_ = at; }
  void PushNumber(Extent at);

  void SetFirstName(Extent at);
  void SetColumnName(Extent at);
  void PushName(Extent at);
  void PushImpliedValue(Extent at);

  // Each takes its operands, and its operator where it has one, from the stacks.
  void Unary();
  void Binary();
  void ExtendChain();
  void In();
  void NotIn();
  void Between();
  void NotBetween();
  void Range();  // low..high
  void IsMissing(Op op, Extent end);
  void Group() { values_.back().extent = closed_; }  // the bracket that was closed last
  void List(Extent at);

  void StartChoice(Extent word) { choices_.push_back({word, values_.size()}); }
  void FinishIf(Extent at);
  void MarkElse() { choices_.back().has_else = true; }
  void FinishCase(Extent at);

  void SetFunctionName(Extent at) { function_ = at; }
  void StartCall();
  void AddPair();
  void AddArgument();  // does nothing for a pair
  void StartClause(Clause clause, Extent word);
  void SetWhere() { calls_.back().expr.where = PopValue().id; }
  void SetPer() { calls_.back().expr.per = PopValue().id; }
  void AddAmong() { calls_.back().expr.among.push_back(PopValue().id); }
  void SetAmongAll() { calls_.back().expr.among_all = true; }
  void SetAllPeriods() { calls_.back().expr.all_periods = true; }
  void FinishCall(Extent at);

  // What was under way when the reading stopped.
  size_t here() const { return here_; }
  bool InBracket() const { return !open_.empty(); }
  Extent OpenBracket() const { return open_.back().at; }
  // The word of the innermost choice that is not complete.
  Extent ChoiceWord() const;
  bool InCall() const { return !calls_.empty(); }
  // The last clause of the innermost call, if it has any.
  std::optional<Extent> LastClause() const;

 private:
  struct Value {
    ExprId id;
    Extent extent;  // with the brackets around it
  };
  struct Operator {
    Op op;
    Extent at;
  };
  struct Bracket {
    Extent at;
    size_t first_value;
  };
  struct Choice {
    Extent word;
    size_t first_value;
    bool has_else = false;
  };
  struct Call {
    Expr expr;
    std::vector<Clause> clauses;
    Extent last_clause;
  };

  Value PopValue();
  Operator PopOperator();
  void MergeNot(Op op);
  std::vector<ExprId> PopValuesFrom(size_t first);
  std::string NameAt(Extent at) const;
  Expr Make(ExprKind kind, Op op, Extent op_at, std::vector<ExprId> children = {}) const;
  void Push(Expr expr, Extent at);
  int HeightOver(const Expr& expr) const;

  const FoldedText& text_;
  ExprTree tree_;
  std::vector<int> heights_;  // of each node
  std::vector<Value> values_;
  std::vector<Operator> operators_;
  std::vector<Bracket> open_;
  std::vector<Choice> choices_;
  std::vector<Call> calls_;
  int depth_ = -1;  // 0 is the formula itself
  size_t here_ = 0;
  Extent closed_;          // the last pair of brackets that was closed,
  size_t list_start_ = 0;  // and where its values began

  // The number and the name that are being read.
  Number number_;
  bool percent_ = false;
  std::optional<Extent> unit_;
  std::string first_name_;
  std::string column_name_;
  Extent column_at_;
  Extent function_;
};

}  // namespace steelyard
