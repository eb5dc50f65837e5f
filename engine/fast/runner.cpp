#include "engine/fast/runner.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "engine/fast/kernels.h"

namespace steelyard::fast {

namespace {

constexpr double kMissingNumber = std::numeric_limits<double>::quiet_NaN();
constexpr size_t kAlignment = 64;
constexpr size_t kFewOf = 32;  // one of so many rows is few
// Registers that lie a power of two apart would meet in the same few places of the cache.
constexpr size_t kStride = kBlockRows + 16;

// Doubles on a boundary that vectors like.
class AlignedBlock {
 public:
  explicit AlignedBlock(size_t count) : cells_(count + kAlignment) {}
  double* data() {
    const auto address = reinterpret_cast<uintptr_t>(cells_.data());
    return cells_.data() + (kAlignment - address % kAlignment) % kAlignment / sizeof(double);
  }

 private:
  std::vector<double> cells_;
};

// To how many places the quotients of one step are looked at. Few places make a small denominator,
// which separates more: the fewest are taken that leave hardly more rows rough.
class TellingPlaces {
 public:
  static constexpr int kMost = 8;

  int now() const { return places_; }
  // Is it time to choose anew?
  bool IsDue() { return blocks_++ % kEvery == 0; }
  void Choose(int places) { places_ = places; }

 private:
  static constexpr size_t kEvery = 64;
  size_t blocks_ = 0;
  int places_ = kMost;
};

}  // namespace

class Runner::Machine {
 public:
  Machine(const Plan& plan, const std::vector<LeafSource>& leaves)
      : plan_(plan),
        leaves_(leaves),
        kernels_(BestKernels()),
        cells_(static_cast<size_t>(plan.registers) * kStride),
        bounds_(static_cast<size_t>(plan.registers)),
        telling_(plan.steps.size()) {
    for (const Operand& output : plan.outputs) {
      constants_.emplace_back(kBlockRows);
      std::fill_n(constants_.back().data(), kBlockRows, output.value);
    }
    block_.values.resize(plan.outputs.size());
    block_.bounds.resize(plan.outputs.size());
  }

  const Block& Run(size_t first, size_t rows) {
    first_ = first;
    rows_ = rows;
    hopeless_ = false;
    mask_count_ = 0;
    std::fill(std::begin(undecided_), std::end(undecided_), 0);
    for (const Step& step : plan_.steps) {
      Bound& bound = bounds_[static_cast<size_t>(step.out)];
      bound = RunStep(step, Register(step.out));
      hopeless_ = hopeless_ || !bound.Usable();
      if (hopeless_) break;
    }
    Hand();
    return block_;
  }

 private:
  double* Register(int index) { return cells_.data() + static_cast<size_t>(index) * kStride; }

  Source From(const Operand& operand) {
    if (operand.index < 0) return {nullptr, operand.value};
    return {Register(operand.index), 0};
  }

  const Bound& BoundOf(const Operand& operand) const {
    return operand.index < 0 ? operand.bound : bounds_[static_cast<size_t>(operand.index)];
  }

  void Hand() {
    block_.first = first_;
    block_.rows = rows_;
    for (size_t i = 0; i < plan_.outputs.size(); ++i) {
      const Operand& output = plan_.outputs[i];
      block_.values[i] = output.index < 0 ? constants_[i].data() : Register(output.index);
      block_.bounds[i] = BoundOf(output);
    }
    block_.undecided.clear();
    for (size_t row = 0; row < rows_; ++row) {
      if (hopeless_ || undecided_[row] != 0) block_.undecided.push_back(static_cast<uint32_t>(row));
    }
  }

  Decision DecisionOf(const Bound& a, const Bound& b, double tolerance) {
    Decision decision;
    decision.tolerance = tolerance;
    decision.undecided = undecided_;
    decision.equal = tolerance == 0 || Separated(a, b, tolerance);
    if (decision.equal) return decision;
    decision.all_rough = !PlainlySeparated(a, b, tolerance);
    for (size_t i = 0; i < 2; ++i) {
      const int rough = i == 0 ? a.rough : b.rough;
      decision.rough[i] = rough < 0 ? nullptr : Mask(rough);
    }
    return decision;
  }

  Decision DecisionOf(const Bound& a, const Bound& b) { return DecisionOf(a, b, Tolerance(a, b)); }

  // --- rough rows -------------------------------------------------------------------------------

  int64_t* Mask(int index) {
    return reinterpret_cast<int64_t*>(masks_[static_cast<size_t>(index)].data());
  }

  int NewMask() {
    if (mask_count_ == masks_.size()) masks_.emplace_back(kBlockRows);
    return static_cast<int>(mask_count_++);
  }

  // The bound of what is made of both: rough where one of them is.
  Bound With(Bound bound, const Bound& a, const Bound& b) {
    if (a.rough < 0 || b.rough < 0 || a.rough == b.rough) {
      bound.rough = std::max(a.rough, b.rough);
      return bound;
    }
    bound.rough = NewMask();
    kernels_.either_rough(Mask(a.rough), Mask(b.rough), Mask(bound.rough));
    return bound;
  }

  Bound RunStep(const Step& step, double* out) {
    const Bound a = BoundOf(step.a);
    const Bound b = BoundOf(step.b);
    switch (step.kind) {
      case StepKind::kLeaf: return Leaf(leaves_[static_cast<size_t>(step.leaf)], out);
      case StepKind::kAdd:
        kernels_.add(From(step.a), From(step.b), out);
        return With(Sum(a, b), a, b);
      case StepKind::kSubtract:
        kernels_.subtract(From(step.a), From(step.b), out);
        return With(Sum(a, b), a, b);
      case StepKind::kMultiply:
        kernels_.multiply(From(step.a), From(step.b), out);
        return With(Product(a, b), a, b);
      case StepKind::kDivide: return Divide(step, out);
      case StepKind::kNegate:
      case StepKind::kAbs: kernels_.unary(step.kind, From(step.a), out); return a;
      case StepKind::kNot:
      case StepKind::kIsMissing:
      case StepKind::kHolds: kernels_.unary(step.kind, From(step.a), out); return OfWhole(1);
      case StepKind::kMin:
      case StepKind::kMax:
        kernels_.extreme(step.kind, From(step.a), From(step.b), out);
        return With(Either(a, b), a, b);
      case StepKind::kAnd:
      case StepKind::kOr:
        kernels_.logic(step.kind, From(step.a), From(step.b), out);
        return OfWhole(1);
      case StepKind::kCoalesce:
      case StepKind::kGiven:
      case StepKind::kIf:
      case StepKind::kIfTrue: return Choose(step, out);
      case StepKind::kRound:
      case StepKind::kFloor:
      case StepKind::kCeil: return Round(step, out);
      case StepKind::kLinear: return Linear(step, out);
      default: break;
    }
    kernels_.compare(step.kind, From(step.a), From(step.b), DecisionOf(a, b), out);
    return OfWhole(1);
  }

  // --- leaves -----------------------------------------------------------------------------------

  Bound Leaf(const LeafSource& leaf, double* out) {
    if (rows_ < kBlockRows) std::fill(out + rows_, out + kBlockRows, kMissingNumber);
    if (leaf.computed != nullptr) {
      const double* from = leaf.computed->values.data();
      Each(
          leaf, [&](size_t here, size_t there) { out[here] = from[there]; }, out);
      return Within(leaf.computed->bound, kernels_.size(out));
    }
    const Column& column = *leaf.column;
    std::visit([&](const auto& cells) { Read(leaf, cells, out); }, column.cells);
    if (!column.valid.all()) MarkMissing(leaf, column.valid, out);
    const double size = kernels_.size(out);
    const auto* numbers = std::get_if<NumberCells>(&column.cells);
    return numbers == nullptr ? OfDecimals(size, 0) : BoundOf(*numbers, size);
  }

  void MarkMissing(const LeafSource& leaf, const Validity& valid, double* out) {
    constexpr size_t kWordRows = 64;
    if (leaf.link == nullptr && first_ % kWordRows == 0) {
      for (size_t row = 0; row < rows_; row += kWordRows) {
        uint64_t missing = ~valid.word((first_ + row) / kWordRows);
        if (rows_ - row < kWordRows) missing &= (uint64_t{1} << (rows_ - row)) - 1;
        for (; missing != 0; missing &= missing - 1) {
          out[row + static_cast<size_t>(std::countr_zero(missing))] = kMissingNumber;
        }
      }
      return;
    }
    const auto mark = [&](size_t here, size_t there) {
      if (!valid.at(there)) out[here] = kMissingNumber;
    };
    Each(leaf, mark, out);
  }

  // Calls for each row of the block that has a row there; the others are missing.
  template <class Body>
  void Each(const LeafSource& leaf, const Body& body, double* out) {
    if (leaf.link == nullptr) {
      for (size_t row = 0; row < rows_; ++row) body(row, first_ + row);
      return;
    }
    const int32_t* link = leaf.link->data() + first_;
    for (size_t row = 0; row < rows_; ++row) {
      if (link[row] < 0) {
        out[row] = kMissingNumber;
      } else {
        body(row, static_cast<size_t>(link[row]));
      }
    }
  }

  static Bound BoundOf(const NumberCells& cells, double size) {
    if (!cells.is_scaled()) return OfAny(size);
    Bound bound = OfDecimals(size, cells.scale());
    if (size * Power10(cells.scale()) >= 0x1p53) {  // the mantissa was rounded, too
      bound.error *= 2;
      bound.relative *= 2;
    }
    return bound;
  }

  void Read(const LeafSource& leaf, const NumberCells& cells, double* out) {
    if (!cells.is_scaled()) {
      return Each(
          leaf, [&](size_t here, size_t there) { out[here] = cells.at(there).ToDouble(); }, out);
    }
    const int64_t* from = cells.scaled().data();
    if (leaf.link != nullptr) {
      const double scale = Power10(cells.scale());
      const auto read = [&](size_t here, size_t there) {
        out[here] = static_cast<double>(from[there]) / scale;
      };
      return Each(leaf, read, out);
    }
    kernels_.decimals(from + first_, rows_, Power10(cells.scale()), out);
  }

  void Read(const LeafSource& leaf, const TextCells& cells, double* out) {
    const double* numbers = leaf.codes->data();
    Each(
        leaf, [&](size_t here, size_t there) { out[here] = numbers[cells.code(there)]; }, out);
  }

  void Read(const LeafSource& leaf, const std::vector<uint8_t>& cells, double* out) {
    Each(
        leaf, [&](size_t here, size_t there) { out[here] = cells[there]; }, out);
  }

  void Read(const LeafSource& leaf, const std::vector<Date>& cells, double* out) {
    const auto read = [&](size_t here, size_t there) {
      out[here] = static_cast<double>(DateTime::AtMidnight(cells[there]).micros);
    };
    Each(leaf, read, out);
  }

  void Read(const LeafSource& leaf, const std::vector<DateTime>& cells, double* out) {
    const auto read = [&](size_t here, size_t there) {
      out[here] = static_cast<double>(cells[there].micros);
    };
    Each(leaf, read, out);
  }

  // --- steps with something to decide or to measure ---------------------------------------------

  Bound Divide(const Step& step, double* out) {
    const Bound a = BoundOf(step.a);
    const Bound b = BoundOf(step.b);
    // Divisors that are not 0 are to be well away from it.
    const Decision zero = DecisionOf(b, Bound(), 2 * Tolerance(b, Bound()));
    const Measure measure = kernels_.divide(From(step.a), From(step.b), zero, out);
    if (std::isinf(measure.least)) return Bound();  // no row is divided
    Bound bound = Quotient(a, b, measure.least, measure.size, step.origin);
    if (step.b.index < 0) {
      DivideGrid(a, b, std::fabs(step.b.value), bound);
    } else if (TellDecimals(step, a, b, out, bound) || TellOnes(step, a, b, bound)) {
      return bound;
    }
    return With(bound, a, b);
  }

  // Sums of weights are 1 as a rule: where they are, dividing by them changes nothing. The other
  // rows are marked.
  bool TellOnes(const Step& step, const Bound& a, const Bound& b, Bound& bound) {
    const Bound one = OfWhole(1);
    const double tolerance = Tolerance(b, one);
    if (b.size < 1 || b.rough >= 0 || !Separated(b, one, tolerance)) return false;
    const int mask = NewMask();
    if (kernels_.other_than_one(From(step.b), tolerance, Mask(mask)) * 2 > rows_) return false;
    Bound ones;
    ones.rough = mask;
    bound.plain = a.plain;
    bound = With(bound, a, ones);
    return true;
  }

  // Marks quotients that are no short decimals.
  bool TellDecimals(const Step& step, const Bound& a, const Bound& b, const double* out,
                    Bound& bound) {
    TellingPlaces& telling = telling_[static_cast<size_t>(&step - plan_.steps.data())];
    const bool choose = telling.IsDue();
    std::optional<int> places =
        PlacesToTell(a, b, bound, choose ? TellingPlaces::kMost : telling.now());
    if (!places) return false;
    bound.rough = NewMask();
    size_t rough = MarkRough(step, a, b, out, *places, Mask(bound.rough));
    const int least = std::max(1, a.grid.places - b.grid.places);
    while (choose && *places > least) {
      const int fewer = *places - 1;
      const size_t more = MarkRough(step, a, b, out, fewer, Mask(bound.rough));
      if (more > rough + (rows_ - std::min(rough, rows_)) / kFewOf) {
        MarkRough(step, a, b, out, *places, Mask(bound.rough));
        break;
      }
      places = fewer;
      rough = more;
    }
    telling.Choose(*places);
    bound.plain = {1, *places, 1};
    return true;
  }

  // How many rows of the block are rough.
  size_t MarkRough(const Step& step, const Bound& a, const Bound& b, const double* out, int places,
                   int64_t* mask) {
    Quotients quotients{From(step.a), From(step.b), out};
    quotients.a_scale = WholeScale(a);
    quotients.b_scale = WholeScale(b);
    quotients.places = Power10(places);
    quotients.factor = static_cast<double>(a.grid.factor);
    quotients.shift =
        Power10(places + b.grid.places - a.grid.places) * static_cast<double>(b.grid.factor);
    return kernels_.roughness(quotients, mask);
  }

  Bound Choose(const Step& step, double* out) {
    kernels_.choose(step.kind, From(step.a), From(step.b), From(step.c), out);
    const Bound b = BoundOf(step.b);
    if (step.kind == StepKind::kGiven) return b;
    const Bound other = BoundOf(step.kind == StepKind::kCoalesce ? step.a : step.c);
    return With(Either(b, other), b, other);
  }

  Bound Round(const Step& step, double* out) {
    const Bound a = BoundOf(step.a);
    const int places = step.kind == StepKind::kRound ? step.places : 0;
    const double scale = places < 0 ? 1 / Power10(-places) : Power10(places);
    constexpr double kMost = 0x1p50;
    if (a.size * scale >= kMost) {
      hopeless_ = true;
      return Bound();
    }
    // The limit between two results is a half of the last place, or a whole one.
    Bound limit;
    limit.grid = {1, std::max(places, 0), step.kind == StepKind::kRound ? 2 : 1};
    limit.plain = limit.grid;
    const double tolerance = a.error + a.size * 4 * kUnit;  // scaling rounds, too
    Decision decision = DecisionOf(a, limit, tolerance);
    decision.tolerance *= scale;
    kernels_.round(step.kind, From(step.a), scale, decision, out);
    return Rounded(a, places);
  }

  Bound Linear(const Step& step, double* out) {
    kernels_.linear(From(step.a), step, out);
    const double end = std::max(std::fabs(step.pieces.front().x), std::fabs(step.last_x));
    const Bound& input = BoundOf(step.a);
    Bound x = Within(input, end + 4 * input.error);
    Bound result;
    for (size_t i = 0; i < step.pieces.size(); ++i) {
      const Bound& from = step.bounds[3 * i];
      const Bound& y = step.bounds[3 * i + 1];
      const Bound& slope = step.bounds[3 * i + 2];
      const double to = i + 1 < step.pieces.size() ? step.pieces[i + 1].x : step.pieces[i].x;
      const double width = to - step.pieces[i].x;
      // Only the piece's own width counts: x is no farther from where it begins.
      Bound way = Sum(x, from);
      way.size = width;
      // Twice the errors of both ends: which piece is taken hangs on them as well.
      const Bound& next = i + 1 < step.pieces.size() ? step.bounds[3 * i + 3] : from;
      way.error = x.error + 2 * (from.error + next.error) + width * kUnit;
      const Bound here = Sum(y, Product(way, slope));
      result = i == 0 ? here : Either(result, here);
    }
    // Beside a breakpoint the next piece may have been taken: as they meet there, the way to it is
    // part of the error of x in either piece.
    result.relative = std::numeric_limits<double>::infinity();
    result.origin = -1;
    if (x.rough >= 0) {
      result.rough = NewMask();
      // Beyond the ends the exact x has to be so, too.
      const double ends = step.bounds.front().error + step.bounds[step.bounds.size() - 3].error;
      kernels_.rough_within(From(step.a), step, (input.error + ends) * 2, Mask(x.rough),
                            Mask(result.rough));
    }
    return result;
  }

  const Plan& plan_;
  const std::vector<LeafSource>& leaves_;
  const Kernels& kernels_;
  AlignedBlock cells_;
  std::vector<Bound> bounds_;
  std::vector<TellingPlaces> telling_;  // by step
  std::vector<AlignedBlock> masks_;     // of rough rows, for this block
  size_t mask_count_ = 0;
  std::vector<AlignedBlock> constants_;  // by output, where it is one
  Block block_;
  alignas(kAlignment) int64_t undecided_[kBlockRows] = {};
  size_t first_ = 0;
  size_t rows_ = 0;
  bool hopeless_ = false;
};

Runner::Runner(const Plan& plan, const std::vector<LeafSource>& leaves)
    : machine_(std::make_unique<Machine>(plan, leaves)) {}
Runner::~Runner() = default;
Runner::Runner(Runner&&) noexcept = default;

const Block& Runner::Run(size_t first, size_t rows) { return machine_->Run(first, rows); }

}  // namespace steelyard::fast
