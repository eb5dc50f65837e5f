#include "bench/rivals/card.h"

#include <charconv>

namespace bench {

namespace {

std::string Join(const std::vector<std::string>& parts, const std::string& between) {
  std::string joined;
  for (const std::string& part : parts) joined += (joined.empty() ? "" : between) + part;
  return joined;
}

// What gives the points between corner `i` and the next.
std::string Line(const std::string& value, const std::vector<Corner>& corners, size_t i) {
  const double slope = (corners[i + 1].y - corners[i].y) / (corners[i + 1].x - corners[i].x);
  return "(" + Text(corners[i].y) + " + (" + value + " - (" + Text(corners[i].x) + ")) * (" +
         Text(slope) + "))";
}

std::string SqlPoints(const std::string& value, const std::vector<Corner>& corners) {
  std::string text = "CASE WHEN " + value + " IS NULL THEN NULL";
  for (size_t i = 0; i < corners.size(); ++i) {
    text += " WHEN " + value + " < " + Text(corners[i].x) + " THEN " +
            (i == 0 ? Text(corners[0].y) : Line(value, corners, i - 1));
  }
  return text + " ELSE " + Text(corners.back().y) + " END";
}

std::string Quoted(const std::string& name) { return "\"" + name + "\""; }

// The queries are nested: values, then points, then the score, then the grade.
std::string SqlValues(const std::string& keys, const std::string& from, const std::string& manager,
                      const std::string& fence) {
  std::vector<std::string> columns;
  if (!keys.empty()) columns.push_back(keys);
  for (const Indicator& indicator : Card()) {
    columns.push_back("CASE WHEN (" + std::string(indicator.denominator) + ") = 0 THEN NULL ELSE " +
                      std::string(indicator.formula) + " END AS " + std::string(indicator.name));
  }
  columns.push_back(manager + " AS manager");
  columns.push_back("bribery_cases");
  columns.push_back(
      "1 - (opening_customers - lost_customers) / nullif(opening_customers, 0) AS churn");
  return "SELECT " + Join(columns, ", ") + " FROM " + from + fence;
}

std::string SqlWithPoints(const std::string& values, const std::string& fence) {
  std::vector<std::string> columns = {"*"};
  for (const Indicator& indicator : Card()) {
    const std::string name(indicator.name);
    columns.push_back(SqlPoints(name, indicator.corners) + " AS " + Quoted(name + ".points"));
  }
  return "SELECT " + Join(columns, ", ") + " FROM (" + values + ") AS with_values" + fence;
}

std::string SqlWithScore(const std::string& points, const std::string& fence) {
  std::vector<std::string> sums, weights;
  for (const Indicator& indicator : Card()) {
    const std::string name(indicator.name);
    const std::string weight = "CASE WHEN manager THEN " + Text(indicator.manager) + " ELSE " +
                               Text(indicator.director) + " END";
    sums.push_back("coalesce(" + weight + " * " + Quoted(name + ".points") + ", 0)");
    weights.push_back("CASE WHEN " + name + " IS NULL THEN 0 ELSE " + weight + " END");
  }
  const std::string mean = "(" + Join(sums, " + ") + ") / nullif(" + Join(weights, " + ") + ", 0)";
  const std::string capped =
      "SELECT *, CASE WHEN delivery < 0.85 AND mean > 79.9 THEN 79.9 ELSE mean END AS capped FROM "
      "(SELECT *, " +
      mean + " AS mean FROM (" + points + ") AS with_points" + fence + ") AS with_mean" + fence;
  return "SELECT *, CASE WHEN bribery_cases > 0 THEN 0.0 ELSE floor(capped * 100 + 0.5) / 100 END "
         "AS score FROM (" +
         capped + ") AS with_cap" + fence;
}

}  // namespace

std::string Text(double number) {
  std::array<char, 40> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

const std::array<Indicator, kIndicators>& Card() {
  static const std::array<Indicator, kIndicators> card = {{
      {"strategic_share",
       "strategic_revenue / total_revenue",
       "total_revenue",
       {{0.10, 0}, {0.25, 60}, {0.40, 100}},
       0.20,
       0.10},
      {"clv",
       "(annual_revenue - service_cost) * retention / clv_target",
       "clv_target",
       {{0, 0}, {0.8, 60}, {1, 85}, {1.2, 100}},
       0.15,
       0.10},
      {"nps",
       "promoters / surveyed - detractors / surveyed",
       "surveyed",
       {{-0.2, 0}, {0.3, 60}, {0.7, 100}},
       0.15,
       0.30},
      {"closure",
       "closure_hours / issues",
       "issues",
       {{24, 100}, {48, 80}, {72, 60}, {120, 0}},
       0.10,
       0.10},
      {"per_head",
       "strategic_revenue / (headcount * effective_months / 12)",
       "headcount * effective_months",
       {{0, 0}, {500000, 60}, {1000000, 100}},
       0.10,
       0.10},
      {"delivery",
       "compliant_projects / delivered_projects",
       "delivered_projects",
       {{0.70, 0}, {0.85, 60}, {0.95, 90}, {1, 100}},
       0.10,
       0.20},
      {"talent_growth",
       "(key_talent_end - key_talent_start) / headcount_start",
       "headcount_start",
       {{-0.10, 0}, {0.05, 60}, {0.20, 100}},
       0.10,
       0.05},
      {"proposal_conversion",
       "adopted_proposals / total_proposals",
       "total_proposals",
       {{0, 0}, {0.30, 60}, {0.60, 100}},
       0.10,
       0.05},
  }};
  return card;
}

std::vector<std::string> InputNames() {
  std::vector<std::string> names(kFigureNames.begin(), kFigureNames.end());
  names.emplace_back("role");
  return names;
}

std::vector<std::string> AnswerNames() {
  std::vector<std::string> names;
  for (const Indicator& indicator : Card()) names.emplace_back(indicator.name);
  for (const Indicator& indicator : Card())
    names.push_back(std::string(indicator.name) + ".points");
  names.emplace_back("score");
  names.emplace_back("grade");
  return names;
}

std::string SelectStatement(const std::string& keys, const std::string& from,
                            const std::string& manager, const std::string& fence) {
  std::vector<std::string> columns;
  if (!keys.empty()) columns.push_back(keys);
  for (const std::string& name : AnswerNames()) {
    if (name != "grade") columns.push_back(Quoted(name));
  }
  // The letter stands as far on as the score fell short of grades, and one more for the veto.
  const std::string steps =
      "CASE WHEN score >= 90 THEN 1 WHEN score >= 80 THEN 2 WHEN score >= 70 THEN 3 WHEN score >= "
      "60 THEN 4 WHEN score >= 0 THEN 5 END + CASE WHEN churn > 0.05 THEN 1 ELSE 0 END";
  columns.push_back("substr('SABCDD', " + steps + ", 1) AS grade");
  return "SELECT " + Join(columns, ", ") + " FROM (" +
         SqlWithScore(SqlWithPoints(SqlValues(keys, from, manager, fence), fence), fence) +
         ") AS with_score";
}

namespace {

std::string ChosenPoints(const std::string& value, const std::vector<Corner>& corners) {
  std::string text = Text(corners.back().y);
  for (size_t i = corners.size(); i-- > 0;) {
    const std::string below = i == 0 ? Text(corners[0].y) : Line(value, corners, i - 1);
    text = "((" + value + " < (" + Text(corners[i].x) + ")) ? " + below + " : " + text + ")";
  }
  return "((" + value + " == " + value + ") ? " + text + " : missing)";
}

}  // namespace

std::string Assignments(const Dialect& dialect) {
  std::string text;
  std::vector<std::string> sums, weights;
  const auto assign = [&](const std::string& name, const std::string& expression) {
    text += name + dialect.assign + expression + dialect.end;
  };
  for (size_t i = 0; i < kIndicators; ++i) {
    const Indicator& indicator = Card()[i];
    const std::string value = "v" + std::to_string(i);
    const std::string points = "p" + std::to_string(i);
    const std::string weight = "w" + std::to_string(i);
    assign(value, "((" + std::string(indicator.denominator) + ") == 0) ? missing : (" +
                      std::string(indicator.formula) + ")");
    assign(points, ChosenPoints(value, indicator.corners));
    assign(weight, "((" + value + " == " + value + ") ? ((role == 1) ? " + Text(indicator.manager) +
                       " : " + Text(indicator.director) + ") : 0)");
    sums.push_back("((" + weight + " > 0) ? (" + weight + " * " + points + ") : 0)");
    weights.push_back(weight);
  }
  assign("total", Join(weights, " + "));
  assign("score", "(total > 0) ? ((" + Join(sums, " + ") + ") / total) : missing");
  assign("score", "((v5 < 0.85) ? ((score > 79.9) ? 79.9 : score) : score)");
  assign("score", dialect.rounded);
  assign("score", "(bribery_cases > 0) ? 0 : score");
  assign("grade",
         "((score < 90) ? 1 : 0) + ((score < 80) ? 1 : 0) + ((score < 70) ? 1 : 0) + "
         "((score < 60) ? 1 : 0) + (((1 - (opening_customers - lost_customers) / "
         "opening_customers) > 0.05) ? 1 : 0)");
  assign("grade", "(score == score) ? ((grade > 4) ? 4 : grade) : missing");
  return text + dialect.last;
}

}  // namespace bench
