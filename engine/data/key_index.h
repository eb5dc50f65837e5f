// The keys of one table: which row has a key, or that only a rejected row has it.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/base/hash.h"
#include "engine/column/table.h"

namespace steelyard {

class KeyIndex {
 public:
  struct Entry {
    int32_t row = kNoRow;  // kNoRow: of rejected rows alone
    uint32_t line = 0;
  };

  // Null where no row has the key. `hash` is HashText(key).
  const Entry* Find(std::string_view key, uint64_t hash) const;
  const Entry* Find(std::string_view key) const { return Find(key, HashText(key)); }
  // Brings the place of a key that is looked for soon.
  void Prefetch(uint64_t hash) const {
    if (!places_.empty()) __builtin_prefetch(&places_[(hash >> 32) & (places_.size() - 1)]);
  }
  // False, and nothing done, where a used row has the key: that is in `first`.
  bool AddUsed(std::string_view key, uint64_t hash, Entry entry, Entry& first);
  // Does not take the key from a used row.
  void AddRejected(std::string_view key, uint32_t line);

 private:
  static constexpr uint32_t kFree = ~uint32_t{0};
  struct Place {
    uint32_t index = kFree;
    uint32_t hash = 0;
  };
  struct Key {
    const char* text = nullptr;
    uint32_t size = 0;
    Entry entry;
  };

  size_t PlaceOf(std::string_view key, uint64_t hash) const;
  void Enter(std::string_view key, uint64_t hash, size_t at, Entry entry);
  const char* Store(std::string_view key);
  void Grow();

  std::vector<Place> places_;  // as many as a power of two, or none; linear probing
  std::vector<Key> keys_;
  std::vector<std::unique_ptr<char[]>> blocks_;  // of the texts
  size_t left_ = 0;                              // bytes of the last block
};

}  // namespace steelyard
