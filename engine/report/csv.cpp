// Result tables and rejected rows as CSV.
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

std::string RejectsCsv(const std::vector<RejectLine>& rejects, Language language) {
  std::string out = "table,file,line,column,text,code,reason\n";
  for (const RejectLine& reject : rejects) {
    const std::string line = reject.line > 0 ? std::to_string(reject.line) : "";
    const std::string& reason = reject.reason[static_cast<size_t>(language)];
    const std::string_view fields[] = {reject.table, reject.file, line,  reject.column,
                                       reject.text,  reject.code, reason};
    for (size_t i = 0; i < std::size(fields); ++i) {
      if (i > 0) out += ',';
      AppendField(fields[i], out);
    }
    out += '\n';
  }
  return out;
}

}  // namespace steelyard
