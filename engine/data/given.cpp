// Feeds rows in memory to the reader of tables.
#include "engine/data/given.h"

#include <algorithm>
#include <utility>

#include "engine/base/text.h"
#include "engine/data/cell_text.h"
#include "engine/data/key_index.h"
#include "engine/data/table_reader.h"

namespace steelyard {
namespace {

std::vector<int32_t> PlacesOf(const TableSchema& table) {
  std::vector<int32_t> places;
  for (size_t i = 0; i < table.columns.size(); ++i) {
    places.push_back(table.columns[i].computed ? -1 : static_cast<int32_t>(i));
  }
  return places;
}

std::vector<std::string> HeadingsOf(const TableSchema& table) {
  std::vector<std::string> headings;
  for (const ColumnSchema& column : table.columns) headings.push_back(column.id);
  return headings;
}

FileRow Cells(const GivenRow& row, std::vector<FileCell>& cells) {
  cells.clear();
  for (const std::optional<std::string>& cell : row.cells) {
    cells.push_back(cell ? FileCell{*cell, FileCell::Kind::kText}
                         : FileCell{{}, FileCell::Kind::kMissing});
  }
  return {row.line, cells, nullptr, {}};
}

// Every name of a column with what makes two of them the same.
template <class Same>
int32_t Find(const TableSchema& table, const Same& same) {
  for (size_t i = 0; i < table.columns.size(); ++i) {
    const ColumnSchema& column = table.columns[i];
    const bool found = same(column.id) || (!column.name.empty() && same(column.name)) ||
                       std::any_of(column.aliases.begin(), column.aliases.end(), same);
    if (found) return static_cast<int32_t>(i);
  }
  return -1;
}

}  // namespace

int32_t ColumnOfHeading(const TableSchema& table, const std::string& heading) {
  const std::string plain = NormalizeName(TrimBlanks(heading));
  const int32_t exact =
      Find(table, [&](const std::string& name) { return NormalizeName(name) == plain; });
  if (exact >= 0) return exact;
  const std::string folded = FoldCase(TrimBlanks(heading));
  return Find(table, [&](const std::string& name) { return FoldCase(name) == folded; });
}

GivenSet LoadGiven(const Schema& schema, const std::string& file,
                   const std::vector<std::vector<GivenRow>>& rows) {
  GivenSet set;
  const size_t tables = schema.tables.size();
  set.data.tables.tables.resize(tables);
  set.used.resize(tables);
  std::vector<KeyIndex> keys(tables);
  std::vector<FileCell> cells;
  for (const TableId id : schema.TopologicalOrder()) {
    const TableSchema& table = schema.table(id);
    TableReader reader(schema, id, file, PlacesOf(table), HeadingsOf(table), keys,
                       set.data.rejects);
    for (size_t i = 0; i < rows[id.index()].size(); ++i) {
      const size_t before = set.data.rejects.size();
      reader.Take(Cells(rows[id.index()][i], cells));
      if (set.data.rejects.size() > before) {
        set.faults.push_back({id, i, set.data.rejects.back()});
      } else {
        set.used[id.index()].push_back(i);
      }
    }
    TableCount count;
    set.data.tables.tables[id.index()] = reader.Finish(count);
    set.data.counts.push_back(count);
  }
  return set;
}

}  // namespace steelyard
