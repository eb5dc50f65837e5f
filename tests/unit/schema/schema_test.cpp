#include "engine/schema/schema.h"

#include <gtest/gtest.h>

namespace steelyard {
namespace {

TableSchema Named(std::string id, std::vector<int32_t> parents = {}) {
  TableSchema table;
  table.id = std::move(id);
  for (const int32_t parent : parents) table.parents.push_back({TableId{parent}, 0, false});
  return table;
}

std::vector<int32_t> Order(const Schema& schema) {
  std::vector<int32_t> order;
  for (const TableId id : schema.TopologicalOrder()) order.push_back(id.value);
  return order;
}

TEST(Schema, FindsTables) {
  Schema schema;
  schema.tables = {Named("manager"), Named("customer")};
  EXPECT_EQ(schema.FindTable("customer"), TableId{1});
  EXPECT_FALSE(schema.FindTable("Customer").valid());
  EXPECT_FALSE(schema.FindTable("").valid());
}

TEST(Schema, PutsParentsFirst) {
  Schema schema;
  schema.tables = {Named("line", {1}), Named("order", {3, 2}), Named("customer", {3}),
                   Named("manager")};
  EXPECT_EQ(Order(schema), (std::vector<int32_t>{3, 2, 1, 0}));
}

TEST(Schema, KeepsTheOrderOfTheFileOtherwise) {
  Schema schema;
  schema.tables = {Named("a"), Named("b", {0}), Named("c"), Named("d", {0})};
  EXPECT_EQ(Order(schema), (std::vector<int32_t>{0, 1, 2, 3}));
}

TEST(Schema, HasNoOrderInACircle) {
  Schema schema;
  schema.tables = {Named("a", {1}), Named("b", {0}), Named("c")};
  EXPECT_TRUE(Order(schema).empty());
  schema.tables = {Named("a", {0})};
  EXPECT_TRUE(Order(schema).empty());
}

}  // namespace
}  // namespace steelyard
