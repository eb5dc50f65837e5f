// Goes through the data arguments: files named for one table win over folders, and among their own
// kind the later argument wins.
#include "engine/data/binding.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "engine/base/text.h"

namespace steelyard {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEndings[] = {".csv", ".tsv", ".parquet", ".json"};

std::vector<std::string> FileNamesIn(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    if (!it->is_directory(ignored)) names.push_back(it->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> NamesFor(std::string_view table) {
  std::vector<std::string> names;
  for (const std::string_view ending : kEndings) {
    names.push_back(std::string(table) + std::string(ending));
  }
  return names;
}

// Of the files in a folder those that fit a table: by its id as it is, else in any case, else by
// its name.
std::vector<std::string> Candidates(const TableSchema& table,
                                    const std::vector<std::string>& files) {
  std::vector<std::string> found;
  const auto collect = [&](const std::string& name, bool fold) {
    if (name.empty() || !found.empty()) return;
    for (const std::string& wanted : NamesFor(name)) {
      for (const std::string& file : files) {
        if (fold ? FoldCase(file) == FoldCase(wanted) : file == wanted) found.push_back(file);
      }
    }
  };
  collect(table.id, false);
  collect(table.id, true);
  collect(table.name, true);
  return found;
}

std::string Joined(const std::vector<std::string>& names) {
  std::string joined;
  for (const std::string& name : names) joined += (joined.empty() ? "`" : ", `") + name + "`";
  return joined;
}

class Binder {
 public:
  Binder(const Schema& schema, DiagnosticSink& sink)
      : schema_(schema), sink_(sink), named_(schema.tables.size()), found_(schema.tables.size()) {}

  void Take(const DataArgument& argument) {
    std::error_code error;
    if (!argument.table.empty()) {
      TakeNamed(argument);
    } else if (fs::is_directory(argument.path, error)) {
      TakeFolder(argument.path);
    } else {
      named_[schema_.subject.index()] = argument.path;
    }
  }

  std::optional<std::vector<std::string>> Finish() {
    std::vector<std::string> paths(schema_.tables.size());
    for (size_t i = 0; i < paths.size(); ++i) {
      if (!IsRead(schema_.tables[i])) continue;
      paths[i] = named_[i].empty() ? found_[i] : named_[i];
      if (paths[i].empty()) ReportMissing(schema_.tables[i]);
    }
    if (failed_) return std::nullopt;
    return paths;
  }

 private:
  Diagnostic& Fail(DiagKind kind, std::vector<std::string> args) {
    failed_ = true;
    return sink_.Report(kind, {}, std::move(args));
  }

  void TakeNamed(const DataArgument& argument) {
    const TableId table = FindTable(argument.table);
    if (table.valid()) {
      named_[table.index()] = argument.path;
      return;
    }
    Diagnostic& diagnostic = Fail(DiagKind::kUnknownDataTable, {argument.table});
    std::vector<std::string> names;
    for (const TableSchema& known : schema_.tables) {
      if (!known.pairs_of.valid()) names.push_back(known.id);
    }
    if (const std::optional<std::string> near = NearestName(argument.table, names)) {
      diagnostic.Because(HelpKind::kDidYouMean, {*near});
    } else {
      diagnostic.Because(HelpKind::kOneOf, {Joined(names)});
    }
  }

  TableId FindTable(const std::string& name) const {
    const TableId exact = schema_.FindTable(name);
    if (exact.valid()) return exact;
    for (size_t i = 0; i < schema_.tables.size(); ++i) {
      if (GoesBy(schema_.tables[i], name)) return TableId{static_cast<int32_t>(i)};
    }
    return TableId::None();
  }

  void TakeFolder(const std::string& folder) {
    folders_.push_back(folder);
    const std::vector<std::string> files = FileNamesIn(folder);
    for (size_t i = 0; i < schema_.tables.size(); ++i) {
      const TableSchema& table = schema_.tables[i];
      if (!IsRead(table)) continue;
      const std::vector<std::string> found = Candidates(table, files);
      if (found.empty()) continue;
      found_[i] = (fs::path(folder) / found[0]).string();
      if (found.size() > 1 && named_[i].empty()) {
        Fail(DiagKind::kTwoFilesForTable, {table.id, folder, found[0], found[1]})
            .Because(HelpKind::kRemoveOrChoose, {table.id});
      }
    }
  }

  void ReportMissing(const TableSchema& table) {
    Diagnostic& diagnostic = Fail(DiagKind::kNoDataForTable, {table.id});
    for (const std::string& folder : folders_) {
      diagnostic.Because(HelpKind::kLookedForFiles, {Joined(NamesFor(table.id)), folder});
    }
    if (folders_.empty()) diagnostic.Because(HelpKind::kGiveData, {table.id});
  }

  const Schema& schema_;
  DiagnosticSink& sink_;
  std::vector<std::string> named_;
  std::vector<std::string> found_;  // in folders
  std::vector<std::string> folders_;
  bool failed_ = false;
};

}  // namespace

// `TABLE=FILE`, unless a path separator stands before the sign: `./a=b/c.csv` is a file.
DataArgument ParseDataArgument(std::string_view text) {
  const size_t sign = text.find('=');
  if (sign == 0 || sign == std::string_view::npos ||
      text.substr(0, sign).find_first_of("/\\") != std::string_view::npos) {
    return {{}, std::string(text)};
  }
  return {std::string(text.substr(0, sign)), std::string(text.substr(sign + 1))};
}

bool GoesBy(const TableSchema& table, std::string_view name) {
  const std::string folded = FoldCase(name);
  return !folded.empty() && (FoldCase(table.id) == folded || FoldCase(table.name) == folded);
}

std::optional<std::vector<std::string>> BindFiles(const Schema& schema,
                                                  const std::vector<DataArgument>& data,
                                                  DiagnosticSink& sink) {
  Binder binder(schema, sink);
  // Named files first, so that two candidates in a folder are no trouble for a table that has one.
  for (const DataArgument& argument : data) {
    if (!argument.table.empty()) binder.Take(argument);
  }
  for (const DataArgument& argument : data) {
    if (argument.table.empty()) binder.Take(argument);
  }
  return binder.Finish();
}

}  // namespace steelyard
