// What is said about runs that cannot be: periods, dates and settings, in both languages. Rules and
// data stand in tests/golden/run/.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "engine/diag/render.h"
#include "engine/steelyard.h"
#include "tests/support/golden.h"

namespace steelyard {
namespace {

namespace fs = std::filesystem;

LoadedText LoadFromRoot(const std::string& path) {
  return LoadFromDisk((SourceRoot() / path).string());
}

void ExpectSaid(const std::string& name, const Session& session) {
  const auto said = [&](Language language) {
    return RenderAll(session.sink, session.sources, {language, false});
  };
  ExpectGolden("run/" + name + ".en.txt", said(Language::kEnglish));
  ExpectGolden("run/" + name + ".zh.txt", said(Language::kChinese));
}

struct ScoreCase {
  const char* name;
  const char* rules;
  const char* data;
  const char* period;
  const char* as_of;
};

constexpr ScoreCase kScoreCases[] = {
    {"fail_period_of_another_kind", "quarterly", "sales", "2026-02", ""},
    {"fail_period_form", "quarterly", "sales", "Q1", ""},
    {"fail_period_without_periods", "once", "sales", "2026Q1", "2026-03-31"},
    {"fail_period_not_in_force", "quarterly", "sales", "2027Q1", ""},
    {"fail_date_not_in_force", "quarterly", "sales", "", "2025-12-31"},
    {"fail_data_not_in_force", "quarterly", "last_year", "", ""},
    {"fail_date_form", "quarterly", "sales", "", "31.12.2026"},
    {"fail_date_unknown", "once", "sales", "", ""},
    {"fail_mistyped_date", "daily", "mistyped", "", ""},
    {"fail_no_dated_rows", "daily", "empty", "", ""},
};

TEST(RunGoldens, Score) {
  for (const ScoreCase& c : kScoreCases) {
    SCOPED_TRACE(c.name);
    Session session(LoadFromRoot);
    ScoreOptions options;
    options.rules = std::string("tests/golden/run/") + c.rules + ".yaml";
    options.data = {(GoldenRoot() / "run" / c.data).string()};
    options.period = c.period;
    options.as_of = c.as_of;
    EXPECT_EQ(Score(session, options), nullptr);
    EXPECT_TRUE(session.sink.HasErrors());
    ExpectSaid(c.name, session);
  }
}

// As many subjects and days as nobody has.
TEST(RunGoldens, TooLargeToScore) {
  constexpr int kTeams = 10500;
  const fs::path folder = fs::path(testing::TempDir()) / "steelyard_too_large";
  fs::create_directories(folder);
  std::string teams = "team_id\n";
  for (int i = 0; i < kTeams; ++i) teams += "T" + std::to_string(i) + "\n";
  std::ofstream(folder / "team.csv") << teams;
  std::ofstream(folder / "order.csv") << "team_id,ordered_on,amount\n"
                                         "T1,2013-01-01,1\n"
                                         "T2,2026-08-31,1\n";
  Session session(LoadFromRoot);
  ScoreOptions options;
  options.rules = "tests/golden/run/daily.yaml";
  options.data = {folder.string()};
  EXPECT_EQ(Score(session, options), nullptr);
  ExpectSaid("fail_too_large", session);
  fs::remove_all(folder);
}

struct EvalCase {
  const char* name;
  const char* formula;
  std::vector<std::string> settings;
};

const EvalCase kEvalCases[] = {
    {"fail_setting_form", "x + 1", {"x"}},
    {"fail_setting_kinds", "sum(x)", {"x=[1, 'two', 3]"}},
    {"fail_setting_missing", "revenue ÷ headcount", {"revenue=120万 CNY"}},
    {"fail_setting_value", "revenue ÷ headcount", {"revenue=120万 CNY", "headcount=(3 + "}},
    {"fail_formula_units", "revenue + hours", {"revenue=120万 CNY", "hours=3h"}},
    {"fail_formula_many_rows", "2 × x", {"x=[1, 2, 3]"}},
    {"fail_formula_period", "growth(x)", {"x=3"}},
};

TEST(RunGoldens, Eval) {
  for (const EvalCase& c : kEvalCases) {
    SCOPED_TRACE(c.name);
    Session session(LoadFromRoot);
    EXPECT_FALSE(Eval(session, {c.formula, c.settings, false}).has_value());
    EXPECT_TRUE(session.sink.HasErrors());
    ExpectSaid(c.name, session);
  }
}

// Why a result is missing.
TEST(RunGoldens, Causes) {
  const EvalCase cases[] = {
      {"", "missing", {}},
      {"", "if x > 3 then 1 else missing", {"x=2"}},
      {"", "case when x > 3 then 1 end", {"x=2"}},
      {"", "1 + x ÷ (y - y)", {"x=2", "y=3"}},
      {"", "avg(x where x > 5) × 2", {"x=[1, 2, 3]"}},
      {"", "stddev(x)", {"x=[1]"}},
      {"", "max(x)", {"x=[missing, missing]"}},
      {"", "sqrt(x)", {"x=-4"}},
      {"", "ln(0)", {}},
      {"", "2 ^ 10000000", {}},
      {"", "2026-01-01 + 100000000d", {}},
  };
  std::string said[2];
  for (const EvalCase& c : cases) {
    Session session(LoadFromRoot);
    const auto outcome = Eval(session, {c.formula, c.settings, false});
    ASSERT_TRUE(outcome.has_value()) << c.formula;
    for (const size_t language : {0, 1}) {
      said[language] += std::string(c.formula) + "\n  " + outcome->text + "\n  " +
                        outcome->cause[language] + "\n";
    }
  }
  ExpectGolden("run/causes.en.txt", said[0]);
  ExpectGolden("run/causes.zh.txt", said[1]);
}

}  // namespace
}  // namespace steelyard
