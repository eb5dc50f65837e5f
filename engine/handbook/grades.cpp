// Grades by score, and by place.
#include "engine/handbook/chapters.h"

namespace steelyard {
namespace {

std::string Text(const Number& number) { return FormatSignificant(number); }

void AddBounds(Writing& writing) {
  const auto& grades = writing.model.grades;
  Sheet sheet;
  sheet.head = {writing.Say("grade", "等级"), writing.Say("score", "总得分")};
  for (size_t i = 0; i < grades.size(); ++i) {
    const std::string low = Text(grades[i].lowest);
    const bool best = i == 0;
    const bool worst = i + 1 == grades.size();
    std::string score;
    if (best && worst) {
      score = writing.Say("every score", "任何得分");
    } else if (best) {
      score = writing.words.Fill("{} and above", "{} 分及以上", {low});
    } else {
      const std::string above = Text(grades[i - 1].lowest);
      score = worst ? writing.words.Fill("below {}", "低于 {} 分", {above})
                    : writing.words.Fill("from {} to below {}", "{} 分及以上，低于 {} 分",
                                         {low, above});
    }
    sheet.rows.push_back({grades[i].id, score});
  }
  writing.document.Add(std::move(sheet));
}

std::string Rounding(const Writing& writing, QuotaRounding round) {
  switch (round) {
    case QuotaRounding::kDown: return writing.Say("rounded down", "向下取整");
    case QuotaRounding::kUp: return writing.Say("rounded up", "向上取整");
    default: return writing.Say("rounded to the nearest", "四舍五入");
  }
}

void AddDistribution(Writing& writing) {
  const DistributionDecl& decl = writing.file.distribution;
  if (!decl.present()) return;
  writing.document.Heading(3, writing.Say("Forced distribution", "强制分布"), "distribution");
  std::vector<Line> items;
  for (const GradeDecl& share : decl.shares) {
    Line item;
    item.Strong(share.id.text).Add(writing.Say(": ", "："));
    items.push_back(item.Add(writing.words.Amount(share.lowest)));
  }
  writing.document.Paragraph(writing.Say(
      "These grades go by place instead of by score; the share is that of the people compared:",
      "下列等级按名次而不按得分确定，比例以参与比较的人数计："));
  writing.document.List(std::move(items));
  Line line;
  if (decl.among.empty()) {
    line.Add(writing.Say("Compared are all who have a score in the same period. ",
                         "与同期所有有得分的对象比较。"));
  } else {
    std::vector<std::string> groups;
    for (const Formula& formula : decl.among) {
      if (formula.parsed()) groups.push_back(writing.labels.Of(formula.tree.at(formula.tree.root)));
    }
    line.Add(writing.words.Fill("Compared are those with the same {} in the same period. ",
                                "与同期同一 {} 的对象比较。", {writing.words.List(groups)}));
  }
  line.Add(writing.words.Fill("The number of places is {}. Ties share the better grade.",
                              "名额{}；同分者取较好的等级。", {Rounding(writing, decl.round)}));
  if (decl.shares.size() < writing.model.grades.size()) {
    line.Add(writing.Say(" The other grades go by the score, but none of those above is given so.",
                         "其余等级按得分确定，但不会因此得到上述等级。"));
  }
  writing.document.Paragraph(std::move(line));
}

}  // namespace

void AddGrades(Writing& writing) {
  const Model& model = writing.model;
  if (model.grades.empty()) return;
  writing.document.Heading(2, writing.Say("Grades", "等级"), "grades");
  AddBounds(writing);
  writing.document.Paragraph(writing.words.Fill(
      "What counts is the score after it was rounded to {} decimals. Where there is no score, the "
      "grade is “incomplete”.",
      "以四舍五入到 {} 位小数后的总得分为准。没有总得分时，等级记“incomplete”（未完成）。",
      {std::to_string(model.rounding)}));
  AddDistribution(writing);
}

}  // namespace steelyard
