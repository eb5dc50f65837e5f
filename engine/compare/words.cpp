#include "engine/compare/words.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/compare/keys.h"

namespace steelyard {
namespace {

struct Row {
  std::string_view key;
  std::string_view english;
  std::string_view chinese;
};

constexpr Row kFields[] = {
    {"scorecard", "id", "标识"},
    {"title", "title", "标题"},
    {"version", "version", "版本"},
    {"effective", "days in force", "有效期"},
    {"subject", "table that is scored", "计分对象"},
    {"subject_where", "condition on who is scored", "计分对象的条件"},
    {"import", "imported files", "导入的文件"},
    {"name", "label", "名称"},
    {"key", "key", "主键"},
    {"time", "column of the time", "时间列"},
    {"results_of", "card whose results it holds", "所取结果的计分卡"},
    {"column", "column of the link", "关联列"},
    {"optional", "whether the link may be empty", "关联可否为空"},
    {"type", "type", "类型"},
    {"values", "possible values", "可取值"},
    {"unit", "unit", "单位"},
    {"min", "least value", "最小值"},
    {"max", "greatest value", "最大值"},
    {"aliases", "further headings", "其他列名"},
    {"formula", "formula", "公式"},
    {"value", "value", "取值"},
    {"override", "whether it takes the place of an imported one", "是否替换导入的定义"},
    {"display", "unit in which it is shown", "显示单位"},
    {"decimals", "decimals", "小数位数"},
    {"better", "direction", "优劣方向"},
    {"score", "way from value to points", "计分方式"},
    {"score.target", "target of the ratio", "比率的目标"},
    {"score.scale", "scale of the rating", "评分区间"},
    {"score.formula", "formula of the points", "得分公式"},
    {"score.cap", "cap of the points", "得分上限"},
    {"score.beyond", "points beyond the curve's ends", "曲线两端以外的得分"},
    {"missing", "rule for a missing value", "缺失值的处理"},
    {"weight_range", "range of the weight", "权重范围"},
    {"target", "target", "目标"},
    {"audit_range", "range outside of which it is audited", "免审核区间"},
    {"when", "condition", "条件"},
    {"require", "requirement", "要求"},
    {"then", "effect", "后果"},
    {"otherwise", "effect", "后果"},
    {"unknown", "rule for an unknown condition", "条件未知时的处理"},
    {"status", "status", "状态"},
    {"from", "first day", "起始日"},
    {"until", "last day", "截止日"},
    {"replaced_by", "successor", "替代指标"},
    {"why", "reason", "理由"},
    {"based_on", "base", "所依据的指标"},
    {"definition", "definition", "指标定义"},
    {"period", "period", "考核周期"},
    {"owner", "owner", "责任人"},
    {"strategy", "strategic aim", "战略目标"},
    {"source.system", "source", "数据来源"},
    {"source.kind", "kind of source", "来源类型"},
    {"level", "level", "层级"},
    {"flexible", "whether it may be exchanged", "是否动态指标"},
    {"weight", "weight", "权重"},
    {"dimension", "dimension", "维度"},
    {"normalise", "whether weights are parts", "权重是否按比例折算"},
    {"rest", "rule for the other weights", "其余权重的处理"},
    {"approved_by", "approval", "批准人"},
    {"limit", "limit of all additions", "加分上限"},
    {"lowest", "lowest score", "最低分"},
    {"rounding", "decimals", "小数位数"},
    {"share", "share", "比例"},
    {"among", "groups", "分组"},
    {"round", "rounding of heads", "人数取整"},
    {"amount", "amount", "金额"},
    {"by", "figure that it is divided by", "分配依据"},
    {"to", "smallest piece", "最小单位"},
    {"release", "release", "提前支付"},
    {"due", "day of payment", "支付日"},
    {"factor", "factor", "系数"},
    {"condition", "condition", "条件"},
    {"points", "points", "得分"},
    {"at", "value", "取值"},
};

constexpr Row kStatus[] = {
    {"active", "active", "正式"},
    {"draft", "draft", "草稿"},
    {"trial", "trial", "试行"},
    {"retired", "retired", "停用"},
    {"higher", "higher is better", "越高越好"},
    {"lower", "lower is better", "越低越好"},
    {"true", "yes", "是"},
    {"false", "no", "否"},
};

const Row& FieldRow(std::string_view field) {
  static constexpr Row kOther = {"", "value", "值"};
  const auto found = std::find_if(std::begin(kFields), std::end(kFields),
                                  [&](const Row& row) { return row.key == field; });
  return found == std::end(kFields) ? kOther : *found;
}

Row SectionRow(const Item& item) {
  switch (item.section) {
    case Section::kTables:
      return item.role == Role::kColumn ? Row{"", "column", "列"} : Row{"", "table", "数据表"};
    case Section::kParameters: return {"", "parameter", "参数"};
    case Section::kValues: return {"", "value", "中间值"};
    case Section::kIndicators: return {"", "indicator", "指标"};
    case Section::kWeights: return {"", "weight of", "权重："};
    case Section::kDimensions: return {"", "dimension", "维度"};
    case Section::kProfiles: return {"", "profile", "岗位权重"};
    case Section::kAdjustments: return {"", "adjustment", "权重调整"};
    case Section::kAdditions: return {"", "addition", "加分项"};
    case Section::kInterlocks: return {"", "interlock", "联动约束"};
    case Section::kVetoes: return {"", "veto", "否决"};
    case Section::kAlerts: return {"", "alert", "预警"};
    case Section::kGrades: return {"", "grade", "等级"};
    case Section::kDistribution: return {"", "forced distribution", "强制分布"};
    case Section::kOutcomes: return {"", "outcome", "结果"};
    case Section::kPools: return {"", "pool", "奖金池"};
    case Section::kSchedules: return {"", "schedule", "分期支付"};
    case Section::kEntitlements: return {"", "entitlement", "非现金奖励"};
    default: return {"", "", ""};
  }
}

std::string Label(const Item& item) { return item.name.empty() ? item.id : item.name; }

// `的` after Latin letters wants a blank before it.
std::string Of(const std::string& owner, std::string_view what) {
  const bool latin = !owner.empty() && static_cast<unsigned char>(owner.back()) < 0x80;
  return fmt::format("{}{}的{}", owner, latin ? " " : "", what);
}

std::string ShownOf(const Item& item, std::string_view field) {
  const Leaf* leaf = FindLeaf(item, field);
  return leaf == nullptr ? std::string() : Shown(leaf->said);
}

Both CallBand(const Item& part, const Both& owner) {
  const std::string condition = ShownOf(part, "condition");
  return {{fmt::format("band `{}` of {}", condition, owner.words[0]),
           Of(owner.words[1], fmt::format("档次「{}」", condition))}};
}

Both CallPoint(const Item& part, const Both& owner) {
  const std::string at = ShownOf(part, "at");
  return {{fmt::format("point at {} of the curve of {}", at, owner.words[0]),
           Of(owner.words[1], fmt::format("曲线上 {} 处的点", at))}};
}

Both CallIn(std::string_view english, std::string_view chinese, const Item& part,
            const Both& owner) {
  return {{fmt::format("{} `{}` of {}", english, part.id, owner.words[0]),
           Of(owner.words[1], fmt::format("{}「{}」", chinese, part.id))}};
}

// One half of a band or of a point of a curve, by its other half.
Both CallStep(const Item& step, const Item& top, std::string_view field) {
  const Both owner = CallThing(top);
  const bool band = step.role == Role::kBand;
  const std::string points = ShownOf(step, "points");
  const std::string place = ShownOf(step, band ? "condition" : "at");
  if (field == "points") {
    return {
        {fmt::format("points of {} {} `{}`", owner.words[0], band ? "in the band" : "at", place),
         Of(owner.words[1], fmt::format("取值「{}」{}得分", place, band ? "档次的" : "处的"))}};
  }
  return {{fmt::format("{} for {} points of {}", band ? "band" : "value", points, owner.words[0]),
           Of(owner.words[1], fmt::format("得 {} 分的{}", points, band ? "档次" : "取值"))}};
}

// A key whose words say by themselves what it belongs to.
bool CallCardField(std::string_view field, const Row& row, Both& both) {
  if (field == "import" || field == "subject" || field == "subject_where") {
    both = {{std::string(row.english), std::string(row.chinese)}};
    return true;
  }
  both = {{fmt::format("{} of the card", row.english), Of("计分卡", row.chinese)}};
  return true;
}

}  // namespace

Both CallThing(const Item& item) {
  switch (item.role) {
    case Role::kCard: return {{"the card", "计分卡"}};
    case Role::kMissing: return {{"missing values", "缺失值"}};
    case Role::kWeights: return {{"weights", "权重"}};
    case Role::kAdditions: return {{"additions", "加分项"}};
    case Role::kRounding: return {{"the score", "得分"}};
    case Role::kDistribution: return {{"the forced distribution", "强制分布"}};
    case Role::kIndicator: return {{Label(item), Label(item)}};
    case Role::kWeight:
      return {{fmt::format("weight of {}", Label(item)), Of(Label(item), "权重")}};
    default: break;
  }
  const Row row = SectionRow(item);
  return {{fmt::format("{} {}", row.english, Label(item)),
           fmt::format("{}「{}」", row.chinese, Label(item))}};
}

Both CallPart(const Item& part, const Item& top) {
  const Both owner = CallThing(top);
  switch (part.role) {
    case Role::kColumn: {
      const std::string label = Label(part);
      return {{fmt::format("column {} of {}", label, owner.words[0]),
               Of(owner.words[1], fmt::format("列「{}」", label))}};
    }
    case Role::kParent:
      return {{fmt::format("link of {} to {}", owner.words[0], part.id),
               fmt::format("{}到「{}」的关联", owner.words[1], part.id)}};
    case Role::kBand: return CallBand(part, owner);
    case Role::kPoint: return CallPoint(part, owner);
    case Role::kTier: return CallIn("level", "档次", part, owner);
    case Role::kEvent: return CallIn("event", "事件", part, owner);
    case Role::kShare: return CallIn("share", "比例", part, owner);
    case Role::kPart: return CallIn("part", "分期", part, owner);
    case Role::kSet:
    case Role::kChange: {
      const bool set = part.role == Role::kSet;
      const std::string label = Label(part);
      return {{fmt::format("{} of {} in {}", set ? "weight" : "change of the weight", label,
                           owner.words[0]),
               fmt::format("{}中{}", owner.words[1], Of(label, set ? "权重" : "权重增减"))}};
    }
    default: return owner;
  }
}

Both CallField(const Item& item, const Item* top, std::string_view field) {
  const Row& row = FieldRow(field);
  Both both;
  if (item.role == Role::kCard && CallCardField(field, row, both)) return both;
  if (item.role == Role::kMissing) return {{std::string(row.english), std::string(row.chinese)}};
  if (item.role == Role::kWeight && field == "weight") return CallThing(item);
  if (item.role == Role::kWeight)
    return {{fmt::format("dimension of {}", Label(item)), Of(Label(item), "维度")}};
  if (item.role == Role::kWeights || item.role == Role::kAdditions) {
    return {{std::string(row.english), std::string(row.chinese)}};
  }
  if (item.role == Role::kSet || item.role == Role::kChange || item.role == Role::kShare) {
    return CallPart(item, *top);
  }
  if (item.role == Role::kBand || item.role == Role::kPoint) return CallStep(item, *top, field);
  const Both owner = top == nullptr ? CallThing(item) : CallPart(item, *top);
  return {{fmt::format("{} of {}", row.english, owner.words[0]), Of(owner.words[1], row.chinese)}};
}

std::string CallValue(std::string_view field, const std::string& value, bool chinese) {
  constexpr std::string_view kKnown[] = {"status",   "better",   "override",
                                         "optional", "flexible", "normalise"};
  if (std::find(std::begin(kKnown), std::end(kKnown), field) == std::end(kKnown)) return value;
  for (const Row& row : kStatus) {
    if (row.key == value) return std::string(chinese ? row.chinese : row.english);
  }
  return value;
}

Both Remark(const Item& item, std::string_view field) {
  if (item.role == Role::kColumn && (field == "min" || field == "max")) {
    return {{"rows with a value outside are turned away", "超出范围的行会被拒收"}};
  }
  if (item.role == Role::kColumn && (field == "aliases" || field == "name")) {
    return {{"headings by which data files have the column", "数据文件中该列可用的列名"}};
  }
  if (item.role == Role::kCard && field == "effective") {
    return {{"which periods are scored, and which dated entries hold",
             "决定哪些周期参与计分，以及哪些按日期的条目生效"}};
  }
  if (item.role == Role::kIndicator && field == "weight_range") {
    return {
        {"a weight outside is an error; results do not change", "权重超出范围即为错误；结果不变"}};
  }
  return {};
}

}  // namespace steelyard
