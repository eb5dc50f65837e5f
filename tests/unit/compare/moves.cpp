#include "tests/unit/compare/moves.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "engine/compare/movers_report.h"
#include "engine/diag/render.h"

namespace steelyard {
namespace {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "steelyard-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

std::string SideText(const RowSide& side) {
  if (!side.scored()) return std::string(ToWord(side.presence));
  return (side.score.empty() ? "~" : side.score) + (side.grade.empty() ? "" : " " + side.grade);
}

std::string CellsText(const std::vector<MovedCell>& cells) {
  std::string text;
  for (const MovedCell& cell : cells) {
    text += fmt::format(" {}={}>{}", cell.heading, cell.before, cell.after);
  }
  return text;
}

}  // namespace

MovesFound CompareTexts(const MovesText& text) {
  const TemporaryFolder folder;
  for (const auto& [table, csv] : text.data) folder.Write(table + ".csv", csv);
  SourceSet sources([&](const std::string& path) -> LoadedText {
    const auto file = text.files.find(path);
    if (file == text.files.end()) return {"", LoadFailure::kNotFound};
    return {file->second, std::nullopt};
  });
  CompareDataOptions options;
  options.data = {folder.path()};
  options.period = text.period;
  const auto comparison =
      CompareOnData({"old.yaml", "", sources}, {"new.yaml", "", sources}, text.changes, options);
  MovesFound found;
  found.changes = text.changes;
  found.old_errors = RenderAll(comparison->section.old_errors, comparison->session.sources, {});
  found.new_errors = RenderAll(comparison->section.new_errors, comparison->session.sources, {});
  found.movers = comparison->section.movers;
  return found;
}

Change ChangeAt(Section section, const std::string& id, const std::string& field, ChangeKind kind) {
  Change change;
  change.kind = kind;
  change.old_path = {section, id, "", field};
  change.new_path = change.old_path;
  const std::string headline = std::string(ToWord(section)) + "." + id + "." + field;
  change.headline[0] = headline;
  change.headline[1] = headline;
  return change;
}

std::string MoversAsText(const Movers& movers) {
  std::string text;
  for (const Mover& mover : movers.movers) {
    text += fmt::format("{} {}: {} > {}", fmt::join(mover.key.key, "/"), mover.key.period,
                        SideText(mover.before), SideText(mover.after));
    text += CellsText(mover.cells) + "\n";
    for (const RowPart& part : mover.parts) {
      text += fmt::format("  #{} {} > {}{}\n", part.step + 1, SideText(part.before),
                          SideText(part.after), CellsText(part.cells));
    }
  }
  return text;
}

}  // namespace steelyard
