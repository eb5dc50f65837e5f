// Result tables as JSON. Numbers are written with the digits of CellText, which a JSON library
// would turn into doubles first; only texts go through one.
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "engine/report/ids.h"
#include "engine/report/json_text.h"
#include "engine/report/write.h"

namespace steelyard {

namespace {

std::string IdList(const Value& ids) {
  std::string list = "[";
  for (const std::string_view id : IdsOf(ids)) {
    if (list.size() > 1) list += ", ";
    list += JsonQuoted(id);
  }
  return list + "]";
}

std::string JsonText(const Value& value, const ResultColumn& column) {
  if (HoldsIds(column.role)) return IdList(value);
  if (value.missing()) return "null";
  std::string text = CellText(value, column);
  return value.is_number() || value.is_bool() ? text : JsonQuoted(text);
}

}  // namespace

std::string JsonQuoted(std::string_view text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string ToJson(const ResultTable& table) {
  std::vector<std::string> names;
  for (const ResultColumn& column : table.columns)
    names.push_back(JsonQuoted(column.heading) + ": ");

  std::string out = "[";
  for (size_t row = 0; row < table.rows; ++row) {
    out += row == 0 ? "\n  {" : ",\n  {";
    for (size_t column = 0; column < table.columns.size(); ++column) {
      if (column > 0) out += ", ";
      out += names[column];
      out += JsonText(table.columns[column].cells[row], table.columns[column]);
    }
    out += '}';
  }
  return out + (table.rows == 0 ? "]\n" : "\n]\n");
}

}  // namespace steelyard
