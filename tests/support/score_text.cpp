#include "tests/support/score_text.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/diag/render.h"
#include "engine/steelyard.h"

namespace steelyard {
namespace {

// A folder that goes when the test is done with it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "steelyard-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string Write(const std::string& name, const std::string& text) const {
    const std::filesystem::path path = path_ / name;
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

std::vector<std::string> Split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::string part;
  std::istringstream stream(text);
  while (std::getline(stream, part, separator)) parts.push_back(part);
  if (!text.empty() && text.back() == separator) parts.emplace_back();
  return parts;
}

Session InMemory(const std::string& rules) {
  return Session([rules](const std::string& path) -> LoadedText {
    if (path != "rules.yaml") return {"", LoadFailure::kNotFound};
    return {rules, std::nullopt};
  });
}

}  // namespace

ScoredText ScoreText(const std::string& rules, const std::map<std::string, std::string>& data,
                     const ScoreTextOptions& options) {
  const TemporaryFolder folder;
  for (const auto& [table, csv] : data) folder.Write(table + ".csv", csv);
  Session session = InMemory(rules);
  ScoreOptions score;
  score.rules = "rules.yaml";
  score.data = {folder.path()};
  score.period = options.period;
  score.as_of = options.as_of;
  const auto outcome = Score(session, score);
  ScoredText result;
  result.diagnostics = RenderAll(session.sink, session.sources, {});
  if (!outcome) return result;
  result.csv = ToCsv(outcome->table);
  for (const RejectLine& reject : outcome->rejects) {
    result.rejects.push_back(std::filesystem::path(reject.file).filename().string() + ":" +
                             std::to_string(reject.line) + " " + reject.column + " " + reject.code);
  }
  for (const TableAccount& account : outcome->summary.accounts) {
    result.read += account.read;
    result.used += account.used;
    result.rejected += account.rejected;
  }
  return result;
}

std::string ColumnOf(const std::string& csv, const std::string& heading) {
  const std::vector<std::string> lines = Split(csv, '\n');
  if (lines.empty()) return "no results";
  const std::vector<std::string> headings = Split(lines[0], ',');
  size_t column = 0;
  while (column < headings.size() && headings[column] != heading) ++column;
  if (column == headings.size()) return "no column " + heading;
  std::string cells;
  for (size_t line = 1; line < lines.size(); ++line) {
    if (lines[line].empty()) continue;
    const std::string cell = Split(lines[line], ',')[column];
    cells += (cells.empty() ? "" : " ") + (cell.empty() ? std::string("~") : cell);
  }
  return cells;
}

std::string DumpText(const std::string& rules) {
  Session session = InMemory(rules);
  const CheckOutcome outcome = CheckRules(session, "rules.yaml", true);
  return outcome.passed ? outcome.dump : RenderAll(session.sink, session.sources, {});
}

}  // namespace steelyard
