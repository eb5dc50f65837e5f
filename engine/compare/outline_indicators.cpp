// Indicators and how their values become points.
#include <fmt/format.h>

#include <utility>

#include "engine/compare/outline_build.h"

namespace steelyard {
namespace {

constexpr std::string_view kForms[] = {"",      "linear", "bands",  "ratio",
                                       "tiers", "events", "rating", "formula"};

Item MakePart(Role role, std::string id, std::string part, Span span) {
  Item item;
  item.role = role;
  item.section = Section::kIndicators;
  item.id = std::move(id);
  item.part = std::move(part);
  item.span = span;
  return item;
}

void AddCurve(const ScoreDecl& score, Item& item) {
  for (size_t i = 0; i < score.linear.size(); ++i) {
    const CurvePoint& decl = score.linear[i];
    Item point = MakePart(Role::kPoint, {}, fmt::format("score.linear[{}]", i), decl.span);
    Add(point, "at", SayFormula(decl.at));
    Add(point, "points", SayFormula(decl.points));
    item.items.push_back(std::move(point));
  }
}

void AddBands(const ScoreDecl& score, Item& item) {
  for (size_t i = 0; i < score.bands.size(); ++i) {
    const Band& decl = score.bands[i];
    Item band = MakePart(Role::kBand, {}, fmt::format("score.bands[{}]", i), decl.span);
    if (decl.is_else) {
      Add(band, "condition", {{Plain("else")}, decl.span});
    } else {
      Add(band, "condition", SayFormula(decl.condition));
    }
    Add(band, "points", SayFormula(decl.points));
    item.items.push_back(std::move(band));
  }
}

void AddTiers(const ScoreDecl& score, Item& item) {
  for (const Tier& decl : score.tiers) {
    Item tier =
        MakePart(Role::kTier, decl.level.text, "score.tiers." + decl.level.text, decl.level.span);
    Add(tier, "points", SayFormula(decl.points));
    Add(tier, "at", SayFormula(decl.at));
    item.items.push_back(std::move(tier));
  }
}

void AddEvents(const ScoreDecl& score, const std::string& subject, Item& item) {
  for (const EventItem& decl : score.events) {
    Item event = MakePart(Role::kEvent, decl.column.text, "score.events." + decl.column.text,
                          decl.column.span);
    event.name = subject;  // the table that its column is one of
    Add(event, "points", SayFormula(decl.points));
    item.items.push_back(std::move(event));
  }
}

void AddScore(const RuleFile& file, const ScoreDecl& score, Item& item) {
  if (score.form == ScoreForm::kNone) return;
  Said form{{Plain(kForms[static_cast<size_t>(score.form)])}, score.span};
  Add(item, "score", std::move(form));
  AddCurve(score, item);
  AddBands(score, item);
  AddTiers(score, item);
  AddEvents(score, file.subject.text, item);
  Add(item, "score.target", SayFormula(score.target));
  Add(item, "score.scale", SayRange(score.scale));
  Add(item, "score.formula", SayFormula(score.formula));
  Add(item, "score.cap", SayFormula(score.cap));
  if (score.form == ScoreForm::kLinear) {
    const Span span = score.extend ? score.extend_span : Span{};
    Add(item, "score.beyond", SayChoice(score.extend ? "extend" : "clamp", span));
  }
}

// Without a formula it is the column of its name.
void AddFormula(const RuleFile& file, const IndicatorDecl& decl, Item& item) {
  Said said = SayFormula(decl.formula);
  if (said.empty() && decl.score.form != ScoreForm::kEvents) {
    said.pieces.push_back(Name(decl.id.text, NameOf::kColumn, file.subject.text));
    said.implied = true;
  }
  Add(item, "formula", std::move(said));
}

void AddMeasure(const RuleFile& file, const IndicatorDecl& decl, Item& item) {
  constexpr std::string_view kBetter[] = {"", "higher", "lower"};
  Add(item, "name", SayWord(decl.name), ChangeEffect::kNone);
  AddFormula(file, decl, item);
  Add(item, "display", SayWord(decl.display), ChangeEffect::kLayout);
  Add(item, "decimals", SayWord(decl.decimals), ChangeEffect::kLayout);
  if (decl.better != Better::kUnsaid) {
    Add(item, "better", SayChoice(kBetter[static_cast<size_t>(decl.better)], decl.better_span));
  }
  AddScore(file, decl.score, item);
  Add(item, "missing", SayMissing(decl.missing));
  Add(item, "weight_range", SayRange(decl.weight_range), ChangeEffect::kNone);
  if (decl.target.present()) {
    Add(item, "target", {{Tree(decl.target, Piece::Kind::kTarget)}, decl.target.span});
  } else {
    Add(item, "target", SayDated(decl.dated_targets, Piece::Kind::kTarget));
  }
  Add(item, "audit_range", SayRange(decl.audit_range));
}

void AddLife(const IndicatorDecl& decl, Item& item) {
  constexpr std::string_view kStatus[] = {"active", "draft", "trial", "retired"};
  Add(item, "when", SayFormula(decl.when));
  const Span span = decl.status == Status::kActive ? Span{} : decl.status_span;
  Add(item, "status", SayChoice(kStatus[static_cast<size_t>(decl.status)], span));
  Add(item, "from", SayDate(decl.from, decl.from_span));
  Add(item, "until", SayDate(decl.until, decl.until_span));
  Add(item, "replaced_by", SayName(decl.replaced_by), ChangeEffect::kNone);
  Add(item, "why", SayWord(decl.why), ChangeEffect::kNone);
}

void AddRecord(const IndicatorDecl& decl, Item& item) {
  Add(item, "based_on", SayName(decl.based_on), ChangeEffect::kNone);
  Add(item, "definition", SayWord(decl.definition), ChangeEffect::kNone);
  Add(item, "unit", SayWord(decl.unit), ChangeEffect::kNone);
  Add(item, "period", SayWord(decl.period), ChangeEffect::kNone);
  Add(item, "owner", SayWord(decl.owner), ChangeEffect::kNone);
  Add(item, "strategy", SayWord(decl.strategy), ChangeEffect::kNone);
  Add(item, "source.system", SayWord(decl.source_system), ChangeEffect::kNone);
  Add(item, "source.kind", SayWord(decl.source_kind), ChangeEffect::kNone);
  Add(item, "level", SaySet(decl.level), ChangeEffect::kNone);
  const Span span = decl.flexible ? decl.flexible_span : Span{};
  Add(item, "flexible", SayChoice(decl.flexible ? "true" : "false", span), ChangeEffect::kNone);
}

}  // namespace

void OutlineIndicators(const RuleFile& file, Outline& outline) {
  for (const IndicatorDecl& decl : file.indicators) {
    Item item = MakePart(Role::kIndicator, decl.id.text, {}, decl.id.span);
    item.name = decl.name.text;
    AddMeasure(file, decl, item);
    AddLife(decl, item);
    AddRecord(decl, item);
    outline.items.push_back(std::move(item));
  }
}

}  // namespace steelyard
