// SHA-256 by way of Nettle.
#include "engine/base/sha256.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace steelyard {

namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

}  // namespace

void Sha256::Add(std::string_view bytes) {
  // Nettle reads bytes; a char is one.
  sha256_update(&state_, bytes.size(), reinterpret_cast<const uint8_t*>(bytes.data()));
}

std::string Sha256::Take() {
  std::array<uint8_t, SHA256_DIGEST_SIZE> digest;
  sha256_digest(&state_, digest.size(), digest.data());
  std::string text;
  for (const uint8_t byte : digest) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

std::string Sha256Of(std::string_view bytes) {
  Sha256 hash;
  hash.Add(bytes);
  return hash.Take();
}

bool IsSha256(std::string_view text) {
  return text.size() == size_t{2} * SHA256_DIGEST_SIZE &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return kDigits.find(c) != std::string_view::npos; });
}

}  // namespace steelyard
