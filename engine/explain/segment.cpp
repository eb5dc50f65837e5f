#include "engine/explain/segment.h"

#include <fmt/format.h>

#include "engine/explain/words.h"

namespace steelyard {
namespace {

class Segment {
 public:
  Segment(const Scene& scene, const IndicatorModel& indicator, const Here& here, Language language)
      : scene_(scene),
        model_(scene.model),
        indicator_(indicator),
        here_(here),
        chinese_(language == Language::kChinese),
        language_(language) {}

  std::string Words() {
    if (!indicator_.points.valid()) return "";
    // Points are made as given(value, clamp(raw, 0, cap)).
    const Term& clamped = model_.term(model_.term(indicator_.points).inputs[1]);
    const TermId raw = clamped.inputs[0];
    const auto value = ValueAt(scene_, raw, here_);
    if (!value || !value->is_number()) return "";
    std::string words = Raw(raw, value->number());
    const Number& points = value->number();
    if (points.Sign() < 0) return words + Say("; not below 0", "；不低于 0");
    if (points <= indicator_.cap) return words;
    return words + fmt::format(fmt::runtime(Say("; at most {}", "；最多 {}")),
                               Shown(indicator_.cap, Type::Plain()));
  }

 private:
  std::string Say(const char* english, const char* chinese) const {
    return chinese_ ? chinese : english;
  }
  std::string Shown(const Value& value, const Type& type) const {
    return ShownValue(value, type, language_);
  }

  std::string Raw(TermId raw, const Number& points) {
    const Term& term = model_.term(raw);
    const bool curve = term.kind == TermKind::kMap &&
                       (term.map == MapOp::kLinear || term.map == MapOp::kLinearExtend);
    switch (indicator_.decl->score.form) {
      case ScoreForm::kLinear:
      case ScoreForm::kRating: return curve ? Curve(term, points) : Formula(raw);
      case ScoreForm::kBands: return Band(raw, points);
      case ScoreForm::kEvents:
        return Say("the points of the events that took place", "已发生事件的得分之和");
      case ScoreForm::kRatio:
      case ScoreForm::kTiers: return Chosen(raw);
      default: return Formula(raw);
    }
  }

  // The two corners that the value lies between, and the line between them.
  std::string Curve(const Term& term, const Number& points) {
    const auto value = ValueAt(scene_, term.inputs[0], here_);
    if (!value || !value->is_number()) return "";
    const Number& x = value->number();
    const Type& type = model_.term(term.inputs[0]).type;
    const auto number = [&](size_t i) { return model_.term(term.inputs[i]).constant.number(); };
    const size_t corners = (term.inputs.size() - 1) / 2;
    const auto at = [&](size_t i) { return number(2 * i + 1); };
    const auto earned = [&](size_t i) { return number(2 * i + 2); };
    const auto corner = [&](size_t i) {
      return fmt::format("{}: {}", Shown(at(i), type), Shown(earned(i), Type::Plain()));
    };
    for (size_t i = 0; i < corners; ++i) {
      if (at(i) == x) return fmt::format(fmt::runtime(Say("at {}", "正是 {}")), corner(i));
    }
    const bool extend = term.map == MapOp::kLinearExtend && corners > 1;
    const char* end_en = x < at(0) ? "below {}" : "above {}";
    const char* end_zh = x < at(0) ? "低于 {}" : "高于 {}";
    const size_t end = x < at(0) ? 0 : corners - 1;
    const bool outside = x < at(0) || x > at(corners - 1);
    if (outside && !extend) return fmt::format(fmt::runtime(Say(end_en, end_zh)), corner(end));
    size_t next = 1;
    while (next + 1 < corners && x > at(next)) ++next;
    const Number rise = earned(next) - earned(next - 1);
    const std::string line = fmt::format(
        "{} {} ({} − {}) ÷ ({} − {}) × {}", Shown(earned(next - 1), Type::Plain()),
        rise.Sign() < 0 ? "−" : "+", Shown(*value, type), Shown(at(next - 1), type),
        Shown(at(next), type), Shown(at(next - 1), type), Shown(Abs(rise), Type::Plain()));
    return fmt::format(fmt::runtime(Say("between {} and {}: {}{}", "介于 {} 和 {} 之间：{}{}")),
                       corner(next - 1), corner(next), line, End(points));
  }

  std::string End(const Number& points) const {
    const std::string shown = Shown(points, Type::Plain());
    if (shown.starts_with("≈")) return " ≈ " + shown.substr(std::string("≈").size());
    return " = " + shown;
  }

  // The band as it was written.
  std::string Band(TermId raw, const Number& points) {
    size_t band = 0;
    for (TermId at = raw; IsChoice(at); at = model_.term(at).inputs[2], ++band) {
      const auto holds = ValueAt(scene_, model_.term(at).inputs[0], here_);
      if (holds && holds->holds()) break;
    }
    const auto& bands = indicator_.decl->score.bands;
    if (band >= bands.size()) return "";
    const std::string words =
        bands[band].is_else ? Say("else", "其他") : bands[band].condition.source.text;
    return fmt::format(fmt::runtime(Say("band `{}`: {}", "区间 `{}`：{}")), words,
                       Shown(points, Type::Plain()));
  }

  bool IsChoice(TermId id) const {
    const Term& term = model_.term(id);
    return term.kind == TermKind::kMap && term.map == MapOp::kIf;
  }

  // What a choice comes to, and the condition that made it.
  std::string Chosen(TermId raw) {
    std::string because;
    TermId at = raw;
    while (IsChoice(at)) {
      const Term& choice = model_.term(at);
      const auto holds = ValueAt(scene_, choice.inputs[0], here_);
      if (!holds || holds->missing()) return "";
      if (holds->holds()) because = Numbers(choice.inputs[0]);
      if (!holds->holds() && because.empty()) failed_ = Numbers(choice.inputs[0]);
      at = choice.inputs[holds->holds() ? 1 : 2];
    }
    std::string words = Formula(at);
    if (!because.empty()) return because + Say(": ", "：") + words;
    if (failed_.empty()) return words;
    return fmt::format(fmt::runtime(Say("not {}: {}", "未达到 {}：{}")), failed_, words);
  }

  std::string Numbers(TermId term) {
    return FormulaWords(model_, term, language_, [&](TermId part) -> std::optional<std::string> {
      if (!IsFigure(model_.term(part))) return std::nullopt;
      const auto value = ValueAt(scene_, part, here_);
      if (!value) return std::nullopt;
      return Shown(*value, model_.term(part).type);
    });
  }

  std::string Formula(TermId term) {
    const auto value = ValueAt(scene_, term, here_);
    const std::string numbers = Numbers(term);
    if (!value || !value->is_number()) return numbers;
    const std::string shown = Shown(*value, model_.term(term).type);
    return numbers == shown ? shown : numbers + End(value->number());
  }

  const Scene& scene_;
  const Model& model_;
  const IndicatorModel& indicator_;
  const Here& here_;
  bool chinese_;
  Language language_;
  std::string failed_;
};

}  // namespace

std::string SegmentWords(const Scene& scene, const IndicatorModel& indicator, const Here& here,
                         Language language) {
  return Segment(scene, indicator, here, language).Words();
}

}  // namespace steelyard
