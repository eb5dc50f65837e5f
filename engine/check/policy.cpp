#include "engine/check/policy.h"

#include <algorithm>

#include "engine/base/text.h"
#include "engine/base/wildcard.h"
#include "engine/check/checking.h"

namespace steelyard {

namespace {

bool Fits(const std::vector<Word>& patterns, std::string_view text) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const Word& pattern) { return MatchesWildcard(pattern.text, text); });
}

bool Fits(const std::vector<Word>& patterns, const IndicatorDecl& indicator) {
  return Fits(patterns, NormalizeName(indicator.id.text)) ||
         (indicator.name.present() && Fits(patterns, NormalizeName(indicator.name.text)));
}

bool Holds(const std::vector<Word>& words, std::string_view text) {
  return std::any_of(words.begin(), words.end(),
                     [&](const Word& word) { return word.text == text; });
}

// Did the author fill it in? A ratio and tiers have their target within the score.
bool IsFilled(const IndicatorDecl& indicator, AskedKey key) {
  switch (key) {
    case AskedKey::kName: return indicator.name.present();
    case AskedKey::kDefinition: return indicator.definition.present();
    case AskedKey::kUnit: return indicator.unit.present();
    case AskedKey::kTarget:
      return indicator.target.present() || !indicator.dated_targets.empty() ||
             indicator.score.target.present() || !indicator.score.tiers.empty();
    case AskedKey::kSource:
      return indicator.source_system.present() || indicator.source_kind.present();
    case AskedKey::kSourceKind: return indicator.source_kind.present();
    case AskedKey::kPeriod: return indicator.period.present();
    case AskedKey::kOwner: return indicator.owner.present();
    case AskedKey::kStrategy: return indicator.strategy.present();
    case AskedKey::kLevel: return !indicator.level.empty();
    case AskedKey::kBetter: return indicator.better != Better::kUnsaid;
    case AskedKey::kWeightRange: return indicator.weight_range.present();
    case AskedKey::kAuditRange: return indicator.audit_range.present();
    case AskedKey::kWhy: return indicator.why.present();
    default: return true;  // not a key of indicators
  }
}

bool IsFilled(const AdjustmentDecl& adjustment, AskedKey key) {
  switch (key) {
    case AskedKey::kName: return adjustment.name.present();
    case AskedKey::kWhy: return adjustment.why.present();
    case AskedKey::kFrom: return adjustment.from.has_value();
    case AskedKey::kUntil: return adjustment.until.has_value();
    case AskedKey::kApprovedBy: return adjustment.approved_by.present();
    default: return true;
  }
}

bool IsFilled(const RuleFile& file, AskedKey key) {
  switch (key) {
    case AskedKey::kTitle: return file.title.present();
    case AskedKey::kVersion: return file.version.present();
    case AskedKey::kEffective: return file.effective.span.valid();
    case AskedKey::kPeriod: return file.period.present();
    case AskedKey::kLevel: return !file.level.empty();
    default: return true;
  }
}

std::string ListOf(const std::vector<Word>& words) {
  std::vector<std::string> texts;
  for (const Word& word : words) texts.push_back(word.text);
  return NameList(texts);
}

// Is every character of the text within one of the stretches?
bool IsMadeOf(std::string_view text, const std::vector<std::pair<char32_t, char32_t>>& characters) {
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeAt(text, at);
    const bool known = std::any_of(characters.begin(), characters.end(), [&](const auto& stretch) {
      return stretch.first <= point.value && point.value <= stretch.second;
    });
    if (!known) return false;
    at += point.length;
  }
  return true;
}

}  // namespace

PolicyCheck::PolicyCheck(const Policy& policy, const RuleFile& file, DiagnosticSink& sink)
    : policy_(policy), file_(file), sink_(sink) {}

bool AppliesTo(const PolicyLine& line, std::string_view card) {
  return line.cards.empty() || Fits(line.cards, NormalizeName(card));
}

Severity SeverityOf(Demand demand) {
  if (demand == Demand::kError) return Severity::kError;
  return demand == Demand::kWarning ? Severity::kWarning : Severity::kNote;
}

bool PolicyCheck::Applies(const PolicyLine& line) const {
  return line.demand != Demand::kOff && AppliesTo(line, file_.scorecard.text);
}

void PolicyCheck::Report(const PolicyLine& line, DiagKind kind, Span span,
                         std::vector<std::string> args, std::vector<Help> helps) {
  Diagnostic& found = sink_.Report(SeverityOf(line.demand), kind, span, std::move(args));
  found.helps = std::move(helps);
  if (line.why.present()) found.Because(HelpKind::kHouseWhy, {line.why.text});
  found.Because(HelpKind::kHouseRule, {}, line.span);
}

// --- which indicators the card carries ----------------------------------------------------------

// Those that the file defines itself, and those of its imports that it weighs. Drafts are not used
// yet, and what is retired is history.
void PolicyCheck::Carry() {
  for (const IndicatorDecl& decl : file_.indicators) {
    if (decl.id.span.file == file_.file) carried_.push_back({&decl, decl.id.span, false});
  }
  for (const DimensionDecl& dimension : file_.weights.dimensions) CarryWeighted(dimension.entries);
  for (const ProfileDecl& profile : file_.weights.profiles) CarryWeighted(profile.set);
  for (const AdjustmentDecl& adjustment : file_.weights.adjustments) {
    CarryWeighted(adjustment.set);
    CarryWeighted(adjustment.change);
  }
  carried_.erase(std::remove_if(carried_.begin(), carried_.end(),
                                [](const Carried& carried) {
                                  const Status status = carried.decl->status;
                                  return status == Status::kDraft || status == Status::kRetired;
                                }),
                 carried_.end());
}

void PolicyCheck::CarryWeighted(const std::vector<WeightEntry>& entries) {
  for (const WeightEntry& entry : entries) {
    const std::string name = NormalizeName(entry.indicator.text);
    const auto decl = std::find_if(
        file_.indicators.begin(), file_.indicators.end(), [&](const IndicatorDecl& other) {
          return NormalizeName(other.id.text) == name || NormalizeName(other.name.text) == name;
        });
    if (decl == file_.indicators.end()) continue;  // a dimension, or a mistake that is told
    const auto known = std::find_if(carried_.begin(), carried_.end(),
                                    [&](const Carried& carried) { return carried.decl == &*decl; });
    // Where the weights hold mistakes, what stands in them is taken to count.
    const bool counts =
        saw_weights_ ? weighing_.count(&*decl) > 0 : decl->status == Status::kActive;
    if (known == carried_.end()) {
      carried_.push_back({&*decl, entry.indicator.span, counts});
    } else {
      known->counts = counts;
    }
  }
}

std::vector<const PolicyCheck::Carried*> PolicyCheck::Matching(
    const std::vector<Word>& patterns) const {
  std::vector<const Carried*> found;
  for (const Carried& carried : carried_) {
    if (patterns.empty() || Fits(patterns, *carried.decl)) found.push_back(&carried);
  }
  return found;
}

// --- checklists ---------------------------------------------------------------------------------

// With those of a list it builds on, where that list is not asked for by itself.
std::vector<const ChecklistItem*> PolicyCheck::ItemsOf(const ChecklistLine& line) const {
  std::vector<const ChecklistItem*> items;
  if (line.base >= 0) {
    const ChecklistLine& base = policy_.checklists[static_cast<size_t>(line.base)];
    if (!Applies(base)) items = ItemsOf(base);
  }
  for (const ChecklistItem& item : line.items) items.push_back(&item);
  return items;
}

// The list, and those below that build on it: who fails one fails them all.
std::string PolicyCheck::ListsThatFail(const ChecklistLine& line) const {
  const auto index = static_cast<int>(&line - policy_.checklists.data());
  std::set<int> failed = {index};
  std::string names = line.name.text;
  for (size_t i = static_cast<size_t>(index) + 1; i < policy_.checklists.size(); ++i) {
    const ChecklistLine& other = policy_.checklists[i];
    if (failed.count(other.base) == 0 || !failed.insert(static_cast<int>(i)).second) continue;
    if (Applies(other)) names += ", " + other.name.text;
  }
  return names;
}

void PolicyCheck::CheckChecklists(const Carried& carried) {
  if (!carried.counts) return;
  for (const ChecklistLine& line : policy_.checklists) {
    if (Applies(line)) CheckChecklist(line, carried);
  }
}

void PolicyCheck::CheckChecklist(const ChecklistLine& line, const Carried& carried) {
  std::string missing;
  std::vector<Help> helps;
  for (const ChecklistItem* item : ItemsOf(line)) {
    std::vector<std::string> keys;
    for (const AskedKey key : item->keys) {
      if (!IsFilled(*carried.decl, key)) keys.emplace_back(SpellKey(key));
    }
    if (keys.empty()) continue;
    missing += (missing.empty() ? "" : ", ") + item->name.text;
    helps.push_back({HelpKind::kFillIn, {item->name.text, NameList(keys)}, {}});
  }
  if (missing.empty()) return;
  if (carried.decl->id.span.file != file_.file) {
    helps.push_back({HelpKind::kDefinedHere, {}, carried.decl->id.span});
  }
  Report(line, DiagKind::kChecklist, carried.place,
         {carried.decl->id.text, ListsThatFail(line), missing}, std::move(helps));
}

// --- sources ------------------------------------------------------------------------------------

void PolicyCheck::CheckSources(const SourceLine& line) {
  for (const Carried* carried : Matching(line.indicators)) {
    if (carried->counts) CheckSource(line, *carried);
  }
}

void PolicyCheck::CheckSource(const SourceLine& line, const Carried& carried) {
  const Word& kind = carried.decl->source_kind;
  const std::string& id = carried.decl->id.text;
  if (!kind.present()) {
    Report(line, DiagKind::kSourceUnsaid, carried.place, {id},
           {{HelpKind::kWriteLike, {"source: {system: CRM, kind: system}"}, {}}});
    return;
  }
  const bool accepted = line.accept.empty() || Holds(line.accept, kind.text);
  if (accepted && !Holds(line.refuse, kind.text)) return;
  std::vector<Help> helps;
  if (!line.accept.empty()) helps.push_back({HelpKind::kKindsAccepted, {ListOf(line.accept)}, {}});
  Report(line, DiagKind::kSourceRefused, kind.span, {id, kind.text}, std::move(helps));
}

// --- which indicators may stand here ------------------------------------------------------------

void PolicyCheck::CheckExcluded(const ExcludedLine& line) {
  for (const Carried* carried : Matching(line.indicator)) {
    Report(line, DiagKind::kExcluded, carried->place, {carried->decl->id.text});
  }
}

void PolicyCheck::CheckLevels(const LevelLine& line) {
  for (const Carried* carried : Matching(line.indicator)) {
    for (const Word& level : file_.level) {
      const bool allowed = (line.levels.empty() || Holds(line.levels, level.text)) &&
                           !Holds(line.not_on, level.text);
      if (!carried->counts || allowed) continue;
      std::vector<Help> helps;
      if (!line.levels.empty()) {
        helps.push_back({HelpKind::kLevelsAllowed, {ListOf(line.levels)}, {}});
      }
      helps.push_back({HelpKind::kCardLevel, {}, level.span});
      Report(line, DiagKind::kLevelRefused, carried->place, {carried->decl->id.text, level.text},
             std::move(helps));
    }
  }
}

void PolicyCheck::CheckPair(const PairLine& line) {
  const std::vector<const Carried*> partners = Matching(line.with);
  for (const Carried* carried : Matching(line.indicator)) {
    const bool paired = std::any_of(partners.begin(), partners.end(), [&](const Carried* partner) {
      return partner != carried && partner->counts;
    });
    if (!carried->counts || paired) continue;
    Report(line, DiagKind::kNoPair, carried->place, {carried->decl->id.text},
           {{HelpKind::kWeighWith, {ListOf(line.with)}, {}}});
  }
}

void PolicyCheck::CheckIds(const IdLine& line) {
  for (const Carried& carried : carried_) {
    const std::string id = NormalizeName(carried.decl->id.text);
    const bool letters = !line.made_of.present() || IsMadeOf(id, line.characters);
    const bool form = !line.like.present() || MatchesWildcard(line.like.text, id);
    if (letters && form) continue;
    std::vector<Help> helps;
    if (!letters) helps.push_back({HelpKind::kIdMadeOf, {line.made_of.text}, {}});
    if (!form) helps.push_back({HelpKind::kIdLike, {line.like.text}, {}});
    Report(line, DiagKind::kIdUnlike, carried.place, {carried.decl->id.text}, std::move(helps));
  }
}

// --- adjustments and the card itself ------------------------------------------------------------

void PolicyCheck::CheckAdjustments(const KeysLine& line) {
  size_t number = 0;
  for (const AdjustmentDecl& adjustment : file_.weights.adjustments) {
    ++number;
    const std::string name =
        adjustment.name.present() ? adjustment.name.text : "#" + std::to_string(number);
    for (const AskedKey key : line.asks) {
      if (IsFilled(adjustment, key)) continue;
      Report(line, DiagKind::kAdjustmentLacks, adjustment.span, {name, std::string(SpellKey(key))});
    }
  }
}

void PolicyCheck::CheckScorecard(const KeysLine& line) {
  for (const AskedKey key : line.asks) {
    if (IsFilled(file_, key)) continue;
    Report(line, DiagKind::kCardLacks, file_.scorecard.span, {std::string(SpellKey(key))});
  }
}

// --- all lines ----------------------------------------------------------------------------------

void PolicyCheck::CheckFile() {
  Carry();
  const auto each = [this](const auto& lines, auto check) {
    for (const auto& line : lines) {
      if (Applies(line)) (this->*check)(line);
    }
  };
  for (const Carried& carried : carried_) CheckChecklists(carried);
  each(policy_.sources, &PolicyCheck::CheckSources);
  each(policy_.excluded, &PolicyCheck::CheckExcluded);
  each(policy_.levels, &PolicyCheck::CheckLevels);
  each(policy_.pairs, &PolicyCheck::CheckPair);
  each(policy_.ids, &PolicyCheck::CheckIds);
  each(policy_.adjustments, &PolicyCheck::CheckAdjustments);
  each(policy_.scorecard, &PolicyCheck::CheckScorecard);
}

}  // namespace steelyard
