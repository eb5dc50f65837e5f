// Names that nothing uses. What a library offers is never among them.
#include "engine/base/text.h"
#include "engine/check/findings.h"

namespace steelyard {
namespace {

bool CanBeUnused(const Definition& definition) {
  return definition.kind == DefinitionKind::kParameter ||
         definition.kind == DefinitionKind::kValue ||
         definition.kind == DefinitionKind::kComputedColumn;
}

// Tables and columns of the data that no formula, key, link or time uses: told in one warning, at
// the first of them, for whoever describes a whole export names much that no rule needs.
class DataWalk {
 public:
  explicit DataWalk(Checking& checking) : checking_(checking) {}

  void Run() {
    const auto& tables = checking_.file.tables;
    for (size_t i = 0; i < tables.size(); ++i) {
      const TableId id{static_cast<int32_t>(i)};
      if (!checking_.schema().table(id).needed) {
        Add(tables[i].id.span, tables[i].id.text);
      } else {
        AddColumns(id, tables[i]);
      }
    }
    if (names_.empty()) return;
    checking_.sink.Report(DiagKind::kUnusedData, first_, {NameList(names_)})
        .Because(HelpKind::kUnusedColumn);
  }

 private:
  void Add(Span span, std::string name) {
    if (IsImported(checking_, span)) return;
    if (names_.empty()) first_ = span;
    names_.push_back(std::move(name));
  }

  void AddColumns(TableId id, const TableDecl& declared) {
    for (const ColumnDecl& column : declared.columns) {
      if (column.formula.present()) continue;
      const auto index = LookupColumn(checking_, id, NormalizeName(column.id.text));
      if (!index) continue;
      const TableSchema& table = checking_.schema().table(id);
      if (table.columns[static_cast<size_t>(*index)].needed) continue;
      Add(column.id.span, declared.id.text + "." + column.id.text);
    }
  }

  Checking& checking_;
  Span first_;
  std::vector<std::string> names_;
};

}  // namespace

void FindUnused(Checking& checking) {
  for (const Definition& definition : checking.model.definitions) {
    if (definition.used || !CanBeUnused(definition) || IsImported(checking, definition.span)) {
      continue;
    }
    checking.sink.Report(DiagKind::kUnusedName, definition.span, {definition.id});
  }
  DataWalk(checking).Run();
}

}  // namespace steelyard
