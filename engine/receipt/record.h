// One line of a ledger.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/receipt/receipt.h"

namespace steelyard {

// No record is longer; whoever reads a ledger need not hold more.
inline constexpr size_t kLongestRecord = 16u << 20;

struct LedgerRecord {
  uint64_t sequence = 0;
  std::string previous;  // the hash of the record before; empty for the first
  std::string time;
  std::string folder;
  std::string hash;     // of the line's bytes up to `,"hash"`
  bool sealed = false;  // the hash fits; otherwise nothing of the record is to be believed
};

// Without its line end.
std::string RecordLine(const LedgerRecord& record, const Receipt& receipt);
LedgerRecord ReadRecord(std::string_view line);

}  // namespace steelyard
