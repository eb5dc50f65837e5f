// Formula text as the grammar reads it: full-width forms, typographic signs and odd blanks as ASCII
// (`（` → `(`, `×` → `*`, `≤` → `<=`), everything else as it is, with the way back to what was
// written.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/source/source.h"

namespace steelyard {

// Bytes [begin, end) of a folded text.
struct Extent {
  size_t begin = 0;
  size_t end = 0;
};

class FoldedText {
 public:
  // `source` must be valid UTF-8 and outlive this.
  explicit FoldedText(const EmbeddedText& source);

  const std::string& text() const { return text_; }
  size_t size() const { return text_.size(); }
  std::string_view Slice(Extent extent) const;
  // The characters that were written there.
  std::string_view Written(Extent extent) const;
  Span Locate(Extent extent) const;

 private:
  Extent Origin(Extent extent) const;

  const EmbeddedText& source_;
  std::string text_;
  std::vector<uint32_t> origins_;  // of each byte of text_, and of its end, in source_.text
};

}  // namespace steelyard
