#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "engine/compare/movers_report.h"
#include "tests/unit/compare/moves.h"

namespace steelyard {
namespace {

const char kCard[] = R"(steelyard: 1
scorecard: s
subject: rep
data:
  rep:
    key: id
    columns:
      id: text
      team: text
      a: number
      b: {type: number, min: 0}
      base: {type: money, unit: CNY}
parameters: {limit: 50}
indicators:
  one: {formula: a, score: {formula: value}}
  two: {formula: b, score: {formula: value}, missing: redistribute}
weights: {one: 60%, two: 40%}
vetoes:
  low: {when: a < limit, then: downgrade 1}
grades: {A: 80, B: 60, C: 0}
outcomes:
  bonus: base × score / 100
)";

const char kData[] = R"(id,team,a,b,base
R1,x,90,90,1000
R2,x,70,60,1000
R3,y,55,100,2000
R4,y,40,,500
)";

// kCard with each text replaced.
std::string Card(const std::vector<std::pair<std::string, std::string>>& edits) {
  std::string card = kCard;
  for (const auto& [from, to] : edits) {
    const size_t at = card.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) card.replace(at, from.size(), to);
  }
  return card;
}

MovesFound Compare(const std::string& before, const std::string& after,
                   std::vector<Change> changes) {
  MovesText text;
  text.files = {{"old.yaml", before}, {"new.yaml", after}};
  text.data = {{"rep", kData}};
  text.changes = std::move(changes);
  MovesFound found = CompareTexts(text);
  EXPECT_EQ(found.old_errors, "");
  EXPECT_EQ(found.new_errors, "");
  return found;
}

TEST(Movers, NobodyMovesWhereNothingChanges) {
  const MovesFound found = Compare(kCard, kCard, {});
  ASSERT_TRUE(found.movers);
  EXPECT_EQ(found.movers->rows, 4u);
  EXPECT_EQ(found.movers->both, 4u);
  EXPECT_TRUE(found.movers->movers.empty());
  EXPECT_TRUE(found.movers->causes.empty());
  EXPECT_TRUE(found.movers->attributed);
}

TEST(Movers, WeightsAreOneStep) {
  const MovesFound found = Compare(
      kCard, Card({{"one: 60%, two: 40%", "one: 40%, two: 60%"}}),
      {ChangeAt(Section::kWeights, "one", "weight"), ChangeAt(Section::kWeights, "two", "weight")});
  ASSERT_TRUE(found.movers);
  ASSERT_EQ(found.movers->causes.size(), 1u);
  EXPECT_EQ(found.movers->causes[0].changes, (std::vector<size_t>{0, 1}));
  EXPECT_EQ(MoversAsText(*found.movers),
            "R3 : 73 B > 82 A bonus=1460.00>1640.00\n"
            "  #1 73 B > 82 A bonus=1460.00>1640.00\n"
            "R2 : 66 B > 64 B bonus=660.00>640.00\n"
            "  #1 66 B > 64 B bonus=660.00>640.00\n");
}

TEST(Movers, PartsFollowEachOther) {
  const MovesFound found = Compare(kCard,
                                   Card({{"limit: 50", "limit: 60"},
                                         {"one: 60%, two: 40%", "one: 40%, two: 60%"},
                                         {"two: {formula: b,", "two: {formula: b - 10,"}}),
                                   {ChangeAt(Section::kParameters, "limit", "value"),
                                    ChangeAt(Section::kIndicators, "two", "formula"),
                                    ChangeAt(Section::kWeights, "one", "weight")});
  ASSERT_TRUE(found.movers);
  const Movers& movers = *found.movers;
  // Another grade goes before another score, the larger change first.
  EXPECT_EQ(MoversAsText(movers),
            "R2 : 66 B > 58 C two=60>50 two.points=60>50 bonus=660.00>580.00\n"
            "  #2 66 B > 62 B two=60>50 two.points=60>50 bonus=660.00>620.00\n"
            "  #3 62 B > 58 C bonus=620.00>580.00\n"
            "R3 : 73 B > 76 C two=100>90 two.points=100>90 vetoes=>low bonus=1460.00>1520.00\n"
            "  #1 73 B > 73 C vetoes=>low\n"
            "  #2 73 C > 69 C two=100>90 two.points=100>90 bonus=1460.00>1380.00\n"
            "  #3 69 C > 76 C bonus=1380.00>1520.00\n"
            "R1 : 90 A > 84 A two=90>80 two.points=90>80 bonus=900.00>840.00\n"
            "  #2 90 A > 86 A two=90>80 two.points=90>80 bonus=900.00>860.00\n"
            "  #3 86 A > 84 A bonus=860.00>840.00\n");
  ASSERT_EQ(movers.causes.size(), 3u);
  EXPECT_EQ(movers.causes[0].rows, 1u);
  EXPECT_EQ(movers.causes[2].up, 1u);
  EXPECT_EQ(movers.causes[2].down, 2u);
  ASSERT_EQ(movers.pay.size(), 1u);
  const PayEffect& pay = movers.pay[0];
  EXPECT_EQ(pay.before + " " + pay.after, "3220.00 3140.00");
  EXPECT_EQ(pay.change, Number(-80));
  EXPECT_EQ(pay.by_step, (std::vector<Number>{Number(0), Number(-160), Number(80)}));
  EXPECT_EQ(pay.winners, 1u);
  EXPECT_EQ(pay.losers, 2u);
  EXPECT_EQ(pay.largest->key, std::vector<std::string>{"R2"});
  EXPECT_EQ(movers.other_grade + movers.other_score + movers.other_figures, 3u);
}

TEST(Movers, AChangeThatNeedsALaterOneWaitsForIt) {
  const MovesFound found =
      Compare(kCard, Card({{"parameters: {limit: 50}\n", ""}, {"a < limit", "a < 60"}}),
              {ChangeAt(Section::kParameters, "limit", "", ChangeKind::kRemoved),
               ChangeAt(Section::kVetoes, "low", "when")});
  ASSERT_TRUE(found.movers);
  ASSERT_EQ(found.movers->causes.size(), 2u);
  EXPECT_EQ(found.movers->causes[0].changes, std::vector<size_t>{1});
  EXPECT_EQ(found.movers->causes[0].rows, 1u);
  EXPECT_EQ(found.movers->causes[1].changes, std::vector<size_t>{0});
  EXPECT_EQ(found.movers->causes[1].rows, 0u);
}

TEST(Movers, ChangesThatCanOnlyStandTogetherAreOneStep) {
  const MovesFound found = Compare(
      kCard,
      Card({{"a: number", "a: {type: money, unit: CNY}"},
            {"limit: 50", "limit: 60 CNY"},
            {"{formula: a,", "{formula: a / 1 CNY,"}}),
      {ChangeAt(Section::kTables, "rep", ""), ChangeAt(Section::kParameters, "limit", "value"),
       ChangeAt(Section::kIndicators, "one", "formula")});
  ASSERT_TRUE(found.movers);
  ASSERT_EQ(found.movers->causes.size(), 1u);
  EXPECT_EQ(found.movers->causes[0].changes, (std::vector<size_t>{0, 1, 2}));
  EXPECT_EQ(MoversAsText(*found.movers),
            "R3 : 73 B > 73 C vetoes=>low\n"
            "  #1 73 B > 73 C vetoes=>low\n");
}

TEST(Movers, ANewIdMovesNobody) {
  std::string renamed = Card({{"two: {formula", "second: {formula"}, {"two: 40%", "second: 40%"}});
  Change change = ChangeAt(Section::kIndicators, "two", "", ChangeKind::kRenamed);
  change.new_path.id = "second";
  const MovesFound found = Compare(kCard, renamed, {change});
  ASSERT_TRUE(found.movers);
  EXPECT_EQ(MoversAsText(*found.movers), "");
  ASSERT_EQ(found.movers->renames.size(), 1u);
  EXPECT_TRUE(found.movers->added_columns.empty());
  EXPECT_TRUE(found.movers->removed_columns.empty());
}

TEST(Movers, WhoIsRejectedByOneVersionIsNotLost) {
  const MovesFound found = Compare(kCard, Card({{"missing: redistribute", "missing: error"}}),
                                   {ChangeAt(Section::kIndicators, "two", "missing")});
  ASSERT_TRUE(found.movers);
  const Movers& movers = *found.movers;
  EXPECT_EQ(movers.rows, 4u);
  EXPECT_EQ(movers.both, 3u);
  EXPECT_EQ(movers.only_old, 1u);
  EXPECT_EQ(MoversAsText(movers),
            "R4 : 40 C > rejected vetoes=low> bonus=200.00>\n"
            "  #1 40 C > rejected vetoes=low> bonus=200.00>\n");
  EXPECT_EQ(movers.movers[0].after.because, "two");
  uint64_t counted = 0;
  for (const Transition& transition : movers.transitions) counted += transition.count;
  EXPECT_EQ(counted, 4u);
}

TEST(Movers, WhoIsNoLongerSelectedIsSaidToBe) {
  const MovesFound found =
      Compare(kCard, Card({{"subject: rep", "subject: {table: rep, where: team = 'x'}"}}),
              {ChangeAt(Section::kCard, "", "subject_where")});
  ASSERT_TRUE(found.movers);
  EXPECT_EQ(MoversAsText(*found.movers),
            "R3 : 73 B > not_selected bonus=1460.00>\n"
            "  #1 73 B > not_selected bonus=1460.00>\n"
            "R4 : 40 C > not_selected vetoes=low> bonus=200.00>\n"
            "  #1 40 C > not_selected vetoes=low> bonus=200.00>\n");
}

TEST(Movers, AVersionThatTheDataDoNotFitIsSaidTo) {
  MovesText text;
  text.files = {{"old.yaml", kCard},
                {"new.yaml", Card({{"team: text", "team: text\n      c: number"},
                                   {"two: {formula: b,", "two: {formula: c,"}})}};
  text.data = {{"rep", kData}};
  const MovesFound found = CompareTexts(text);
  EXPECT_FALSE(found.movers);
  EXPECT_EQ(found.old_errors, "");
  EXPECT_NE(found.new_errors.find("`c`"), std::string::npos) << found.new_errors;
}

TEST(Movers, MoneyThatIsNewOrGoneIsPay) {
  const MovesFound found =
      Compare(kCard, Card({{"bonus: base × score / 100", "gift: if(a > 60, 100 CNY, 0 CNY)"}}),
              {ChangeAt(Section::kOutcomes, "gift", "", ChangeKind::kAdded),
               ChangeAt(Section::kOutcomes, "bonus", "", ChangeKind::kRemoved)});
  ASSERT_TRUE(found.movers);
  const Movers& movers = *found.movers;
  ASSERT_EQ(movers.pay.size(), 2u);
  EXPECT_EQ(movers.pay[0].heading, "bonus");
  EXPECT_FALSE(movers.pay[0].in_new);
  EXPECT_EQ(movers.pay[0].change, Number(-3220));
  EXPECT_EQ(movers.pay[0].losers, 4u);
  EXPECT_FALSE(movers.pay[1].in_old);
  EXPECT_EQ(movers.pay[1].after, "200.00");
  EXPECT_EQ(movers.pay[1].by_step, (std::vector<Number>{Number(200), Number(0)}));
  EXPECT_EQ(movers.other_figures, 4u);
}

TEST(Movers, WhatCancelsIsCounted) {
  const MovesFound found = Compare(Card({{"{formula: a,", "{formula: a × limit / 50,"}}),
                                   Card({{"{formula: a,", "{formula: a × limit / 100,"},
                                         {"limit: 50", "limit: 100"},
                                         {"a < limit", "a < limit / 2"}}),
                                   {ChangeAt(Section::kParameters, "limit", "value"),
                                    ChangeAt(Section::kIndicators, "one", "formula"),
                                    ChangeAt(Section::kVetoes, "low", "when")});
  ASSERT_TRUE(found.movers);
  EXPECT_TRUE(found.movers->movers.empty());
  EXPECT_EQ(found.movers->cancelled, 4u);
  EXPECT_EQ(found.movers->causes.size(), 3u);
}

TEST(Movers, ImportsAndLowerCardsCount) {
  const std::string team = R"(steelyard: 1
scorecard: t
subject: team
import: [LIBRARY]
data:
  team: {key: team}
  member: {results_of: LOWER, belongs_to: {team: team}, columns: {team: text, score: number}}
  rep: {key: id, belongs_to: {team: team}}
indicators:
  average: {formula: avg(member.score) × factor, score: {formula: value}}
weights: {average: 100%}
)";
  const auto with = [&](const std::string& library, const std::string& lower) {
    std::string text = team;
    text.replace(text.find("LIBRARY"), 7, library);
    text.replace(text.find("LOWER"), 5, lower);
    return text;
  };
  const auto lower = [](const std::string& card) {
    std::string text = card;
    text.insert(text.find("bonus:"), "team: team\n  ");
    return text;
  };
  MovesText text;
  text.files = {{"old.yaml", with("a.yaml", "rep1.yaml")},
                {"new.yaml", with("b.yaml", "rep2.yaml")},
                {"a.yaml", "steelyard: 1\nparameters: {factor: 1}\n"},
                {"b.yaml", "steelyard: 1\nparameters: {factor: 0.5}\n"},
                {"rep1.yaml", lower(kCard)},
                {"rep2.yaml", lower(Card({{"two: {formula: b,", "two: {formula: b - 10,"}}))}};
  text.data = {{"rep", kData}, {"team", "team\nx\ny\n"}};
  text.changes = {ChangeAt(Section::kParameters, "factor", "value")};
  const MovesFound found = CompareTexts(text);
  ASSERT_TRUE(found.movers) << found.old_errors << found.new_errors;
  EXPECT_TRUE(found.movers->attributed);
  EXPECT_EQ(MoversAsText(*found.movers),
            "x : 78 > 37 average=78>37 average.points=78>37\n"
            "  #1 78 > 39 average=78>39 average.points=78>39\n"
            "  #2 39 > 37 average=39>37 average.points=39>37\n"
            "y : 56.5 > 27.25 average=56.5>27.25 average.points=56.5>27.25\n"
            "  #1 56.5 > 28.25 average=56.5>28.25 average.points=56.5>28.25\n"
            "  #2 28.25 > 27.25 average=28.25>27.25 average.points=28.25>27.25\n");
  EXPECT_EQ(found.movers->causes[1].lower_card, "rep2.yaml");
}

TEST(Movers, NobodyIsFollowedToAnotherSubject) {
  MovesText text;
  text.files = {{"old.yaml", kCard}, {"new.yaml", Card({{"key: id", "key: [id, team]"}})}};
  text.data = {{"rep", kData}};
  const MovesFound found = CompareTexts(text);
  ASSERT_TRUE(found.movers);
  EXPECT_FALSE(found.movers->followed);
  EXPECT_TRUE(found.movers->movers.empty());
  EXPECT_EQ(found.movers->only_old, 4u);
  EXPECT_EQ(found.movers->only_new, 4u);
}

TEST(Movers, JsonHasTheNumbersThatResultsShow) {
  const MovesFound found = Compare(kCard, Card({{"× score / 100", "× score / 90"}}),
                                   {ChangeAt(Section::kOutcomes, "bonus", "formula")});
  ASSERT_TRUE(found.movers);
  DataSection section;
  section.movers = found.movers;
  const auto json = DataJson(section, found.changes);
  EXPECT_EQ(json["pay"][0]["old"].dump(), "3220");
  EXPECT_EQ(json["movers"].size(), 4u);
  EXPECT_EQ(json["movers"][0]["cells"][0]["new"], "1000.00");
  EXPECT_EQ(json["movers"][0]["cells"][0]["change"], 100);
  EXPECT_EQ(json["pay"][0]["largest"]["change"].dump(), "162.22222222");
  EXPECT_EQ(json["causes"][0]["paths"][0], "outcomes.bonus.formula");
  EXPECT_EQ(SignedText(Number(3), 2), "+3.00");
  EXPECT_EQ(SignedText(Number::Fraction(-1, 4)), "-0.25");
}

}  // namespace
}  // namespace steelyard
