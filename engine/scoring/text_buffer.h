// Text that grows at its end, written without a call for each piece.
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>

namespace steelyard {

class TextBuffer {
 public:
  std::string_view text() const { return {bytes_.get(), size_}; }
  void clear() { size_ = 0; }

  // Room for so many bytes, to be written from the place given; then `End` says how far.
  char* Room(size_t bytes) {
    if (capacity_ - size_ < bytes) Grow(bytes);
    return bytes_.get() + size_;
  }
  void End(const char* end) { size_ = static_cast<size_t>(end - bytes_.get()); }

  void Append(std::string_view text) {
    char* at = Room(text.size());
    if (!text.empty()) std::memcpy(at, text.data(), text.size());
    size_ += text.size();
  }
  void Append(char c) {
    *Room(1) = c;
    ++size_;
  }

 private:
  void Grow(size_t bytes) {
    constexpr size_t kLeast = 1 << 16;
    capacity_ = std::max({kLeast, capacity_ * 2, size_ + bytes});
    std::unique_ptr<char[]> larger(new char[capacity_]);
    if (size_ > 0) std::memcpy(larger.get(), bytes_.get(), size_);
    bytes_ = std::move(larger);
  }

  std::unique_ptr<char[]> bytes_;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace steelyard
