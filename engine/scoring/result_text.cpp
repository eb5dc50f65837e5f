#include "engine/scoring/result_text.h"

#include <algorithm>

#include "engine/report/write.h"

namespace steelyard {

void AppendCsvText(std::string_view text, TextBuffer& out) {
  char* at = out.Room(2 * text.size() + 2);
  const bool plain = std::none_of(text.begin(), text.end(), [](char c) {
    return c == ',' || c == '"' || c == '\r' || c == '\n';
  });
  if (plain) {
    at = std::copy(text.begin(), text.end(), at);
    return out.End(at);
  }
  *at++ = '"';
  for (const char c : text) {
    if (c == '"') *at++ = '"';
    *at++ = c;
  }
  *at++ = '"';
  out.End(at);
}

std::string BeginResults(const ResultTable& heading, ResultFormat format) {
  return format == ResultFormat::kJson ? "[" : ToCsv(heading);
}

std::string EndResults(uint64_t rows, ResultFormat format) {
  if (format != ResultFormat::kJson) return "";
  return rows == 0 ? "]\n" : "\n]\n";
}

}  // namespace steelyard
