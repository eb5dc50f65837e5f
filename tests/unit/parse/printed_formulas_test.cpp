// The formulas of the source documents, character for character, in both scripts.
#include <gtest/gtest.h>

#include "tests/unit/parse/parsing.h"

namespace steelyard {
namespace {

struct PrintedCase {
  const char* traditional;  // as printed
  const char* simplified;
  const char* dump;  // of the simplified one
};

const PrintedCase kPrinted[] = {
    {"戰略客戶收入÷部門總營收×100%", "战略客户收入÷部门总营收×100%",
     "(mul (div 战略客户收入 部门总营收) (pct 100))"},
    {"∑(年度客戶收入-服務成本)×客戶留存率預測系數", "∑(年度客户收入-服务成本)×客户留存率预测系数",
     "(mul (call ∑ (sub 年度客户收入 服务成本)) 客户留存率预测系数)"},
    {"(推薦者數÷總調研數)-(貶損者數÷總調研數)", "(推荐者数÷总调研数)-(贬损者数÷总调研数)",
     "(sub (div 推荐者数 总调研数) (div 贬损者数 总调研数))"},
    {"∑(問題解決時間-問題提交時間)÷問題總數", "∑(问题解决时间-问题提交时间)÷问题总数",
     "(div (call ∑ (sub 问题解决时间 问题提交时间)) 问题总数)"},
    {"戰略客戶營收÷(團隊人數×有效工作月數/12)", "战略客户营收÷(团队人数×有效工作月数/12)",
     "(div 战略客户营收 (div (mul 团队人数 有效工作月数) 12))"},
    {"合規交付項目數÷總交付項目數×100%", "合规交付项目数÷总交付项目数×100%",
     "(mul (div 合规交付项目数 总交付项目数) (pct 100))"},
    {"(期末關鍵人才數-期初關鍵人才數)÷期初團隊人數×100%",
     "(期末关键人才数-期初关键人才数)÷期初团队人数×100%",
     "(mul (div (sub 期末关键人才数 期初关键人才数) 期初团队人数) (pct 100))"},
    {"被采納提案數÷總提案數×100%", "被采纳提案数÷总提案数×100%",
     "(mul (div 被采纳提案数 总提案数) (pct 100))"},
    {"新客戶銷售額/銷售收入×100%", "新客户销售额/销售收入×100%",
     "(mul (div 新客户销售额 销售收入) (pct 100))"},
    {"企業銷售額/行業總銷售額×100%", "企业销售额/行业总销售额×100%",
     "(mul (div 企业销售额 行业总销售额) (pct 100))"},
    {"新增客戶數/期初客戶總數×100%", "新增客户数/期初客户总数×100%",
     "(mul (div 新增客户数 期初客户总数) (pct 100))"},
    {"客戶總利潤/銷售收入×100%", "客户总利润/销售收入×100%",
     "(mul (div 客户总利润 销售收入) (pct 100))"},
    {"流失客戶數/期初客戶總數×100%", "流失客户数/期初客户总数×100%",
     "(mul (div 流失客户数 期初客户总数) (pct 100))"},
    {"首次響應總時長/咨詢總量", "首次响应总时长/咨询总量", "(div 首次响应总时长 咨询总量)"},
    {"已解決問題量/提交問題總量×100%", "已解决问题量/提交问题总量×100%",
     "(mul (div 已解决问题量 提交问题总量) (pct 100))"},
    {"客服總成本/服務客戶總數", "客服总成本/服务客户总数", "(div 客服总成本 服务客户总数)"},
    {"滿意客戶數/調研樣本總數×100%", "满意客户数/调研样本总数×100%",
     "(mul (div 满意客户数 调研样本总数) (pct 100))"},
    {"凈推薦值(NPS) = 推薦者占比", "净推荐值(NPS) = 推荐者占比",
     "(eq (call 净推荐值 NPS) 推荐者占比)"},  // the source prints half of it
    {"購買多產品客戶數/總客戶數×100%", "购买多产品客户数/总客户数×100%",
     "(mul (div 购买多产品客户数 总客户数) (pct 100))"},
    {"CLV = (年均采購額 × 平均合作年限) × 毛利率", "CLV = (年均采购额 × 平均合作年限) × 毛利率",
     "(eq CLV (mul (mul 年均采购额 平均合作年限) 毛利率))"},
};

// Only the names may differ.
std::string ShapeOf(const Parsing& parsing) {
  std::string shape;
  for (const Expr& expr : parsing.tree().nodes) {
    shape += std::to_string(static_cast<int>(expr.kind)) + ":" +
             std::to_string(static_cast<int>(expr.op)) + " ";
  }
  return shape;
}

TEST(PrintedFormulas, ReadInBothScripts) {
  for (const PrintedCase& c : kPrinted) {
    const Parsing simplified(c.simplified);
    EXPECT_EQ(simplified.Dumped(), c.dump);
    const Parsing traditional(c.traditional);
    ASSERT_TRUE(traditional.ok()) << traditional.Messages();
    EXPECT_EQ(ShapeOf(traditional), ShapeOf(simplified)) << c.traditional;
  }
}

}  // namespace
}  // namespace steelyard
