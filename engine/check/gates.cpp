// What happens to points and score afterwards: grades, additions, interlocks, vetoes, alerts,
// outcomes.
#include <algorithm>
#include <set>

#include "engine/base/text.h"
#include "engine/check/checking.h"

namespace steelyard {
namespace {

void CheckGrades(Checking& checking) {
  std::vector<std::pair<GradeModel, Span>> grades;
  std::set<std::string> ids;
  for (const GradeDecl& decl : checking.file.grades) {
    const auto lowest = RequirePoints(checking, decl.lowest);
    if (lowest) grades.push_back({{decl.id.text, *lowest}, decl.id.span});
  }
  for (size_t i = 1; i < grades.size(); ++i) {
    if (grades[i].first.lowest <= grades[i - 1].first.lowest) continue;
    checking.sink.Report(DiagKind::kGradeOrder, grades[i].second,
                         {grades[i].first.id, grades[i - 1].first.id});
  }
  std::stable_sort(grades.begin(), grades.end(),
                   [](const auto& a, const auto& b) { return a.first.lowest > b.first.lowest; });
  for (size_t i = 1; i < grades.size(); ++i) {
    if (grades[i].first.lowest != grades[i - 1].first.lowest) continue;
    checking.sink.Report(DiagKind::kGradesTwice, grades[i].second,
                         {grades[i - 1].first.id, grades[i].first.id});
  }
  const bool complete = grades.size() == checking.file.grades.size();
  if (!grades.empty() && complete && grades.back().first.lowest.Sign() > 0) {
    checking.sink
        .Report(DiagKind::kGradeGap, grades.back().second,
                {FormatSignificant(grades.back().first.lowest)})
        .Because(HelpKind::kAddLowestGrade);
  }
  for (auto& grade : grades) checking.model.grades.push_back(std::move(grade.first));
}

int32_t FindIndicator(Checking& checking, const Word& word) {
  const auto found = checking.indicators.find(NormalizeName(word.text));
  if (found != checking.indicators.end()) return found->second;
  ReportUnknownIndicator(checking, word.text, word.span);
  return -1;
}

// A veto never betters a result, and no effect is a number that nobody can have meant.
void CheckAmount(Checking& checking, const Effect& decl, TermId amount) {
  const auto value = ConstantValue(checking.model, amount);
  if (!value || !value->is_number()) return;
  const Number& number = value->number();
  const bool down = decl.verb == EffectVerb::kDowngrade;
  const bool whole = number == Floor(number);
  if (number.Sign() >= 0 && (!down || (whole && number.Sign() > 0))) return;
  checking.sink.Report(DiagKind::kNegativeEffect, decl.amount.span,
                       {std::string(ToWord(decl.verb)), down ? "1, 2, 3 …" : "≥ 0"});
}

EffectModel CheckEffect(Checking& checking, const Effect& decl) {
  EffectModel effect;
  effect.verb = decl.verb;
  if (decl.verb == EffectVerb::kGrade) effect.grade = FindGrade(checking, decl.target);
  if (decl.verb == EffectVerb::kCap && decl.target.present()) {
    effect.indicator = FindIndicator(checking, decl.target);
  }
  if (!decl.amount.present()) return effect;
  const TermId amount = SubjectTerm(checking, decl.amount, Stage::kAfterScore);
  if (HasError(checking, amount)) return effect;
  const Type& type = checking.model.term(amount).type;
  if (!type.IsNumber() || !type.unit.plain()) {
    checking.sink.Report(DiagKind::kExpectedType, decl.amount.span, {"`number`", Describe(type)});
    return effect;
  }
  CheckAmount(checking, decl, amount);
  effect.amount = amount;
  return effect;
}

GateModel CheckGate(Checking& checking, const GateDecl& decl, Stage stage) {
  GateModel gate;
  gate.id = NormalizeName(decl.id.text);
  gate.name = decl.name.text;
  gate.unknown = decl.unknown;
  gate.level = decl.level.text;
  gate.span = decl.id.span;
  gate.condition = SubjectCondition(checking, decl.condition, stage);
  for (const Effect& effect : decl.effects) {
    gate.effects.push_back(CheckEffect(checking, effect));
  }
  return gate;
}

void CheckGateList(Checking& checking, const std::vector<GateDecl>& declared, Stage stage,
                   std::vector<GateModel>& gates) {
  for (const GateDecl& decl : declared) gates.push_back(CheckGate(checking, decl, stage));
}

void CheckOutcomes(Checking& checking) {
  size_t index = 0;
  for (size_t i = 0; i < checking.model.definitions.size(); ++i) {
    if (checking.model.definitions[i].kind != DefinitionKind::kOutcome) continue;
    const DefinitionId id{static_cast<int32_t>(i)};
    const OutcomeDecl& decl = checking.file.outcomes[index++];
    OutcomeModel outcome;
    outcome.id = NormalizeName(decl.id.text);
    outcome.name = decl.name.text;
    outcome.span = decl.id.span;
    outcome.term = Resolve(checking, id, decl.id.span);
    if (outcome.term.valid() && decl.unit.present()) {
      Type shown = checking.model.term(outcome.term).type;
      ShowIn(checking, decl.unit, shown);
      outcome.shown = shown.unit;
    }
    if (const auto places = Number::FromDecimal(decl.decimals.text)) {
      const auto whole = places->ToInt64();
      if (whole && *whole >= 0 && *whole <= 30) outcome.decimals = static_cast<int>(*whole);
    }
    checking.model.outcomes.push_back(std::move(outcome));
  }
}

}  // namespace

int32_t FindGrade(Checking& checking, const Word& word) {
  std::vector<std::string> names;
  for (size_t i = 0; i < checking.model.grades.size(); ++i) {
    if (checking.model.grades[i].id == word.text) return static_cast<int32_t>(i);
    names.push_back(checking.model.grades[i].id);
  }
  Diagnostic& diagnostic = checking.sink.Report(DiagKind::kUnknownGrade, word.span, {word.text});
  SuggestOrList(diagnostic, word.text, names);
  return -1;
}

void CheckGates(Checking& checking) {
  CheckGrades(checking);
  const RuleFile& file = checking.file;
  Model& model = checking.model;
  CheckGateList(checking, file.additions, Stage::kAfterScore, model.additions);
  if (file.additions_limit.parsed()) {
    const auto limit = RequireNumber(checking, file.additions_limit, Type::Plain());
    if (limit && limit->Sign() < 0) {
      checking.sink.Report(DiagKind::kNegativeEffect, file.additions_limit.span, {"limit", "≥ 0"});
    } else if (limit) {
      model.additions_limit =
          NumberTerm(checking, *limit, Type::Plain(), file.additions_limit.span);
    }
  }
  CheckGateList(checking, file.interlocks, Stage::kAfterScore, model.interlocks);
  CheckGateList(checking, file.vetoes, Stage::kAfterScore, model.vetoes);
  CheckGateList(checking, file.alerts, Stage::kResult, model.alerts);
  if (file.rounding) model.rounding = *file.rounding;
  CheckOutcomes(checking);
  CheckGateList(checking, file.entitlements, Stage::kResult, model.entitlements);
}

}  // namespace steelyard
