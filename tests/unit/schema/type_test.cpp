#include "engine/schema/type.h"

#include <gtest/gtest.h>

namespace steelyard {
namespace {

Type Enumeration(std::vector<std::string> values) {
  Type type = Type::Of(TypeKind::kEnum);
  type.values = std::make_shared<const std::vector<std::string>>(std::move(values));
  return type;
}

TEST(Type, SaysItsName) {
  const struct {
    Type type;
    const char* name;
  } cases[] = {
      {Type::Plain(), "number"},
      {Type::WithUnit(Unit::Of("CNY"), NumberForm::kMoney), "money CNY"},
      {Type::WithUnit(Unit::Of("person"), NumberForm::kCount), "count person"},
      {Type::WithUnit({}, NumberForm::kPercent), "percent"},
      {Type::WithUnit(Unit::Of("天"), NumberForm::kDuration), "duration d"},
      {Type::WithUnit(Unit::Of("h")), "duration h"},
      {Type::WithUnit(Unit::Of("CNY").Over(Unit::Of("person"))), "number CNY/person"},
      {Type::Of(TypeKind::kBool), "bool"},
      {Type::Of(TypeKind::kText), "text"},
      {Type::Of(TypeKind::kDate), "date"},
      {Type::Of(TypeKind::kDateTime), "datetime"},
      {Type::Of(TypeKind::kPeriod), "period"},
      {Type::Of(TypeKind::kNothing), "missing"},
      {Type::Of(TypeKind::kError), "error"},
      {Enumeration({"S", "A"}), "[S, A]"},
      {Enumeration({"1", "2", "3", "4", "5", "6", "7", "8", "9"}), "[1, 2, 3, 4, 5, 6, 7, 8, …]"},
  };
  for (const auto& [type, name] : cases) EXPECT_EQ(type.ToString(), name);
}

}  // namespace
}  // namespace steelyard
