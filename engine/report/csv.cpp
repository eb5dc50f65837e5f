// Result tables as CSV.
#include <string_view>

#include "engine/report/write.h"

namespace steelyard {

namespace {

void AppendField(std::string_view text, std::string& out) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace

std::string ToCsv(const ResultTable& table) {
  std::string out;
  const auto separate = [&](size_t column) {
    out += column + 1 < table.columns.size() ? ',' : '\n';
  };
  for (size_t column = 0; column < table.columns.size(); ++column) {
    AppendField(table.columns[column].heading, out);
    separate(column);
  }
  for (size_t row = 0; row < table.rows; ++row) {
    for (size_t column = 0; column < table.columns.size(); ++column) {
      AppendField(CellText(table.columns[column].cells[row], table.columns[column]), out);
      separate(column);
    }
  }
  return out;
}

}  // namespace steelyard
