// Digits told from doubles are those of the exact number, for every number the double may stand
// for.
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/decided_text.h"
#include "engine/base/number.h"
#include "engine/fast/kernels.h"
#include "tests/agree/dice.h"

namespace steelyard::agree {
namespace {

std::string ExactText(const Number& number, const NumberShape& shape) {
  if (shape.places) return FormatPlaces(number, *shape.places, shape.min_places);
  return FormatSignificant(number, NumberShape::kSignificantDigits, shape.min_places);
}

std::string Written(const Rounded& rounded, const NumberShape& shape) {
  char text[64];
  return {text, WriteRounded(rounded, shape.min_places, text)};
}

NumberShape AnyShape(Dice& dice) {
  NumberShape shape;
  if (dice.Chance(60)) shape.places = dice.Between(0, 12);
  if (dice.Chance(30)) shape.min_places = shape.places ? std::min(*shape.places, 2) : 2;
  shape.is_money = !shape.places && shape.min_places == 2;
  return shape;
}

// Decimals, halves of the last place, neighbours of powers of ten, thirds.
Number AnyNumber(Dice& dice, const NumberShape& shape) {
  const int places = shape.places.value_or(dice.Between(0, 11));
  const Number sign(dice.Chance(30) ? -1 : 1);
  switch (dice.Below(6)) {
    case 0: return sign * Number::Scaled(static_cast<int64_t>(dice.Below(1'000'000'000)), places);
    case 1:  // a tie
      return sign *
             Number::Scaled(static_cast<int64_t>(dice.Below(10'000'000)) * 10 + 5, places + 1);
    case 2: {
      const Number power = Number::Scaled(1, dice.Between(0, 12));
      return sign * (power - Number::Scaled(dice.Between(-99, 99), dice.Between(10, 25)));
    }
    case 3: return sign * Number::Fraction(static_cast<int64_t>(dice.Below(100000)), 999);
    case 4: return Number();
    default:
      return sign * Number::Scaled(static_cast<int64_t>(dice.Bits() >> 2), dice.Between(0, 18)) *
             Number(dice.Chance(20) ? 1'000'000 : 1);
  }
}

// A double within an error of the number, and what is known of it.
double Beside(const Number& exact, Dice& dice, Doubt& doubt) {
  const double nearest = exact.ToDouble();
  doubt.relative = std::numeric_limits<double>::infinity();
  if (dice.Chance(10) && Number(mpq_class(nearest)) == exact) return nearest;
  static constexpr double kErrors[] = {1e-16, 1e-15, 1e-13, 1e-10, 1e-6};
  const double error = kErrors[dice.Below(5)] * (std::fabs(nearest) + (dice.Chance(30) ? 1 : 0));
  doubt.error = error;
  const double step = (static_cast<double>(dice.Between(-98, 98)) / 100) * error;
  double value = nearest + step;
  const Number apart = Abs(Number(mpq_class(value)) - exact);
  if (apart > Number(mpq_class(error))) value = nearest;
  doubt.error = std::max(error, Abs(Number(mpq_class(value)) - exact).ToDouble() * (1 + 0x1p-50));
  if (dice.Chance(50) && value != 0) {
    doubt.relative = doubt.error / std::fabs(value) * (1 + 0x1p-50);
    doubt.error *= 1 + 3 * static_cast<double>(dice.Below(2));
  }
  return value;
}

bool IsHalf(const Number& exact, const NumberShape& shape) {
  if (!shape.places) return false;
  const Number units = Abs(exact) * Number(2) / Number::Scaled(1, *shape.places);
  return units.IsWhole() && !(units / Number(2)).IsWhole();
}

TEST(Digits, AreThoseOfTheExactNumber) {
  Dice dice(7);
  size_t told = 0;
  constexpr size_t kNumbers = 400'000;
  for (size_t i = 0; i < kNumbers; ++i) {
    const NumberShape shape = AnyShape(dice);
    const Number exact = AnyNumber(dice, shape);
    Doubt doubt;
    const double value = Beside(exact, dice, doubt);
    // These say more than the error does, where they are right.
    doubt.zero = exact.IsZero() && dice.Chance(50);
    const double unit = Number::Scaled(1, shape.places.value_or(0)).ToDouble();
    doubt.half = IsHalf(exact, shape) && doubt.error < 0.2 * unit && dice.Chance(50);
    const auto rounded = RoundDecided(value, doubt, shape);
    if (!rounded) continue;
    ++told;
    ASSERT_EQ(Written(*rounded, shape), ExactText(exact, shape))
        << exact.ToFraction() << " as " << value << " ± " << doubt.error << ", places "
        << shape.places.value_or(-1) << ", at least " << shape.min_places;
  }
  std::cout << told << " of " << kNumbers << " numbers were told\n";
  EXPECT_GT(told * 3, kNumbers);
}

// --- whole blocks --------------------------------------------------------------------------------

// What can be known of a block: errors, and whether what is near a half or 0 is that.
struct BlockDoubt {
  double error = 0;
  double relative = std::numeric_limits<double>::infinity();
  bool decimals = false;  // all are whole numbers of halves of the last place
};

BlockDoubt AnyBlockDoubt(Dice& dice, const NumberShape& shape) {
  static constexpr double kErrors[] = {1e-17, 1e-15, 1e-13, 1e-12, 1e-10, 1e-6};
  BlockDoubt doubt;
  doubt.error = kErrors[dice.Below(6)] * dice.Between(1, 9);
  if (dice.Chance(30)) doubt.relative = kErrors[dice.Below(4)] + 0x1p-52;
  const double unit = Number::Scaled(1, shape.places.value_or(0)).ToDouble();
  doubt.decimals = shape.places && doubt.error < 0.2 * unit && dice.Chance(50);
  return doubt;
}

// An exact number, and a double within what is known of it.
double AnyCell(Dice& dice, const NumberShape& shape, const BlockDoubt& doubt, Number& exact) {
  exact = AnyNumber(dice, shape);
  if (doubt.decimals) exact = Round(exact * Number(2), *shape.places) / Number(2);
  const auto known = [&](double value) {
    const double most = std::min(doubt.error, doubt.relative * std::fabs(value));
    return Abs(Number(mpq_class(value)) - exact) <= Number(mpq_class(most));
  };
  const double nearest = exact.ToDouble();
  const double most = std::min(doubt.error, doubt.relative * std::fabs(nearest));
  const double value = nearest + most * static_cast<double>(dice.Between(-99, 99)) / 100;
  if (known(value)) return value;
  if (known(nearest)) return nearest;
  exact = Number();
  return 0;
}

std::string TextOf(const fast::RoundedBlock& block, size_t i, const NumberShape& shape) {
  char text[128];
  const SixteenDigits digits{block.high[i], block.low[i]};
  const char* end = WriteRounded(digits, block.units[i] < 0, static_cast<int>(block.places[i]),
                                 shape.min_places, text);
  return {static_cast<const char*>(text), end};
}

TEST(Digits, OfWholeBlocksAreThoseOfTheExactNumbers) {
  Dice dice(9);
  size_t told = 0;
  constexpr size_t kBlocks = 800;
  alignas(64) double values[fast::kBlockRows];
  std::vector<Number> numbers(fast::kBlockRows);
  const auto rounded = std::make_unique<fast::RoundedBlock>();
  for (size_t block = 0; block < kBlocks; ++block) {
    const NumberShape shape = AnyShape(dice);
    const BlockDoubt doubt = AnyBlockDoubt(dice, shape);
    for (size_t i = 0; i < fast::kBlockRows; ++i) {
      values[i] = AnyCell(dice, shape, doubt, numbers[i]);
    }
    const int places = shape.places.value_or(-1);
    const fast::Rounding how{
        1,      doubt.error,      doubt.relative, doubt.decimals, doubt.decimals,
        places, shape.min_places, shape.is_money};
    fast::BestKernels().round_decided(values, how, *rounded);
    for (size_t i = 0; i < fast::kBlockRows; ++i) {
      if (rounded->places[i] < 0) continue;
      ++told;
      ASSERT_EQ(TextOf(*rounded, i, shape), ExactText(numbers[i], shape))
          << numbers[i].ToFraction() << " as " << values[i] << " ± " << doubt.error << ", places "
          << places << ", at least " << shape.min_places;
    }
  }
  std::cout << told << " of " << kBlocks * fast::kBlockRows << " numbers of blocks were told\n";
  EXPECT_GT(told * 4, kBlocks * fast::kBlockRows);
}

// Without an error nothing but the form of a number keeps it from being told.
TEST(Digits, OfExactDoublesAreTold) {
  Dice dice(8);
  for (int i = 0; i < 100'000; ++i) {
    NumberShape shape;
    shape.places = dice.Between(0, 6);
    const double value = static_cast<double>(dice.Between(-1'000'000, 1'000'000)) / 64;
    const auto rounded = RoundDecided(value, {}, shape);
    ASSERT_TRUE(rounded) << value;
    ASSERT_EQ(Written(*rounded, shape), ExactText(Number(mpq_class(value)), shape)) << value;
  }
}

}  // namespace
}  // namespace steelyard::agree
