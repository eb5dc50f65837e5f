// How cells are stored: decimals share one scale as long as they fit 64 bits, texts are kept once.
#include "engine/column/column.h"

#include <algorithm>
#include <array>
#include <limits>
#include <type_traits>
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

constexpr std::array<int64_t, kMaxScale + 1> kPowers = [] {
  std::array<int64_t, kMaxScale + 1> powers = {};
  for (int i = 0; i <= kMaxScale; ++i) powers[static_cast<size_t>(i)] = PowerOfTen(i);
  return powers;
}();

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

void Validity::AppendPresent(size_t row, size_t count) {
  if (bits_.empty() || count == 0) return;
  // Bits beyond the last row are set already.
  const size_t words = (row + count + 63) >> 6;
  if (words > bits_.size()) bits_.resize(words, ~uint64_t{0});
}

void Validity::AppendAll(size_t row, const Validity& other, size_t count) {
  if (bits_.empty() && other.all()) return;
  for (size_t word = 0; word < other.bits_.size(); ++word) {
    for (uint64_t gaps = ~other.bits_[word]; gaps != 0; gaps &= gaps - 1) {
      Append(row + word * 64 + static_cast<size_t>(__builtin_ctzll(gaps)), false);
    }
  }
  AppendPresent(row, count);
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

void NumberCells::AppendAllScaled(std::span<const int64_t> mantissas,
                                  std::span<const uint8_t> scales) {
  size_t i = 0;
  while (i < mantissas.size() && is_scaled()) {
    const size_t old = scaled_.size();
    scaled_.resize(old + mantissas.size() - i);
    int64_t* out = scaled_.data() + old;
    for (; i < mantissas.size() && scales[i] <= scale_; ++i, ++out) {
      const int64_t power = kPowers[static_cast<size_t>(scale_ - scales[i])];
      if (__builtin_mul_overflow(mantissas[i], power, out)) break;
    }
    scaled_.resize(static_cast<size_t>(out - scaled_.data()));
    if (i < mantissas.size()) AppendScaled(mantissas[i], scales[i]), ++i;
  }
  for (; i < mantissas.size(); ++i) AppendScaled(mantissas[i], scales[i]);
}

void NumberCells::AppendAll(const NumberCells& other) {
  if (!other.is_scaled()) {
    for (const Number& value : other.exact_) Append(value);
    return;
  }
  if (is_scaled() && scaled_.empty() && other.scale_ >= scale_) {
    scaled_.insert(scaled_.end(), other.scaled_.begin(), other.scaled_.end());
    scale_ = other.scale_;
    return;
  }
  const std::vector<uint8_t> scales(other.scaled_.size(), static_cast<uint8_t>(other.scale_));
  AppendAllScaled(other.scaled_, scales);
}

uint32_t TextCells::CodeOf(std::string_view text, uint64_t hash) {
  if (text.empty()) return 0;
  if (places_.empty()) Grow();
  const auto short_hash = static_cast<uint32_t>(hash >> 32);
  const size_t mask = places_.size() - 1;
  for (size_t at = short_hash & mask;; at = (at + 1) & mask) {
    const Place place = places_[at];
    if (place.code == 0) return Enter(text, short_hash, at);
    if (place.hash == short_hash && dictionary_[place.code] == text) return place.code;
  }
}

uint32_t TextCells::Enter(std::string_view text, uint32_t hash, size_t at) {
  const auto code = static_cast<uint32_t>(dictionary_.size());
  dictionary_.emplace_back(text);
  places_[at] = {code, hash};
  if (dictionary_.size() * 4 > places_.size() * 3) Grow();
  return code;
}

void TextCells::Grow() {
  std::vector<Place> old(std::max<size_t>(places_.size() * 2, 16));
  old.swap(places_);
  const size_t mask = places_.size() - 1;
  for (const Place& place : old) {
    if (place.code == 0) continue;
    size_t at = place.hash & mask;
    while (places_[at].code != 0) at = (at + 1) & mask;
    places_[at] = place;
  }
}

void TextCells::AppendAll(const TextCells& other) {
  std::vector<uint32_t> codes(other.dictionary_.size());
  std::vector<uint64_t> hashes(codes.size());
  constexpr size_t kAhead = 16;
  for (size_t i = 0; i < codes.size(); ++i) hashes[i] = HashText(other.dictionary_[i]);
  for (size_t i = 0; i < codes.size(); ++i) {
    if (i + kAhead < codes.size() && !places_.empty()) {
      __builtin_prefetch(&places_[(hashes[i + kAhead] >> 32) & (places_.size() - 1)]);
    }
    codes[i] = CodeOf(other.dictionary_[i], hashes[i]);
  }
  size_t at = codes_.size();
  codes_.resize(at + other.codes_.size());
  for (const uint32_t code : other.codes_) codes_[at++] = codes[code];
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

void Column::AppendAll(const Column& other) {
  valid.AppendAll(size(), other.valid, other.size());
  std::visit(
      [&](auto& own) {
        const auto& more = std::get<std::decay_t<decltype(own)>>(other.cells);
        if constexpr (requires { own.AppendAll(more); }) {
          own.AppendAll(more);
        } else {
          own.insert(own.end(), more.begin(), more.end());
        }
      },
      cells);
}

Column Column::Only(std::span<const uint32_t> rows) const {
  Column kept = OfType(type);
  for (const uint32_t row : rows) {
    if (!valid.at(row)) {
      kept.AppendMissing();
      continue;
    }
    kept.valid.Append(kept.size(), true);
    std::visit(
        [&](auto& own) {
          const auto& from = std::get<std::decay_t<decltype(own)>>(cells);
          if constexpr (requires { own.Append(from.at(row)); }) {
            own.Append(from.at(row));
          } else {
            own.push_back(from[row]);
          }
        },
        kept.cells);
  }
  return kept;
}

}  // namespace steelyard
