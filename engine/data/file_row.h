// Rows as they stand in a file, before anything is known of their types.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "engine/data/load.h"
#include "engine/diag/diagnostic.h"

namespace steelyard {

struct FileCell {
  enum class Kind : uint8_t { kText, kMissing, kNested };
  std::string_view text;
  Kind kind = Kind::kText;
};

// Why a cell or a row cannot be used.
struct Fault {
  RejectReason reason = RejectReason::kWrongType;
  HelpKind why = HelpKind::kWhyMalformed;
  std::string detail;
};

struct FileRow {
  uint32_t line = 0;
  std::span<const FileCell> cells;  // of the columns asked for
  const Fault* fault = nullptr;     // set: the row could not be cut into cells
  std::string_view text;            // then the row as found, its beginning at least
};

using TakeRow = std::function<void(const FileRow&)>;

}  // namespace steelyard
