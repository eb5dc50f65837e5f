// A score worked out: points that are said to be assumed, everything else computed.
#include <algorithm>
#include <iterator>

#include "engine/handbook/chapters.h"

namespace steelyard {
namespace {

constexpr int kAssumed[] = {90, 75, 100, 60};

std::string Text(const Number& number) { return FormatSignificant(number); }

std::string GradeOf(const Model& model, const Number& score) {
  for (const GradeModel& grade : model.grades) {
    if (score >= grade.lowest) return grade.id;
  }
  return "";
}

}  // namespace

void AddExample(Writing& writing) {
  const Model& model = writing.model;
  if (model.base_weights.empty()) return;
  const DatedWeights& weights = model.base_weights.back();
  Sheet sheet;
  sheet.head = {writing.Say("indicator", "指标"), writing.Say("weight", "权重"),
                writing.Say("points (assumed)", "得分（假设）"),
                writing.Say("weight × points", "权重 × 得分")};
  sheet.is_number = {false, true, true, true};
  Number score;
  for (size_t i = 0; i < model.indicators.size(); ++i) {
    const Number& weight = weights.weights[i];
    if (weight.IsZero()) continue;
    const Number points = std::min(Number(kAssumed[sheet.rows.size() % std::size(kAssumed)]),
                                   model.indicators[i].cap);
    const Number part = weight * points;
    score += part;
    sheet.rows.push_back({writing.labels.Of(model.indicators[i]),
                          FormatPlaces(weight * Number(100), 2) + "%", Text(points),
                          FormatPlaces(part, 4)});
  }
  if (sheet.rows.size() < 2) return;
  const Number rounded = Round(score, model.rounding);
  const std::string total = FormatPlaces(rounded, model.rounding);
  Line name;
  Line sum;
  sheet.rows.push_back({name.Strong(writing.Say("score", "总得分")), "", "", sum.Strong(total)});
  writing.document.Heading(3, writing.Say("An example", "算例"), "example");
  Line intro = writing.Say("If somebody earned these points", "如果某人各指标得分如下");
  if (!model.profiles.empty()) {
    intro.Add(writing.Say(", with the weights of the last column", "，适用权重表的最后一列"));
  }
  writing.document.Paragraph(intro.Add(writing.Say(":", "：")));
  writing.document.Add(std::move(sheet));
  const std::string grade = GradeOf(model, rounded);
  const bool by_place = model.distribution.has_value();
  std::string end = writing.words.Fill("then the score would be {}", "则总得分为 {}", {total});
  if (!grade.empty() && !by_place) {
    end += writing.words.Fill(" and the grade {}", "，等级为 {}", {grade});
  }
  end += writing.Say(", before anything that is said of additions, interlocks and vetoes below.",
                     "（未计下文的加减分、联动约束与否决）。");
  writing.document.Paragraph(end);
}

}  // namespace steelyard
