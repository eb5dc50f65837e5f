#include "engine/exact/share_out.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace steelyard {
namespace {

std::string Shares(int64_t whole, const std::vector<Value>& parts) {
  const Value common = Number(whole);
  std::vector<const Value*> x;
  std::vector<const Value*> wholes(parts.size(), &common);
  for (const Value& part : parts) x.push_back(&part);
  std::string text;
  for (const Value& share : ShareOut(x, wholes)) {
    text += (text.empty() ? "" : " ") + (share.missing() ? "~" : share.number().ToFraction());
  }
  return text;
}

struct Case {
  int64_t whole;
  std::vector<Value> parts;
  const char* shares;
};

TEST(ShareOut, GivesTheRestToTheLargestRemainders) {
  const Number half = Number::Fraction(1, 2);
  const Case cases[] = {
      {10000000, {Number(1), Number(1), Number(1)}, "3333334 3333333 3333333"},
      {20000000,
       {Number(40), Number(30), Number(20), Number(10)},
       "8000000 6000000 4000000 2000000"},
      {10, {Number(1), Number(1), Number(4)}, "2 2 6"},  // 1.67 1.67 6.67
      {7, {Number(1), Number(2), Number(3)}, "1 2 4"},   // 1.17 2.33 3.5
      {1, {half, half}, "1 0"},
      {0, {Number(1), Number(2)}, "0 0"},
      {5, {Number(0), Number(3)}, "0 5"},
      {-3, {Number(1), Number(1)}, "-1 -2"},  // -1.5 each, -2 and one back
      {5, {Number(0), Number(0)}, "~ ~"},
      {6, {Value(MissingCause::kEmptyCell), Number(1), Number(2)}, "~ 2 4"},
      {6, {Number(-1), Number(1), Number(2)}, "~ 2 4"},
      {6, {}, ""},
  };
  for (const Case& c : cases) EXPECT_EQ(Shares(c.whole, c.parts), c.shares) << c.whole;
}

TEST(ShareOut, RefusesWholesThatDiffer) {
  const Value one = Number(1);
  const Value two = Number(2);
  const Value none = MissingCause::kEmptyCell;
  EXPECT_EQ(ShareOut({&one, &one}, {&one, &two})[1].why().cause, MissingCause::kAmountsDiffer);
  EXPECT_EQ(ShareOut({&one, &one}, {&one, &none})[0].why().cause, MissingCause::kEmptyCell);
}

// Nothing is lost, nothing is made, nobody is a whole piece or more away from the exact share, and
// who has a larger part never gets less.
TEST(ShareOut, HoldsOnRandomParts) {
  std::mt19937 random(20261121);
  for (int round = 0; round < 500; ++round) {
    const auto people = 1 + random() % 12;
    const Number whole(static_cast<int64_t>(random() % 100000));
    std::vector<Value> parts;
    Number total;
    for (size_t i = 0; i < people; ++i) {
      const Number part = Number::Fraction(static_cast<int64_t>(random() % 50), 1 + random() % 7);
      parts.emplace_back(part);
      total += part;
    }
    if (total.IsZero()) continue;
    const Value common = whole;
    std::vector<const Value*> x;
    for (const Value& part : parts) x.push_back(&part);
    const auto shares = ShareOut(x, std::vector<const Value*>(people, &common));
    Number sum;
    for (size_t i = 0; i < people; ++i) {
      const Number off = shares[i].number() - whole * parts[i].number() / total;
      EXPECT_LT(Abs(off), Number(1));
      sum += shares[i].number();
      for (size_t j = 0; j < people; ++j) {
        if (parts[i].number() > parts[j].number()) {
          EXPECT_GE(shares[i].number(), shares[j].number());
        }
      }
    }
    EXPECT_EQ(sum, whole);
  }
}

}  // namespace
}  // namespace steelyard
