#include "engine/explain/derive.h"

#include <fmt/format.h>

#include "engine/explain/figure_text.h"
#include "engine/explain/figures.h"
#include "engine/explain/words.h"

namespace steelyard {
namespace {

constexpr size_t kRowsOfFold = 3;

class Teller {
 public:
  Teller(const Scene& scene, size_t row, Language language)
      : scene_(scene),
        here_{scene.program.subject, row},
        language_(language),
        derivation_(scene, language),
        text_(derivation_, kRowsOfFold) {}

  std::vector<std::string> Tell(const std::string& heading) {
    if (heading == "score" || heading == "grade") {
      TellScore();
      if (heading == "grade") TellGates(scene_.model.vetoes, scene_.program.trace.vetoes, true);
    } else if (heading == "vetoes") {
      TellGates(scene_.model.vetoes, scene_.program.trace.vetoes, false);
    } else if (heading == "interlocks") {
      TellGates(scene_.model.interlocks, scene_.program.trace.interlocks, false);
    } else if (heading == "alerts") {
      TellGates(scene_.model.alerts, scene_.program.trace.alerts, false);
    } else if (heading == "entitlements") {
      TellGates(scene_.model.entitlements, scene_.program.trace.entitlements, false);
    } else if (!TellIndicator(heading)) {
      TellOutcome(heading);
    }
    return std::move(lines_);
  }

 private:
  std::string Say(const char* english, const char* chinese) const {
    return language_ == Language::kChinese ? chinese : english;
  }

  std::string Shown(NodeId node, const Type& type = Type::Plain()) const {
    const auto value = ValueAt(scene_, node, here_);
    return value ? ShownValue(*value, type, language_) : "";
  }

  // `attainment`, `attainment.points`, `attainment.attainment`.
  bool TellIndicator(const std::string& heading) {
    const std::string id = heading.substr(0, heading.find('.'));
    for (size_t i = 0; i < scene_.model.indicators.size(); ++i) {
      const IndicatorModel& indicator = scene_.model.indicators[i];
      if (indicator.id != id && indicator.id != heading) continue;
      if (!scene_.program.trace.indicators[i].value.valid()) return false;
      const bool points = heading.ends_with(".points") && indicator.id != heading;
      if (points) TellPoints(i);
      if (heading.ends_with(".attainment") && indicator.id != heading) {
        if (!indicator.attainment.valid()) return false;
        text_.Tell(derivation_.Add(indicator.attainment, here_), 0, lines_);
        return true;
      }
      text_.Tell(derivation_.AddDefinition(indicator.definition, here_), points ? 2 : 0, lines_);
      return true;
    }
    return false;
  }

  void TellPoints(size_t index) {
    const IndicatorModel& indicator = scene_.model.indicators[index];
    const IndicatorTrace& trace = scene_.program.trace.indicators[index];
    const std::string name = LabelOf(indicator.name, indicator.id);
    lines_.push_back(fmt::format(fmt::runtime(Say("points of {}{}", "{} 的得分{}")), name,
                                 EquationEnd(Shown(trace.capped))));
  }

  void TellScore() {
    std::string sum;
    std::vector<std::string> parts;
    for (size_t i = 0; i < scene_.model.indicators.size(); ++i) {
      const IndicatorModel& indicator = scene_.model.indicators[i];
      const IndicatorTrace& trace = scene_.program.trace.indicators[i];
      if (!indicator.scored || !trace.value.valid()) continue;
      const std::string weight = Shown(trace.share, Type::WithUnit(Unit(), NumberForm::kPercent));
      const std::string points = Shown(trace.points);
      sum += (sum.empty() ? "" : " + ") + weight + " × " + points;
      const auto value = ValueAt(scene_, trace.value, here_);
      parts.push_back(fmt::format(
          fmt::runtime(
              Say("  {}: value {}, points {}, weight {}", "  {}：值 {}，得分 {}，权重 {}")),
          LabelOf(indicator.name, indicator.id),
          value ? ShownValue(*value, indicator.shown, language_, indicator.decimals) : "", points,
          weight));
    }
    lines_.push_back(Say("score", "总分") + " = " + sum +
                     EquationEnd(Shown(scene_.program.trace.weighted)));
    if (Shown(scene_.program.score) != Shown(scene_.program.trace.weighted)) {
      lines_.push_back(Say("  in the end", "  最终") + EquationEnd(Shown(scene_.program.score)));
    }
    lines_.insert(lines_.end(), parts.begin(), parts.end());
  }

  template <class Gates>
  void TellGates(const Gates& gates, const std::vector<NodeId>& holds, bool only_holding) {
    for (size_t i = 0; i < gates.size() && i < holds.size(); ++i) {
      const auto fires = ValueAt(scene_, holds[i], here_);
      if (only_holding && !(fires && fires->holds())) continue;
      lines_.push_back(LabelOf(gates[i].name, gates[i].id) + ":");
      text_.Tell(derivation_.Add(gates[i].condition, here_), 2, lines_);
    }
  }

  void TellOutcome(const std::string& heading) {
    for (const OutcomeModel& outcome : scene_.model.outcomes) {
      if (outcome.id != heading) continue;
      text_.Tell(derivation_.Add(outcome.term, here_), 0, lines_);
      return;
    }
  }

  const Scene& scene_;
  Here here_;
  Language language_;
  Derivation derivation_;
  FigureText text_;
  std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> DerivationLines(const Scene& scene, const std::string& heading, size_t row,
                                         Language language, size_t most) {
  std::vector<std::string> lines = Teller(scene, row, language).Tell(heading);
  if (lines.size() <= most) return lines;
  lines.resize(most);
  lines.back() = "…";
  return lines;
}

}  // namespace steelyard
