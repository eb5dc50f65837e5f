// Which conditions can come about together: known pairs, and random ones held against every row
// that there could be.
#include "engine/check/possible.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "engine/check/check.h"
#include "engine/rulefile/load.h"
#include "engine/steelyard.h"

namespace steelyard {
namespace {

// A card with an alert for each condition.
std::string Card(const std::vector<std::string>& conditions) {
  std::string text =
      "steelyard: 1\nscorecard: c\nsubject: m\n"
      "data:\n  m:\n    key: k\n    columns:\n"
      "      e: [a, b, c]\n      f: bool\n      g: bool\n      n: {type: count, max: 3}\n"
      "      x: {type: number, min: -1, max: 2}\n      t: text\n"
      "parameters: {limit: 2, some: [a, b]}\n"
      "values:\n  is_a: e = 'a'\n  twice: n × 2\n  kind: \"if f then 'q' else 'r'\"\n"
      "indicators: {i: {formula: n, score: {linear: {0: 0, 3: 100}}}}\nweights: {i: "
      "100%}\nalerts:\n";
  for (size_t i = 0; i < conditions.size(); ++i) {
    text += "  c" + std::to_string(i) + ": {when: \"" + conditions[i] + "\"}\n";
  }
  return text;
}

struct Checked {
  explicit Checked(const std::vector<std::string>& conditions)
      : session([text = Card(conditions)](const std::string&) -> LoadedText {
          return {text, std::nullopt};
        }) {
    file = LoadRuleFile(session.sources, "card.yaml", session.sink);
    if (file) model = Check(*file, session.sink);
    EXPECT_TRUE(model.has_value());
    for (const Diagnostic& said : session.sink.all()) {
      if (Info(said.kind).severity == Severity::kError) {
        ADD_FAILURE() << Message(said, Language::kEnglish);
      }
    }
  }
  TermId condition(size_t i) const { return model->alerts[i].condition; }

  Session session;
  std::optional<RuleFile> file;
  std::optional<Model> model;
};

bool Together(const std::string& a, const std::string& b) {
  const Checked checked({a, b});
  if (!checked.model) return true;
  Figures figures(*checked.model);
  Ranges ranges(*checked.model, figures);
  Possibility possibility(*checked.model, figures, ranges);
  return possibility.CanHold(
      {Need::Truth(checked.condition(0), kHolds), Need::Truth(checked.condition(1), kHolds)});
}

TEST(Possible, ConditionsOnOneFigureExcludeEachOther) {
  EXPECT_FALSE(Together("e = 'a'", "e = 'b'"));
  EXPECT_FALSE(Together("e = 'a'", "e != 'a'"));
  EXPECT_FALSE(Together("e = 'a'", "e in ('b', 'c')"));
  EXPECT_FALSE(Together("e in some", "e = 'c'"));
  EXPECT_FALSE(Together("is_a", "e = 'c'"));
  EXPECT_FALSE(Together("f", "not f"));
  EXPECT_FALSE(Together("f = false", "f"));
  EXPECT_FALSE(Together("n > 2", "n <= 2"));
  EXPECT_FALSE(Together("n between 0 and 1", "n > limit"));
  EXPECT_FALSE(Together("n × 2 > 3", "twice <= 3"));
  EXPECT_FALSE(Together("n > x", "x >= n"));
  EXPECT_FALSE(Together("n is missing", "n > 1"));
  EXPECT_FALSE(Together("kind = 'q'", "not f"));
  EXPECT_FALSE(Together("(n ?? 0) > 1", "n < 1"));
  EXPECT_FALSE(Together("t = 'p'", "t = 'q'"));
}

TEST(Possible, OfAnEnumerationOneValueHolds) {
  EXPECT_FALSE(Together("e != 'a' and e != 'b'", "e != 'c'"));
  EXPECT_TRUE(Together("t != 'a' and t != 'b'", "t != 'c'"));
}

TEST(Possible, LimitsOfColumnsBoundWhatIsMadeOfThem) {
  EXPECT_FALSE(Together("n > 3", "true"));
  EXPECT_FALSE(Together("n + x > 5", "true"));
  EXPECT_TRUE(Together("n + x >= 5", "true"));
  EXPECT_FALSE(Together("n × x < -3", "true"));
  EXPECT_FALSE(Together("clamp(x, 0, 1) < 0", "true"));
  EXPECT_FALSE(Together("abs(x) < 0", "true"));
}

TEST(Possible, WhereInDoubtItIsPossible) {
  EXPECT_TRUE(Together("e = 'a'", "f"));
  EXPECT_TRUE(Together("n > 1", "n < 3"));
  EXPECT_TRUE(Together("n + 1 > 3", "n <= 1"));  // no arithmetic backwards
  EXPECT_TRUE(Together("t < 'b'", "t > 'a'"));
}

// --- against every row --------------------------------------------------------------------------

using Row = std::vector<Value>;  // by column: k e f g n x t

Value ValueOf(const Model& model, TermId id, const Row& row) {
  const Term& term = model.term(id);
  switch (term.kind) {
    case TermKind::kConstant: return term.constant;
    case TermKind::kColumn: return row[term.column.index()];
    case TermKind::kDefinition: return ValueOf(model, model.definition(term.definition).term, row);
    default: break;
  }
  std::vector<Value> operands;
  for (const TermId input : term.inputs) operands.push_back(ValueOf(model, input, row));
  return ApplyMap(term.map, operands);
}

std::vector<Row> AllRows(const Model& model) {
  const std::vector<std::vector<Value>> cells = {
      {Value(std::string("1"))},
      {Value(), Value(std::string("a")), Value(std::string("b")), Value(std::string("c"))},
      {Value(), Value(true), Value(false)},
      {Value(), Value(true)},
      {Value(), Value(Number(0)), Value(Number(1)), Value(Number(3))},
      {Value(), Value(Number(-1)), Value(Number(0)), Value(Number(2))},
      {Value(std::string("a"))}};
  std::vector<Row> rows = {Row(model.schema.tables[0].columns.size())};
  const std::vector<std::string> names = {"k", "e", "f", "g", "n", "x", "t"};
  for (size_t name = 0; name < names.size(); ++name) {
    std::vector<Row> more;
    const auto& columns = model.schema.tables[0].columns;
    size_t at = 0;
    while (columns[at].id != names[name]) ++at;
    for (const Row& row : rows) {
      for (const Value& value : cells[name]) {
        more.push_back(row);
        more.back()[at] = value;
      }
    }
    rows = std::move(more);
  }
  return rows;
}

std::string RandomCondition(std::mt19937& random, int depth) {
  const auto one_of = [&](std::initializer_list<const char*> texts) {
    return std::string(texts.begin()[random() % texts.size()]);
  };
  if (depth == 0) {
    return one_of({"e = 'a'",
                   "e != 'b'",
                   "is_a",
                   "e in ('b', 'c')",
                   "e not in some",
                   "f",
                   "g",
                   "n > 1",
                   "n <= 2",
                   "n = 0",
                   "n between 1 and 2",
                   "n > x",
                   "x >= n",
                   "twice > 2",
                   "n × 2 <= 2",
                   "x < 0",
                   "x × n = 0",
                   "n is missing",
                   "e is not missing",
                   "kind = 'q'",
                   "(n ?? 3) > 2",
                   "(if f then n else x) > 1",
                   "n ÷ x > 1",
                   "x > n + 2",
                   "n = x",
                   "(f ?? g)",
                   "abs(x) > 1",
                   "max(n, x) > 2",
                   "n > 3"});
  }
  const std::string left = RandomCondition(random, depth - 1);
  const std::string right = RandomCondition(random, depth - 1);
  switch (random() % 4) {
    case 0: return "(" + left + " and " + right + ")";
    case 1: return "(" + left + " or " + right + ")";
    case 2: return "not (" + left + ")";
    default: return "(if " + left + " then " + right + " else g)";
  }
}

// Whatever occurs in some row is possible.
TEST(Possible, NeverDeniesWhatOccurs) {
  std::mt19937 random(20260401);
  constexpr size_t kConditions = 400;
  std::vector<std::string> conditions;
  for (size_t i = 0; i < kConditions; ++i) {
    conditions.push_back(RandomCondition(random, static_cast<int>(random() % 4)));
  }
  const Checked checked(conditions);
  ASSERT_TRUE(checked.model);
  const std::vector<Row> rows = AllRows(*checked.model);
  Figures figures(*checked.model);
  Ranges ranges(*checked.model, figures);
  Possibility possibility(*checked.model, figures, ranges);
  size_t denied = 0;
  for (size_t i = 0; i + 1 < kConditions; ++i) {
    const auto a = static_cast<Truths>(1 + random() % 6);
    const auto b = static_cast<Truths>(1 + random() % 6);
    if (possibility.CanHold(
            {Need::Truth(checked.condition(i), a), Need::Truth(checked.condition(i + 1), b)})) {
      continue;
    }
    ++denied;
    for (const Row& row : rows) {
      const auto truth = [&](size_t condition) {
        const Value value = ValueOf(*checked.model, checked.condition(condition), row);
        return value.missing() ? kUnknown : (value.holds() ? kHolds : kFails);
      };
      ASSERT_FALSE((truth(i) & a) != 0 && (truth(i + 1) & b) != 0)
          << conditions[i] << " [" << int{a} << "] and " << conditions[i + 1] << " [" << int{b}
          << "]";
    }
  }
  EXPECT_GT(denied, 20u);
}

}  // namespace
}  // namespace steelyard
