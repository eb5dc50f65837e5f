// A flat hash table beside the texts of the keys.
#include "engine/data/key_index.h"

#include <algorithm>

namespace steelyard {
namespace {

constexpr size_t kBlockBytes = size_t{1} << 18;

}  // namespace

// Where the key is, or the free place that it would take. There is always one that is free.
size_t KeyIndex::PlaceOf(std::string_view key, uint64_t hash) const {
  const auto short_hash = static_cast<uint32_t>(hash >> 32);
  const size_t mask = places_.size() - 1;
  for (size_t at = short_hash & mask;; at = (at + 1) & mask) {
    const Place& place = places_[at];
    if (place.index == kFree) return at;
    if (place.hash != short_hash) continue;
    const Key& own = keys_[place.index];
    if (std::string_view(own.text, own.size) == key) return at;
  }
}

const KeyIndex::Entry* KeyIndex::Find(std::string_view key, uint64_t hash) const {
  if (places_.empty()) return nullptr;
  const Place& place = places_[PlaceOf(key, hash)];
  return place.index == kFree ? nullptr : &keys_[place.index].entry;
}

bool KeyIndex::AddUsed(std::string_view key, uint64_t hash, Entry entry, Entry& first) {
  if (places_.empty()) Grow();
  const size_t at = PlaceOf(key, hash);
  if (places_[at].index == kFree) {
    Enter(key, hash, at, entry);
    return true;
  }
  Entry& own = keys_[places_[at].index].entry;
  if (own.row != kNoRow) {
    first = own;
    return false;
  }
  own = entry;
  return true;
}

void KeyIndex::AddRejected(std::string_view key, uint32_t line) {
  if (places_.empty()) Grow();
  const uint64_t hash = HashText(key);
  const size_t at = PlaceOf(key, hash);
  if (places_[at].index == kFree) Enter(key, hash, at, {kNoRow, line});
}

void KeyIndex::Enter(std::string_view key, uint64_t hash, size_t at, Entry entry) {
  places_[at] = {static_cast<uint32_t>(keys_.size()), static_cast<uint32_t>(hash >> 32)};
  keys_.push_back({Store(key), static_cast<uint32_t>(key.size()), entry});
  if (keys_.size() * 4 > places_.size() * 3) Grow();
}

const char* KeyIndex::Store(std::string_view key) {
  if (key.empty()) return "";
  if (key.size() > left_) {
    left_ = std::max(kBlockBytes, key.size());
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(left_));
  }
  // The end of a block is used first.
  left_ -= key.size();
  char* const place = blocks_.back().get() + left_;
  std::memcpy(place, key.data(), key.size());
  return place;
}

void KeyIndex::Grow() {
  std::vector<Place> old(std::max<size_t>(places_.size() * 2, 16));
  old.swap(places_);
  const size_t mask = places_.size() - 1;
  for (const Place& place : old) {
    if (place.index == kFree) continue;
    size_t at = place.hash & mask;
    while (places_[at].index != kFree) at = (at + 1) & mask;
    places_[at] = place;
  }
}

}  // namespace steelyard
