// Receipts and ledgers to try things on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/receipt/receipt.h"

namespace steelyard {

// A receipt that has every entry.
Receipt SomeReceipt(const std::string& period = "2026Q2");

// The lines of a ledger of so many records.
std::vector<std::string> SomeLedger(size_t records);

// A file of its own, gone when this object goes.
class KeptFile {
 public:
  explicit KeptFile(std::string_view text = "");
  KeptFile(const KeptFile&) = delete;
  KeptFile& operator=(const KeptFile&) = delete;
  ~KeptFile();
  const std::string& path() const { return path_; }
  std::string text() const;
  void Write(std::string_view text) const;

 private:
  std::string path_;
};

}  // namespace steelyard
