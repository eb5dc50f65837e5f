#include "bench/scorecard/data.h"

#include <algorithm>
#include <charconv>

namespace bench {

const std::array<std::string_view, kFigures> kFigureNames = {
    "strategic_revenue",
    "total_revenue",
    "annual_revenue",
    "service_cost",
    "retention",
    "clv_target",
    "promoters",
    "detractors",
    "surveyed",
    "closure_hours",
    "issues",
    "headcount",
    "effective_months",
    "compliant_projects",
    "delivered_projects",
    "key_talent_end",
    "key_talent_start",
    "headcount_start",
    "adopted_proposals",
    "total_proposals",
    "opening_customers",
    "lost_customers",
    "bribery_cases",
};

namespace {

constexpr std::array<std::string_view, 6> kRegions = {"华东", "华南", "华北",
                                                      "西南", "西北", "海外"};

// SplitMix64 (Steele, Lea, Flood 2014): small, and good enough for made-up rows.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint64_t Next() {
    uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  // low … high, both included.
  int64_t Between(int64_t low, int64_t high) {
    return low + static_cast<int64_t>(Next() % static_cast<uint64_t>(high - low + 1));
  }
  template <size_t N>
  int64_t OneOf(const std::array<int64_t, N>& values) {
    return values[Next() % N];
  }

 private:
  uint64_t state_;
};

constexpr int64_t Whole(int64_t value) { return value * 100; }

void FillPlain(Random& random, Row& row) {
  auto& x = row.hundredths;
  x[kTotalRevenue] = random.Between(50'000'00, 2'000'000'00);
  x[kStrategicRevenue] = x[kTotalRevenue] / 100 * random.Between(5, 55);
  x[kAnnualRevenue] = random.Between(100'000'00, 900'000'00);
  x[kServiceCost] = random.Between(10'000'00, 90'000'00);
  x[kRetention] = random.Between(60, 100);
  x[kClvTarget] = Whole(random.Between(200'000, 700'000));
  x[kSurveyed] = Whole(random.Between(20, 400));
  x[kPromoters] = Whole(random.Between(0, x[kSurveyed] / 100));
  x[kDetractors] = Whole(random.Between(0, (x[kSurveyed] - x[kPromoters]) / 100));
  x[kIssues] = Whole(random.Between(1, 90));
  x[kClosureHours] = x[kIssues] / 100 * random.Between(12'00, 130'00);
  x[kHeadcount] = Whole(random.Between(1, 12));
  x[kEffectiveMonths] = random.Between(2, 24) * 50;
  x[kDeliveredProjects] = Whole(random.Between(1, 60));
  x[kCompliantProjects] =
      Whole(random.Between(x[kDeliveredProjects] / 200, x[kDeliveredProjects] / 100));
  x[kHeadcountStart] = Whole(random.Between(2, 40));
  x[kKeyTalentStart] = Whole(random.Between(0, 10));
  x[kKeyTalentEnd] = Whole(random.Between(0, 14));
  x[kTotalProposals] = Whole(random.Between(1, 80));
  x[kAdoptedProposals] = Whole(random.Between(0, x[kTotalProposals] / 100));
  x[kOpeningCustomers] = Whole(random.Between(5, 120));
  x[kLostCustomers] = Whole(random.Between(0, x[kOpeningCustomers] / 1000));
  x[kBriberyCases] = random.Between(1, 500) == 1 ? Whole(1) : 0;
}

// Every ratio on a threshold; the share of strategic revenue an odd number of steps beside one,
// a step being what half a cent of the score is worth.
void FillRound(Random& random, Row& row) {
  auto& x = row.hundredths;
  const int64_t step = row.account_manager ? 187'50 : 93'75;
  x[kTotalRevenue] = 1'000'000'00;
  x[kStrategicRevenue] = 250'000'00 + step * (2 * random.Between(0, 200) + 1);
  x[kClvTarget] = Whole(100 * random.Between(2'000, 6'000));
  x[kServiceCost] = random.Between(10'000'00, 90'000'00);
  x[kRetention] = 100;
  x[kAnnualRevenue] = x[kServiceCost] + x[kClvTarget] / 10 * random.OneOf<3>({8, 10, 12});
  x[kSurveyed] = Whole(10 * random.Between(2, 40));
  x[kDetractors] = x[kSurveyed] / 10;
  x[kPromoters] = x[kSurveyed] / 10 * random.OneOf<2>({4, 8});
  x[kIssues] = Whole(random.Between(1, 90));
  x[kClosureHours] = x[kIssues] * random.OneOf<4>({24, 48, 72, 120});
  x[kHeadcount] = Whole(1);
  x[kEffectiveMonths] = Whole(2);  // above the last step of revenue per head
  x[kDeliveredProjects] = Whole(20 * random.Between(1, 3));
  x[kCompliantProjects] = x[kDeliveredProjects] / 20 * random.OneOf<4>({14, 17, 19, 20});
  x[kHeadcountStart] = Whole(20);
  x[kKeyTalentStart] = Whole(random.Between(2, 10));
  x[kKeyTalentEnd] = x[kKeyTalentStart] + Whole(random.OneOf<3>({-2, 1, 4}));
  x[kTotalProposals] = Whole(10 * random.Between(1, 8));
  x[kAdoptedProposals] = x[kTotalProposals] / 10 * random.OneOf<3>({0, 3, 6});
  x[kOpeningCustomers] = Whole(20 * random.Between(1, 6));
  x[kLostCustomers] = x[kOpeningCustomers] / 20 * random.Between(0, 2);
  x[kBriberyCases] = 0;
}

void Blank(Random& random, Row& row) {
  const int64_t cells = random.Between(1, 4);
  for (int64_t i = 0; i < cells; ++i) {
    row.hundredths[random.Next() % kFigures] = Row::kMissing;
  }
}

void AppendNumber(int64_t hundredths, std::string& out) {
  std::array<char, 24> digits{};
  char* end = std::to_chars(digits.data(), digits.data() + digits.size(), hundredths / 100).ptr;
  out.append(digits.data(), end);
  const int64_t rest = hundredths % 100;
  if (rest == 0) return;
  out += '.';
  out += static_cast<char>('0' + rest / 10);
  if (rest % 10 != 0) out += static_cast<char>('0' + rest % 10);
}

}  // namespace

Row MakeRow(uint64_t number) {
  Random random(number * 0xD1342543DE82EF95ULL + 20261122);
  Row row;
  row.number = number;
  row.account_manager = random.Between(0, 2) != 0;
  row.region = static_cast<int>(random.Next() % kRegions.size());
  const int64_t kind = random.Between(0, 99);
  if (kind < 10) {
    FillRound(random, row);
  } else {
    FillPlain(random, row);
  }
  if (kind == 10 || kind == 11) Blank(random, row);
  if (kind == 12) {
    row.hundredths[static_cast<size_t>(random.OneOf<5>(
        {kTotalRevenue, kSurveyed, kIssues, kDeliveredProjects, kTotalProposals}))] = 0;
  }
  return row;
}

std::string CsvHeading() {
  std::string heading = "manager_id,quarter,role,region";
  for (const std::string_view name : kFigureNames) heading.append(",").append(name);
  return heading + "\n";
}

void AppendCsv(const Row& row, std::string& out) {
  const uint64_t manager = row.number / 4;
  out += 'M';
  out += std::to_string(1'000'000 + manager);
  out.append(",2026Q").append(1, static_cast<char>('1' + row.number % 4));
  out.append(row.account_manager ? ",account_manager," : ",director,");
  out.append(kRegions[static_cast<size_t>(row.region)]);
  for (const int64_t figure : row.hundredths) {
    out += ',';
    if (figure != Row::kMissing) AppendNumber(figure, out);
  }
  out += '\n';
}

}  // namespace bench
