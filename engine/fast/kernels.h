// The loops over a block. Missing is not-a-number. They are compiled once for each width of vectors
// that machines have, and chosen when the program runs.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "engine/fast/plan.h"

namespace steelyard::fast {

inline constexpr size_t kBlockRows = 512;

// Where a kernel reads: a register, or one value for all rows.
struct Source {
  const double* block = nullptr;  // kBlockRows of them, aligned to 64 bytes; null: `value`
  double value = 0;
};

// What a kernel finds out about a block besides its results.
struct Measure {
  double size = 0;   // the largest result
  double least = 0;  // kDivide: the smallest divisor but 0; infinite where there is none
};

// Two numbers within `tolerance` of each other are equal where `equal`, or else in rows that are
// not rough; otherwise they are undecided, and `undecided` gets the row's bits set.
struct Decision {
  double tolerance = 0;
  bool equal = true;
  int64_t* undecided = nullptr;
  const int64_t* rough[2] = {};  // null: no row
  bool all_rough = false;
};

// a ÷ b in a block, where multiples of a and b are whole numbers.
struct Quotients {
  Source a;
  Source b;
  const double* quotient = nullptr;
  double a_scale = 1;  // makes a and b whole numbers below 2^50
  double b_scale = 1;
  double places = 1;  // 10^ the decimals to tell: makes quotients that are told whole numbers, too
  double factor = 1;  // of a_scale, what is no power of ten
  double shift = 1;   // factor · places · b_scale ÷ a_scale: whole
};

// How the numbers of a block are rounded to be written; see RoundDecided.
struct Rounding {
  double unit = 1;      // they are divided by it
  double error = 0;     // what is known of them then
  double relative = 0;  // likewise
  bool zero = false;    // within the error of 0 they are 0
  bool half = false;    // within the error of a half of the last place they are that
  int places = -1;      // so many decimals, at most 15; below 0: 12 significant digits
  int min_places = 0;
  bool is_money = false;
};

// Numbers that are rounded: `units` × 10^-places, and the sixteen digits of the units' size, eight
// in a word, a byte each, the first one lowest.
struct RoundedBlock {
  alignas(64) std::array<double, kBlockRows> units;
  alignas(64) std::array<int64_t, kBlockRows> places;  // below 0: it cannot be told
  alignas(64) std::array<uint64_t, kBlockRows> high;
  alignas(64) std::array<uint64_t, kBlockRows> low;
};

// The kernels for one kind of machine.
struct Kernels {
  double (*size)(const double* block);  // the largest, all signs
  // Whole numbers ÷ scale, for so many rows; each is rounded once where both are below 2^53.
  void (*decimals)(const int64_t* from, size_t rows, double scale, double* out);
  void (*add)(Source a, Source b, double* out);
  void (*subtract)(Source a, Source b, double* out);
  void (*multiply)(Source a, Source b, double* out);
  // Missing where the divisor is within the tolerance of 0.
  Measure (*divide)(Source a, Source b, const Decision& zero, double* out);
  void (*unary)(StepKind kind, Source a, double* out);
  void (*extreme)(StepKind kind, Source a, Source b, double* out);
  void (*compare)(StepKind kind, Source a, Source b, const Decision& decision, double* out);
  void (*logic)(StepKind kind, Source a, Source b, double* out);
  void (*choose)(StepKind kind, Source a, Source b, Source c, double* out);
  // kRound, kFloor, kCeil to whole numbers of 1 ÷ scale; the tolerance is in those. Half goes away
  // from zero. The results are below 2^50.
  void (*round)(StepKind kind, Source a, double scale, const Decision& decision, double* out);
  void (*linear)(Source a, const Step& step, double* out);
  // Marks rows where a ÷ b is no decimal of so many places, and counts them.
  size_t (*roughness)(const Quotients& quotients, int64_t* rough);
  // Marks rows that are farther than the tolerance from 1, and counts them.
  size_t (*other_than_one)(Source a, double tolerance, int64_t* rough);
  // Marks rows that are marked and whose `x` lies between the ends of the curve, or is no farther
  // than the tolerance from them.
  void (*rough_within)(Source x, const Step& curve, double tolerance, const int64_t* rough,
                       int64_t* out);
  void (*either_rough)(const int64_t* a, const int64_t* b, int64_t* out);
  // As RoundDecided has it, but for halves that were scaled exactly, which are left untold.
  void (*round_decided)(const double* block, const Rounding& how, RoundedBlock& out);
};

// For the machine this runs on.
const Kernels& BestKernels();

}  // namespace steelyard::fast
