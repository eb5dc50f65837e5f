// A term to its formula. Terms are what formulas mean, so the words are the language's own:
// `between` reads as two comparisons.
#include "engine/explain/words.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/number.h"
#include "engine/report/lines.h"

namespace steelyard {
namespace {

constexpr int kDigits = 12;

// Is the text all of the number?
bool IsExact(const Number& number, const std::string& text) {
  const auto read = Number::FromDecimal(text);
  return read && *read == number;
}

// `420万`, where that is shorter and says the same.
std::optional<std::string> ChineseDigits(const Number& number) {
  for (const auto& [size, word] : {std::pair<int64_t, const char*>{100'000'000, "亿"},
                                   std::pair<int64_t, const char*>{10'000, "万"}}) {
    if (Abs(number) < Number(size)) continue;
    const Number part = number / Number(size);
    if (Round(part, 2) == part) return GroupDigits(FormatPlaces(part, 2)) + word;
  }
  return std::nullopt;
}

std::string NumberText(const Number& value, const Type& type, Language language,
                       std::optional<int> decimals) {
  const bool percent = type.form == NumberForm::kPercent && type.unit.plain();
  Number shown = value / type.unit.Scale();
  if (percent) shown = shown * Number(100);
  if (percent && decimals) decimals = std::max(*decimals - 2, 0);
  std::string digits =
      decimals ? FormatPlaces(shown, *decimals) : FormatSignificant(shown, kDigits);
  const std::string mark = IsExact(shown, digits) ? "" : "≈";
  digits = GroupDigits(digits);
  if (language == Language::kChinese && mark.empty()) {
    digits = ChineseDigits(shown).value_or(digits);
  }
  if (percent) return mark + digits + "%";
  if (type.unit.plain()) return mark + digits;
  return mark + digits + " " + type.unit.ToString();
}

// How tightly a part holds together.
enum Tightness {
  kOrs,
  kAnds,
  kNots,
  kCompares,
  kCoalesces,
  kSums,
  kProducts,
  kSigns,
  kPowers,
  kWhole
};

struct Part {
  std::string text;
  Tightness tightness = kWhole;
};

class Writer {
 public:
  Writer(const Model& model, Language language, const PartWriter& write)
      : model_(model),
        chinese_(language == Language::kChinese),
        language_(language),
        write_(write) {}

  Part Write(TermId id) {
    if (write_) {
      if (const auto text = write_(id)) return Replaced(*text);
    }
    const Term& term = model_.term(id);
    switch (term.kind) {
      case TermKind::kConstant: return {Constant(term)};
      case TermKind::kColumn: return {LabelOf(model_.schema, term.column)};
      case TermKind::kDefinition: return {LabelOf(model_.definition(term.definition))};
      case TermKind::kRun: return {RunWord(term.run)};
      case TermKind::kScoring: return {Scoring(term)};
      case TermKind::kAggregate: return {Folded(term)};
      case TermKind::kAmong: return {Folded(term)};
      case TermKind::kRank: return {Ranked(term)};
      case TermKind::kTime: return {OverTime(term)};
      case TermKind::kStandIn: return {"…"};
      case TermKind::kMap: break;
    }
    return Map(term);
  }

 private:
  std::string Say(std::string_view english, std::string_view chinese) const {
    return std::string(chinese_ ? chinese : english);
  }

  // A negative number is as loose as a sum, so that it stands in brackets behind an operator.
  static Part Replaced(const std::string& text) {
    const bool negative = text.starts_with('-') || text.starts_with("≈-");
    return {text, negative ? kSums : kWhole};
  }

  std::string At(TermId id, Tightness needed) {
    Part part = Write(id);
    return part.tightness < needed ? "(" + part.text + ")" : std::move(part.text);
  }
  std::string Plain(TermId id) { return Write(id).text; }

  std::string Constant(const Term& term) const {
    if (term.constant.is_text()) return "'" + term.constant.text() + "'";
    Type type = term.type;
    if (term.percent) type.form = NumberForm::kPercent;
    return ShownValue(term.constant, type, language_);
  }

  static std::string RunWord(RunFigure figure) {
    constexpr const char* kWords[] = {"as_of", "period_start", "period_end", "period"};
    return kWords[static_cast<size_t>(figure)];
  }

  std::string Scoring(const Term& term) const {
    const auto indicator = [&] {
      const IndicatorModel& found = model_.indicators[static_cast<size_t>(term.index)];
      return "(" + LabelOf(found.name, found.id) + ")";
    };
    const auto dimension = [&] {
      return "(" + model_.dimensions[static_cast<size_t>(term.index)].id + ")";
    };
    switch (term.scoring) {
      case ScoringFigure::kPoints: return Function("points") + indicator();
      case ScoringFigure::kWeight: return Function("weight") + indicator();
      case ScoringFigure::kDimensionPoints: return Function("points") + dimension();
      case ScoringFigure::kDimensionWeight: return Function("weight") + dimension();
      case ScoringFigure::kScore: return Say("score", "总分");
      case ScoringFigure::kGrade: return Say("grade", "等级");
      case ScoringFigure::kAttainment: return Function("attainment") + indicator();
      case ScoringFigure::kMeetsTarget: return Function("meets_target") + indicator();
      case ScoringFigure::kScored: return Say("scored", "已评分");
    }
    return "";
  }

  // The name of a function in the language: its first Chinese one, where it has any.
  std::string Function(std::string_view name) const {
    const FunctionInfo* info = FindFunction(name);
    if (!chinese_ || info == nullptr) return std::string(name);
    for (const std::string_view alias : info->aliases) {
      if (static_cast<unsigned char>(alias.front()) >= 0xE4) return std::string(alias);
    }
    return std::string(name);
  }

  std::string Where(const Term& term) {
    return term.condition.valid() ? Say(" where ", " 其中 ") + Plain(term.condition) : "";
  }

  std::string Among(const Term& term) {
    std::string text = " among ";
    for (size_t i = 0; i < term.keys.size(); ++i) {
      text += (i > 0 ? ", " : "") + Plain(term.keys[i]);
    }
    if (term.keys.empty() || term.all_periods) {
      text += term.keys.empty() ? "all" : " all";
      if (term.all_periods) text += " periods";
    }
    return text;
  }

  std::string Folded(const Term& term) {
    std::string text = Function(ToWord(term.aggregate)) + "(";
    if (term.count_rows) {
      text += term.source.table.valid() ? LabelOf(model_.schema.table(term.source.table)) : "…";
    } else {
      ++folds_;
      text += Plain(term.inputs[0]);
      --folds_;
    }
    for (size_t i = 1; i < term.inputs.size(); ++i) text += ", " + Plain(term.inputs[i]);
    text += Where(term);
    if (term.kind == TermKind::kAmong) {
      text += Among(term);
    } else if (folds_ > 0 && term.grain.table.valid()) {
      text += Say(" per ", " 每 ") + LabelOf(model_.schema.table(term.grain.table));
    }
    return text + ")";
  }

  std::string Ranked(const Term& term) {
    return Function(ToWord(term.rank)) + "(" + Plain(term.inputs[0]) + Where(term) + Among(term) +
           ")";
  }

  std::string OverTime(const Term& term) {
    std::string text = Function(ToWord(term.time)) + "(" + Plain(term.inputs[0]);
    const bool counted = term.time != TimeOp::kStreak && term.time != TimeOp::kYearToDate &&
                         !(term.time == TimeOp::kPrevious && term.index == 1);
    if (counted) text += ", " + std::to_string(term.index);
    return text + ")";
  }

  // --- row by row -------------------------------------------------------------------------------

  Part Binary(const Term& term, std::string_view sign, Tightness tightness) {
    const auto next = static_cast<Tightness>(tightness + 1);
    return {fmt::format("{} {} {}", At(term.inputs[0], tightness), sign, At(term.inputs[1], next)),
            tightness};
  }

  Part Joined(const Term& term, const std::string& word, Tightness tightness) {
    std::string text;
    for (size_t i = 0; i < term.inputs.size(); ++i) {
      text += (i > 0 ? " " + word + " " : "") +
              At(term.inputs[i], static_cast<Tightness>(tightness + (i > 0 ? 1 : 0)));
    }
    return {std::move(text), tightness};
  }

  Part Not(const Term& term) {
    const Term& inner = model_.term(term.inputs[0]);
    if (inner.kind == TermKind::kMap && inner.map == MapOp::kIn) return In(inner, true);
    if (inner.kind == TermKind::kMap && inner.map == MapOp::kIsMissing) {
      return {At(inner.inputs[0], kCoalesces) + Say(" is not missing", " 不为空"), kCompares};
    }
    return {Say("not ", "非 ") + At(term.inputs[0], kNots), kNots};
  }

  Part In(const Term& term, bool negated) {
    std::string text = At(term.inputs[0], kCoalesces) +
                       (negated ? Say(" not in (", " 不属于 (") : Say(" in (", " 属于 ("));
    for (size_t i = 1; i < term.inputs.size(); ++i) {
      text += (i > 1 ? ", " : "") + Plain(term.inputs[i]);
    }
    return {text + ")", kCompares};
  }

  Part If(const Term& term) {
    const Term& last = model_.term(term.inputs[2]);
    const bool open = last.kind == TermKind::kConstant && last.constant.missing();
    std::string text =
        Say("if ", "如果 ") + Plain(term.inputs[0]) + Say(" then ", " 则 ") + Plain(term.inputs[1]);
    if (!open) text += Say(" else ", " 否则 ") + Plain(term.inputs[2]);
    return {std::move(text), kOrs};
  }

  Part Curve(const Term& term) {
    std::string text = Function("linear") + "(" + Plain(term.inputs[0]);
    for (size_t i = 1; i + 1 < term.inputs.size(); i += 2) {
      text += ", " + Plain(term.inputs[i]) + ": " + Plain(term.inputs[i + 1]);
    }
    return {text + ")"};
  }

  Part Call(const Term& term) {
    std::string text = Function(ToWord(term.map)) + "(";
    for (size_t i = 0; i < term.inputs.size(); ++i) {
      text += (i > 0 ? ", " : "") + Plain(term.inputs[i]);
    }
    return {text + ")"};
  }

  Part Map(const Term& term) {
    switch (term.map) {
      case MapOp::kAdd:
      case MapOp::kDateAdd: return Binary(term, "+", kSums);
      case MapOp::kSubtract:
      case MapOp::kDateSubtract: return Binary(term, "−", kSums);
      case MapOp::kMultiply: return Binary(term, "×", kProducts);
      case MapOp::kDivide: return Binary(term, "÷", kProducts);
      case MapOp::kPower:
        return {At(term.inputs[0], kWhole) + " ^ " + At(term.inputs[1], kPowers), kPowers};
      case MapOp::kNegate: return {"−" + At(term.inputs[0], kSigns), kSums};
      case MapOp::kNot: return Not(term);
      case MapOp::kAnd: return Joined(term, Say("and", "且"), kAnds);
      case MapOp::kOr: return Joined(term, Say("or", "或"), kOrs);
      case MapOp::kEqual: return Compared(term, "=");
      case MapOp::kNotEqual: return Compared(term, "≠");
      case MapOp::kLess: return Compared(term, "<");
      case MapOp::kLessEqual: return Compared(term, "≤");
      case MapOp::kGreater: return Compared(term, ">");
      case MapOp::kGreaterEqual: return Compared(term, "≥");
      default: return Other(term);
    }
  }

  Part Compared(const Term& term, std::string_view sign) {
    return {fmt::format("{} {} {}", At(term.inputs[0], kCoalesces), sign,
                        At(term.inputs[1], kCoalesces)),
            kCompares};
  }

  Part Other(const Term& term) {
    switch (term.map) {
      case MapOp::kIn: return In(term, false);
      case MapOp::kIsMissing:
        return {At(term.inputs[0], kCoalesces) + Say(" is missing", " 为空"), kCompares};
      case MapOp::kCoalesce: return Joined(term, "??", kCoalesces);
      case MapOp::kIf:
      case MapOp::kIfTrue: return If(term);
      case MapOp::kLinear:
      case MapOp::kLinearExtend: return Curve(term);
      case MapOp::kToDateTime:
      case MapOp::kPeriodOf: return Write(term.inputs[0]);
      case MapOp::kGiven: return Write(term.inputs[1]);
      default: return Call(term);
    }
  }

  const Model& model_;
  bool chinese_;
  Language language_;
  const PartWriter& write_;
  int folds_ = 0;  // aggregates that are being written around this
};

}  // namespace

std::string ShownValue(const Value& value, const Type& type, Language language,
                       std::optional<int> decimals) {
  const bool chinese = language == Language::kChinese;
  if (value.missing()) return chinese ? "缺失" : "missing";
  if (value.is_number()) return NumberText(value.number(), type, language, decimals);
  if (value.is_bool()) {
    if (value.truth()) return chinese ? "是" : "true";
    return chinese ? "否" : "false";
  }
  if (value.is_text()) return value.text();
  if (value.is_date()) return value.date().ToString();
  if (value.is_datetime()) return value.datetime().ToString();
  return value.period().ToString();
}

const std::string& LabelOf(const Definition& definition) {
  return LabelOf(definition.name, definition.id);
}

std::string LabelOf(const Schema& schema, ColumnId column) {
  const ColumnSchema& found = schema.column(column);
  return LabelOf(found.name, found.id);
}

std::string LabelOf(const TableSchema& table) { return LabelOf(table.name, table.id); }

std::string FormulaWords(const Model& model, TermId term, Language language,
                         const PartWriter& write) {
  return Writer(model, language, write).Write(term).text;
}

bool IsFigure(const Term& term) {
  switch (term.kind) {
    case TermKind::kConstant:
    case TermKind::kMap: return false;
    default: return true;
  }
}

}  // namespace steelyard
