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
struct Control : tao::pegtl::normal<Rule> {};

template <g::Expected E>
struct Control<g::expected<E>> : tao::pegtl::normal<g::expected<E>> {
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
struct WithPlace {
  template <class ActionInput>
  static void apply(const ActionInput& in, TreeBuilder& builder) {
    (builder.*Method)(At(in));
  }
};

// Calls one function of the builder.
template <auto Method>
struct Calls {
  static void apply0(TreeBuilder& builder) { (builder.*Method)(); }
};

template <Op op>
struct PushesOperator {
  template <class ActionInput>
  static void apply(const ActionInput& in, TreeBuilder& builder) {
    builder.PushOperator(op, At(in));
  }
};

template <ExprKind kind, Op op = Op::kNone>
struct PushesConstant {
  template <class ActionInput>
  static void apply(const ActionInput& in, TreeBuilder& builder) {
    builder.PushConstant(kind, op, At(in));
  }
};

template <Op op>
struct TestsMissing {
  template <class ActionInput>
  static void apply(const ActionInput& in, TreeBuilder& builder) {
    builder.IsMissing(op, At(in));
  }
};

template <TreeBuilder::Clause clause>
struct StartsClause {
  template <class ActionInput>
  static void apply(const ActionInput& in, TreeBuilder& builder) {
    builder.StartClause(clause, At(in));
  }
};

// Counts how deep the reading is.
struct Nests : tao::pegtl::maybe_nothing {
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
struct Action : tao::pegtl::nothing<Rule> {};

// A table, one rule a line.
// clang-format off

// Brackets and literals.
template <> struct Action<g::open> : WithPlace<&TreeBuilder::Open> {};
template <> struct Action<g::close> : WithPlace<&TreeBuilder::Close> {};
template <> struct Action<g::here> : WithPlace<&TreeBuilder::MarkHere> {};
template <> struct Action<g::group> : Calls<&TreeBuilder::Group> {};
template <> struct Action<g::condition_end> : Calls<&TreeBuilder::Group> {};
template <> struct Action<g::list> : WithPlace<&TreeBuilder::List> {};
template <> struct Action<g::quoted_text> : WithPlace<&TreeBuilder::PushText> {};
template <> struct Action<g::date> : WithPlace<&TreeBuilder::PushDate> {};
template <> struct Action<g::period> : WithPlace<&TreeBuilder::PushPeriod> {};
template <> struct Action<g::decimal> : WithPlace<&TreeBuilder::StartNumber> {};
template <> struct Action<g::per_cent> : Calls<&TreeBuilder::MakePercent> {};
template <> struct Action<g::multiplier> : WithPlace<&TreeBuilder::Multiply> {};
template <> struct Action<g::unit> : WithPlace<&TreeBuilder::SetUnit> {};
template <> struct Action<g::number> : WithPlace<&TreeBuilder::PushNumber> {};
template <> struct Action<g::true_word> : PushesConstant<ExprKind::kBool, Op::kTrue> {};
template <> struct Action<g::false_word> : PushesConstant<ExprKind::kBool, Op::kFalse> {};
template <> struct Action<g::missing_value> : PushesConstant<ExprKind::kMissing> {};

// Names and calls.
template <> struct Action<g::first_name> : WithPlace<&TreeBuilder::SetFirstName> {};
template <> struct Action<g::column_name> : WithPlace<&TreeBuilder::SetColumnName> {};
template <> struct Action<g::name> : WithPlace<&TreeBuilder::PushName> {};
template <> struct Action<g::implied_value> : WithPlace<&TreeBuilder::PushImpliedValue> {};
template <> struct Action<g::function_name> : WithPlace<&TreeBuilder::SetFunctionName> {};
template <> struct Action<g::call_start> : Calls<&TreeBuilder::StartCall> {};
template <> struct Action<g::pair_value> : Calls<&TreeBuilder::AddPair> {};
template <> struct Action<g::argument> : Calls<&TreeBuilder::AddArgument> {};
template <> struct Action<g::where_word> : StartsClause<TreeBuilder::Clause::kWhere> {};
template <> struct Action<g::where_clause> : Calls<&TreeBuilder::SetWhere> {};
template <> struct Action<g::per_word> : StartsClause<TreeBuilder::Clause::kPer> {};
template <> struct Action<g::per_table> : Calls<&TreeBuilder::SetPer> {};
template <> struct Action<g::among_word> : StartsClause<TreeBuilder::Clause::kAmong> {};
template <> struct Action<g::among_everyone_word> : Calls<&TreeBuilder::SetAmongAll> {};
template <> struct Action<g::among_column> : Calls<&TreeBuilder::AddAmong> {};
template <> struct Action<g::periods_word> : Calls<&TreeBuilder::SetAllPeriods> {};
template <> struct Action<g::call> : WithPlace<&TreeBuilder::FinishCall> {};

// Choices.
template <> struct Action<g::if_word> : WithPlace<&TreeBuilder::StartChoice> {};
template <> struct Action<g::if_choice> : WithPlace<&TreeBuilder::FinishIf> {};
template <> struct Action<g::case_word> : WithPlace<&TreeBuilder::StartChoice> {};
template <> struct Action<g::case_else_word> : Calls<&TreeBuilder::MarkElse> {};
template <> struct Action<g::case_choice> : WithPlace<&TreeBuilder::FinishCase> {};

// Operators.
template <> struct Action<g::or_word> : PushesOperator<Op::kOr> {};
template <> struct Action<g::and_word> : PushesOperator<Op::kAnd> {};
template <> struct Action<g::not_prefix_word> : PushesOperator<Op::kNot> {};
template <> struct Action<g::equal_sign> : PushesOperator<Op::kEqual> {};
template <> struct Action<g::not_equal_sign> : PushesOperator<Op::kNotEqual> {};
template <> struct Action<g::less_sign> : PushesOperator<Op::kLess> {};
template <> struct Action<g::less_equal_sign> : PushesOperator<Op::kLessEqual> {};
template <> struct Action<g::greater_sign> : PushesOperator<Op::kGreater> {};
template <> struct Action<g::greater_equal_sign> : PushesOperator<Op::kGreaterEqual> {};
template <> struct Action<g::coalesce_sign> : PushesOperator<Op::kCoalesce> {};
template <> struct Action<g::add_sign> : PushesOperator<Op::kAdd> {};
template <> struct Action<g::subtract_sign> : PushesOperator<Op::kSubtract> {};
template <> struct Action<g::multiply_sign> : PushesOperator<Op::kMultiply> {};
template <> struct Action<g::divide_sign> : PushesOperator<Op::kDivide> {};
template <> struct Action<g::power_sign> : PushesOperator<Op::kPower> {};
template <> struct Action<g::negate_sign> : PushesOperator<Op::kNegate> {};
template <> struct Action<g::plus_sign> : PushesOperator<Op::kPlus> {};
template <> struct Action<g::in_word> : PushesOperator<Op::kIn> {};
template <> struct Action<g::is_word> : PushesOperator<Op::kIsMissing> {};
template <> struct Action<g::empty_word> : PushesOperator<Op::kIsMissing> {};
template <> struct Action<g::not_empty_word> : PushesOperator<Op::kIsNotMissing> {};
template <> struct Action<g::not_in_word> : PushesOperator<Op::kNotIn> {};
template <> struct Action<g::between_word> : PushesOperator<Op::kBetween> {};
template <> struct Action<g::infix_not> : PushesOperator<Op::kNot> {};
template <> struct Action<g::range_sign> : PushesOperator<Op::kBetween> {};

template <> struct Action<g::or_step> : Calls<&TreeBuilder::Binary> {};
template <> struct Action<g::and_step> : Calls<&TreeBuilder::Binary> {};
template <> struct Action<g::compare_step> : Calls<&TreeBuilder::Binary> {};
template <> struct Action<g::chain_step> : Calls<&TreeBuilder::ExtendChain> {};
template <> struct Action<g::coalesce_step> : Calls<&TreeBuilder::Binary> {};
template <> struct Action<g::sum_step> : Calls<&TreeBuilder::Binary> {};
template <> struct Action<g::product_step> : Calls<&TreeBuilder::Binary> {};

template <> struct Action<g::expression> : Nests {};
template <> struct Action<g::deeper_sign> : Nests {};
template <> struct Action<g::deeper_denial> : Nests {};
template <> struct Action<g::deeper_band_denial> : Nests {};

template <> struct Action<g::power_step> : Calls<&TreeBuilder::Binary> {};
template <> struct Action<g::negation> : Calls<&TreeBuilder::Unary> {};
template <> struct Action<g::affirmation> : Calls<&TreeBuilder::Unary> {};
template <> struct Action<g::not_prefix> : Calls<&TreeBuilder::Unary> {};

template <> struct Action<g::in_step> : Calls<&TreeBuilder::In> {};
template <> struct Action<g::not_in_step_zh> : Calls<&TreeBuilder::In> {};
template <> struct Action<g::not_in_step> : Calls<&TreeBuilder::NotIn> {};
template <> struct Action<g::between_step> : Calls<&TreeBuilder::Between> {};
template <> struct Action<g::not_between_step> : Calls<&TreeBuilder::NotBetween> {};
template <> struct Action<g::is_missing> : TestsMissing<Op::kIsMissing> {};
template <> struct Action<g::is_not_missing> : TestsMissing<Op::kIsNotMissing> {};
template <> struct Action<g::empty_step> : TestsMissing<Op::kIsMissing> {};
template <> struct Action<g::not_empty_step> : TestsMissing<Op::kIsNotMissing> {};

// Bands.
template <> struct Action<g::band_not> : Calls<&TreeBuilder::Unary> {};
template <> struct Action<g::band_and_step> : Calls<&TreeBuilder::Binary> {};
template <> struct Action<g::band_or_step> : Calls<&TreeBuilder::Binary> {};
template <> struct Action<g::range_step> : Calls<&TreeBuilder::Range> {};

// clang-format on

}  // namespace steelyard::parse
