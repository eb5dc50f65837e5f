// Finds headings by id, name and alias.
#include "engine/data/headings.h"

#include <algorithm>

#include "engine/base/text.h"
#include "engine/data/binding.h"
#include "engine/data/cell_text.h"

namespace steelyard {
namespace {

// What a column may be called in a file, best first.
std::vector<std::string> NamesOf(const ColumnSchema& column) {
  std::vector<std::string> names = {column.id};
  if (!column.name.empty()) names.push_back(column.name);
  names.insert(names.end(), column.aliases.begin(), column.aliases.end());
  return names;
}

std::string Joined(const std::vector<std::string>& names) {
  constexpr size_t kShown = 30;
  std::string joined;
  for (size_t i = 0; i < names.size() && i < kShown; ++i) {
    joined += (joined.empty() ? "`" : ", `") + names[i] + "`";
  }
  return names.size() > kShown ? joined + ", …" : joined;
}

class HeadingBinder {
 public:
  HeadingBinder(const TableSchema& table, const TableFile& file, DiagnosticSink& sink)
      : table_(table), file_(file), sink_(sink) {
    for (const std::string& heading : file.headings()) {
      plain_.push_back(NormalizeName(TrimBlanks(heading)));
      folded_.push_back(FoldCase(TrimBlanks(heading)));
    }
  }

  // The heading of a column, -1 where an error was reported.
  int32_t Find(const ColumnSchema& column) {
    const std::vector<std::string> names = NamesOf(column);
    for (const std::string& name : names) {
      const auto found = Among(plain_, NormalizeName(TrimBlanks(name)), column);
      if (found) return OnlyOne(*found, column, names);
    }
    for (const std::string& name : names) {
      const auto found = Among(folded_, FoldCase(TrimBlanks(name)), column);
      if (found) return OnlyOne(*found, column, names);
    }
    ReportMissing(column, names);
    return -1;
  }

 private:
  // The place, unless another heading fits by another of the column's names: which of the two is
  // meant is not ours to choose. What is also a name of another column is left to that.
  int32_t OnlyOne(int32_t at, const ColumnSchema& column, const std::vector<std::string>& names) {
    if (at < 0) return at;
    for (const std::string& name : names) {
      const std::string folded = FoldCase(TrimBlanks(name));
      const auto found = std::find(folded_.begin(), folded_.end(), folded);
      if (found == folded_.end() || folded == folded_[static_cast<size_t>(at)]) continue;
      if (IsOfAnother(folded, column)) continue;
      sink_.Report(
          DiagKind::kTwoHeadingsFit, {},
          {file_.path(), column.id, table_.id, Heading(at), Heading(found - folded_.begin())});
      return -1;
    }
    return at;
  }

  bool IsOfAnother(const std::string& folded, const ColumnSchema& column) const {
    return std::any_of(table_.columns.begin(), table_.columns.end(), [&](const ColumnSchema& c) {
      const std::vector<std::string> names = NamesOf(c);
      return c.id != column.id &&
             std::any_of(names.begin(), names.end(), [&](const std::string& name) {
               return FoldCase(TrimBlanks(name)) == folded;
             });
    });
  }

  std::optional<int32_t> Among(const std::vector<std::string>& headings, const std::string& name,
                               const ColumnSchema& column) {
    const auto first = std::find(headings.begin(), headings.end(), name);
    if (first == headings.end()) return std::nullopt;
    const auto at = first - headings.begin();
    const auto second = std::find(first + 1, headings.end(), name);
    if (second != headings.end()) {
      sink_.Report(
          DiagKind::kTwoHeadingsFit, {},
          {file_.path(), column.id, table_.id, Heading(at), Heading(second - headings.begin())});
      return -1;
    }
    if (file_.IsNested(static_cast<size_t>(at))) {
      sink_.Report(DiagKind::kNestedColumn, {}, {file_.path(), Heading(at)});
      return -1;
    }
    return static_cast<int32_t>(at);
  }

  const std::string& Heading(std::ptrdiff_t at) const {
    return file_.headings()[static_cast<size_t>(at)];
  }

  void ReportMissing(const ColumnSchema& column, const std::vector<std::string>& names) {
    Diagnostic& diagnostic =
        sink_.Report(DiagKind::kColumnNotInFile, {}, {file_.path(), column.id, table_.id});
    for (const std::string& name : names) {
      if (const std::optional<std::string> near = NearestName(name, file_.headings())) {
        diagnostic.Because(HelpKind::kDidYouMean, {*near});
        break;
      }
    }
    diagnostic.Because(HelpKind::kHeadingsAre, {Joined(file_.headings())});
    if (names.size() > 1) diagnostic.Because(HelpKind::kHeadingsWanted, {Joined(names)});
  }

  const TableSchema& table_;
  const TableFile& file_;
  DiagnosticSink& sink_;
  std::vector<std::string> plain_;
  std::vector<std::string> folded_;
};

}  // namespace

std::optional<std::vector<int32_t>> BindHeadings(const Schema& schema, const TableSchema& table,
                                                 const TableFile& file, DiagnosticSink& sink) {
  const std::vector<bool> read = ColumnsToRead(schema, table);
  std::vector<int32_t> places(read.size(), -1);
  if (file.HasNoRows()) return places;
  HeadingBinder binder(table, file, sink);
  bool good = true;
  for (size_t i = 0; i < read.size(); ++i) {
    if (!read[i]) continue;
    places[i] = binder.Find(table.columns[i]);
    good = good && places[i] >= 0;
  }
  if (!good) return std::nullopt;
  return places;
}

}  // namespace steelyard
