// How cells are stored: decimals share one scale as long as they fit 64 bits, texts are kept once.
#include "engine/column/column.h"

#include <limits>
#include <utility>

#include "engine/base/check.h"

namespace steelyard {
namespace {

constexpr int kMaxScale = 18;  // 10^18 is the largest power of ten in 64 bits

constexpr int64_t PowerOfTen(int exponent) {
  int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

// mantissa × 10^places, empty where 64 bits do not hold it.
std::optional<int64_t> Shift(int64_t mantissa, int places) {
  int64_t shifted = 0;
  if (mantissa == 0) return 0;
  if (places > kMaxScale) return std::nullopt;
  if (__builtin_mul_overflow(mantissa, PowerOfTen(places), &shifted)) return std::nullopt;
  return shifted;
}

// The decimals that `value` needs: 2 for 1/4. Empty where they never end or are too many.
std::optional<int> DecimalsOf(const mpz_class& denominator) {
  mpz_class power = 1;
  for (int scale = 0; scale <= kMaxScale; ++scale) {
    if (mpz_divisible_p(power.get_mpz_t(), denominator.get_mpz_t()) != 0) return scale;
    power *= 10;
  }
  return std::nullopt;
}

std::optional<int64_t> FitInt64(const mpz_class& whole) {
  static_assert(std::numeric_limits<long>::digits == 63, "long holds 64 bits here");
  if (!whole.fits_slong_p()) return std::nullopt;
  return int64_t{whole.get_si()};
}

}  // namespace

void Validity::Append(size_t row, bool present) {
  if (bits_.empty() && present) return;
  const size_t word = row >> 6;
  if (word >= bits_.size()) bits_.resize(word + 1, ~uint64_t{0});
  const uint64_t bit = uint64_t{1} << (row & 63);
  if (present) {
    bits_[word] |= bit;
  } else {
    bits_[word] &= ~bit;
    ++missing_;
  }
}

void NumberCells::Append(const Number& value) {
  if (is_scaled()) {
    const std::optional<int> scale = DecimalsOf(value.raw().get_den());
    if (scale) {
      const mpz_class mantissa =
          value.raw().get_num() * (mpz_class(PowerOfTen(*scale)) / value.raw().get_den());
      if (const std::optional<int64_t> fit = FitInt64(mantissa)) return AppendScaled(*fit, *scale);
    }
    Widen();
  }
  exact_.push_back(value);
}

void NumberCells::AppendScaled(int64_t mantissa, int scale) {
  if (is_scaled()) {
    while (scale > scale_ && mantissa % 10 == 0) {
      mantissa /= 10;
      --scale;
    }
    if (scale <= scale_ || Rescale(scale)) {
      if (const std::optional<int64_t> shifted = Shift(mantissa, scale_ - scale)) {
        scaled_.push_back(*shifted);
        return;
      }
    }
    Widen();
  }
  exact_.push_back(Number::Scaled(mantissa, scale));
}

void NumberCells::AppendMissing() {
  if (is_scaled()) {
    scaled_.push_back(0);
  } else {
    exact_.emplace_back();
  }
}

Number NumberCells::at(size_t row) const {
  return is_scaled() ? Number::Scaled(scaled_[row], scale_) : exact_[row];
}

bool NumberCells::Rescale(int scale) {
  if (scale > kMaxScale) return false;
  for (const int64_t mantissa : scaled_) {
    if (!Shift(mantissa, scale - scale_)) return false;
  }
  const int64_t factor = PowerOfTen(scale - scale_);
  for (int64_t& mantissa : scaled_) mantissa *= factor;
  scale_ = scale;
  return true;
}

void NumberCells::Widen() {
  exact_.reserve(scaled_.size() + 1);
  for (const int64_t mantissa : scaled_) exact_.push_back(Number::Scaled(mantissa, scale_));
  scaled_.clear();
  scaled_.shrink_to_fit();
  scale_ = 0;
}

void TextCells::Append(std::string_view text) {
  const auto found = index_.find(text);
  if (found != index_.end()) {
    codes_.push_back(found->second);
    return;
  }
  const auto code = static_cast<uint32_t>(dictionary_.size());
  dictionary_.emplace_back(text);
  index_.emplace(dictionary_.back(), code);
  codes_.push_back(code);
}

Column Column::OfType(const Type& type) {
  Column column;
  column.type = type;
  switch (type.kind) {
    case TypeKind::kText:
    case TypeKind::kEnum: column.cells = TextCells(); break;
    case TypeKind::kBool: column.cells = std::vector<uint8_t>(); break;
    case TypeKind::kDate: column.cells = std::vector<Date>(); break;
    case TypeKind::kDateTime: column.cells = std::vector<DateTime>(); break;
    default: column.cells = NumberCells(); break;
  }
  return column;
}

size_t Column::size() const {
  return std::visit([](const auto& own) { return own.size(); }, cells);
}

void Column::AppendMissing() {
  valid.Append(size(), false);
  std::visit(
      [](auto& own) {
        if constexpr (requires { own.AppendMissing(); }) {
          own.AppendMissing();
        } else {
          own.emplace_back();
        }
      },
      cells);
}

}  // namespace steelyard
