// The headings of the results: no two columns may have the same one, or nothing that reads the
// results could tell them apart.
#include <algorithm>
#include <map>

#include "engine/base/text.h"
#include "engine/check/checking.h"

namespace steelyard {
namespace {

class HeadingWalker {
 public:
  explicit HeadingWalker(Checking& checking) : checking_(checking) {}

  void Run() {
    AddFixed();
    AddIndicators();
    for (const OutcomeModel& outcome : checking_.model.outcomes) Add(outcome.id, outcome.span);
    for (const ScheduleDecl& schedule : checking_.file.schedules) CheckId(schedule.id);
  }

 private:
  // Columns that are there whatever the card's own ids are.
  void AddFixed() {
    const Model& model = checking_.model;
    const TableSchema& subject = model.schema.table(model.schema.subject);
    for (const int32_t key : subject.key) Add(subject.columns[static_cast<size_t>(key)].id, {});
    if (subject.key.empty()) Add("row", {});
    if (model.schema.period) Add("period", {});
    for (const char* heading : {"score", "grade", "vetoes", "interlocks", "alerts", "review"}) {
      Add(heading, {});
    }
    if (!model.entitlements.empty()) Add("entitlements", {});
    const bool targets =
        std::any_of(model.indicators.begin(), model.indicators.end(), [&](const auto& indicator) {
          return indicator.target.valid() && IsShown(model, indicator);
        });
    if (targets) Add("targets_missed", {});
  }

  void AddIndicators() {
    for (const IndicatorModel& indicator : checking_.model.indicators) {
      if (!IsShown(checking_.model, indicator)) continue;
      const Span span = indicator.decl->id.span;
      Add(indicator.id, span);
      Add(indicator.id + ".points", span);
      if (indicator.attainment.valid()) Add(indicator.id + ".attainment", span);
    }
  }

  void Add(const std::string& heading, Span span) {
    const auto [known, added] = columns_.emplace(heading, span);
    if (added) return;
    if (!known->second.valid()) {
      const bool told = IsReservedName(heading);  // which no indicator or outcome may be called
      if (span.valid() && !told) checking_.sink.Report(DiagKind::kHeadingTaken, span, {heading});
      return;
    }
    if (known->second == span) return;  // an id that stands twice was reported
    const auto [first, second] = InOrder(known->second, span);
    checking_.sink.Report(DiagKind::kHeadingTwice, second, {heading})
        .Because(HelpKind::kFirstHere, {}, first);
  }

  // What is imported comes first: this card's own ids are the ones to change.
  std::pair<Span, Span> InOrder(Span a, Span b) const {
    const auto rank = [&](Span span) { return std::pair(!IsImported(checking_, span), span); };
    return rank(a) < rank(b) ? std::pair(a, b) : std::pair(b, a);
  }

  // `bonus.year_1` beside `bonus` would look like a part of that.
  void CheckId(const Word& id) {
    const auto known = columns_.find(NormalizeName(id.text));
    if (known == columns_.end()) return;
    if (!known->second.valid()) {
      checking_.sink.Report(DiagKind::kHeadingTaken, id.span, {id.text});
      return;
    }
    checking_.sink.Report(DiagKind::kNameTwice, id.span, {id.text})
        .Because(HelpKind::kFirstHere, {}, known->second);
  }

  Checking& checking_;
  std::map<std::string, Span> columns_;  // where the id of each stands; not valid: fixed
};

}  // namespace

void CheckHeadings(Checking& checking) {
  if (!checking.schema().subject.valid()) return;
  HeadingWalker(checking).Run();
}

}  // namespace steelyard
