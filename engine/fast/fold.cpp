#include "engine/fast/fold.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace steelyard::fast {

namespace {

constexpr double kMissingNumber = std::numeric_limits<double>::quiet_NaN();
constexpr double kLargestWhole = 0x1p51;  // that rounding to whole numbers is sure of
constexpr double kLargestMass = 0x1p62;
constexpr int kMostPlaces = 18;

bool IsSum(AggregateOp op) { return op == AggregateOp::kSum || op == AggregateOp::kAvg; }
bool IsExtreme(AggregateOp op) { return op == AggregateOp::kMin || op == AggregateOp::kMax; }
bool IsQuantifier(AggregateOp op) { return op == AggregateOp::kAny || op == AggregateOp::kAll; }

// Can each number be told as a whole one ÷ 10^places?
bool AreDecimals(const Bound& bound) {
  const double scale = Power10(bound.grid.places);
  return bound.grid.divisor == 1 && bound.grid.factor == 1 && bound.grid.places <= kMostPlaces &&
         bound.size * scale < kLargestWhole && bound.error * scale < 0.2;
}

}  // namespace

bool CanFold(AggregateOp op) {
  return IsSum(op) || IsExtreme(op) || IsQuantifier(op) || op == AggregateOp::kCount;
}

Folder::Folder(AggregateOp op, size_t groups) : op_(op), groups_(groups) {}

template <class Body>
void Folder::EachRow(const Block& block, size_t input, int condition, const int32_t* group,
                     const Body& body) {
  const double* cells = block.values[input];
  const double* counts = condition < 0 ? nullptr : block.values[static_cast<size_t>(condition)];
  size_t undecided = 0;
  for (size_t row = 0; row < block.rows; ++row) {
    if (undecided < block.undecided.size() && block.undecided[undecided] == row) {
      ++undecided;
      continue;
    }
    if (group[row] < 0 || (counts != nullptr && counts[row] != 1)) continue;
    body(groups_[static_cast<size_t>(group[row])], cells[row]);
  }
}

void Folder::Add(const Block& block, size_t input, int condition, const int32_t* group) {
  if (block.undecided.size() == block.rows) return;
  if (IsQuantifier(op_)) return Quantify(block, input, condition, group);
  if (op_ == AggregateOp::kCount) {
    return EachRow(block, input, condition, group,
                   [](Group& to, double cell) { to.cells += std::isnan(cell) ? 0 : 1; });
  }
  const Bound& bound = block.bounds[input];
  size_ = std::max(size_, bound.size);
  if (IsSum(op_)) {
    if (!AddDecimals(block, input, condition, group)) AddReals(block, input, condition, group);
    return;
  }
  cells_ = has_cells_ ? Either(cells_, bound) : bound;
  has_cells_ = true;
  const bool smallest = op_ == AggregateOp::kMin;
  EachRow(block, input, condition, group, [&](Group& to, double cell) {
    if (std::isnan(cell)) return;
    if (to.cells == 0 || (smallest ? cell < to.real : cell > to.real)) to.real = cell;
    ++to.cells;
  });
}

bool Folder::AddDecimals(const Block& block, size_t input, int condition, const int32_t* group) {
  const Bound& bound = block.bounds[input];
  if (!AreDecimals(bound)) return false;
  UsePlaces(bound.grid.places);
  const double scale = Power10(places_);
  if (bound.size * scale >= kLargestWhole || bound.error * scale >= 0.2) return false;
  mass_ += bound.size * scale * static_cast<double>(block.rows);
  if (!IsSound()) return true;
  EachRow(block, input, condition, group, [&](Group& to, double cell) {
    ++to.rows;
    if (std::isnan(cell)) return;
    ++to.cells;
    to.whole += std::llrint(cell * scale);
  });
  return true;
}

void Folder::AddReals(const Block& block, size_t input, int condition, const int32_t* group) {
  has_reals_ = true;
  error_ = std::max(error_, block.bounds[input].error);
  EachRow(block, input, condition, group, [](Group& to, double cell) {
    ++to.rows;
    if (std::isnan(cell)) return;
    ++to.cells;
    to.real += cell;
  });
}

void Folder::Quantify(const Block& block, size_t input, int condition, const int32_t* group) {
  const double deciding = op_ == AggregateOp::kAny ? 1 : 0;
  EachRow(block, input, condition, group, [&](Group& to, double cell) {
    to.rows += std::isnan(cell) ? 1 : 0;
    to.cells += cell == deciding ? 1 : 0;
  });
}

void Folder::Add(const Value& value, int32_t group) {
  Group& to = groups_[static_cast<size_t>(group)];
  if (IsQuantifier(op_)) {
    to.rows += value.missing() ? 1 : 0;
    to.cells += value.is_bool() && value.truth() == (op_ == AggregateOp::kAny) ? 1 : 0;
    return;
  }
  ++to.rows;
  if (value.missing()) return;
  ++to.cells;
  if (op_ == AggregateOp::kCount) return;
  Words none;  // texts are not folded here
  const double number = NumberFor(value, none);
  const Bound bound = BoundFor(value, number);
  size_ = std::max(size_, bound.size);
  if (IsExtreme(op_)) {
    cells_ = has_cells_ ? Either(cells_, bound) : bound;
    has_cells_ = true;
    const bool better = op_ == AggregateOp::kMin ? number < to.real : number > to.real;
    if (to.cells == 1 || better) to.real = number;
    return;
  }
  if (AreDecimals(bound)) {
    UsePlaces(bound.grid.places);
    const std::optional<int64_t> whole = (value.number() / Number::Scaled(1, places_)).ToInt64();
    if (whole && bound.size * Power10(places_) < kLargestWhole) {
      mass_ += bound.size * Power10(places_);
      to.whole += *whole;
      return;
    }
  }
  has_reals_ = true;
  error_ = std::max(error_, bound.error);
  to.real += number;
}

// More decimals from here on.
void Folder::UsePlaces(int places) {
  if (places <= places_) return;
  const double more = Power10(places - places_);
  mass_ *= more;
  if (mass_ < kLargestMass) {
    for (Group& group : groups_) group.whole *= static_cast<int64_t>(more);
  }
  places_ = places;
}

void Folder::Merge(const Folder& other) {
  UsePlaces(other.places_);
  const double more = Power10(places_ - other.places_);
  mass_ += other.mass_ * more;
  size_ = std::max(size_, other.size_);
  error_ = std::max(error_, other.error_);
  has_reals_ = has_reals_ || other.has_reals_;
  if (other.has_cells_) cells_ = has_cells_ ? Either(cells_, other.cells_) : other.cells_;
  has_cells_ = has_cells_ || other.has_cells_;
  if (!IsSound()) return;
  const bool smallest = op_ == AggregateOp::kMin;
  for (size_t i = 0; i < groups_.size(); ++i) {
    Group& to = groups_[i];
    const Group& from = other.groups_[i];
    if (IsExtreme(op_)) {
      const bool better = smallest ? from.real < to.real : from.real > to.real;
      if (from.cells > 0 && (to.cells == 0 || better)) to.real = from.real;
    } else {
      to.real += from.real;
    }
    to.whole += from.whole * static_cast<int64_t>(more);
    to.rows += from.rows;
    to.cells += from.cells;
  }
}

bool Folder::IsSound() const { return mass_ < kLargestMass; }

double Folder::Result(const Group& group) const {
  if (op_ == AggregateOp::kCount) return group.cells;
  if (IsQuantifier(op_)) {
    const bool any = op_ == AggregateOp::kAny;
    if (group.cells > 0) return any ? 1 : 0;
    return group.rows > 0 ? kMissingNumber : (any ? 0 : 1);
  }
  if (IsExtreme(op_)) return group.cells > 0 ? group.real : kMissingNumber;
  if (group.cells == 0) {
    return op_ == AggregateOp::kSum && group.rows == 0 ? 0 : kMissingNumber;
  }
  const double whole = static_cast<double>(group.whole) / Power10(places_);
  const double sum = has_reals_ ? whole + group.real : whole;
  return op_ == AggregateOp::kSum ? sum : sum / group.cells;
}

Bound Folder::BoundOfSums() const {
  double most = 0;
  double largest = 0;
  for (const Group& group : groups_) {
    most = std::max(most, static_cast<double>(group.cells));
    largest = std::max(largest, std::fabs(static_cast<double>(group.whole)));
  }
  Bound sums = OfDecimals(largest / Power10(places_) * (1 + 0x1p-40), places_);
  if (largest >= 0x1p53) {  // the whole number was rounded, too
    sums.error *= 2;
    sums.relative *= 2;
  }
  if (has_reals_) {
    Bound reals;
    reals.size = most * size_ * (1 + 0x1p-20);
    reals.error = (most * error_ + most * kUnit * reals.size) * (1 + 0x1p-20);
    reals.relative = std::numeric_limits<double>::infinity();
    reals.grid = reals.plain = {std::numeric_limits<double>::infinity(), 0, 1};  // any
    sums = Sum(sums, reals);
  }
  if (op_ == AggregateOp::kSum) return sums;
  return Quotient(sums, OfWhole(std::max(most, 1.0)), 1, size_ + error_, -1);
}

Computed Folder::Finish() const {
  Computed result;
  result.values.reserve(groups_.size());
  double most = 0;
  for (const Group& group : groups_) {
    result.values.push_back(Result(group));
    most = std::max(most, static_cast<double>(group.cells));
  }
  if (IsSum(op_)) {
    result.bound = BoundOfSums();
  } else if (IsExtreme(op_)) {
    result.bound = cells_;
    result.bound.plain = result.bound.grid;
    result.bound.rough = result.bound.origin = -1;
  } else {
    result.bound = OfWhole(op_ == AggregateOp::kCount ? most : 1);
  }
  return result;
}

}  // namespace steelyard::fast
