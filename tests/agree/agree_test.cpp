// The fast evaluator agrees with the exact one: every number within its bound, every decision, text
// and digit the same. And where it would not, these tests would tell.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/agree/generate.h"
#include "tests/agree/hold.h"

namespace steelyard::agree {
namespace {

constexpr uint64_t kShards = 8;
// Sanitizers look for other mistakes, in fewer cases: each takes them ten times as long.
#if defined(__SANITIZE_ADDRESS__)
constexpr uint64_t kCasesOfShard = 30;
#else
constexpr uint64_t kCasesOfShard = 190;
#endif

class Agreement : public testing::TestWithParam<uint64_t> {};

TEST_P(Agreement, OfRandomRulesAndData) {
  Counts counts;
  const uint64_t first = 1 + GetParam() * kCasesOfShard;
  for (uint64_t seed = first; seed < first + kCasesOfShard; ++seed) {
    const Case made = MakeCase(seed);
    const Finding finding = Hold(made, {});
    counts.Add(finding.counts);
    if (finding.difference.empty()) continue;
    const Case small = Shrunk(made, {});
    FAIL() << "seed " << seed << ": " << finding.difference
           << "\nmade smaller: " << Hold(small, {}).difference << "\n"
           << small.Print();
  }
  std::cout << counts.Text() << "\n";
  EXPECT_LT(counts.refused * 4, counts.cases);
  EXPECT_LT(counts.exact_rows * 3, counts.rows * 2) << "hardly anything was held against anything";
}

INSTANTIATE_TEST_SUITE_P(Shards, Agreement, testing::Range<uint64_t>(0, kShards));

// --- a broken evaluator is found
// ------------------------------------------------------------------

// The first case of some that differs, made small.
Case FirstDiffering(const HoldOptions& options) {
  for (uint64_t seed = 1; seed < 40; ++seed) {
    const Case made = MakeCase(seed);
    if (!Hold(made, options).difference.empty()) return Shrunk(made, options);
  }
  return {};
}

void ExpectSmall(const Case& small, const HoldOptions& options) {
  ASSERT_FALSE(small.tables.empty()) << "no difference was found";
  EXPECT_NE(Hold(small, options).difference, "");
  EXPECT_EQ(Hold(small, {}).difference, "");
  EXPECT_LE(small.tables[0].rows.size(), 2U) << small.Print();
  EXPECT_LE(small.entries.size(), 2U) << small.Print();
}

TEST(AgreementItself, FindsNumbersBeyondTheirBound) {
  HoldOptions options;
  options.texts = false;
  options.change_number = [](double number, const fast::Bound& bound) {
    if (std::fabs(number) < 2) return number;
    return std::nextafter(number + 2 * bound.error, std::numeric_limits<double>::infinity());
  };
  ExpectSmall(FirstDiffering(options), options);
}

TEST(AgreementItself, FindsWrongDecisions) {
  HoldOptions options;
  options.texts = false;
  options.change_number = [](double number, const fast::Bound& bound) {
    return bound.error == 0 && number == 1 ? 0 : number;
  };
  ExpectSmall(FirstDiffering(options), options);
}

TEST(AgreementItself, FindsWhatIsWronglyMissing) {
  HoldOptions options;
  options.texts = false;
  options.change_number = [](double number, const fast::Bound&) {
    return std::isnan(number) ? 0 : number;
  };
  ExpectSmall(FirstDiffering(options), options);
}

TEST(AgreementItself, FindsWrongDigits) {
  HoldOptions options;
  options.change_text = [](std::string& results) {
    const size_t at = results.rfind('7');
    if (at != std::string::npos) results[at] = '8';
  };
  ExpectSmall(FirstDiffering(options), options);
}

}  // namespace
}  // namespace steelyard::agree
