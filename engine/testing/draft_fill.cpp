// Fills in what a case may leave out.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "engine/testing/draft.h"

namespace steelyard {
namespace {

class DraftFiller {
 public:
  DraftFiller(const Schema& schema, Draft& draft, DiagnosticSink& sink, Span place)
      : schema_(schema),
        draft_(draft),
        sink_(sink),
        place_(place),
        wanted_(schema.tables.size(), false) {}

  void Run() {
    std::vector<TableId> order = schema_.TopologicalOrder();
    wanted_[schema_.subject.index()] = true;
    std::reverse(order.begin(), order.end());
    for (const TableId id : order) AddParents(id);
    std::reverse(order.begin(), order.end());
    for (const TableId id : order) {
      for (DraftRow& row : Rows(id)) FillLinks(id, row);
      MakeKeys(id);
    }
  }

 private:
  std::vector<DraftRow>& Rows(TableId id) { return draft_.tables[id.index()].rows; }

  DraftRow NewRow(TableId id) const {
    DraftRow row;
    row.cells.resize(schema_.table(id).columns.size());
    row.span = place_;
    return row;
  }

  // The rows of tables above that are not given and that given rows belong to.
  void AddParents(TableId id) {
    const TableSchema& table = schema_.table(id);
    if (table.pairs_of.valid()) return;
    if (wanted_[id.index()] && !draft_.tables[id.index()].given && Rows(id).empty()) {
      Rows(id).push_back(NewRow(id));
    }
    for (const ParentLink& link : table.parents) {
      if (link.column < 0 || draft_.tables[link.parent.index()].given) continue;
      AddParents(id, link);
    }
  }

  void AddParents(TableId id, const ParentLink& link) {
    const TableSchema& parent = schema_.table(link.parent);
    if (parent.key.empty()) return;
    const auto key = static_cast<size_t>(parent.key[0]);
    std::vector<DraftRow>& rows = Rows(link.parent);
    std::set<std::string> known;
    for (const DraftRow& row : rows) known.insert(row.cells[key].text.value_or(""));
    for (const DraftRow& row : Rows(id)) {
      const DraftCell& cell = row.cells[static_cast<size_t>(link.column)];
      if (!cell.text) {
        if (!link.optional) wanted_[link.parent.index()] = true;
      } else if (known.insert(*cell.text).second) {
        rows.push_back(NewRow(link.parent));
        rows.back().cells[key] = cell;
      }
    }
  }

  void FillLinks(TableId id, DraftRow& row) {
    for (const ParentLink& link : schema_.table(id).parents) {
      if (link.column < 0) continue;
      DraftCell& cell = row.cells[static_cast<size_t>(link.column)];
      if (cell.present) continue;
      const TableSchema& parent = schema_.table(link.parent);
      const std::vector<DraftRow>& rows = Rows(link.parent);
      if (rows.size() == 1 && !parent.key.empty()) {
        cell = rows[0].cells[static_cast<size_t>(parent.key[0])];
        cell.span = row.span;
      } else if (!link.optional) {
        const std::string& column = schema_.table(id).columns[static_cast<size_t>(link.column)].id;
        sink_.Report(DiagKind::kWhichParent, row.span, {parent.id, std::to_string(rows.size())})
            .Because(HelpKind::kSayWhich, {column});
      }
    }
  }

  void MakeKeys(TableId id) {
    const TableSchema& table = schema_.table(id);
    for (const int32_t column : table.key) {
      const auto at = static_cast<size_t>(column);
      std::set<std::string> taken;
      for (const DraftRow& row : Rows(id)) {
        if (row.cells[at].text) taken.insert(*row.cells[at].text);
      }
      size_t next = 0;
      for (DraftRow& row : Rows(id)) {
        if (!row.cells[at].present) MakeKey(table, at, row, taken, next);
      }
    }
  }

  void MakeKey(const TableSchema& table, size_t column, DraftRow& row, std::set<std::string>& taken,
               size_t& next) {
    row.cells[column].span = row.span;
    while (true) {
      const auto made = KeyText(table, column, next++);
      if (!made) {
        sink_.Report(DiagKind::kNoKeyMade, row.span, {table.columns[column].id, table.id});
        return;
      }
      if (!taken.insert(*made).second) continue;
      row.cells[column].present = true;
      row.cells[column].text = *made;
      return;
    }
  }

  // The n-th key that is made up for a column; empty where there is none left.
  static std::optional<std::string> KeyText(const TableSchema& table, size_t column, size_t n) {
    constexpr size_t kFirstDay = 10957;  // 2000-01-01
    const Type& type = table.columns[column].type;
    switch (type.kind) {
      case TypeKind::kText: return table.id + std::to_string(n + 1);
      case TypeKind::kNumber: return std::to_string(n + 1);
      case TypeKind::kDate:
      case TypeKind::kDateTime: return Date{static_cast<int32_t>(kFirstDay + n)}.ToString();
      case TypeKind::kEnum:
        if (!type.values || n >= type.values->size()) return std::nullopt;
        return (*type.values)[n];
      default: return std::nullopt;
    }
  }

  const Schema& schema_;
  Draft& draft_;
  DiagnosticSink& sink_;
  Span place_;
  std::vector<bool> wanted_;
};

}  // namespace

void FillDraft(const Schema& schema, Draft& draft, DiagnosticSink& sink, Span place) {
  DraftFiller(schema, draft, sink, place).Run();
}

}  // namespace steelyard
