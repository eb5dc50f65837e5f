// The table of functions, and words for operations.
#include "engine/schema/operation.h"

#include <algorithm>

#include "engine/base/text.h"

namespace steelyard {
namespace {

constexpr int Id(MapOp op) { return static_cast<int>(op); }
constexpr int Id(AggregateOp op) { return static_cast<int>(op); }
constexpr int Id(RankOp op) { return static_cast<int>(op); }
constexpr int Id(TimeOp op) { return static_cast<int>(op); }

const std::vector<FunctionInfo>& Functions() {
  using enum FunctionKind;
  static const std::vector<FunctionInfo> table = {
      {"sum",
       {"∑", "Σ", "求和", "合计", "合計", "总和", "總和"},
       kAggregate,
       Id(AggregateOp::kSum),
       1,
       1,
       "sum(x)"},
      {"avg",
       {"平均", "平均值", "average", "mean"},
       kAggregate,
       Id(AggregateOp::kAvg),
       1,
       1,
       "avg(x)"},
      {"count", {"计数", "計數"}, kAggregate, Id(AggregateOp::kCount), 1, 1, "count(table)"},
      {"min", {"最小", "最小值"}, kMapOrAggregate, Id(MapOp::kMin), 1, -1, "min(a, b, …)"},
      {"max", {"最大", "最大值"}, kMapOrAggregate, Id(MapOp::kMax), 1, -1, "max(a, b, …)"},
      {"median", {"中位数", "中位數"}, kAggregate, Id(AggregateOp::kMedian), 1, 1, "median(x)"},
      {"percentile",
       {"百分位", "分位数", "分位數"},
       kAggregate,
       Id(AggregateOp::kPercentile),
       2,
       2,
       "percentile(x, p)"},
      {"percentile_nearest",
       {},
       kAggregate,
       Id(AggregateOp::kPercentileNearest),
       2,
       2,
       "percentile_nearest(x, p)"},
      {"stddev",
       {"标准差", "標準差", "stdev"},
       kAggregate,
       Id(AggregateOp::kStddev),
       1,
       1,
       "stddev(x)"},
      {"count_distinct",
       {"去重计数", "去重計數"},
       kAggregate,
       Id(AggregateOp::kCountDistinct),
       1,
       1,
       "count_distinct(x)"},
      {"first", {"首个", "首個"}, kAggregate, Id(AggregateOp::kFirst), 1, 1, "first(x)"},
      {"last", {"末个", "末個"}, kAggregate, Id(AggregateOp::kLast), 1, 1, "last(x)"},
      {"weighted_avg",
       {"加权平均", "加權平均"},
       kAggregate,
       Id(AggregateOp::kWeightedAvg),
       2,
       2,
       "weighted_avg(x, weight)"},
      {"corr", {"相关系数", "相關系數"}, kAggregate, Id(AggregateOp::kCorr), 2, 2, "corr(x, y)"},
      {"any", {"任一"}, kAggregate, Id(AggregateOp::kAny), 1, 1, "any(condition)"},
      {"all", {"全部"}, kAggregate, Id(AggregateOp::kAll), 1, 1, "all(condition)"},
      {"rank", {"排名"}, kRank, Id(RankOp::kRank), 1, 1, "rank(x among column)"},
      {"percent_rank", {}, kRank, Id(RankOp::kPercentRank), 1, 1, "percent_rank(x among column)"},
      {"zscore", {}, kRank, Id(RankOp::kZscore), 1, 1, "zscore(x among column)"},
      {"prev", {"上期"}, kTime, Id(TimeOp::kPrevious), 1, 2, "prev(x, n)"},
      {"change", {"变化", "變化"}, kSpecial, 0, 1, 2, "change(x)"},
      {"growth", {"增长率", "增長率"}, kSpecial, 0, 1, 2, "growth(x)"},
      {"streak", {"连续", "連續"}, kTime, Id(TimeOp::kStreak), 1, 1, "streak(condition)"},
      {"trailing_sum", {}, kTime, Id(TimeOp::kTrailingSum), 2, 2, "trailing_sum(x, n)"},
      {"trailing_avg", {}, kTime, Id(TimeOp::kTrailingAvg), 2, 2, "trailing_avg(x, n)"},
      {"trailing_min", {}, kTime, Id(TimeOp::kTrailingMin), 2, 2, "trailing_min(x, n)"},
      {"trailing_max", {}, kTime, Id(TimeOp::kTrailingMax), 2, 2, "trailing_max(x, n)"},
      {"ytd_sum", {"本年累计", "本年累計"}, kTime, Id(TimeOp::kYearToDate), 1, 1, "ytd_sum(x)"},
      {"abs", {"绝对值", "絕對值"}, kMap, Id(MapOp::kAbs), 1, 1, "abs(x)"},
      {"round", {"四舍五入", "四捨五入"}, kMap, Id(MapOp::kRound), 1, 2, "round(x, places)"},
      {"floor", {"向下取整"}, kMap, Id(MapOp::kFloor), 1, 1, "floor(x)"},
      {"ceil", {"向上取整", "ceiling"}, kMap, Id(MapOp::kCeil), 1, 1, "ceil(x)"},
      {"clamp", {}, kMap, Id(MapOp::kClamp), 3, 3, "clamp(x, low, high)"},
      {"sqrt", {"平方根"}, kMap, Id(MapOp::kSqrt), 1, 1, "sqrt(x)"},
      {"ln", {}, kMap, Id(MapOp::kLn), 1, 1, "ln(x)"},
      {"exp", {}, kMap, Id(MapOp::kExp), 1, 1, "exp(x)"},
      {"mod", {"求余", "求餘"}, kMap, Id(MapOp::kMod), 2, 2, "mod(a, b)"},
      {"safe_div", {}, kMap, Id(MapOp::kSafeDivide), 3, 3, "safe_div(a, b, default)"},
      {"linear", {}, kSpecial, 0, 1, 1, "linear(x, x1: y1, x2: y2, …)"},
      {"days", {"天数", "天數"}, kSpecial, 0, 2, 2, "days(from, to)"},
      {"hours", {"小时数", "小時數"}, kSpecial, 0, 2, 2, "hours(from, to)"},
      {"months", {"月数", "月數"}, kMap, Id(MapOp::kMonths), 2, 2, "months(from, to)"},
      {"add_months", {"加月"}, kMap, Id(MapOp::kAddMonths), 2, 2, "add_months(date, n)"},
      {"year", {"年份"}, kMap, Id(MapOp::kYear), 1, 1, "year(date)"},
      {"month", {"月份"}, kMap, Id(MapOp::kMonth), 1, 1, "month(date)"},
      {"quarter", {"季度"}, kMap, Id(MapOp::kQuarter), 1, 1, "quarter(date)"},
      {"len", {"长度", "長度"}, kMap, Id(MapOp::kLength), 1, 1, "len(text)"},
      {"lower", {}, kMap, Id(MapOp::kLower), 1, 1, "lower(text)"},
      {"upper", {}, kMap, Id(MapOp::kUpper), 1, 1, "upper(text)"},
      {"trim", {}, kMap, Id(MapOp::kTrim), 1, 1, "trim(text)"},
      {"starts_with",
       {"开头是", "開頭是"},
       kMap,
       Id(MapOp::kStartsWith),
       2,
       2,
       "starts_with(text, start)"},
      {"contains", {"包含"}, kMap, Id(MapOp::kContains), 2, 2, "contains(text, part)"},
      {"coalesce", {}, kMap, Id(MapOp::kCoalesce), 1, -1, "coalesce(a, b, …)"},
      {"points", {"得分"}, kSpecial, 0, 1, 1, "points(indicator)"},
      {"value", {"指标值", "指標值"}, kSpecial, 0, 1, 1, "value(indicator)"},
      {"weight", {"权重", "權重"}, kSpecial, 0, 1, 1, "weight(indicator)"},
      {"attainment", {"达成率", "達成率"}, kSpecial, 0, 1, 1, "attainment(indicator)"},
      {"meets_target", {"达标", "達標"}, kSpecial, 0, 1, 1, "meets_target(indicator)"},
  };
  return table;
}

constexpr std::string_view kMapWords[] = {"add",        "sub",
                                          "mul",        "div",
                                          "pow",        "neg",
                                          "not",        "and",
                                          "or",         "eq",
                                          "ne",         "lt",
                                          "le",         "gt",
                                          "ge",         "in",
                                          "is_missing", "coalesce",
                                          "if",         "if_true",
                                          "abs",        "round",
                                          "floor",      "ceil",
                                          "min",        "max",
                                          "clamp",      "sqrt",
                                          "ln",         "exp",
                                          "mod",        "safe_div",
                                          "linear",     "linear_extend",
                                          "date_add",   "date_sub",
                                          "months",     "add_months",
                                          "year",       "month",
                                          "quarter",    "len",
                                          "lower",      "upper",
                                          "trim",       "starts_with",
                                          "contains",   "to_datetime",
                                          "period_of",  "given"};
static_assert(std::size(kMapWords) == static_cast<size_t>(MapOp::kGiven) + 1);

constexpr std::string_view kAggregateWords[] = {"sum",          "avg",
                                                "count",        "min",
                                                "max",          "median",
                                                "percentile",   "percentile_nearest",
                                                "stddev",       "count_distinct",
                                                "first",        "last",
                                                "weighted_avg", "corr",
                                                "any",          "all"};
static_assert(std::size(kAggregateWords) == static_cast<size_t>(AggregateOp::kAll) + 1);

constexpr std::string_view kRankWords[] = {"rank", "percent_rank", "zscore", "share_out"};
constexpr std::string_view kTimeWords[] = {"prev",         "streak",       "trailing_sum",
                                           "trailing_avg", "trailing_min", "trailing_max",
                                           "ytd_sum",      "carry"};

}  // namespace

const FunctionInfo* FindFunction(std::string_view name) {
  const std::string folded = FoldCase(name);
  for (const FunctionInfo& info : Functions()) {
    if (info.name == folded) return &info;
    for (const std::string_view alias : info.aliases) {
      if (alias == name || alias == folded) return &info;
    }
  }
  return nullptr;
}

std::vector<std::string> FunctionNames() {
  std::vector<std::string> names;
  for (const FunctionInfo& info : Functions()) {
    names.emplace_back(info.name);
    for (const std::string_view alias : info.aliases) names.emplace_back(alias);
  }
  return names;
}

std::string_view ToWord(MapOp op) { return kMapWords[static_cast<size_t>(op)]; }
std::string_view ToWord(AggregateOp op) { return kAggregateWords[static_cast<size_t>(op)]; }
std::string_view ToWord(RankOp op) { return kRankWords[static_cast<size_t>(op)]; }
std::string_view ToWord(TimeOp op) { return kTimeWords[static_cast<size_t>(op)]; }

}  // namespace steelyard
