// Looks at the characters around the place where the reading stopped, most telling mistake first,
// and picks the one message that helps.
#include "engine/parse/explain.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/text.h"
#include "engine/parse/lexicon.h"
#include "engine/parse/look.h"
#include "engine/syntax/spell.h"

namespace steelyard {

namespace {

using grammar::Expected;

// One explanation under way. The functions that return bool say whether they knew the mistake.
class Explainer {
 public:
  Explainer(const Unexpected& unexpected, const TreeBuilder& builder, DiagnosticSink& sink)
      : expected_(unexpected.expected),
        builder_(builder),
        text_(builder.text()),
        sink_(sink),
        before_(TokenBefore(text_, unexpected.at)),
        found_(TokenAt(text_, unexpected.at)),
        at_end_(found_.begin == text_.size()) {}

  void Run() {
    if (Unclosed() || Form() || ForeignSign()) return;
    if (expected_ == Expected::kValue) return Value();
    if (MisplacedSign() || Bracket() || PartOfChoice() || PartOfClause()) return;
    Operator();
  }

 private:
  bool Unclosed();
  bool Form();
  bool ForeignSign();
  void Value();
  bool MisplacedSign();
  bool Comma();
  bool Percent();
  bool Bracket();
  bool PartOfChoice();
  bool PartOfClause();
  void Among();
  void Column();
  void Missing();
  void Operator();
  void Word();
  void TwoValues();

  std::string_view FoundText() const { return text_.Slice(found_); }
  std::string Found() const { return Shown(text_, found_); }
  std::string Before() const { return Shown(text_, before_); }
  Diagnostic& Report(DiagKind kind, Extent at, std::vector<std::string> args = {}) {
    return sink_.Report(kind, text_.Locate(at), std::move(args));
  }
  Diagnostic& ReportForm(DiagKind kind, Extent at) { return Report(kind, at, {Shown(text_, at)}); }
  bool ReportNumber(Extent number);

  Expected expected_;
  const TreeBuilder& builder_;
  const FoldedText& text_;
  DiagnosticSink& sink_;
  Extent before_;  // the token before the place
  Extent found_;   // the token at the place; empty at the end
  bool at_end_;
};

bool Explainer::Unclosed() {
  const Extent here = CharacterAt(text_, builder_.here());
  if (expected_ == Expected::kClosingBackquote) {
    Report(DiagKind::kBackquoteUnclosed, here);
    return true;
  }
  if (expected_ != Expected::kClosingQuote) return false;
  Diagnostic& report = Report(DiagKind::kTextUnclosed, here);
  const std::string_view open = text_.Slice(here);
  const std::string_view close = ClosingQuote(open);
  if (close != open) {
    report.Because(HelpKind::kTextEndsWith, {std::string(open), std::string(close)});
  }
  return true;
}

// Numbers and dates as they are written elsewhere, which the grammar knows at sight.
bool Explainer::Form() {
  if (expected_ == Expected::kNumberForm) {
    return ReportNumber(ThousandsAt(text_, found_.begin));
  }
  if (expected_ != Expected::kDateForm) return false;
  ReportForm(DiagKind::kDateForm, DateLikeAt(text_, found_.begin)).Because(HelpKind::kDateWords);
  return true;
}

bool Explainer::ReportNumber(Extent number) {
  std::string plain(text_.Slice(number));
  std::string grouped = plain;
  plain.erase(std::remove(plain.begin(), plain.end(), ','), plain.end());
  std::replace(grouped.begin(), grouped.end(), ',', '_');
  ReportForm(DiagKind::kNumberForm, number).Because(HelpKind::kWriteEither, {plain, grouped});
  return true;
}

// Signs of other languages and keyboards.
bool Explainer::ForeignSign() {
  const Extent sign = SignAround(text_, found_.begin);
  if (IsCurrencySign(text_.Written(sign))) {
    ReportForm(DiagKind::kUnknownSign, sign).Because(HelpKind::kMoneyUnit);
    return true;
  }
  if (const auto instead = InsteadOf(text_.Slice(sign))) {
    ReportForm(DiagKind::kUnknownSign, sign)
        .Because(HelpKind::kWriteInstead, {std::string(*instead)});
    return true;
  }
  if (at_end_ || !IsUnknown(text_, found_)) return false;
  ReportForm(DiagKind::kUnknownSign, found_);
  return true;
}

void Explainer::Value() {
  if (at_end_) {
    Report(DiagKind::kValueExpectedAtEnd, found_, {Before()});
    return;
  }
  const bool first = before_.begin == before_.end;
  Diagnostic& report = first ? ReportForm(DiagKind::kValueExpectedFirst, found_)
                             : Report(DiagKind::kValueExpected, found_, {Before(), Found()});
  if (!IsReservedWord(FoundText())) return;
  if (IsWord(FoundText(), "not")) {
    report.Because(HelpKind::kBracketsAround);
  } else {
    report.Because(HelpKind::kBackquoteWord, {Found()});
  }
}

// Signs that mean something, but not where only an operator can stand.
bool Explainer::MisplacedSign() {
  const std::string_view found = FoundText();
  if (found == ",") return Comma();
  if (found == "..") {
    Report(DiagKind::kRangeMisplaced, found_).Because(HelpKind::kRangeAsBetween);
    return true;
  }
  if (found == ":") {
    Report(DiagKind::kColonMisplaced, found_);
    return true;
  }
  if (const auto number = OddNumberAround(text_, found_)) {
    ReportForm(DiagKind::kNumberForm, *number);
    return true;
  }
  if (found == "." && expected_ != Expected::kColumn) {
    Report(DiagKind::kNameTooManyParts, found_);
    return true;
  }
  return Percent();
}

bool Explainer::Comma() {
  if (const auto number = ThousandsAround(text_, found_.begin)) return ReportNumber(*number);
  if (expected_ == Expected::kCommaOrClose && builder_.LastClause()) {
    const Extent clause = *builder_.LastClause();
    Report(DiagKind::kArgumentAfterClause, found_, {Shown(text_, clause)});
    return true;
  }
  if (expected_ != Expected::kEnd && expected_ != Expected::kClose) return false;
  Report(DiagKind::kCommaMisplaced, found_);
  return true;
}

// `10 % 3`, `x % 3`, `x%`: the sign stands before the place or at it.
bool Explainer::Percent() {
  const bool before = text_.Slice(before_) == "%" && StartsValue(text_, found_);
  if (!before && FoundText() != "%") return false;
  Report(DiagKind::kPercentMisplaced, before ? before_ : found_).Because(HelpKind::kWriteRemainder);
  return true;
}

bool Explainer::Bracket() {
  if (FoundText() == ")" && expected_ == Expected::kEnd) {
    Report(DiagKind::kBracketUnopened, found_);
    return true;
  }
  const bool may_close = expected_ == Expected::kClose || expected_ == Expected::kCommaOrClose ||
                         expected_ == Expected::kIfComma || expected_ == Expected::kIfClose;
  const bool stops = at_end_ || IsReservedWord(FoundText());
  if (!may_close || !stops || ClosesLater(text_, found_.begin)) return false;
  Report(DiagKind::kBracketUnclosed, builder_.OpenBracket())
      .Because(HelpKind::kCloseHere, {}, text_.Locate(found_));
  return true;
}

bool Explainer::PartOfChoice() {
  const Extent word = builder_.ChoiceWord();
  const auto report = [&](DiagKind kind) {
    Report(kind, found_, {Shown(text_, word)})
        .Because(HelpKind::kChoiceHere, {}, text_.Locate(word));
    return true;
  };
  switch (expected_) {
    case Expected::kThen: return report(DiagKind::kThenExpected);
    case Expected::kElse: return report(DiagKind::kElseExpected);
    case Expected::kWhen: return report(DiagKind::kWhenExpected);
    case Expected::kCaseEnd: return report(DiagKind::kEndExpected);
    case Expected::kIfComma:
    case Expected::kIfClose:
      return (FoundText() == "," || FoundText() == ")") && report(DiagKind::kIfArguments);
    default: return false;
  }
}

bool Explainer::PartOfClause() {
  switch (expected_) {
    case Expected::kBetweenAnd: Report(DiagKind::kBetweenAndExpected, found_); return true;
    case Expected::kInOrBetween: Report(DiagKind::kInOrBetweenExpected, found_); return true;
    case Expected::kTable: Report(DiagKind::kTableExpected, found_, {Before()}); return true;
    case Expected::kAmong: Among(); return true;
    case Expected::kPeriods: Report(DiagKind::kPeriodsExpected, found_); return true;
    case Expected::kBracketAfterSum: Report(DiagKind::kSumWithoutBracket, before_); return true;
    case Expected::kMissing: Missing(); return true;
    case Expected::kColumn: Column(); return true;
    default: return false;
  }
}

void Explainer::Among() {
  const bool argument = text_.Slice(before_) == "," && StartsValue(text_, found_);
  if (argument && builder_.LastClause()) {
    Report(DiagKind::kArgumentAfterClause, found_, {Shown(text_, *builder_.LastClause())});
  } else {
    Report(DiagKind::kAmongExpected, found_);
  }
}

void Explainer::Column() {
  const Extent table = {TokenBefore(text_, before_.begin).begin, before_.end};
  Diagnostic& report = ReportForm(DiagKind::kColumnExpected, table);
  if (!at_end_ && IsNamePart(DecodeAt(text_.text(), found_.begin).value)) {
    report.Because(HelpKind::kBackquoteColumn);
  }
}

void Explainer::Missing() {
  Diagnostic& report = Report(DiagKind::kMissingExpected, found_);
  if (MeansMissing(FoundText())) {
    report.Because(HelpKind::kWriteInstead, {"missing"});
  } else {
    report.Because(HelpKind::kCompareWithSign);
  }
}

// Only an operator could stand here, and none does.
void Explainer::Operator() {
  if (IsOperator(FoundText())) {
    ReportForm(DiagKind::kComparisonContinued, found_).Because(HelpKind::kBracketsAround);
  } else if (IsReservedWord(FoundText())) {
    Word();
  } else {
    TwoValues();
  }
}

void Explainer::Word() {
  Diagnostic& report = ReportForm(DiagKind::kWordMisplaced, found_);
  const std::string_view word = FoundText();
  if (const auto name = NameWithOpener(text_)) {
    report.Because(HelpKind::kBlankAfterWord, {std::string(ChineseOpener(text_.Slice(*name)))},
                   text_.Locate(*name));
  } else if (builder_.InCall() && IsWord(word, "if")) {
    report.Because(HelpKind::kWriteInstead, {"where"});
  } else if (builder_.LastClause() && IsWord(word, "and")) {
    report.Because(HelpKind::kWriteInstead, {","});
  } else if (BelongsToChoice(word)) {
    report.Because(HelpKind::kChoiceWords);
  } else if (BelongsToCall(word)) {
    report.Because(HelpKind::kClauseInCall);
  }
}

void Explainer::TwoValues() {
  const std::string_view found = FoundText();
  if (const auto word = ChineseWordAt(found); !word.empty() && NameWithOpener(text_)) {
    found_.end = found_.begin + word.size();
    return Word();
  }
  Diagnostic& report = ReportForm(DiagKind::kOperatorExpected, found_);
  if (IsWord(found, "mod")) {
    report.Because(HelpKind::kWriteRemainder);
  } else if (const auto sign = OperatorInWords(found)) {
    report.Because(HelpKind::kWriteInstead, {std::string(*sign)});
  } else if (IsNameLike(text_, before_) && IsNameLike(text_, found_)) {
    const Extent name = {before_.begin, EndOfNames(text_, found_)};
    report.Because(HelpKind::kBackquoteName, {"`" + Shown(text_, name) + "`"});
  } else if (found == "(" || IsNameLike(text_, found_)) {
    report.Because(HelpKind::kMultiplyWithSign);
  }
}

}  // namespace

void Explain(const Unexpected& unexpected, const TreeBuilder& builder, DiagnosticSink& sink) {
  Explainer(unexpected, builder, sink).Run();
}

}  // namespace steelyard
