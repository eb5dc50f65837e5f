// What was not reached, in words.
#include <fmt/format.h>

#include "engine/base/check.h"
#include "engine/diag/printable.h"
#include "engine/testing/coverage.h"

namespace steelyard {
namespace {

constexpr size_t kLongestText = 60;

struct Words {
  std::string_view english;
  std::string_view chinese;
};

// `{0}`: whose, `{1}`: the place.
Words WordsOfScore(ProbeKind kind, ProbeOutcome outcome) {
  const bool holds = outcome == ProbeOutcome::kHolds;
  switch (kind) {
    case ProbeKind::kBand: return {"band `{1}` of {0} never reached", "{0} 的档位 `{1}` 从未达到"};
    case ProbeKind::kSegment:
      return {"stretch `{1}` in the score of {0} never reached", "{0} 计分的区段 `{1}` 从未达到"};
    case ProbeKind::kCap:
      if (holds) return {"points of {0} never at their limit {1}", "{0} 的得分从未达到上限 {1}"};
      return {"points of {0} never below their limit {1}", "{0} 的得分从未低于上限 {1}"};
    case ProbeKind::kMissing:
      return {"`missing: {1}` of {0} never used", "{0} 的 `missing: {1}` 从未用到"};
    case ProbeKind::kFallback:
      if (holds) return {"first choice `{1}` in {0} never taken", "{0} 中的首选 `{1}` 从未采用"};
      return {"second choice for `{1}` in {0} never taken", "{0} 中 `{1}` 的后备从未采用"};
    case ProbeKind::kPart:
      if (holds) {
        return {"part `{1}` in {0} never true where it decides",
                "{0} 中的子条件 `{1}` 从未在起决定作用时成立"};
      }
      return {"part `{1}` in {0} never false where it decides",
              "{0} 中的子条件 `{1}` 从未在起决定作用时不成立"};
    default:
      if (holds) return {"condition `{1}` in {0} never true", "{0} 中的条件 `{1}` 从未成立"};
      return {"condition `{1}` in {0} never false", "{0} 中的条件 `{1}` 从未不成立"};
  }
}

Words WordsOfGate(ProbeKind kind) {
  switch (kind) {
    case ProbeKind::kVeto: return {"veto", "否决"};
    case ProbeKind::kInterlock: return {"interlock", "联锁"};
    case ProbeKind::kAlert: return {"alert", "预警"};
    case ProbeKind::kAddition: return {"addition", "加减分"};
    default: return {"entitlement", "非现金奖励"};
  }
}

std::string GateNotReached(const CoverageItem& item, const std::string& whose, Language language) {
  const bool english = language == Language::kEnglish;
  const Words gate = WordsOfGate(item.kind);
  // An interlock acts where its requirement fails.
  const ProbeOutcome acts =
      item.kind == ProbeKind::kInterlock ? ProbeOutcome::kFails : ProbeOutcome::kHolds;
  std::string_view pattern = english ? "{} {}: never known not to fire" : "{} {}：没有不触发的情形";
  if (item.outcome == acts) pattern = english ? "{} {} never fired" : "{} {}：从未触发";
  if (item.outcome == ProbeOutcome::kUnknown) {
    pattern = english ? "{} {}: its condition was never unknown" : "{} {}：条件从未处于未知";
  }
  return fmt::format(fmt::runtime(pattern), english ? gate.english : gate.chinese, whose);
}

Words WordsOfWeights(const CoverageItem& item) {
  const bool holds = item.outcome != ProbeOutcome::kFails;
  switch (item.kind) {
    case ProbeKind::kProfile:
      if (item.id.empty()) return {"no case without a profile", "没有不适用任何权重方案的情形"};
      return {"profile {0} never chosen", "权重方案 {0} 从未选用"};
    case ProbeKind::kAdjustment:
      if (holds) return {"adjustment {0} never in force", "权重调整 {0} 从未生效"};
      return {"no case without adjustment {0}", "没有权重调整 {0} 不生效的情形"};
    case ProbeKind::kGrade: return {"grade {0} never reached", "等级 {0} 从未出现"};
    default: return {"`{1}` of {0} never in force", "{0} 的 `{1}` 从未生效"};
  }
}

}  // namespace

std::string_view ToWord(ProbeKind kind) {
  constexpr std::string_view kWords[] = {"band",       "stretch",  "limit",       "condition",
                                         "part",       "choice",   "veto",        "interlock",
                                         "alert",      "addition", "entitlement", "profile",
                                         "adjustment", "missing",  "grade",       "dated"};
  return kWords[static_cast<size_t>(kind)];
}

std::string_view ToWord(ProbeOutcome outcome) {
  constexpr std::string_view kWords[] = {"reached", "true", "false", "unknown"};
  return kWords[static_cast<size_t>(outcome)];
}

std::string NotReached(const CoverageItem& item, Language language) {
  const std::string whose = Printable(item.name.empty() ? item.id : item.name, kLongestText);
  Words words;
  switch (item.kind) {
    case ProbeKind::kVeto:
    case ProbeKind::kInterlock:
    case ProbeKind::kAlert:
    case ProbeKind::kAddition:
    case ProbeKind::kEntitlement: return GateNotReached(item, whose, language);
    case ProbeKind::kProfile:
    case ProbeKind::kAdjustment:
    case ProbeKind::kGrade:
    case ProbeKind::kDated: words = WordsOfWeights(item); break;
    default: words = WordsOfScore(item.kind, item.outcome); break;
  }
  const std::string_view pattern = language == Language::kEnglish ? words.english : words.chinese;
  return fmt::format(fmt::runtime(pattern), whose, Printable(item.text, kLongestText));
}

}  // namespace steelyard
