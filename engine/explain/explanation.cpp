#include "engine/explain/explanation.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/check/figures.h"
#include "engine/check/range.h"
#include "engine/column/cell.h"
#include "engine/explain/reasons.h"
#include "engine/explain/segment.h"
#include "engine/explain/words.h"
#include "engine/report/causes.h"

namespace steelyard {
namespace {

class Maker {
 public:
  Maker(const Scene& scene, size_t row, Language language)
      : scene_(scene),
        model_(scene.model),
        trace_(scene.program.trace),
        here_{scene.program.subject, row},
        language_(language),
        what_if_(scene.program, scene.tables, scene.frame, scene.evaluation),
        made_(Derivation(scene, language)) {}

  Explanation Make() {
    MakeSubject();
    for (const IndicatorOutput& output : scene_.program.indicators) MakeIndicator(output);
    made_.weighted = At(trace_.weighted);
    MakeSteps();
    made_.score = At(scene_.program.score);
    made_.score_shown = ShownValue(made_.score, Type::Plain(), language_);
    made_.additions = MakeGates(model_.additions, trace_.additions);
    made_.interlocks = MakeGates(model_.interlocks, trace_.interlocks);
    made_.vetoes = MakeGates(model_.vetoes, trace_.vetoes);
    made_.alerts = MakeGates(model_.alerts, trace_.alerts);
    MakeOwnAlerts();
    made_.entitlements = MakeGates(model_.entitlements, trace_.entitlements);
    for (const FlagOutput& review : scene_.program.review) {
      if (At(review.holds).holds()) made_.review.push_back(review.id);
    }
    MakeGrade();
    TryWithoutVetoes();
    made_.reasons = ReasonsOf(made_);
    MakeReaches();
    MakeOutcomes();
    return std::move(made_);
  }

 private:
  Value At(NodeId node) const {
    return ValueAt(scene_, node, here_).value_or(Value(MissingCause::kNoRows));
  }
  Number NumberAt(NodeId node) const {
    const Value value = At(node);
    return value.is_number() ? value.number() : Number();
  }
  std::string Cause(const Value& value) const {
    if (!value.missing()) return "";
    return CauseText(value.why(), scene_.program, scene_.tables, scene_.sources, language_);
  }

  // --- who
  // ----------------------------------------------------------------------------------------

  void MakeSubject() {
    const Grain subject = scene_.program.subject;
    const size_t periods = scene_.frame.periods.size();
    const size_t base = subject.periodic ? here_.row / periods : here_.row;
    const TableSchema& schema = model_.schema.table(subject.table);
    const Table& table = scene_.tables.at(subject.table);
    for (const int32_t key : schema.key) {
      const ColumnSchema& column = schema.columns[static_cast<size_t>(key)];
      const Value value = CellAt(table.columns[static_cast<size_t>(key)], base);
      made_.keys.emplace_back(column.id, ShownValue(value, column.type, Language::kEnglish));
    }
    if (schema.key.empty()) made_.keys.emplace_back("row", std::to_string(base + 1));
    if (base < table.source_line.size() && !table.files.empty()) {
      made_.file = table.files[table.source_file.empty() ? 0 : table.source_file[base]];
      made_.line = table.source_line[base];
    }
    const auto period = RowOf(scene_, here_, Grain{TableId::None(), true});
    if (model_.schema.period && period) {
      made_.period = scene_.frame.periods[*period].ToString();
      made_.as_of = scene_.frame.as_of[*period].ToString();
    } else if (!scene_.frame.as_of.empty()) {
      made_.as_of = scene_.frame.as_of[0].ToString();
    }
    as_of_ = Date::Parse(made_.as_of);
  }

  // --- indicators
  // ---------------------------------------------------------------------------------

  void MakeIndicator(const IndicatorOutput& output) {
    const auto found =
        std::find_if(model_.indicators.begin(), model_.indicators.end(),
                     [&](const IndicatorModel& indicator) { return indicator.id == output.id; });
    const auto index = static_cast<size_t>(found - model_.indicators.begin());
    const IndicatorModel& indicator = *found;
    const IndicatorTrace& trace = trace_.indicators[index];
    IndicatorPart part;
    part.index = index;
    part.id = indicator.id;
    part.name = LabelOf(indicator.name, indicator.id);
    part.figure = made_.derivation.AddDefinition(indicator.definition, here_);
    part.value = At(output.value);
    part.value_shown = ShownValue(part.value, indicator.shown, language_, indicator.decimals);
    part.cause = Cause(part.value);
    part.carried = !part.value.missing() && At(trace.value).missing();
    part.raw = At(trace.raw);
    part.points = At(trace.points);
    part.capped = At(trace.capped);
    if (indicator.has_points && !part.carried) {
      part.segment = SegmentWords(scene_, indicator, here_, language_);
    }
    if (indicator.missing != MissingPolicy::kRedistribute && part.raw.missing() &&
        !part.points.missing()) {
      part.missing_policy = PolicyWords(indicator);
    }
    MakeCounted(indicator, trace, part);
    if (indicator.scored) part.weights = WeightsOf(trace);
    part.share = NumberAt(trace.share);
    if (part.points.is_number()) part.contribution = part.share * part.points.number();
    if (indicator.target.valid()) {
      part.target = made_.derivation.Add(indicator.target, here_);
      part.target_met = ValueAt(scene_, indicator.target, here_).value_or(Value());
    }
    made_.indicators.push_back(std::move(part));
  }

  std::string PolicyWords(const IndicatorModel& indicator) const {
    switch (indicator.missing) {
      case MissingPolicy::kZero: return "zero";
      case MissingPolicy::kCarry: return "carry";
      case MissingPolicy::kPoints:
        return "points " + FormulaWords(model_, indicator.missing_points, Language::kEnglish);
      default: return "";
    }
  }

  void MakeCounted(const IndicatorModel& indicator, const IndicatorTrace& trace,
                   IndicatorPart& part) {
    part.counted = NotCounted::kCounts;
    if (indicator.status == Status::kTrial) {
      part.counted = NotCounted::kTrial;
    } else if (!indicator.scored) {
      part.counted = NotCounted::kNoWeight;
    } else if (!At(trace.applies).holds()) {
      part.counted = WhyNotApplied(indicator);
      if (part.counted == NotCounted::kWhen)
        part.when = made_.derivation.Add(indicator.when, here_);
    } else if (part.points.missing()) {
      part.counted = NotCounted::kMissing;
    }
  }

  NotCounted WhyNotApplied(const IndicatorModel& indicator) const {
    if (indicator.status == Status::kRetired && !indicator.until) return NotCounted::kRetired;
    const bool early = as_of_ && indicator.from && *as_of_ < *indicator.from;
    const bool late = as_of_ && indicator.until && *as_of_ > *indicator.until;
    return early || late ? NotCounted::kNotInForce : NotCounted::kWhen;
  }

  std::vector<WeightStep> WeightsOf(const IndicatorTrace& trace) const {
    std::vector<WeightStep> steps;
    const Number base = NumberAt(trace.base);
    steps.push_back({WeightStep::kBase, "", "", "", Number(), base});
    Number weight = NumberAt(trace.profile);
    for (size_t i = 0; i < model_.profiles.size(); ++i) {
      if (!At(trace_.profiles[i]).holds()) continue;
      const ProfileDecl& decl = model_.file->weights.profiles[i];
      steps.push_back({WeightStep::kProfile, decl.name.text, decl.why.text, "", base, weight});
      break;
    }
    for (size_t i = 0; i < trace.adjusted.size(); ++i) {
      const Number after = NumberAt(trace.adjusted[i]);
      if (after != weight) {
        const AdjustmentDecl& decl = model_.file->weights.adjustments[i];
        steps.push_back({WeightStep::kAdjustment, decl.name.text, decl.why.text,
                         decl.approved_by.text, weight, after});
      }
      weight = after;
    }
    const Number share = NumberAt(trace.share);
    if (share != weight && !share.IsZero()) {
      steps.push_back({WeightStep::kShared, "", "", "", weight, share});
    }
    return steps;
  }

  // --- steps
  // --------------------------------------------------------------------------------------

  std::string EffectWords(const EffectModel& effect) const {
    std::string words(ToWord(effect.verb));
    if (effect.indicator >= 0) {
      const IndicatorModel& capped = model_.indicators[static_cast<size_t>(effect.indicator)];
      words += " " + LabelOf(capped.name, capped.id);
    }
    if (effect.grade >= 0) words += " " + model_.grades[static_cast<size_t>(effect.grade)].id;
    if (effect.amount.valid()) words += " " + FormulaWords(model_, effect.amount, language_);
    return words;
  }

  const std::vector<GateModel>& GatesOf(StepKind kind) const {
    if (kind == StepKind::kAddition) return model_.additions;
    return kind == StepKind::kVeto ? model_.vetoes : model_.interlocks;
  }

  void MakeSteps() {
    Value score = made_.weighted;
    Value sum = Number();
    for (const ScoreStep& step : trace_.steps) {
      StepPart part;
      part.kind = step.kind;
      part.after = At(step.after);
      if (step.amount.valid()) part.amount = At(step.amount);
      const bool of_sum = step.kind == StepKind::kAddition || step.kind == StepKind::kLimit;
      Value& running = of_sum ? sum : score;
      part.before = running;
      running = part.after;
      const bool fires = !step.holds.valid() || At(step.holds).holds();
      const bool always = step.kind == StepKind::kAddition || step.kind == StepKind::kCapScore ||
                          step.kind == StepKind::kVeto;
      if (!fires || (!always && part.before == part.after)) continue;
      if (step.gate >= 0) {
        const GateModel& gate = GatesOf(step.kind)[static_cast<size_t>(step.gate)];
        part.id = gate.id;
        part.what = LabelOf(gate.name, gate.id);
        part.effect = EffectWords(gate.effects[static_cast<size_t>(step.effect)]);
      } else if (step.indicator >= 0) {
        NameCap(static_cast<size_t>(step.indicator), part);
      }
      made_.steps.push_back(std::move(part));
    }
  }

  // The interlocks that cap an indicator's points.
  void NameCap(size_t indicator, StepPart& part) const {
    for (size_t i = 0; i < model_.interlocks.size(); ++i) {
      if (!At(trace_.interlocks[i]).holds()) continue;
      const GateModel& gate = model_.interlocks[i];
      for (const EffectModel& effect : gate.effects) {
        if (effect.indicator != static_cast<int32_t>(indicator)) continue;
        part.id += (part.id.empty() ? "" : ";") + gate.id;
        part.what += (part.what.empty() ? "" : ", ") + LabelOf(gate.name, gate.id);
        part.effect += (part.effect.empty() ? "" : ", ") + EffectWords(effect);
      }
    }
  }

  std::vector<GatePart> MakeGates(const std::vector<GateModel>& gates,
                                  const std::vector<NodeId>& holds) {
    std::vector<GatePart> parts;
    for (size_t i = 0; i < gates.size(); ++i) {
      GatePart part;
      part.id = gates[i].id;
      part.name = LabelOf(gates[i].name, gates[i].id);
      for (const EffectModel& effect : gates[i].effects) {
        part.effects += (part.effects.empty() ? "" : ", ") + EffectWords(effect);
      }
      part.condition = ValueAt(scene_, gates[i].condition, here_).value_or(Value());
      part.holds = At(holds[i]).holds();
      part.unknown = part.condition.missing();
      part.figure = made_.derivation.Add(gates[i].condition, here_);
      parts.push_back(std::move(part));
    }
    return parts;
  }

  // Those that indicators raise: too good, or carried on.
  void MakeOwnAlerts() {
    for (size_t i = model_.alerts.size(); i < scene_.program.alerts.size(); ++i) {
      const FlagOutput& flag = scene_.program.alerts[i];
      GatePart part;
      part.id = flag.id;
      part.name = flag.id;
      part.condition = At(flag.holds);
      part.holds = part.condition.holds();
      part.unknown = part.condition.missing();
      const std::string indicator = flag.id.substr(0, flag.id.rfind('.'));
      for (const IndicatorPart& told : made_.indicators) {
        if (told.id != indicator) continue;
        const TermId audit = model_.indicators[told.index].audit;
        const bool audits = flag.id.ends_with(".audit") && audit.valid();
        part.figure = audits ? made_.derivation.Add(audit, here_) : told.figure;
      }
      made_.alerts.push_back(std::move(part));
    }
  }

  // --- grade
  // --------------------------------------------------------------------------------------

  std::optional<size_t> GradeIndex(const std::string& grade) const {
    for (size_t i = 0; i < model_.grades.size(); ++i) {
      if (model_.grades[i].id == grade) return i;
    }
    return std::nullopt;
  }

  std::string GradeAt(NodeId node) const {
    const Value index = At(node);
    const auto whole = index.is_number() ? index.number().ToInt64() : std::nullopt;
    return whole ? model_.grades[static_cast<size_t>(*whole)].id : "";
  }

  void MakeGrade() {
    GradePart& grade = made_.grade;
    const Value final_grade = At(scene_.program.grade);
    if (final_grade.is_text()) grade.final_grade = final_grade.text();
    if (model_.grades.empty()) return;
    if (!made_.score.missing()) {
      grade.earned = GradeAt(trace_.earned);
      const auto index = GradeIndex(grade.earned);
      if (index) grade.lowest = model_.grades[*index].lowest;
      if (model_.distribution) grade.forced = GradeAt(trace_.forced);
    }
    if (model_.distribution) {
      made_.peers_decide = true;
      grade.rank = At(trace_.rank);
      grade.peers = At(trace_.peers);
    }
    grade.down = At(trace_.down);
    if (NumberAt(trace_.worst).Sign() > 0) grade.worst = GradeAt(trace_.worst);
    grade.disqualified = grade.final_grade == "disqualified";
    const size_t now = GradeIndex(grade.final_grade).value_or(model_.grades.size());
    if (now == 0) return;
    grade.next = model_.grades[now - 1].id;
    grade.next_lowest = model_.grades[now - 1].lowest;
  }

  void TryWithoutVetoes() {
    for (size_t i = 0; i < made_.vetoes.size(); ++i) {
      if (!made_.vetoes[i].holds) continue;
      what_if_.Set(trace_.vetoes[i], here_.row, Value(false));
      const Value& grade = what_if_.at(scene_.program.grade, here_.row);
      if (grade.is_text()) made_.vetoes[i].grade_without = grade.text();
    }
    what_if_.Reset();
  }

  void MakeReaches() {
    if (made_.grade.next.empty()) return;
    const size_t now = GradeIndex(made_.grade.final_grade).value_or(model_.grades.size());
    ReachRequest request;
    request.row = here_.row;
    request.grade = made_.grade.final_grade;
    for (size_t i = 0; i < model_.grades.size(); ++i) request.reached.push_back(i < now);
    Figures figures(model_);
    Ranges ranges(model_, figures);
    for (const IndicatorPart& part : made_.indicators) {
      const IndicatorModel& indicator = model_.indicators[part.index];
      if (!indicator.scored) continue;
      made_.reaches.push_back(
          FindReach(scene_, what_if_, part.index, request, ranges.Of(indicator.value)));
    }
  }

  void MakeOutcomes() {
    for (size_t i = 0; i < model_.outcomes.size(); ++i) {
      const OutcomeModel& outcome = model_.outcomes[i];
      const OutcomeOutput& output = scene_.program.outcomes[i];
      OutcomePart part;
      part.id = outcome.id;
      part.name = LabelOf(outcome.name, outcome.id);
      part.value = At(output.value);
      part.shown = ShownValue(part.value, output.shown, language_, output.decimals);
      part.cause = Cause(part.value);
      part.figure = made_.derivation.Add(outcome.term, here_);
      made_.outcomes.push_back(std::move(part));
    }
  }

  const Scene& scene_;
  const Model& model_;
  const Trace& trace_;
  Here here_;
  Language language_;
  WhatIf what_if_;
  Explanation made_;
  std::optional<Date> as_of_;
};

}  // namespace

Explanation ExplainRow(const Scene& scene, size_t row, Language language) {
  return Maker(scene, row, language).Make();
}

}  // namespace steelyard
