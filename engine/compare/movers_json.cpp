// Whom a change moves, for machines.
#include <nlohmann/json.hpp>
#include <string_view>

#include "engine/compare/movers_report.h"
#include "engine/report/ids.h"

namespace steelyard {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kAllPlaces = 40;
constexpr size_t kDigitsOfDouble = 15;  // that come back as they were written

// A number with these digits; a text where a machine number would not hold them.
Json NumberJson(const std::string& text) {
  if (text.empty()) return nullptr;
  size_t digits = 0;
  for (const char c : text) digits += c >= '0' && c <= '9' ? 1 : 0;
  const auto number = Number::FromDecimal(text);
  if (!number || digits > kDigitsOfDouble) return text;
  if (const auto whole = number->ToInt64()) return *whole;
  return number->ToDouble();
}

Json NumberJson(const std::optional<Number>& number) {
  return number ? NumberJson(FormatPlaces(*number, kAllPlaces)) : Json(nullptr);
}

Json TextJson(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json SideJson(const RowSide& side) {
  Json json = {{"status", std::string(ToWord(side.presence))},
               {"grade", TextJson(side.grade)},
               {"score", NumberJson(side.score)}};
  if (!side.because.empty()) json["rejected_for"] = side.because;
  return json;
}

Json GradeJson(const RowSide& side) {
  return {{"status", std::string(ToWord(side.presence))}, {"grade", TextJson(side.grade)}};
}

Json KeyJson(const RowKey& key) {
  Json json = {{"key", key.key}};
  if (!key.period.empty()) json["period"] = key.period;
  return json;
}

Json CellJson(const MovedCell& cell) {
  Json json = {{"column", cell.heading}};
  if (!cell.name.empty()) json["name"] = cell.name;
  if (HoldsIds(cell.role)) {
    json["old"] = Json::array();
    json["new"] = Json::array();
    const Value before(cell.before);
    const Value after(cell.after);
    for (const std::string_view id : IdsOf(before)) json["old"].push_back(std::string(id));
    for (const std::string_view id : IdsOf(after)) json["new"].push_back(std::string(id));
    return json;
  }
  json["old"] = TextJson(cell.before);
  json["new"] = TextJson(cell.after);
  json["change"] = NumberJson(cell.change);
  if (!cell.unit.empty()) json["unit"] = cell.unit;
  return json;
}

Json CellsJson(const std::vector<MovedCell>& cells) {
  Json json = Json::array();
  for (const MovedCell& cell : cells) json.push_back(CellJson(cell));
  return json;
}

Json MoverJson(const Mover& mover) {
  Json json = KeyJson(mover.key);
  json["old"] = SideJson(mover.before);
  json["new"] = SideJson(mover.after);
  json["score_change"] = NumberJson(mover.score);
  json["cells"] = CellsJson(mover.cells);
  json["parts"] = Json::array();
  for (const RowPart& part : mover.parts) {
    json["parts"].push_back({{"cause", part.step + 1},
                             {"old", SideJson(part.before)},
                             {"new", SideJson(part.after)},
                             {"score_change", NumberJson(part.score)},
                             {"cells", CellsJson(part.cells)}});
  }
  return json;
}

Json PayJson(const PayEffect& pay) {
  Json json = {{"outcome", pay.heading}};
  if (!pay.name.empty()) json["name"] = pay.name;
  json["unit"] = pay.unit;
  json["old"] = NumberJson(pay.before);
  json["new"] = NumberJson(pay.after);
  json["change"] = NumberJson(std::optional(pay.change));
  json["winners"] = pay.winners;
  json["losers"] = pay.losers;
  json["largest"] = nullptr;
  if (pay.largest) {
    json["largest"] = KeyJson(*pay.largest);
    json["largest"]["change"] = NumberJson(std::optional(pay.largest_change));
  }
  json["by_cause"] = Json::array();
  for (const Number& part : pay.by_step)
    json["by_cause"].push_back(NumberJson(std::optional(part)));
  return json;
}

Json CauseJson(const Cause& cause, const std::vector<Change>& changes, bool attributed) {
  Json json = {{"attributed", attributed}, {"changes", Json::array()}, {"paths", Json::array()}};
  for (const size_t change : cause.changes) {
    json["changes"].push_back(change + 1);
    const Change& told = changes[change];
    const bool gone = told.kind == ChangeKind::kRemoved;
    json["paths"].push_back((gone ? told.old_path : told.new_path).ToText());
  }
  if (!cause.lower_card.empty()) json["results_of"] = cause.lower_card;
  json["rows"] = cause.rows;
  json["grades"] = cause.grades;
  json["higher"] = cause.up;
  json["lower"] = cause.down;
  return json;
}

Json CountsJson(const Movers& movers) {
  return {{"all", movers.rows},
          {"both", movers.both},
          {"only_old", movers.only_old},
          {"only_new", movers.only_new},
          {"neither", movers.neither},
          {"moved", movers.movers.size()},
          {"other_grade", movers.other_grade},
          {"other_score", movers.other_score},
          {"other_figures", movers.other_figures},
          {"cancelled", movers.cancelled},
          {"unread_old", movers.old_unread},
          {"unread_new", movers.new_unread}};
}

Json ErrorsJson(const DiagnosticSink& errors) {
  Json json = Json::array();
  for (const Diagnostic& error : errors.Sorted()) {
    if (error.severity != Severity::kError) continue;
    json.push_back({{"code", std::string(Info(error.kind).code)},
                    {"message", Message(error, Language::kEnglish)}});
  }
  return json;
}

void AddMovers(const Movers& movers, const std::vector<Change>& changes, Json& json) {
  json["followed"] = movers.followed;
  json["rows"] = CountsJson(movers);
  json["transitions"] = Json::array();
  for (const Transition& transition : movers.transitions) {
    json["transitions"].push_back({{"old", GradeJson(transition.before)},
                                   {"new", GradeJson(transition.after)},
                                   {"rows", transition.count}});
  }
  json["attributed"] = movers.attributed;
  json["causes"] = Json::array();
  for (size_t i = 0; i < movers.causes.size(); ++i) {
    const bool rest = !movers.attributed && i + 1 == movers.causes.size();
    json["causes"].push_back(CauseJson(movers.causes[i], changes, !rest));
  }
  json["pay"] = Json::array();
  for (const PayEffect& pay : movers.pay) json["pay"].push_back(PayJson(pay));
  json["columns_added"] = movers.added_columns;
  json["columns_removed"] = movers.removed_columns;
  json["columns_renamed"] = Json::array();
  for (const Rename& rename : movers.renames) {
    json["columns_renamed"].push_back({{"old", rename.before}, {"new", rename.after}});
  }
  json["movers"] = Json::array();
  for (const Mover& mover : movers.movers) json["movers"].push_back(MoverJson(mover));
}

}  // namespace

Json DataJson(const DataSection& data, const std::vector<Change>& changes) {
  Json json = {{"scored", data.movers.has_value()},
               {"old_errors", ErrorsJson(data.old_errors)},
               {"new_errors", ErrorsJson(data.new_errors)}};
  if (data.movers) AddMovers(*data.movers, changes, json);
  return json;
}

}  // namespace steelyard
