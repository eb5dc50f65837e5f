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
        if (Add(tables[i].id.span, tables[i].id.text)) lines_.push_back(tables[i].id.text);
      } else {
        AddColumns(id, tables[i]);
      }
    }
    if (names_.empty()) return;
    constexpr size_t kShown = 3;
    std::string list;
    for (size_t i = 0; i < names_.size() && i < kShown; ++i) {
      list += (i > 0 ? ", `" : "`") + names_[i] + "`";
    }
    const bool more = names_.size() > kShown;
    if (more) list += ", … (" + std::to_string(names_.size()) + ")";
    Diagnostic& diagnostic = checking_.sink.Report(DiagKind::kUnusedData, first_, {list});
    for (const std::string& line : more ? lines_ : std::vector<std::string>()) {
      diagnostic.Because(HelpKind::kWeightsWere, {line});
    }
    diagnostic.Because(HelpKind::kUnusedColumn);
  }

 private:
  bool Add(Span span, std::string name) {
    if (IsImported(checking_, span)) return false;
    if (names_.empty()) first_ = span;
    names_.push_back(std::move(name));
    return true;
  }

  void AddColumns(TableId id, const TableDecl& declared) {
    std::string line;
    for (const ColumnDecl& column : declared.columns) {
      if (column.formula.present()) continue;
      const auto index = LookupColumn(checking_, id, NormalizeName(column.id.text));
      if (!index) continue;
      const TableSchema& table = checking_.schema().table(id);
      if (table.columns[static_cast<size_t>(*index)].needed) continue;
      if (!Add(column.id.span, declared.id.text + "." + column.id.text)) continue;
      line += (line.empty() ? declared.id.text + ": " : ", ") + column.id.text;
    }
    if (!line.empty()) lines_.push_back(std::move(line));
  }

  Checking& checking_;
  Span first_;
  std::vector<std::string> names_;
  std::vector<std::string> lines_;  // the same, a line for each table
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
