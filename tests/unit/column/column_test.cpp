#include "engine/column/column.h"

#include <gtest/gtest.h>

#include <limits>

namespace steelyard {
namespace {

Number D(const char* text) { return *Number::FromDecimal(text); }

TEST(Validity, NeedsNoBitsWhileAllArePresent) {
  Validity valid;
  for (size_t row = 0; row < 100; ++row) valid.Append(row, true);
  EXPECT_TRUE(valid.all());
  EXPECT_TRUE(valid.at(99));
  EXPECT_EQ(valid.MissingCount(), 0u);
}

TEST(Validity, RemembersWhatIsMissing) {
  Validity valid;
  for (size_t row = 0; row < 300; ++row) valid.Append(row, row % 7 != 3);
  EXPECT_FALSE(valid.all());
  for (size_t row = 0; row < 300; ++row) EXPECT_EQ(valid.at(row), row % 7 != 3) << row;
  EXPECT_EQ(valid.MissingCount(), 43u);
}

TEST(Validity, MayBeginLate) {
  Validity valid;
  for (size_t row = 0; row < 64; ++row) valid.Append(row, true);
  valid.Append(64, false);
  EXPECT_TRUE(valid.at(63));
  EXPECT_FALSE(valid.at(64));
}

TEST(NumberCells, ShareOneScale) {
  NumberCells cells;
  cells.Append(D("12"));
  cells.Append(D("0.5"));
  cells.AppendMissing();
  cells.Append(D("-3.125"));
  cells.Append(D("7"));
  ASSERT_TRUE(cells.is_scaled());
  EXPECT_EQ(cells.scale(), 3);
  EXPECT_EQ(cells.scaled(), (std::vector<int64_t>{12000, 500, 0, -3125, 7000}));
  EXPECT_EQ(cells.at(1), D("0.5"));
  EXPECT_EQ(cells.at(3), D("-3.125"));
  EXPECT_EQ(cells.size(), 5u);
}

TEST(NumberCells, DropZerosThatSayNothing) {
  NumberCells cells;
  cells.AppendScaled(15, 1);
  cells.AppendScaled(1'500'000, 6);
  cells.AppendScaled(0, 9);
  EXPECT_EQ(cells.scale(), 1);
  EXPECT_EQ(cells.scaled(), (std::vector<int64_t>{15, 15, 0}));
}

TEST(NumberCells, BecomeExactWhereADecimalDoesNotEnd) {
  NumberCells cells;
  cells.Append(D("0.25"));
  cells.Append(Number::Fraction(1, 3));
  cells.AppendMissing();
  cells.AppendScaled(5, 1);
  EXPECT_FALSE(cells.is_scaled());
  EXPECT_EQ(cells.size(), 4u);
  EXPECT_EQ(cells.at(0), D("0.25"));
  EXPECT_EQ(cells.at(1), Number::Fraction(1, 3));
  EXPECT_EQ(cells.at(3), D("0.5"));
}

TEST(NumberCells, BecomeExactOnOverflow) {
  const int64_t most = std::numeric_limits<int64_t>::max();
  {
    NumberCells cells;  // the old cells do not fit the new scale
    cells.AppendScaled(most, 0);
    cells.Append(D("0.1"));
    EXPECT_FALSE(cells.is_scaled());
    EXPECT_EQ(cells.at(0), Number(most));
    EXPECT_EQ(cells.at(1), D("0.1"));
  }
  {
    NumberCells cells;  // the new cell does not fit the old scale
    cells.Append(D("0.1"));
    cells.AppendScaled(-most, 0);
    EXPECT_FALSE(cells.is_scaled());
    EXPECT_EQ(cells.at(1), -Number(most));
  }
  {
    NumberCells cells;  // too long for any scale
    cells.Append(D("0.1234567890123456789"));
    cells.Append(D("123456789012345678901234567890"));
    EXPECT_EQ(cells.at(0), D("0.1234567890123456789"));
    EXPECT_EQ(cells.at(1), D("123456789012345678901234567890"));
  }
}

TEST(NumberCells, HoldTheSmallestAndTheLargest) {
  NumberCells cells;
  cells.Append(Number(std::numeric_limits<int64_t>::min()));
  cells.Append(Number(std::numeric_limits<int64_t>::max()));
  EXPECT_TRUE(cells.is_scaled());
  EXPECT_EQ(cells.at(0), Number(std::numeric_limits<int64_t>::min()));
}

TEST(TextCells, KeepEachTextOnce) {
  TextCells cells;
  cells.Append("west");
  cells.AppendMissing();
  cells.Append("east");
  cells.Append("west");
  EXPECT_EQ(cells.size(), 4u);
  EXPECT_EQ(cells.at(0), "west");
  EXPECT_EQ(cells.at(1), "");
  EXPECT_EQ(cells.code(0), cells.code(3));
  EXPECT_NE(cells.code(0), cells.code(2));
  EXPECT_EQ(cells.dictionary(), (std::vector<std::string>{"", "west", "east"}));
}

TEST(Column, HasTheCellsOfItsType) {
  Column dates = Column::OfType(Type::Of(TypeKind::kDate));
  dates.AppendMissing();
  EXPECT_EQ(dates.size(), 1u);
  EXPECT_FALSE(dates.valid.at(0));
  EXPECT_TRUE(std::holds_alternative<std::vector<Date>>(dates.cells));

  const auto holds = [](TypeKind kind, size_t index) {
    return Column::OfType(Type::Of(kind)).cells.index() == index;
  };
  EXPECT_TRUE(holds(TypeKind::kNumber, 0));
  EXPECT_TRUE(holds(TypeKind::kText, 1));
  EXPECT_TRUE(holds(TypeKind::kEnum, 1));
  EXPECT_TRUE(holds(TypeKind::kBool, 2));
  EXPECT_TRUE(holds(TypeKind::kDate, 3));
  EXPECT_TRUE(holds(TypeKind::kDateTime, 4));
}

TEST(Column, CountsWhatIsMissingInEveryKind) {
  for (const TypeKind kind : {TypeKind::kNumber, TypeKind::kText, TypeKind::kBool, TypeKind::kDate,
                              TypeKind::kDateTime}) {
    Column column = Column::OfType(Type::Of(kind));
    column.AppendMissing();
    column.AppendMissing();
    EXPECT_EQ(column.size(), 2u);
    EXPECT_EQ(column.valid.MissingCount(), 2u);
  }
}

}  // namespace
}  // namespace steelyard
