// How a formula is written: the grammar, from the smallest rules up to the whole, without actions.
//
// It reads folded text (engine/parse/fold.h): full-width forms, typographic signs and odd blanks
// have become ASCII there, so `×` is `*` and `≤` is `<=` here. Texts and backquoted names are found
// in the same form, but their contents are taken from what was written.
//
// A reading never goes back over a value: after an operator, a bracket or a word that opens a
// choice, what follows is needed, and `Expected` says what that is. So reading takes time in
// proportion to the length of the formula.
//
// English words are whole words, in either case. Chinese is written without blanks, so a Chinese
// word that can only be an operator where it stands (`(a>1)且b`, `100且b`) needs none after it; one
// that opens a value (如果, 非) does, for 非经营性收入 is a name.
#pragma once

#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/analyze_traits.hpp>

#include "engine/base/text.h"
#include "grammar/expected.h"

namespace steelyard::grammar {

using tao::pegtl::at;
using tao::pegtl::digit;
using tao::pegtl::eof;
using tao::pegtl::not_at;
using tao::pegtl::one;
using tao::pegtl::opt;
using tao::pegtl::plus;
using tao::pegtl::raise;
using tao::pegtl::range;
using tao::pegtl::rep;
using tao::pegtl::rep_min_max;
using tao::pegtl::seq;
using tao::pegtl::sor;
using tao::pegtl::star;
using tao::pegtl::string;
using tao::pegtl::success;
namespace utf8 = tao::pegtl::utf8;

template <Expected E>
struct expected {};

// Reads `Rule`, or stops the reading here.
template <class Rule, Expected E>
struct need : sor<Rule, raise<expected<E>>> {};

// ── Characters ───────────────────────────────────────────────────────────────────────────────────

// One code point that `Test` accepts.
template <bool (*Test)(char32_t)>
struct code_point_if {
  using rule_t = code_point_if;
  using subs_t = tao::pegtl::empty_list;

  template <class ParseInput>
  static bool match(ParseInput& in) {
    if (in.empty()) return false;
    const CodePoint point = DecodeAt({in.current(), in.size()}, 0);
    if (!Test(point.value)) return false;
    in.bump(point.length);
    return true;
  }
};

struct name_start : code_point_if<IsNameStart> {};
struct name_part : code_point_if<IsNamePart> {};
struct blanks : star<one<' ', '\t', '\n', '\r'>> {};
struct some_blanks : plus<one<' ', '\t', '\n', '\r'>> {};

template <class Rule>
struct token : seq<Rule, blanks> {};

// ── Words ────────────────────────────────────────────────────────────────────────────────────────

#define EN(word) TAO_PEGTL_ISTRING(word)
#define ZH(word) TAO_PEGTL_STRING(word)

// `end.x` and `case.opened_on` are columns, whatever the word.
struct dotted : seq<one<'.'>, sor<name_start, one<'`'>>> {};
template <class... Words>
struct whole_word : seq<sor<seq<Words, not_at<name_part>>...>, not_at<dotted>> {};

// A word that can stand only where an operator can.
template <class English, class... Chinese>
struct infix_word : token<sor<whole_word<English>, Chinese...>> {
  using spelled = sor<English, Chinese...>;
  using whole = whole_word<English, Chinese...>;
  using chinese = sor<Chinese...>;
};
// A word that opens a value, or is one.
template <class... Spellings>
struct opening_word : token<whole_word<Spellings...>> {
  using spelled = sor<Spellings...>;
  using whole = whole_word<Spellings...>;
};

struct or_word : infix_word<EN("or"), ZH("或者"), ZH("或")> {};
struct and_word : infix_word<EN("and"), ZH("并且"), ZH("並且"), ZH("且")> {};
struct in_word : infix_word<EN("in"), ZH("属于"), ZH("屬於")> {};
struct not_in_word : token<sor<ZH("不属于"), ZH("不屬於")>> {};
struct between_word : infix_word<EN("between"), ZH("介于"), ZH("介於")> {};
struct between_and : infix_word<EN("and"), ZH("且"), ZH("和"), ZH("与"), ZH("與")> {};
struct between_end : token<sor<ZH("之间"), ZH("之間")>> {};
struct empty_word : token<sor<ZH("为空"), ZH("為空"), ZH("缺失")>> {};
struct not_empty_word : token<sor<ZH("不为空"), ZH("不為空"), ZH("不缺失")>> {};
struct then_word : infix_word<EN("then"), ZH("则"), ZH("則"), ZH("那么"), ZH("那麼")> {};
struct else_word : infix_word<EN("else"), ZH("否则"), ZH("否則")> {};
struct where_word : infix_word<EN("where"), ZH("其中")> {};
struct per_word : infix_word<EN("per"), ZH("每")> {};

struct not_word : opening_word<EN("not"), ZH("非")> {};
struct is_word : opening_word<EN("is")> {};
struct if_word : opening_word<EN("if"), ZH("如果"), ZH("若")> {};
struct case_word : opening_word<EN("case")> {};
struct when_word : opening_word<EN("when")> {};
struct end_word : opening_word<EN("end")> {};
struct among_word : opening_word<EN("among")> {};
struct true_word : opening_word<EN("true"), ZH("真")> {};
struct false_word : opening_word<EN("false"), ZH("假")> {};
struct missing_word : opening_word<EN("missing"), ZH("缺失")> {};

// These two mean something only after `among`; elsewhere they are names.
struct all_word : opening_word<EN("all")> {};
struct periods_word : opening_word<EN("periods")> {};

// Not names as they stand, only in backquotes.
template <class... Words>
struct any_of {
  using spelled = sor<typename Words::spelled...>;
  using whole = sor<typename Words::whole...>;
};
using reserved_words = any_of<or_word, and_word, in_word, between_word, then_word, else_word,
                              where_word, per_word, not_word, is_word, if_word, case_word,
                              when_word, end_word, among_word, true_word, false_word, missing_word>;
struct reserved : reserved_words::whole {};

// Where one of these begins, a unit that is written without blanks ends: `24小时且x`.
struct unit_end : sor<or_word::chinese, and_word::chinese, then_word::chinese, else_word::chinese,
                      between_and::chinese, between_end, where_word::chinese> {};
struct no_unit
    : sor<unit_end, reserved, seq<reserved_words::spelled, at<unit_end>>, in_word::chinese,
          not_in_word, between_word::chinese, empty_word, not_empty_word, per_word::chinese> {};

// ── Signs ────────────────────────────────────────────────────────────────────────────────────────

struct open : token<one<'('>> {};
struct close : token<one<')'>> {};
struct comma : token<one<','>> {};
struct colon : token<one<':'>> {};

struct equal_sign : token<sor<string<'=', '='>, one<'='>>> {};
struct not_equal_sign : token<sor<string<'!', '='>, string<'<', '>'>>> {};
struct less_equal_sign : token<string<'<', '='>> {};
struct less_sign : token<one<'<'>> {};
struct greater_equal_sign : token<string<'>', '='>> {};
struct greater_sign : token<one<'>'>> {};
struct compare_sign : sor<equal_sign, not_equal_sign, less_equal_sign, less_sign,
                          greater_equal_sign, greater_sign> {};

struct coalesce_sign : token<string<'?', '?'>> {};
struct add_sign : token<one<'+'>> {};
struct subtract_sign : token<one<'-'>> {};
struct multiply_sign : token<seq<one<'*'>, not_at<one<'*'>>>> {};
struct divide_sign : token<one<'/'>> {};
struct negate_sign : token<one<'-'>> {};
struct plus_sign : token<one<'+'>> {};
struct power_sign : token<one<'^'>> {};

// ── Literals ─────────────────────────────────────────────────────────────────────────────────────

struct double_quote : utf8::one<U'"', U'＂'> {};
struct single_quote : utf8::one<U'\'', U'＇'> {};
struct curly_double : utf8::one<U'“', U'”'> {};  // either way round: input methods err
struct curly_single : utf8::one<U'‘', U'’'> {};
struct corner_open : utf8::one<U'「', U'『'> {};
struct corner_close : utf8::one<U'」', U'』'> {};

// A closing quote that belongs to the text is written twice.
template <class Open, class Close>
struct quoted : seq<Open, star<sor<seq<Close, Close>, seq<not_at<Close>, utf8::any>>>,
                    need<Close, Expected::kClosingQuote>> {};
struct here : success {};  // marks where something begins that may lack its end
struct any_quote : sor<double_quote, single_quote, curly_double, curly_single, corner_open> {};
struct quoted_text : sor<quoted<double_quote, double_quote>, quoted<single_quote, single_quote>,
                         quoted<curly_double, curly_double>, quoted<curly_single, curly_single>,
                         quoted<corner_open, corner_close>> {};
struct text : seq<at<any_quote>, here, token<quoted_text>> {};

// `_` may stand between digits; a comma may not.
struct digits : seq<digit, star<opt<one<'_'>>, digit>> {};
struct fraction : seq<one<'.'>, digits> {};
struct exponent : seq<one<'e', 'E'>, opt<one<'+', '-'>>, plus<digit>> {};
struct decimal : seq<sor<seq<digits, opt<fraction>>, fraction>, opt<exponent>> {};

struct per_cent : seq<blanks, one<'%'>> {};
// 千 alone multiplies only where it cannot be the kilo of a unit: 3千, 3千元, but 3千克.
struct hundreds : sor<ZH("百"), ZH("千")> {};
struct ten_thousands : sor<ZH("万"), ZH("萬")> {};
struct hundred_millions : sor<ZH("亿"), ZH("億")> {};
struct multiplier : sor<seq<opt<hundreds>, ten_thousands, opt<hundred_millions>>,
                        seq<opt<hundreds>, hundred_millions>,
                        seq<hundreds, sor<at<ZH("元")>, not_at<name_part>>>> {};
struct unit : seq<not_at<sor<one<'_'>, multiplier, no_unit>>, name_start,
                  star<not_at<unit_end>, name_part>> {};
// After a blank, a word is a unit only where it cannot be the name of something else.
struct spaced_unit : seq<some_blanks, at<unit, not_at<dotted>, blanks, not_at<one<'('>>>, unit> {};
struct measured : seq<opt<blanks, multiplier>, opt<sor<unit, spaced_unit>>> {};
// In f(1,000) the comma could separate two arguments, but nobody writes 000 for one of them.
struct thousands : seq<one<','>, rep<3, digit>, not_at<digit>> {};
struct careless_number
    : seq<at<rep_min_max<1, 3, digit>, star<not_at<one<','>, one<'0'>>, thousands>, at<thousands>>,
          raise<expected<Expected::kNumberForm>>> {};
struct number : token<seq<decimal, sor<per_cent, measured>>> {};

struct year : rep<4, digit> {};
struct century : sor<string<'1', '9'>, string<'2', '0'>, string<'2', '1'>> {};
struct likely_year : seq<at<century>, year> {};
struct one_or_two : seq<digit, opt<digit>> {};
struct date
    : token<seq<year, one<'-'>, rep<2, digit>, one<'-'>, rep<2, digit>, not_at<name_part>>> {};
// Dates as they are written elsewhere: 2026-4-1, 2026/4/1, 2026年4月1日.
struct careless_date
    : seq<at<likely_year, sor<seq<one<'-'>, one_or_two, one<'-'>, one_or_two, not_at<digit>>,
                              seq<one<'/'>, one_or_two, one<'/'>, one_or_two, not_at<digit>>,
                              seq<ZH("年"), one_or_two, ZH("月")>>>,
          raise<expected<Expected::kDateForm>>> {};

struct part_of_year : seq<year, one<'Q', 'q', 'H', 'h', 'W', 'w'>, one_or_two, not_at<name_part>> {
};
struct month : sor<seq<one<'0'>, range<'1', '9'>>, seq<one<'1'>, range<'0', '2'>>> {};
// Written without blanks; `2026 - 04` is a subtraction.
struct month_of_year : seq<likely_year, one<'-'>, month,
                           not_at<sor<name_part, one<'%'>, seq<one<'-', '.'>, digit>>>> {};
struct period : token<sor<part_of_year, month_of_year>> {};

// ── Names ────────────────────────────────────────────────────────────────────────────────────────

struct plain_name : seq<name_start, star<name_part>> {};
// A backquote that belongs to the name is written twice.
struct backquoted : seq<one<'`'>, star<sor<string<'`', '`'>, seq<not_at<one<'`'>>, utf8::any>>>,
                        need<one<'`'>, Expected::kClosingBackquote>> {};
struct first_name : sor<seq<at<one<'`'>>, here, backquoted>, seq<not_at<reserved>, plain_name>> {};
struct column_name : sor<seq<at<one<'`'>>, here, backquoted>, plain_name> {};
struct column_part : seq<one<'.'>, not_at<one<'.'>>, need<column_name, Expected::kColumn>> {};
struct name : token<seq<first_name, opt<column_part>>> {};

// ── Values ───────────────────────────────────────────────────────────────────────────────────────

struct expression;
struct and_then : need<expression, Expected::kValue> {};  // what an opening word or sign calls for
struct group_end : need<close, Expected::kClose> {};
struct list_end : need<close, Expected::kCommaOrClose> {};

struct group : seq<open, and_then, group_end> {};

// Calls: f(x, y), sum(x where c per t among a, b all periods), linear(x, 0: 0, 1: 100).
struct pair_value : seq<colon, and_then> {};
struct argument : seq<expression, opt<pair_value>> {};
struct arguments : seq<argument, star<comma, need<argument, Expected::kValue>>> {};

struct where_clause : seq<where_word, and_then> {};
struct per_table : seq<name> {};
struct per_clause : seq<per_word, need<per_table, Expected::kTable>> {};
struct all_periods : seq<all_word, need<periods_word, Expected::kPeriods>> {};
struct among_everyone_word : seq<all_word> {};
struct among_everyone : seq<among_everyone_word, opt<sor<periods_word, all_periods>>> {};
struct among_column : seq<name> {};
struct among_columns
    : seq<among_column, star<comma, need<among_column, Expected::kAmong>>, opt<all_periods>> {};
struct among_clause : seq<among_word, need<sor<among_everyone, among_columns>, Expected::kAmong>> {
};
struct clauses : plus<sor<where_clause, per_clause, among_clause>> {};

struct sum_sign : utf8::one<U'∑'> {};
struct function_name : token<sor<sum_sign, first_name>> {};
struct call_start : seq<at<function_name, open>, function_name, open> {};
struct call_body : sor<clauses, seq<need<arguments, Expected::kValue>, opt<clauses>>> {};
struct call : seq<here, call_start, sor<close, seq<call_body, list_end>>> {};
struct lone_sum_sign : seq<sum_sign, blanks, raise<expected<Expected::kBracketAfterSum>>> {};

// Choices. Chinese policy texts write a comma before 则 and 否则.
template <class Word>
struct after_comma : seq<opt<comma>, Word> {};
struct then_part : seq<need<after_comma<then_word>, Expected::kThen>, and_then,
                       need<after_comma<else_word>, Expected::kElse>, and_then> {};
// `if (` may open the arguments of a call, or a condition that only begins with a bracket.
struct rest_of_expression;
struct if_arguments : seq<comma, and_then, need<comma, Expected::kIfComma>, and_then,
                          need<close, Expected::kIfClose>> {};
struct condition_end : seq<list_end> {};
struct bracketed_condition : seq<condition_end, rest_of_expression, then_part> {};
struct if_bracket : seq<open, and_then, sor<if_arguments, bracketed_condition>> {};
struct if_choice : seq<if_word, sor<if_bracket, seq<and_then, then_part>>> {};

struct case_branch
    : seq<when_word, and_then, need<after_comma<then_word>, Expected::kThen>, and_then> {};
struct case_else_word : after_comma<else_word> {};
struct case_else : seq<case_else_word, and_then> {};
struct case_choice : seq<case_word, need<case_branch, Expected::kWhen>, star<case_branch>,
                         opt<case_else>, need<end_word, Expected::kCaseEnd>> {};

struct missing_value : seq<missing_word> {};
struct primary : sor<group, text, date, careless_date, period, careless_number, number, if_choice,
                     case_choice, true_word, false_word, missing_value, call, name, lone_sum_sign> {
};

// ── Operators, tightest first ────────────────────────────────────────────────────────────────────
//
// A level is an operand of the level before and its tail, so that `if (` can take up the reading
// behind its bracket. The `deeper_` rules and `expression` are where a formula nests.

struct sign;
struct deeper_sign : seq<sign> {};
struct power_step : seq<power_sign, need<deeper_sign, Expected::kValue>> {};  // 2^3^-2
struct power_tail : opt<power_step> {};
struct power : seq<primary, power_tail> {};

struct negation : seq<negate_sign, need<deeper_sign, Expected::kValue>> {};  // −2^2 is −4
struct affirmation : seq<plus_sign, need<deeper_sign, Expected::kValue>> {};
struct sign : sor<negation, affirmation, power> {};

struct product_step : seq<sor<multiply_sign, divide_sign>, need<sign, Expected::kValue>> {};
struct product_tail : star<product_step> {};
struct product : seq<sign, product_tail> {};

struct sum_step : seq<sor<add_sign, subtract_sign>, need<product, Expected::kValue>> {};
struct sum_tail : star<sum_step> {};
struct sum : seq<product, sum_tail> {};

struct coalesce_step : seq<coalesce_sign, need<sum, Expected::kValue>> {};
struct coalesce_tail : star<coalesce_step> {};
struct operand : seq<sum, coalesce_tail> {};
struct next_operand : need<operand, Expected::kValue> {};

// 85% <= csat <= 95%: the second step makes a chain of the comparison.
struct compare_step : seq<compare_sign, next_operand> {};
struct chain_step : seq<compare_sign, next_operand> {};
struct compare_chain : seq<compare_step, star<chain_step>> {};

struct list : seq<open, and_then, star<comma, and_then>, list_end> {};
struct set : sor<text, date, period, number, call, name> {};
struct in_values : sor<list, need<set, Expected::kValue>> {};
struct in_step : seq<in_word, in_values> {};
struct not_in_step : seq<in_word, in_values> {};
struct not_in_step_zh : seq<not_in_word, in_values> {};
struct between_ends
    : seq<next_operand, need<between_and, Expected::kBetweenAnd>, next_operand, opt<between_end>> {
};
struct between_step : seq<between_word, between_ends> {};
struct not_between_step : seq<between_word, between_ends> {};
struct infix_not : seq<not_word> {};
struct not_step : seq<infix_not, need<sor<not_in_step, not_between_step>, Expected::kInOrBetween>> {
};

struct is_missing : seq<missing_word> {};
struct is_not_missing : seq<not_word, need<missing_word, Expected::kMissing>> {};
struct is_step : seq<is_word, need<sor<is_missing, is_not_missing>, Expected::kMissing>> {};

struct empty_step : seq<empty_word> {};
struct not_empty_step : seq<not_empty_word> {};

struct comparison_step : sor<compare_chain, in_step, not_in_step_zh, between_step, not_step,
                             is_step, empty_step, not_empty_step> {};
struct comparison_tail : opt<comparison_step> {};
struct comparison : seq<operand, comparison_tail> {};

struct denial;
struct deeper_denial : seq<denial> {};
struct not_prefix_word : seq<not_word> {};
struct not_prefix : seq<not_prefix_word, need<deeper_denial, Expected::kValue>> {};
struct denial : sor<not_prefix, comparison> {};

struct and_step : seq<and_word, need<denial, Expected::kValue>> {};
struct and_tail : star<and_step> {};
struct conjunction : seq<denial, and_tail> {};

struct or_step : seq<or_word, need<conjunction, Expected::kValue>> {};
struct or_tail : star<or_step> {};
struct expression : seq<conjunction, or_tail> {};

struct rest_of_expression
    : seq<power_tail, product_tail, sum_tail, coalesce_tail, comparison_tail, and_tail, or_tail> {};

struct formula : seq<blanks, and_then, need<eof, Expected::kEnd>> {};

// ── Bands ────────────────────────────────────────────────────────────────────────────────────────
//
// Conditions on `value` whose left side may be left out: `< 24h`, `>= 50% and < 80%`, `50%..80%`.

struct not_at_front : seq<not_word, sor<in_word, between_word>> {};
struct comparison_ahead : at<sor<compare_sign, in_word, not_in_word, between_word, not_at_front,
                                 is_word, empty_word, not_empty_word>> {};
struct implied_value : success {};
struct relative_band : seq<comparison_ahead, implied_value, comparison_step> {};
struct range_sign : token<string<'.', '.'>> {};
struct range_step : seq<range_sign, next_operand> {};
struct absolute_band : seq<operand, sor<range_step, comparison_tail>> {};
struct band_denial;
struct deeper_band_denial : seq<band_denial> {};
struct band_not : seq<not_prefix_word, need<deeper_band_denial, Expected::kValue>> {};
struct band_denial : sor<relative_band, band_not, absolute_band> {};
struct band_and_step : seq<and_word, need<band_denial, Expected::kValue>> {};
struct band_conjunction : seq<band_denial, star<band_and_step>> {};
struct band_or_step : seq<or_word, need<band_conjunction, Expected::kValue>> {};
struct band_expression : seq<band_conjunction, star<band_or_step>> {};
struct band : seq<blanks, need<band_expression, Expected::kValue>, need<eof, Expected::kEnd>> {};

#undef EN
#undef ZH

}  // namespace steelyard::grammar

namespace tao::pegtl {

template <typename Name, bool (*Test)(char32_t)>
struct analyze_traits<Name, steelyard::grammar::code_point_if<Test>> : analyze_any_traits<> {};

}  // namespace tao::pegtl
