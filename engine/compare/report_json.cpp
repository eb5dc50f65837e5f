// Comparisons for machines: docs/diff.md says what each key holds.
#include <nlohmann/json.hpp>

#include "engine/compare/report.h"

namespace steelyard {
namespace {

using Json = nlohmann::ordered_json;

Json TextJson(const MarkedText& marked) {
  if (marked.empty()) return nullptr;
  Json changed = Json::array();
  for (const auto& [begin, end] : marked.marks) changed.push_back({begin, end});
  return {{"text", marked.text}, {"changed", std::move(changed)}};
}

Json PlaceJson(const ChangePlace& place) {
  if (!place.present()) return nullptr;
  return {{"file", place.file}, {"line", place.line}, {"column", place.column}};
}

Json PathJson(const ChangePath& path) {
  return {{"section", ToWord(path.section)},
          {"id", path.id},
          {"part", path.part},
          {"field", path.field}};
}

Json WordsJson(const std::string (&words)[2]) { return {{"en", words[0]}, {"zh", words[1]}}; }

Json ChangeJson(const Change& change) {
  Json dependents = Json::array();
  for (const Dependent& dependent : change.dependents) {
    dependents.push_back(
        {{"section", ToWord(dependent.section)}, {"id", dependent.id}, {"name", dependent.name}});
  }
  Json json;
  json["kind"] = ToWord(change.kind);
  json["effect"] = ToWord(change.effect);
  json["unused"] = change.unused;
  json["path"] = change.new_path.ToText();
  json["old_path"] = PathJson(change.old_path);
  json["new_path"] = PathJson(change.new_path);
  json["what"] = WordsJson(change.what);
  json["headline"] = WordsJson(change.headline);
  json["note"] = WordsJson(change.note);
  json["old"] = TextJson(change.old_text);
  json["new"] = TextJson(change.new_text);
  json["old_place"] = PlaceJson(change.old_place);
  json["new_place"] = PlaceJson(change.new_place);
  json["dependents"] = std::move(dependents);
  return json;
}

Json FileJson(const ComparedFile& file) {
  const auto path = [](const std::string& text) { return text.empty() ? Json() : Json(text); };
  Json changes = Json::array();
  for (const Change& change : file.changes) changes.push_back(ChangeJson(change));
  Json json;
  json["old"] = path(file.old_path);
  json["new"] = path(file.new_path);
  json["kind"] = ToWord(file.kind);
  json["status"] = ToWord(file.status);
  json["title"] = file.title;
  json["old_errors"] = file.errors[0];
  json["new_errors"] = file.errors[1];
  json["told_elsewhere"] = file.told_elsewhere;
  json["changes"] = std::move(changes);
  if (file.data) json["data"] = DataJson(*file.data, file.changes);
  return json;
}

}  // namespace

std::string JsonOf(const Comparison& comparison) {
  size_t counts[3] = {0, 0, 0};
  Json files = Json::array();
  for (const ComparedFile& file : comparison.files) {
    for (const Change& change : file.changes) ++counts[static_cast<size_t>(change.effect)];
    files.push_back(FileJson(file));
  }
  Json json;
  json["format"] = "steelyard-diff-1";
  json["differs"] = comparison.HasDifferences();
  json["changes"] = {{"results", counts[0]}, {"layout", counts[1]}, {"none", counts[2]}};
  json["files"] = std::move(files);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace steelyard
