// Holds results against what was expected of them.
#include <algorithm>
#include <utility>

#include "engine/base/number.h"
#include "engine/report/ids.h"
#include "engine/testing/expect.h"

namespace steelyard {
namespace {

constexpr size_t kEnglish = static_cast<size_t>(Language::kEnglish);
constexpr size_t kChinese = static_cast<size_t>(Language::kChinese);

// A number as results show it.
std::optional<Number> AsShown(const Value& value, const ResultColumn& column) {
  const auto shown = Number::FromDecimal(CellText(value, column));
  if (!shown) return std::nullopt;
  return *shown * column.type.unit.Scale();
}

// Does the value hold? A number holds as it is, and also as it is shown: who reads 86.67 in the
// results, where they have two decimals, may expect 86.67.
bool Holds(const Expectation& expected, const Value& found, const ResultColumn& column) {
  if (expected.value == found) return true;
  if (!expected.value.is_number() || !found.is_number()) return false;
  const Number& wanted = expected.value.number();
  if (expected.within) return Abs(found.number() - wanted) <= *expected.within;
  return AsShown(found, column) == wanted;
}

std::string WithUnit(const Number& shown, const std::string& digits, const Type& type) {
  if (type.form == NumberForm::kPercent) return FormatSignificant(shown * Number(100)) + "%";
  const std::string unit = type.unit.ToString();
  return unit.empty() ? digits : digits + " " + unit;
}

// A value for people: in per cent or with its unit, and as a fraction where its decimals have no
// end.
std::string Shown(const Value& value, const ResultColumn& column) {
  if (!value.is_number()) return CellText(value, column);
  const Number shown = value.number() / column.type.unit.Scale();
  const std::string text = WithUnit(shown, CellText(value, column), column.type);
  constexpr size_t kLongestFraction = 40;
  const std::string fraction = shown.ToFraction();
  if (shown.Terminates() || fraction.size() > kLongestFraction) return text;
  return text + " = " + fraction;
}

class Comparison {
 public:
  Comparison(const FoundResults& found, DiagnosticSink& sink) : found_(found), sink_(sink) {}

  void Hold(const ExpectedResult& expected) {
    expected_ = &expected;
    const std::vector<size_t> rows = Rows();
    const std::vector<const TurnedAway*> away = Away();
    if (rows.size() + away.size() > 1) return ReportSeveral(rows.size() + away.size());
    subject_ = Subject();
    told_ = false;
    for (const Expectation& expectation : expected.expectations) {
      HoldOne(expectation, rows, away);
    }
  }

  std::vector<Mismatch> mismatches;

 private:
  const ResultTable& table() const { return *found_.results; }

  std::vector<size_t> Rows() const {
    std::vector<size_t> rows;
    for (size_t row = 0; row < table().rows; ++row) {
      const auto& selectors = expected_->selectors;
      const bool fits =
          std::all_of(selectors.begin(), selectors.end(), [&](const Selector& selector) {
            return table().columns[selector.column].cells[row] == selector.value;
          });
      if (fits) rows.push_back(row);
    }
    return rows;
  }

  std::vector<const TurnedAway*> Away() const {
    std::vector<const TurnedAway*> away;
    for (const TurnedAway& subject : found_.turned_away) {
      const auto& selectors = expected_->selectors;
      const bool fits =
          std::all_of(selectors.begin(), selectors.end(), [&](const Selector& selector) {
            const ResultColumn& column = table().columns[selector.column];
            if (column.role == ResultRole::kPeriod) {
              return !subject.period || Value(*subject.period) == selector.value;
            }
            if (selector.column >= subject.keys.size()) return false;
            const std::string& key = subject.keys[selector.column];
            return key == selector.written || key == CellText(selector.value, column);
          });
      if (fits) away.push_back(&subject);
    }
    return away;
  }

  void ReportSeveral(size_t count) {
    Diagnostic& diagnostic =
        sink_.Report(DiagKind::kWhichResult, expected_->span, {std::to_string(count)});
    std::string keys;
    for (const ResultColumn& column : table().columns) {
      if (column.role != ResultRole::kKey && column.role != ResultRole::kPeriod) continue;
      keys += (keys.empty() ? "`" : ", `") + column.heading + "`";
    }
    diagnostic.Because(HelpKind::kSayWhose, {keys});
  }

  // `M1 2026Q1`, as the case says it.
  std::string Subject() const {
    std::string subject;
    for (const Selector& selector : expected_->selectors) {
      subject += (subject.empty() ? "" : " ") + selector.written;
    }
    return subject;
  }

  void HoldOne(const Expectation& expected, const std::vector<size_t>& rows,
               const std::vector<const TurnedAway*>& away) {
    const bool of_result = expected.kind == Expectation::Kind::kRejected ||
                           expected.kind == Expectation::Kind::kScored;
    if (of_result && rows.empty() && away.empty() && !IsGiven()) return SayUnknown(expected);
    switch (expected.kind) {
      case Expectation::Kind::kRejected: return HoldRejected(expected, !rows.empty(), away);
      case Expectation::Kind::kScored:
        if (expected.truth == rows.empty()) Differs(expected, rows, away);
        return;
      default: break;
    }
    if (rows.empty()) {
      if (!told_) Differs(expected, rows, away);  // once, not for each of its columns
      told_ = true;
      return;
    }
    const ResultColumn& column = table().columns[expected.column];
    const Value& value = column.cells[rows[0]];
    if (expected.kind == Expectation::Kind::kIds) return HoldIds(expected, value, rows[0]);
    if (Holds(expected, value, column)) return;
    Mismatch mismatch = StartAt(expected, rows[0]);
    if (expected.within) {
      for (std::string& text : mismatch.expected) {
        text += " ± " + Shown(*expected.within, column);
      }
    }
    if (value.missing()) {
      SayMissing(value.why(), mismatch);
    } else {
      for (std::string& text : mismatch.found) text = Shown(value, column);
    }
    mismatches.push_back(std::move(mismatch));
  }

  Mismatch Start(const Expectation& expected) const {
    Mismatch mismatch;
    mismatch.place = expected.span;
    mismatch.subject = subject_;
    mismatch.output = expected.output;
    for (std::string& text : mismatch.expected) text = expected.written;
    return mismatch;
  }

  // Of a figure that is there.
  Mismatch StartAt(const Expectation& expected, size_t row) const {
    Mismatch mismatch = Start(expected);
    mismatch.row = row;
    mismatch.column = expected.column;
    return mismatch;
  }

  void SayMissing(const Missing& why, Mismatch& mismatch) const {
    const std::string english = found_.cause(why, Language::kEnglish);
    const std::string chinese = found_.cause(why, Language::kChinese);
    mismatch.found[kEnglish] = "missing" + (english.empty() ? "" : " (" + english + ")");
    mismatch.found[kChinese] = "缺失" + (chinese.empty() ? "" : "（" + chinese + "）");
  }

  void HoldIds(const Expectation& expected, const Value& value, size_t row) {
    std::vector<std::string> wanted = expected.ids;
    std::vector<std::string> ids;
    std::string text;
    for (const std::string_view id : IdsOf(value)) {
      ids.emplace_back(id);
      text += (text.empty() ? "" : ", ") + ids.back();
    }
    std::sort(wanted.begin(), wanted.end());
    std::sort(ids.begin(), ids.end());
    if (expected.partial ? HoldsSome(expected, ids) : wanted == ids) return;
    Mismatch mismatch = StartAt(expected, row);
    for (std::string& found : mismatch.found) found = "[" + text + "]";
    mismatches.push_back(std::move(mismatch));
  }

  static bool HoldsSome(const Expectation& expected, const std::vector<std::string>& ids) {
    const auto there = [&](const std::string& id) {
      return std::find(ids.begin(), ids.end(), id) != ids.end();
    };
    return std::all_of(expected.ids.begin(), expected.ids.end(), there) &&
           std::none_of(expected.lacks.begin(), expected.lacks.end(), there);
  }

  // Is the subject one of those that the case gives? Nothing is said of one that is not.
  bool IsGiven() const {
    return std::any_of(found_.subjects.begin(), found_.subjects.end(), [&](const auto& keys) {
      return std::all_of(expected_->selectors.begin(), expected_->selectors.end(),
                         [&](const Selector& selector) {
                           if (selector.column >= keys.size()) return true;  // the period
                           const ResultColumn& column = table().columns[selector.column];
                           return keys[selector.column] == selector.written ||
                                  keys[selector.column] == CellText(selector.value, column);
                         });
    });
  }

  void SayUnknown(const Expectation& expected) {
    Mismatch mismatch = Start(expected);
    mismatch.found[kEnglish] = "no such subject";
    mismatch.found[kChinese] = "没有这个对象";
    mismatches.push_back(std::move(mismatch));
  }

  void HoldRejected(const Expectation& expected, bool scored,
                    const std::vector<const TurnedAway*>& away) {
    const bool rejected = !away.empty();
    const bool reason =
        expected.reason.empty() || (rejected && away[0]->because == expected.reason);
    if (rejected == expected.truth && reason) return;
    Mismatch mismatch = Start(expected);
    if (rejected) {
      SayRejected(*away[0], mismatch);
    } else {
      mismatch.found[kEnglish] = scored ? "scored" : "no result";
      mismatch.found[kChinese] = scored ? "已评分" : "没有结果";
    }
    mismatches.push_back(std::move(mismatch));
  }

  static void SayRejected(const TurnedAway& away, Mismatch& mismatch) {
    mismatch.found[kEnglish] = "rejected because of " + away.because;
    mismatch.found[kChinese] = "因 " + away.because + " 被拒绝";
    if (!away.cause[kEnglish].empty()) {
      mismatch.found[kEnglish] += " (" + away.cause[kEnglish] + ")";
      mismatch.found[kChinese] += "（" + away.cause[kChinese] + "）";
    }
  }

  // There is a result where none was expected, or none where one was.
  void Differs(const Expectation& expected, const std::vector<size_t>& rows,
               const std::vector<const TurnedAway*>& away) {
    Mismatch mismatch = Start(expected);
    if (!away.empty()) {
      SayRejected(*away[0], mismatch);
    } else {
      mismatch.found[kEnglish] = rows.empty() ? "no result" : "scored";
      mismatch.found[kChinese] = rows.empty() ? "没有结果" : "已评分";
    }
    mismatches.push_back(std::move(mismatch));
  }

  const FoundResults& found_;
  DiagnosticSink& sink_;
  const ExpectedResult* expected_ = nullptr;
  std::string subject_;
  bool told_ = false;  // that there is no result
};

}  // namespace

std::optional<std::vector<Mismatch>> Compare(const std::vector<ExpectedResult>& expected,
                                             const FoundResults& found, DiagnosticSink& sink) {
  const size_t before = sink.error_count();
  Comparison comparison(found, sink);
  for (const ExpectedResult& result : expected) comparison.Hold(result);
  if (sink.error_count() > before) return std::nullopt;
  return std::move(comparison.mismatches);
}

}  // namespace steelyard
