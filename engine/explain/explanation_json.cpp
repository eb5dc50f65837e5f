// Numbers have the 12 digits of results, which doubles hold; where that is not the whole number,
// the fraction stands beside it.
#include "engine/explain/explanation_json.h"

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>

namespace steelyard {
namespace {

using Json = nlohmann::ordered_json;

void PutNumber(Json& object, const std::string& name, const Number& number,
               std::optional<int> decimals = std::nullopt) {
  const std::string digits = decimals ? FormatPlaces(number, *decimals) : FormatSignificant(number);
  const auto read = Number::FromDecimal(digits);
  if (read && read->IsWhole() && read->ToInt64()) {
    object[name] = *read->ToInt64();
  } else {
    object[name] = std::strtod(digits.c_str(), nullptr);
  }
  if (!read || *read != number) object[name + "_exact"] = number.ToFraction();
}

// In the unit that results show.
void Put(Json& object, const std::string& name, const Value& value,
         const Type& type = Type::Plain(), std::optional<int> decimals = std::nullopt) {
  if (value.missing()) {
    object[name] = nullptr;
  } else if (value.is_number()) {
    PutNumber(object, name, value.number() / type.unit.Scale(), decimals);
  } else if (value.is_bool()) {
    object[name] = value.truth();
  } else if (value.is_text()) {
    object[name] = value.text();
  } else if (value.is_date()) {
    object[name] = value.date().ToString();
  } else if (value.is_datetime()) {
    object[name] = value.datetime().ToString();
  } else {
    object[name] = value.period().ToString();
  }
}

void PutText(Json& object, const char* name, const std::string& text) {
  if (!text.empty()) object[name] = text;
}

const char* WordOf(NotCounted counted) {
  constexpr const char* kWords[] = {"counts",       "no_weight",      "trial",  "retired",
                                    "not_in_force", "does_not_apply", "missing"};
  return kWords[static_cast<size_t>(counted)];
}

Json WeightsOf(const IndicatorPart& part) {
  constexpr const char* kWords[] = {"base", "profile", "adjustment", "shared_out"};
  Json weights = Json::array();
  for (const WeightStep& step : part.weights) {
    Json entry;
    entry["step"] = kWords[step.kind];
    PutText(entry, "name", step.name);
    PutText(entry, "why", step.why);
    PutText(entry, "approved_by", step.approved_by);
    PutNumber(entry, "weight", step.after);
    weights.push_back(std::move(entry));
  }
  return weights;
}

Json IndicatorOf(const IndicatorPart& part, const Model& model) {
  const IndicatorModel& indicator = model.indicators[part.index];
  Json entry;
  entry["id"] = part.id;
  PutText(entry, "name", indicator.name);
  Put(entry, "value", part.value, indicator.shown, indicator.decimals);
  PutText(entry, "unit", indicator.shown.unit.ToString());
  PutText(entry, "cause", part.cause);
  if (part.carried) entry["carried"] = true;
  entry["counted"] = WordOf(part.counted);
  if (indicator.has_points) {
    Put(entry, "points_of_value", part.raw);
    PutText(entry, "segment", part.segment);
    PutText(entry, "missing_policy", part.missing_policy);
    Put(entry, "points", part.capped);
    if (part.capped != part.points) Put(entry, "points_before_interlocks", part.points);
  }
  if (!part.weights.empty()) {
    entry["weights"] = WeightsOf(part);
    PutNumber(entry, "share", part.share);
    PutNumber(entry, "contribution", part.contribution);
  }
  if (part.target) {
    Put(entry, "target_met", part.target_met);
    entry["target_figure"] = *part.target;
  }
  if (part.when) entry["when_figure"] = *part.when;
  entry["figure"] = part.figure;
  return entry;
}

Json StepOf(const StepPart& step) {
  constexpr const char* kWords[] = {"addition",  "limit", "added", "cap_points",
                                    "cap_score", "round", "veto",  "round"};
  Json entry;
  entry["step"] = kWords[static_cast<size_t>(step.kind)];
  PutText(entry, "id", step.id);
  PutText(entry, "effect", step.effect);
  if (!step.amount.missing()) Put(entry, "amount", step.amount);
  Put(entry, "before", step.before);
  Put(entry, "after", step.after);
  return entry;
}

Json GradeOf(const GradePart& grade) {
  Json entry;
  PutText(entry, "earned", grade.earned);
  if (grade.lowest) PutNumber(entry, "begins_at", *grade.lowest);
  PutText(entry, "forced", grade.forced);
  if (!grade.rank.missing()) Put(entry, "place", grade.rank);
  if (!grade.peers.missing()) Put(entry, "peers", grade.peers);
  if (grade.down.is_number() && !grade.down.number().IsZero()) Put(entry, "down", grade.down);
  PutText(entry, "worst", grade.worst);
  if (grade.disqualified) entry["disqualified"] = true;
  entry["final"] = grade.final_grade;
  return entry;
}

Json GatesOf(const std::vector<GatePart>& gates) {
  Json list = Json::array();
  for (const GatePart& gate : gates) {
    Json entry;
    entry["id"] = gate.id;
    if (gate.name != gate.id) entry["name"] = gate.name;
    PutText(entry, "effects", gate.effects);
    entry["fires"] = gate.holds;
    entry["known"] = !gate.unknown;
    if (gate.grade_without) entry["grade_without"] = *gate.grade_without;
    entry["figure"] = gate.figure;
    list.push_back(std::move(entry));
  }
  return list;
}

Json ReasonsJson(const std::vector<Reason>& reasons) {
  constexpr const char* kWords[] = {"indicator", "addition", "interlock", "veto", "rounding"};
  Json list = Json::array();
  for (const Reason& reason : reasons) {
    Json entry;
    entry["kind"] = kWords[reason.kind];
    PutText(entry, "id", reason.id);
    PutNumber(entry, "lost", reason.lost);
    list.push_back(std::move(entry));
  }
  return list;
}

Json OutlookOf(const Outlook& outlook, const Type& type) {
  Json entry;
  if (!outlook.value.missing()) Put(entry, "value", outlook.value, type);
  Put(entry, "points", outlook.points);
  Put(entry, "score", outlook.score);
  entry["grade"] = outlook.grade;
  return entry;
}

Json ReachOf(const Reach& reach, const Model& model) {
  constexpr const char* kWords[] = {"reached", "cannot", "not_counted", "not_followed"};
  constexpr const char* kBounds[] = {"at_most", "is", "at_least"};
  constexpr const char* kOpen[] = {"less_than", "is", "more_than"};
  const IndicatorModel& indicator = model.indicators[reach.indicator];
  Json entry;
  entry["id"] = indicator.id;
  entry["status"] = kWords[static_cast<size_t>(reach.status)];
  if (reach.status == ReachStatus::kReached) {
    entry["bound"] = (reach.beyond ? kOpen : kBounds)[reach.direction + 1];
    entry.update(OutlookOf(reach.to, indicator.shown));
    if (reach.whole) Put(entry, "whole", *reach.whole, indicator.shown);
    if (reach.about) entry["about"] = true;
  }
  if (reach.best) entry["best"] = OutlookOf(*reach.best, indicator.shown);
  if (reach.full) entry["with_full_points"] = OutlookOf(*reach.full, indicator.shown);
  for (const size_t veto : reach.vetoes) entry["vetoes"].push_back(model.vetoes[veto].id);
  return entry;
}

Json RowsOf(const Fold& fold, const Type& type) {
  Json entry;
  PutText(entry, "table", fold.table);
  entry["belonging"] = fold.belonging;
  entry["used"] = fold.used.size();
  entry["without_value"] = fold.missing;
  Json list = Json::array();
  for (const UsedRow& row : fold.used) {
    Json used;
    PutText(used, "key", row.key);
    PutText(used, "period", row.period);
    if (!row.file.empty()) {
      used["file"] = row.file;
      used["line"] = row.line;
    }
    if (!fold.counted) Put(used, "value", row.value, type);
    list.push_back(std::move(used));
  }
  entry["rows"] = std::move(list);
  return entry;
}

Json FigureOf(const Figure& figure) {
  constexpr const char* kWords[] = {"formula", "indicator", "value", "parameter", "computed_column",
                                    "column",  "aggregate", "among", "time"};
  Json entry;
  entry["kind"] = kWords[static_cast<size_t>(figure.kind)];
  PutText(entry, "id", figure.id);
  if (figure.name != figure.id) PutText(entry, "name", figure.name);
  PutText(entry, "formula", figure.words);
  PutText(entry, "numbers", figure.numbers);
  if (figure.each.empty()) {
    Put(entry, "value", figure.value, figure.type);
    PutText(entry, "unit", figure.type.unit.ToString());
    PutText(entry, "shown", figure.shown);
    PutText(entry, "cause", figure.cause);
  }
  PutText(entry, "for_each", figure.each);
  PutText(entry, "since", figure.since);
  if (!figure.file.empty()) {
    entry["file"] = figure.file;
    entry["line"] = figure.line;
  }
  if (!figure.uses.empty()) entry["uses"] = figure.uses;
  if (figure.fold) entry["from"] = RowsOf(*figure.fold, figure.fold->type);
  return entry;
}

Json OutcomesOf(const Explanation& told, const Model& model) {
  Json list = Json::array();
  for (size_t i = 0; i < told.outcomes.size(); ++i) {
    const OutcomePart& part = told.outcomes[i];
    Type type = model.term(model.outcomes[i].term).type;
    if (model.outcomes[i].shown) type.unit = *model.outcomes[i].shown;
    Json entry;
    entry["id"] = part.id;
    if (part.name != part.id) entry["name"] = part.name;
    Put(entry, "value", part.value, type, model.outcomes[i].decimals);
    PutText(entry, "unit", type.unit.ToString());
    PutText(entry, "cause", part.cause);
    if (part.figure) entry["figure"] = *part.figure;
    list.push_back(std::move(entry));
  }
  return list;
}

Json TopOf(const Explanation& told, const Model& model) {
  Json top;
  top["scorecard"] = model.scorecard;
  PutText(top, "title", model.title);
  for (const auto& [heading, value] : told.keys) top["subject"][heading] = value;
  PutText(top, "period", told.period);
  if (!told.other_periods.empty()) top["other_periods"] = told.other_periods;
  PutText(top, "as_of", told.as_of);
  if (!told.file.empty()) {
    top["file"] = told.file;
    top["line"] = told.line;
  }
  Put(top, "score", told.score);
  top["grade"] = nullptr;
  PutText(top, "grade", told.grade.final_grade);
  return top;
}

}  // namespace

std::string ExplanationJson(const Explanation& told, const Model& model) {
  Json json = TopOf(told, model);
  json["indicators"] = Json::array();
  for (const IndicatorPart& part : told.indicators) {
    json["indicators"].push_back(IndicatorOf(part, model));
  }
  Put(json, "weighted", told.weighted);
  json["steps"] = Json::array();
  for (const StepPart& step : told.steps) json["steps"].push_back(StepOf(step));
  json["grade_from"] = GradeOf(told.grade);
  json["reasons"] = ReasonsJson(told.reasons);
  if (!told.grade.next.empty()) {
    Json& change = json["next_grade"];
    change["grade"] = told.grade.next;
    if (told.grade.next_lowest) PutNumber(change, "begins_at", *told.grade.next_lowest);
    change["peers_decide"] = told.peers_decide;
    change["by"] = Json::array();
    for (const Reach& reach : told.reaches) change["by"].push_back(ReachOf(reach, model));
  }
  json["vetoes"] = GatesOf(told.vetoes);
  json["interlocks"] = GatesOf(told.interlocks);
  json["additions"] = GatesOf(told.additions);
  json["alerts"] = GatesOf(told.alerts);
  json["entitlements"] = GatesOf(told.entitlements);
  json["review"] = told.review;
  json["outcomes"] = OutcomesOf(told, model);
  json["figures"] = Json::array();
  for (const Figure& figure : told.derivation.all()) json["figures"].push_back(FigureOf(figure));
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace steelyard
