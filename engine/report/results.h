// The result of scoring as a table: one row a subject (and period), the columns of cli.md in their
// order, and what a summary needs besides.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/value.h"
#include "engine/schema/type.h"

namespace steelyard {

enum class ResultRole : uint8_t {
  kKey,
  kPeriod,
  kValue,   // an indicator's value
  kPoints,  // its points, heading `ID.points`
  kScore,
  kGrade,
  kVetoes,  // ids joined by `;`, like the next three
  kInterlocks,
  kAlerts,
  kReview,
  kOutcome,        // also pools, and parts and totals of schedules
  kEntitlements,   // ids joined by `;`
  kAttainment,     // of an indicator's target, heading `ID.attainment`
  kTargetsMissed,  // ids joined by `;`
};

struct ResultColumn {
  std::string heading;
  std::string name;  // the Chinese or long name, where there is one
  ResultRole role = ResultRole::kKey;
  Type type;  // values of time are in hours: divide by type.unit.Scale() to show them
  std::optional<int> decimals;  // as declared; otherwise 12 significant digits
  std::vector<Value> cells;     // one a row
};

struct ResultTable {
  std::vector<ResultColumn> columns;
  size_t rows = 0;
  std::vector<std::string> grades;  // as declared, best first
};

// A cell as cli.md writes it: correctly rounded, half away from zero, to `decimals` or else to 12
// significant digits, money never to fewer than 2 decimals; empty where missing. Values of time in
// their shown unit, per cent as a plain fraction (`0.35`).
std::string CellText(const Value& value, const ResultColumn& column);

}  // namespace steelyard
