// The stacks of the builder. An operand's extent takes in its brackets, so that the span of an
// operation runs from the first character of its left side to the last of its right one.
#include "engine/parse/builder.h"

#include <algorithm>
#include <utility>

#include "engine/base/calendar.h"
#include "engine/base/check.h"
#include "engine/base/text.h"
#include "engine/parse/fault.h"
#include "engine/parse/parse.h"

namespace steelyard {

namespace {

// The characters between the quotes of a text or a name, with doubled closing ones made single.
// `closers` are the quotes that may end it.
std::string Unquote(std::string_view quoted, std::u32string_view closers) {
  size_t at = DecodeAt(quoted, 0).length;
  std::string content;
  while (at < quoted.size()) {
    const CodePoint point = DecodeAt(quoted, at);
    at += point.length;
    if (closers.find(point.value) == std::u32string_view::npos) {
      AppendUtf8(point.value, content);
    } else if (at < quoted.size()) {
      AppendUtf8(point.value, content);
      at += DecodeAt(quoted, at).length;
    }
  }
  return content;
}

// The closing quotes that go with an opening one, as the grammar pairs them.
std::u32string_view ClosersOf(char32_t open) {
  for (const std::u32string_view pair : {U"\"＂", U"'＇", U"“”", U"‘’"}) {
    if (pair.find(open) != std::u32string_view::npos) return pair;
  }
  return U"」』";
}

std::string UpperAscii(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

}  // namespace

ExprTree TreeBuilder::Finish() {
  STEELYARD_CHECK(values_.size() == 1 && operators_.empty() && open_.empty());
  tree_.root = values_.back().id;
  return std::move(tree_);
}

void TreeBuilder::Descend(size_t at) {
  if (depth_ == kMaxFormulaDepth) {
    throw FormulaFault{DiagKind::kFormulaTooDeep, {at, at + 1}, {std::to_string(kMaxFormulaDepth)}};
  }
  ++depth_;
}

void TreeBuilder::Open(Extent bracket) { open_.push_back({bracket, values_.size()}); }

void TreeBuilder::Close(Extent bracket) {
  closed_ = {open_.back().at.begin, bracket.end};
  list_start_ = open_.back().first_value;
  open_.pop_back();
}

TreeBuilder::Value TreeBuilder::PopValue() {
  const Value value = values_.back();
  values_.pop_back();
  return value;
}

TreeBuilder::Operator TreeBuilder::PopOperator() {
  const Operator popped = operators_.back();
  operators_.pop_back();
  return popped;
}

std::vector<ExprId> TreeBuilder::PopValuesFrom(size_t first) {
  std::vector<ExprId> ids;
  for (size_t i = first; i < values_.size(); ++i) ids.push_back(values_[i].id);
  values_.resize(first);
  return ids;
}

Expr TreeBuilder::Make(ExprKind kind, Op op, Extent op_at, std::vector<ExprId> children) const {
  Expr expr;
  expr.kind = kind;
  expr.op = op;
  expr.op_span = text_.Locate(op_at);
  expr.children = std::move(children);
  return expr;
}

int TreeBuilder::HeightOver(const Expr& expr) const {
  int height = 0;
  const auto see = [&](ExprId id) {
    if (id.valid()) height = std::max(height, heights_[id.index()]);
  };
  for (const auto* ids : {&expr.children, &expr.among, &expr.pair_keys, &expr.pair_values}) {
    std::for_each(ids->begin(), ids->end(), see);
  }
  see(expr.where);
  see(expr.per);
  return height + 1;
}

void TreeBuilder::Push(Expr expr, Extent at) {
  expr.span = text_.Locate(at);
  const int height = HeightOver(expr);
  if (height > kMaxFormulaHeight) {
    throw FormulaFault{
        DiagKind::kFormulaTooManySteps, {at.end - 1, at.end}, {std::to_string(kMaxFormulaHeight)}};
  }
  heights_.push_back(height);
  values_.push_back({tree_.Add(std::move(expr)), at});
}

// ── Literals and names ───────────────────────────────────────────────────────────────────────────

void TreeBuilder::PushConstant(ExprKind kind, Op op, Extent at) { Push(Make(kind, op, at), at); }

void TreeBuilder::PushText(Extent quoted) {
  Expr expr = Make(ExprKind::kText, Op::kNone, quoted);
  const std::string_view written = text_.Written(quoted);
  expr.text = Unquote(written, ClosersOf(DecodeAt(written, 0).value));
  Push(std::move(expr), quoted);
}

void TreeBuilder::PushDate(Extent at) {
  Expr expr = Make(ExprKind::kDate, Op::kNone, at);
  expr.text = text_.Slice(at);
  if (!Date::Parse(expr.text)) throw FormulaFault{DiagKind::kNoSuchDate, at, {expr.text}};
  Push(std::move(expr), at);
}

void TreeBuilder::PushPeriod(Extent at) {
  Expr expr = Make(ExprKind::kPeriod, Op::kNone, at);
  expr.text = UpperAscii(text_.Slice(at));
  if (!Period::Parse(expr.text)) throw FormulaFault{DiagKind::kNoSuchPeriod, at, {expr.text}};
  Push(std::move(expr), at);
}

void TreeBuilder::StartNumber(Extent decimal) {
  std::string digits(text_.Slice(decimal));
  digits.erase(std::remove(digits.begin(), digits.end(), '_'), digits.end());
  const std::optional<Number> number = Number::FromDecimal(digits);
  if (!number) throw FormulaFault{DiagKind::kNumberTooLong, decimal, {digits}};
  number_ = *number;
  percent_ = false;
  unit_.reset();
}

void TreeBuilder::MakePercent() {
  number_ = number_ / Number(100);
  percent_ = true;
}

void TreeBuilder::Multiply(Extent at_words) {
  const std::string_view words = text_.Slice(at_words);
  for (size_t at = 0; at < words.size();) {
    const CodePoint point = DecodeAt(words, at);
    at += point.length;
    switch (point.value) {
      case U'百': number_ = number_ * Number(100); break;
      case U'千': number_ = number_ * Number(1000); break;
      case U'万':
      case U'萬': number_ = number_ * Number(10'000); break;
      case U'亿':
      case U'億': number_ = number_ * Number(100'000'000); break;
      default: break;  // the blanks before
    }
  }
}

void TreeBuilder::PushNumber(Extent at) {
  Expr expr = Make(unit_ ? ExprKind::kQuantity : ExprKind::kNumber, Op::kNone, at);
  expr.number = number_;
  expr.percent_literal = percent_;
  if (unit_) expr.text = NormalizeName(text_.Written(*unit_));
  Push(std::move(expr), at);
}

std::string TreeBuilder::NameAt(Extent at) const {
  const std::string_view written = text_.Written(at);
  if (text_.Slice(at).front() != '`') return NormalizeName(written);
  const std::string content = Unquote(written, U"`｀");
  if (content.empty()) throw FormulaFault{DiagKind::kNameEmpty, at, {}};
  return NormalizeName(content);
}

void TreeBuilder::SetFirstName(Extent at) {
  first_name_ = NameAt(at);
  column_name_.clear();
}

void TreeBuilder::SetColumnName(Extent at) {
  column_name_ = NameAt(at);
  column_at_ = at;
}

void TreeBuilder::PushName(Extent at) {
  Expr expr = Make(ExprKind::kName, Op::kNone, column_name_.empty() ? at : column_at_);
  expr.text = first_name_;
  expr.text2 = column_name_;
  Push(std::move(expr), at);
}

void TreeBuilder::PushImpliedValue(Extent at) {
  // It stands nowhere; the sign that follows is the nearest thing to point at.
  const Extent sign = {at.begin, at.begin + DecodeAt(text_.text(), at.begin).length};
  Expr expr = Make(ExprKind::kName, Op::kNone, sign);
  expr.text = "value";
  Push(std::move(expr), sign);
}

// ── Operators ────────────────────────────────────────────────────────────────────────────────────

void TreeBuilder::Unary() {
  const Value operand = PopValue();
  const Operator sign = PopOperator();
  Push(Make(ExprKind::kUnary, sign.op, sign.at, {operand.id}), {sign.at.begin, operand.extent.end});
}

void TreeBuilder::Binary() {
  const Value right = PopValue();
  const Value left = PopValue();
  const Operator sign = PopOperator();
  Push(Make(ExprKind::kBinary, sign.op, sign.at, {left.id, right.id}),
       {left.extent.begin, right.extent.end});
}

void TreeBuilder::ExtendChain() {
  const Value right = PopValue();
  const Operator sign = PopOperator();
  Value& chain = values_.back();
  Expr& expr = tree_.nodes[chain.id.index()];
  if (expr.kind == ExprKind::kBinary) {
    expr.kind = ExprKind::kChain;
    expr.ops = {expr.op};
    expr.op = Op::kNone;
  }
  expr.ops.push_back(sign.op);
  expr.children.push_back(right.id);
  chain.extent.end = right.extent.end;
  expr.span = text_.Locate(chain.extent);
  int& height = heights_[chain.id.index()];
  height = std::max(height, heights_[right.id.index()] + 1);
}

void TreeBuilder::In() {
  const Value right = PopValue();
  const Value left = PopValue();
  const Operator word = PopOperator();
  Push(Make(ExprKind::kIn, word.op, word.at, {left.id, right.id}),
       {left.extent.begin, right.extent.end});
}

void TreeBuilder::Between() {
  const Value high = PopValue();
  const Value low = PopValue();
  const Value value = PopValue();
  const Operator word = PopOperator();
  Push(Make(ExprKind::kBetween, word.op, word.at, {value.id, low.id, high.id}),
       {value.extent.begin, high.extent.end});
}

// `not` and `in` are two words of one operator.
void TreeBuilder::MergeNot(Op op) {
  const Operator word = PopOperator();
  operators_.back() = {op, {operators_.back().at.begin, word.at.end}};
}

void TreeBuilder::NotIn() {
  MergeNot(Op::kNotIn);
  In();
}

void TreeBuilder::NotBetween() {
  MergeNot(Op::kNotBetween);
  Between();
}

void TreeBuilder::Range() {
  const Value high = PopValue();
  const Value low = PopValue();
  const Operator sign = PopOperator();
  PushImpliedValue(sign.at);
  const Value value = PopValue();
  Push(Make(ExprKind::kBetween, sign.op, sign.at, {value.id, low.id, high.id}),
       {low.extent.begin, high.extent.end});
}

void TreeBuilder::IsMissing(Op op, Extent end) {
  const Value value = PopValue();
  const Operator word = PopOperator();
  Push(Make(ExprKind::kIsMissing, op, {word.at.begin, end.end}, {value.id}),
       {value.extent.begin, end.end});
}

void TreeBuilder::List(Extent at) {
  // The bracket is closed already, and its values are all that came since.
  Push(Make(ExprKind::kList, Op::kNone, at, PopValuesFrom(list_start_)), at);
}

// ── Choices and calls ────────────────────────────────────────────────────────────────────────────

void TreeBuilder::FinishIf(Extent at) {
  const Choice choice = choices_.back();
  choices_.pop_back();
  Push(Make(ExprKind::kIf, Op::kNone, choice.word, PopValuesFrom(choice.first_value)), at);
}

void TreeBuilder::FinishCase(Extent at) {
  const Choice choice = choices_.back();
  choices_.pop_back();
  Expr expr = Make(ExprKind::kCase, Op::kNone, choice.word, PopValuesFrom(choice.first_value));
  expr.has_else = choice.has_else;
  Push(std::move(expr), at);
}

void TreeBuilder::StartCall() {
  Call call;
  call.expr = Make(ExprKind::kCall, Op::kNone, function_);
  call.expr.text = NameAt(function_);
  calls_.push_back(std::move(call));
}

void TreeBuilder::AddPair() {
  const Value value = PopValue();
  const Value key = PopValue();
  calls_.back().expr.pair_keys.push_back(key.id);
  calls_.back().expr.pair_values.push_back(value.id);
}

void TreeBuilder::AddArgument() {
  if (values_.size() == open_.back().first_value) return;
  const Value argument = PopValue();
  Expr& call = calls_.back().expr;
  if (!call.pair_keys.empty()) throw FormulaFault{DiagKind::kPairExpected, argument.extent, {}};
  call.children.push_back(argument.id);
}

void TreeBuilder::StartClause(Clause clause, Extent word) {
  Call& call = calls_.back();
  if (std::find(call.clauses.begin(), call.clauses.end(), clause) != call.clauses.end()) {
    throw FormulaFault{DiagKind::kClauseRepeated, word, {std::string(text_.Written(word))}};
  }
  call.clauses.push_back(clause);
  call.last_clause = word;
}

void TreeBuilder::FinishCall(Extent at) {
  Expr expr = std::move(calls_.back().expr);
  calls_.pop_back();
  Push(std::move(expr), at);
}

// ── Where the reading stopped ────────────────────────────────────────────────────────────────────

Extent TreeBuilder::ChoiceWord() const {
  return choices_.empty() ? Extent{} : choices_.back().word;
}

std::optional<Extent> TreeBuilder::LastClause() const {
  if (calls_.empty() || calls_.back().clauses.empty()) return std::nullopt;
  return calls_.back().last_clause;
}

}  // namespace steelyard
