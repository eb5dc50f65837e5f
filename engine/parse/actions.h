// What the grammar's rules do to the tree: for each rule that means something, one line. Included
// by parse.cpp alone.
#pragma once

#include <tao/pegtl.hpp>

#include "engine/parse/builder.h"
#include "engine/parse/fault.h"
#include "grammar/formula.h"

namespace steelyard::parse {

namespace g = grammar;

template <class Rule>
struct control : tao::pegtl::normal<Rule> {};

template <g::Expected E>
struct control<g::expected<E>> : tao::pegtl::normal<g::expected<E>> {
  template <class Input, class... States>
  [[noreturn]] static void raise(const Input& in, States&&... /*unused*/) {
    throw Unexpected{E, static_cast<size_t>(in.current() - in.begin())};
  }
};

// The blanks of the grammar.
constexpr bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Where a rule matched, without the blanks behind it.
template <class ActionInput>
Extent At(const ActionInput& in) {
  const char* const start = in.input().begin();
  const char* end = in.end();
  while (end > in.begin() && IsBlank(end[-1])) --end;
  return {static_cast<size_t>(in.begin() - start), static_cast<size_t>(end - start)};
}

// Hands the place of the match to one function of the builder.
template <auto Method>
struct with_place {
  template <class ActionInput>
  static void apply(const ActionInput& in, TreeBuilder& builder) {
    (builder.*Method)(At(in));
  }
};

// Calls one function of the builder.
template <auto Method>
struct calls {
  static void apply0(TreeBuilder& builder) { (builder.*Method)(); }
};

template <Op op>
struct pushes_operator {
  template <class ActionInput>
  static void apply(const ActionInput& in, TreeBuilder& builder) {
    builder.PushOperator(op, At(in));
  }
};

template <ExprKind kind, Op op = Op::kNone>
struct pushes_constant {
  template <class ActionInput>
  static void apply(const ActionInput& in, TreeBuilder& builder) {
    builder.PushConstant(kind, op, At(in));
  }
};

template <Op op>
struct tests_missing {
  template <class ActionInput>
  static void apply(const ActionInput& in, TreeBuilder& builder) {
    builder.IsMissing(op, At(in));
  }
};

template <TreeBuilder::Clause clause>
struct starts_clause {
  template <class ActionInput>
  static void apply(const ActionInput& in, TreeBuilder& builder) {
    builder.StartClause(clause, At(in));
  }
};

// Counts how deep the reading is.
struct nests : tao::pegtl::maybe_nothing {
  template <class Rule, tao::pegtl::apply_mode A, tao::pegtl::rewind_mode M,
            template <class...> class Action, template <class...> class Control, class Input>
  static bool match(Input& in, TreeBuilder& builder) {
    builder.Descend(static_cast<size_t>(in.current() - in.begin()));
    const bool matched = tao::pegtl::match<Rule, A, M, Action, Control>(in, builder);
    builder.Ascend();
    return matched;
  }
};

template <class Rule>
struct action : tao::pegtl::nothing<Rule> {};

// A table, one rule a line.
// clang-format off

// Brackets and literals.
template <> struct action<g::open> : with_place<&TreeBuilder::Open> {};
template <> struct action<g::close> : with_place<&TreeBuilder::Close> {};
template <> struct action<g::here> : with_place<&TreeBuilder::MarkHere> {};
template <> struct action<g::group> : calls<&TreeBuilder::Group> {};
template <> struct action<g::condition_end> : calls<&TreeBuilder::Group> {};
template <> struct action<g::list> : with_place<&TreeBuilder::List> {};
template <> struct action<g::quoted_text> : with_place<&TreeBuilder::PushText> {};
template <> struct action<g::date> : with_place<&TreeBuilder::PushDate> {};
template <> struct action<g::period> : with_place<&TreeBuilder::PushPeriod> {};
template <> struct action<g::decimal> : with_place<&TreeBuilder::StartNumber> {};
template <> struct action<g::per_cent> : calls<&TreeBuilder::MakePercent> {};
template <> struct action<g::multiplier> : with_place<&TreeBuilder::Multiply> {};
template <> struct action<g::unit> : with_place<&TreeBuilder::SetUnit> {};
template <> struct action<g::number> : with_place<&TreeBuilder::PushNumber> {};
template <> struct action<g::true_word> : pushes_constant<ExprKind::kBool, Op::kTrue> {};
template <> struct action<g::false_word> : pushes_constant<ExprKind::kBool, Op::kFalse> {};
template <> struct action<g::missing_value> : pushes_constant<ExprKind::kMissing> {};

// Names and calls.
template <> struct action<g::first_name> : with_place<&TreeBuilder::SetFirstName> {};
template <> struct action<g::column_name> : with_place<&TreeBuilder::SetColumnName> {};
template <> struct action<g::name> : with_place<&TreeBuilder::PushName> {};
template <> struct action<g::implied_value> : with_place<&TreeBuilder::PushImpliedValue> {};
template <> struct action<g::function_name> : with_place<&TreeBuilder::SetFunctionName> {};
template <> struct action<g::call_start> : calls<&TreeBuilder::StartCall> {};
template <> struct action<g::pair_value> : calls<&TreeBuilder::AddPair> {};
template <> struct action<g::argument> : calls<&TreeBuilder::AddArgument> {};
template <> struct action<g::where_word> : starts_clause<TreeBuilder::Clause::kWhere> {};
template <> struct action<g::where_clause> : calls<&TreeBuilder::SetWhere> {};
template <> struct action<g::per_word> : starts_clause<TreeBuilder::Clause::kPer> {};
template <> struct action<g::per_table> : calls<&TreeBuilder::SetPer> {};
template <> struct action<g::among_word> : starts_clause<TreeBuilder::Clause::kAmong> {};
template <> struct action<g::among_everyone_word> : calls<&TreeBuilder::SetAmongAll> {};
template <> struct action<g::among_column> : calls<&TreeBuilder::AddAmong> {};
template <> struct action<g::periods_word> : calls<&TreeBuilder::SetAllPeriods> {};
template <> struct action<g::call> : with_place<&TreeBuilder::FinishCall> {};

// Choices.
template <> struct action<g::if_word> : with_place<&TreeBuilder::StartChoice> {};
template <> struct action<g::if_choice> : with_place<&TreeBuilder::FinishIf> {};
template <> struct action<g::case_word> : with_place<&TreeBuilder::StartChoice> {};
template <> struct action<g::case_else_word> : calls<&TreeBuilder::MarkElse> {};
template <> struct action<g::case_choice> : with_place<&TreeBuilder::FinishCase> {};

// Operators.
template <> struct action<g::or_word> : pushes_operator<Op::kOr> {};
template <> struct action<g::and_word> : pushes_operator<Op::kAnd> {};
template <> struct action<g::not_prefix_word> : pushes_operator<Op::kNot> {};
template <> struct action<g::equal_sign> : pushes_operator<Op::kEqual> {};
template <> struct action<g::not_equal_sign> : pushes_operator<Op::kNotEqual> {};
template <> struct action<g::less_sign> : pushes_operator<Op::kLess> {};
template <> struct action<g::less_equal_sign> : pushes_operator<Op::kLessEqual> {};
template <> struct action<g::greater_sign> : pushes_operator<Op::kGreater> {};
template <> struct action<g::greater_equal_sign> : pushes_operator<Op::kGreaterEqual> {};
template <> struct action<g::coalesce_sign> : pushes_operator<Op::kCoalesce> {};
template <> struct action<g::add_sign> : pushes_operator<Op::kAdd> {};
template <> struct action<g::subtract_sign> : pushes_operator<Op::kSubtract> {};
template <> struct action<g::multiply_sign> : pushes_operator<Op::kMultiply> {};
template <> struct action<g::divide_sign> : pushes_operator<Op::kDivide> {};
template <> struct action<g::power_sign> : pushes_operator<Op::kPower> {};
template <> struct action<g::negate_sign> : pushes_operator<Op::kNegate> {};
template <> struct action<g::plus_sign> : pushes_operator<Op::kPlus> {};
template <> struct action<g::in_word> : pushes_operator<Op::kIn> {};
template <> struct action<g::is_word> : pushes_operator<Op::kIsMissing> {};
template <> struct action<g::empty_word> : pushes_operator<Op::kIsMissing> {};
template <> struct action<g::not_empty_word> : pushes_operator<Op::kIsNotMissing> {};
template <> struct action<g::not_in_word> : pushes_operator<Op::kNotIn> {};
template <> struct action<g::between_word> : pushes_operator<Op::kBetween> {};
template <> struct action<g::infix_not> : pushes_operator<Op::kNot> {};
template <> struct action<g::range_sign> : pushes_operator<Op::kBetween> {};

template <> struct action<g::or_step> : calls<&TreeBuilder::Binary> {};
template <> struct action<g::and_step> : calls<&TreeBuilder::Binary> {};
template <> struct action<g::compare_step> : calls<&TreeBuilder::Binary> {};
template <> struct action<g::chain_step> : calls<&TreeBuilder::ExtendChain> {};
template <> struct action<g::coalesce_step> : calls<&TreeBuilder::Binary> {};
template <> struct action<g::sum_step> : calls<&TreeBuilder::Binary> {};
template <> struct action<g::product_step> : calls<&TreeBuilder::Binary> {};

template <> struct action<g::expression> : nests {};
template <> struct action<g::deeper_sign> : nests {};
template <> struct action<g::deeper_denial> : nests {};
template <> struct action<g::deeper_band_denial> : nests {};

template <> struct action<g::power_step> : calls<&TreeBuilder::Binary> {};
template <> struct action<g::negation> : calls<&TreeBuilder::Unary> {};
template <> struct action<g::affirmation> : calls<&TreeBuilder::Unary> {};
template <> struct action<g::not_prefix> : calls<&TreeBuilder::Unary> {};

template <> struct action<g::in_step> : calls<&TreeBuilder::In> {};
template <> struct action<g::not_in_step_zh> : calls<&TreeBuilder::In> {};
template <> struct action<g::not_in_step> : calls<&TreeBuilder::NotIn> {};
template <> struct action<g::between_step> : calls<&TreeBuilder::Between> {};
template <> struct action<g::not_between_step> : calls<&TreeBuilder::NotBetween> {};
template <> struct action<g::is_missing> : tests_missing<Op::kIsMissing> {};
template <> struct action<g::is_not_missing> : tests_missing<Op::kIsNotMissing> {};
template <> struct action<g::empty_step> : tests_missing<Op::kIsMissing> {};
template <> struct action<g::not_empty_step> : tests_missing<Op::kIsNotMissing> {};

// Bands.
template <> struct action<g::band_not> : calls<&TreeBuilder::Unary> {};
template <> struct action<g::band_and_step> : calls<&TreeBuilder::Binary> {};
template <> struct action<g::band_or_step> : calls<&TreeBuilder::Binary> {};
template <> struct action<g::range_step> : calls<&TreeBuilder::Range> {};

// clang-format on

}  // namespace steelyard::parse
