// Lower and upper case, letter by letter.
#include <utf8proc.h>

#include "engine/base/text.h"

namespace steelyard {
namespace {

template <class Change>
std::string ChangeEach(std::string_view text, Change change) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeAt(text, at);
    AppendUtf8(static_cast<char32_t>(change(static_cast<utf8proc_int32_t>(point.value))), out);
    at += point.length;
  }
  return out;
}

}  // namespace

std::string ToLower(std::string_view text) { return ChangeEach(text, utf8proc_tolower); }

std::string ToUpper(std::string_view text) { return ChangeEach(text, utf8proc_toupper); }

}  // namespace steelyard
