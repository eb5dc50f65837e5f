#include "engine/rulefile/inherit.h"

#include <algorithm>
#include <string>

#include "engine/base/text.h"

namespace steelyard {
namespace {

void Take(Word& own, const Word& base) {
  if (!own.present()) own = base;
}
void Take(Formula& own, const Formula& base) {
  if (!own.present()) own = base;
}
void Take(ValueRange& own, const ValueRange& base) {
  if (!own.present()) own = base;
}
template <class Value>
void Take(std::vector<Value>& own, const std::vector<Value>& base) {
  if (own.empty()) own = base;
}

void TakeMeasure(IndicatorDecl& own, const IndicatorDecl& base) {
  Take(own.formula, base.formula);
  Take(own.display, base.display);
  Take(own.decimals, base.decimals);
  Take(own.unit, base.unit);
  Take(own.weight_range, base.weight_range);
  Take(own.audit_range, base.audit_range);
  if (own.better == Better::kUnsaid) {
    own.better = base.better;
    own.better_span = base.better_span;
  }
  if (own.score.form == ScoreForm::kNone) own.score = base.score;
  if (own.missing.policy == MissingPolicy::kDefault) own.missing = base.missing;
  if (!own.target.present() && own.dated_targets.empty()) {
    own.target = base.target;
    own.dated_targets = base.dated_targets;
  }
}

// Whether it counts is one thing: who says something about the status says all of it.
void TakeLife(IndicatorDecl& own, const IndicatorDecl& base) {
  Take(own.when, base.when);
  if (own.status_span.valid() || own.from || own.until) return;
  own.status = base.status;
  own.status_span = base.status_span;
  own.from = base.from;
  own.from_span = base.from_span;
  own.until = base.until;
  own.until_span = base.until_span;
  Take(own.replaced_by, base.replaced_by);
  Take(own.why, base.why);
}

void TakeRecord(IndicatorDecl& own, const IndicatorDecl& base) {
  Take(own.definition, base.definition);
  Take(own.period, base.period);
  Take(own.owner, base.owner);
  Take(own.strategy, base.strategy);
  Take(own.source_system, base.source_system);
  Take(own.source_kind, base.source_kind);
  Take(own.level, base.level);
  if (own.flexible_span.valid()) return;
  own.flexible = base.flexible;
  own.flexible_span = base.flexible_span;
}

void ReportNoBase(const Word& base, const std::vector<IndicatorDecl>& imported,
                  DiagnosticSink& sink) {
  std::vector<std::string> known;
  for (const IndicatorDecl& indicator : imported) known.push_back(indicator.id.text);
  Diagnostic& found = sink.Report(DiagKind::kNoBase, base.span, {base.text});
  if (const auto nearest = NearestName(base.text, known)) {
    found.Because(HelpKind::kDidYouMean, {*nearest});
  } else if (known.empty()) {
    found.Because(HelpKind::kWriteLike, {"import: [../library/satisfaction.yaml]"});
  }
}

}  // namespace

void Inherit(std::vector<IndicatorDecl>& own, std::vector<IndicatorDecl>& imported,
             DiagnosticSink& sink) {
  std::vector<std::string> replaced;
  for (IndicatorDecl& indicator : own) {
    if (!indicator.based_on.present()) continue;
    const std::string wanted = NormalizeName(indicator.based_on.text);
    const auto base = std::find_if(
        imported.begin(), imported.end(),
        [&](const IndicatorDecl& other) { return NormalizeName(other.id.text) == wanted; });
    if (base == imported.end()) {
      ReportNoBase(indicator.based_on, imported, sink);
      replaced.push_back(NormalizeName(indicator.id.text));  // it was meant to be one of them
      continue;
    }
    TakeMeasure(indicator, *base);
    TakeLife(indicator, *base);
    TakeRecord(indicator, *base);
    // Two things cannot go by one name: a variant is called by its id unless it says a name.
    const bool same = NormalizeName(indicator.id.text) == wanted;
    if (same) Take(indicator.name, base->name);
    if (same) replaced.push_back(wanted);
  }
  const auto is_replaced = [&](const IndicatorDecl& other) {
    return std::find(replaced.begin(), replaced.end(), NormalizeName(other.id.text)) !=
           replaced.end();
  };
  imported.erase(std::remove_if(imported.begin(), imported.end(), is_replaced), imported.end());
}

}  // namespace steelyard
