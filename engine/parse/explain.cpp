// Looks at the characters around the place where the reading stopped, most telling mistake first,
// and picks the one message that helps.
#include "engine/parse/explain.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/base/text.h"
#include "engine/parse/look.h"
#include "engine/syntax/spell.h"

namespace steelyard {

namespace {

using grammar::Expected;

// One explanation under way.
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
    if (Unclosed() || ForeignSign()) return;
    if (expected_ == Expected::kValue) return Value();
    if (MisplacedSign() || Bracket()) return;
    Specific();
  }

 private:
  bool Unclosed();
  bool ForeignSign();
  void Value();
  bool MisplacedSign();
  bool Comma();
  bool Percent();
  bool Bracket();
  void Specific();
  void ChoicePart(DiagKind kind);
  void Operator();

  std::string Found() const { return Shown(text_, found_); }
  std::string Before() const { return Shown(text_, before_); }
  Diagnostic& Report(DiagKind kind, Extent at, std::vector<std::string> args = {}) {
    return sink_.Report(kind, text_.Locate(at), std::move(args));
  }

  Expected expected_;
  const TreeBuilder& builder_;
  const FoldedText& text_;
  DiagnosticSink& sink_;
  Extent before_;  // the token before the place
  Extent found_;   // the token at the place; empty at the end
  bool at_end_;
};

bool Explainer::Unclosed() {
  const size_t here = builder_.here();
  switch (expected_) {
    case Expected::kClosingQuote:
      Report(DiagKind::kTextUnclosed, CharacterAt(text_, here));
      return true;
    case Expected::kClosingBackquote:
      Report(DiagKind::kBackquoteUnclosed, CharacterAt(text_, here));
      return true;
    default: return false;
  }
}

// Signs of other languages and keyboards.
bool Explainer::ForeignSign() {
  const Extent sign = SignAround(text_, found_.begin);
  const std::string_view written = text_.Written(sign);
  if (IsCurrencySign(written)) {
    Report(DiagKind::kUnknownSign, sign, {std::string(written)}).Because(HelpKind::kMoneyUnit);
    return true;
  }
  if (const auto instead = WrittenHere(text_.Slice(sign))) {
    Report(DiagKind::kUnknownSign, sign, {Shown(text_, sign)})
        .Because(HelpKind::kWriteInstead, {std::string(*instead)});
    return true;
  }
  if (!at_end_ && IsUnknown(text_, found_)) {
    Report(DiagKind::kUnknownSign, found_, {Shown(text_, found_)});
    return true;
  }
  return false;
}

void Explainer::Value() {
  if (before_.begin == before_.end) {
    Report(DiagKind::kValueExpectedFirst, found_, {Found()});
    return;
  }
  if (at_end_) {
    Report(DiagKind::kValueExpectedAtEnd, found_, {Before()});
    return;
  }
  if (text_.Slice(before_) == "%" && Percent()) return;
  Diagnostic& report = Report(DiagKind::kValueExpected, found_, {Before(), Found()});
  if (!IsReservedWord(text_.Slice(found_))) return;
  if (IsWord(text_.Slice(found_), "not")) {
    report.Because(HelpKind::kBracketsAroundNot);
  } else {
    report.Because(HelpKind::kBackquoteWord, {Found()});
  }
}

// Signs that mean something, but not where only an operator can stand.
bool Explainer::MisplacedSign() {
  const std::string_view found = text_.Slice(found_);
  if (found == ",") return Comma();
  if (found == "..") {
    Report(DiagKind::kRangeMisplaced, found_).Because(HelpKind::kRangeAsBetween);
    return true;
  }
  if (found == ".") {
    Report(DiagKind::kNameTooManyParts, found_).Because(HelpKind::kBackquoteName);
    return true;
  }
  if (found == ":") {
    Report(DiagKind::kColonMisplaced, found_);
    return true;
  }
  return Percent();
}

bool Explainer::Comma() {
  if (const auto number = ThousandsAround(text_, found_.begin)) {
    std::string plain(text_.Slice(*number));
    std::string grouped = plain;
    plain.erase(std::remove(plain.begin(), plain.end(), ','), plain.end());
    std::replace(grouped.begin(), grouped.end(), ',', '_');
    Report(DiagKind::kThousandsComma, *number, {Shown(text_, *number)})
        .Because(HelpKind::kWriteEither, {plain, grouped});
    return true;
  }
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
  if (!before && text_.Slice(found_) != "%") return false;
  Report(DiagKind::kPercentMisplaced, before ? before_ : found_).Because(HelpKind::kWriteRemainder);
  return true;
}

bool Explainer::Bracket() {
  if (text_.Slice(found_) == ")" && expected_ == Expected::kEnd) {
    Report(DiagKind::kBracketUnopened, found_);
    return true;
  }
  const bool may_close = expected_ == Expected::kClose || expected_ == Expected::kCommaOrClose;
  const bool stops = at_end_ || IsReservedWord(text_.Slice(found_));
  if (!may_close || !stops || ClosesLater(text_, found_.begin)) return false;
  Report(DiagKind::kBracketUnclosed, builder_.OpenBracket())
      .Because(HelpKind::kCloseHere, {}, text_.Locate(found_));
  return true;
}

void Explainer::Specific() {
  switch (expected_) {
    case Expected::kThen: return ChoicePart(DiagKind::kThenExpected);
    case Expected::kElse: return ChoicePart(DiagKind::kElseExpected);
    case Expected::kWhen: return ChoicePart(DiagKind::kWhenExpected);
    case Expected::kCaseEnd: return ChoicePart(DiagKind::kEndExpected);
    case Expected::kIfComma: return ChoicePart(DiagKind::kIfArguments);
    case Expected::kBetweenAnd: Report(DiagKind::kBetweenAndExpected, found_); return;
    case Expected::kInOrBetween: Report(DiagKind::kInOrBetweenExpected, found_); return;
    case Expected::kMissing:
      Report(DiagKind::kMissingExpected, found_).Because(HelpKind::kCompareWithSign);
      return;
    case Expected::kColumn: Report(DiagKind::kColumnExpected, found_, {Before()}); return;
    case Expected::kTable: Report(DiagKind::kTableExpected, found_, {Before()}); return;
    case Expected::kAmong: Report(DiagKind::kAmongExpected, found_); return;
    case Expected::kPeriods: Report(DiagKind::kPeriodsExpected, found_); return;
    case Expected::kBracketAfterSum:
      Report(DiagKind::kSumWithoutBracket, before_, {Before()});
      return;
    case Expected::kDateForm: {
      const Extent date = DateLikeAt(text_, found_.begin);
      Report(DiagKind::kDateForm, date, {Shown(text_, date)}).Because(HelpKind::kDateWords);
      return;
    }
    default: return Operator();
  }
}

void Explainer::ChoicePart(DiagKind kind) {
  const Extent word = builder_.ChoiceWord();
  Report(kind, found_, {Shown(text_, word)}).Because(HelpKind::kChoiceHere, {}, text_.Locate(word));
}

// Two values side by side, or a word that calls for something before it.
void Explainer::Operator() {
  const std::string_view found = text_.Slice(found_);
  const std::string_view opener = ChineseOpener(text_.Slice(before_));
  if (IsReservedWord(found)) {
    Diagnostic& report = Report(DiagKind::kWordMisplaced, found_, {Found()});
    if (!opener.empty()) {
      report.Because(HelpKind::kBlankAfterWord, {std::string(opener)}, text_.Locate(before_));
    } else if (IsWord(found, "then") || IsWord(found, "else") || IsWord(found, "则")) {
      report.Because(HelpKind::kChoiceWords);
    }
    return;
  }
  Diagnostic& report = Report(DiagKind::kOperatorExpected, found_, {Found()});
  if (!opener.empty()) {
    report.Because(HelpKind::kBlankAfterWord, {std::string(opener)}, text_.Locate(before_));
  } else if (IsNameLike(text_, before_) && IsNameLike(text_, found_)) {
    report.Because(HelpKind::kBackquoteName);
  } else if (found == "(" || IsNameLike(text_, found_)) {
    report.Because(HelpKind::kMultiplyWithSign);
  }
}

}  // namespace

void Explain(const Unexpected& unexpected, const TreeBuilder& builder, DiagnosticSink& sink) {
  Explainer(unexpected, builder, sink).Run();
}

}  // namespace steelyard
