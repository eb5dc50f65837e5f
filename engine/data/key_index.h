// The keys of one table: which row has a key, or that only a rejected row has it.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "engine/column/table.h"

namespace steelyard {

class KeyIndex {
 public:
  struct Entry {
    int32_t row = kNoRow;  // kNoRow: of rejected rows alone
    uint32_t line = 0;
  };

  // Null where no row has the key.
  const Entry* Find(const std::string& key) const {
    const auto found = entries_.find(key);
    return found == entries_.end() ? nullptr : &found->second;
  }
  void AddUsed(const std::string& key, int32_t row, uint32_t line) { entries_[key] = {row, line}; }
  // Does not take the key from a used row.
  void AddRejected(const std::string& key, uint32_t line) {
    entries_.emplace(key, Entry{kNoRow, line});
  }

 private:
  std::unordered_map<std::string, Entry> entries_;
};

}  // namespace steelyard
