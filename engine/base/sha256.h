// SHA-256 of texts and of what comes piece by piece, as 64 hexadecimal digits.
#pragma once

#include <nettle/sha2.h>

#include <string>
#include <string_view>

namespace steelyard {

class Sha256 {
 public:
  Sha256() { sha256_init(&state_); }
  void Add(std::string_view bytes);
  // Ends this hash; the next bytes begin another one.
  std::string Take();

 private:
  sha256_ctx state_;
};

std::string Sha256Of(std::string_view bytes);

// 64 digits as Take() writes them, in lower case?
bool IsSha256(std::string_view text);

}  // namespace steelyard
