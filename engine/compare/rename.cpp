#include "engine/compare/rename.h"

#include <map>

#include "engine/base/text.h"
#include "engine/syntax/each_formula.h"

namespace steelyard {
namespace {

bool CanGoBack(Section section) {
  switch (section) {
    case Section::kParameters:
    case Section::kValues:
    case Section::kIndicators:
    case Section::kDimensions:
    case Section::kProfiles:
    case Section::kAdjustments:
    case Section::kAdditions:
    case Section::kInterlocks:
    case Section::kVetoes:
    case Section::kAlerts:
    case Section::kOutcomes:
    case Section::kPools:
    case Section::kSchedules:
    case Section::kEntitlements: return true;
    default: return false;
  }
}

// Can formulas speak of it?
bool IsNamed(Section section) {
  return section == Section::kParameters || section == Section::kValues ||
         section == Section::kIndicators || section == Section::kDimensions ||
         section == Section::kOutcomes || section == Section::kPools;
}

class Renamer {
 public:
  Renamer(RuleFile& file, const std::vector<Rename>& renames) : file_(file) {
    for (const Rename& rename : renames) {
      ids_[rename.section][rename.after] = rename.before;
      if (!IsNamed(rename.section)) continue;
      names_[NormalizeName(rename.after)] = NormalizeName(rename.before);
    }
  }

  void Run() {
    Declared(Section::kParameters, file_.parameters);
    Declared(Section::kValues, file_.values);
    Declared(Section::kIndicators, file_.indicators);
    Declared(Section::kAdditions, file_.additions);
    Declared(Section::kInterlocks, file_.interlocks);
    Declared(Section::kVetoes, file_.vetoes);
    Declared(Section::kAlerts, file_.alerts);
    Declared(Section::kOutcomes, file_.outcomes);
    Declared(Section::kPools, file_.pools);
    Declared(Section::kSchedules, file_.schedules);
    Declared(Section::kEntitlements, file_.entitlements);
    for (IndicatorDecl& indicator : file_.indicators) {
      Back(Section::kIndicators, indicator.replaced_by);
    }
    for (auto* gates : {&file_.additions, &file_.interlocks, &file_.vetoes}) {
      for (GateDecl& gate : *gates) {
        for (Effect& effect : gate.effects) Back(Section::kIndicators, effect.target);
      }
    }
    Weights();
    if (!names_.empty()) ForEachFormula(file_, [&](Formula& formula) { InFormula(formula); });
  }

 private:
  void Back(Section section, Word& word) {
    const auto known = ids_[section].find(word.text);
    if (known != ids_[section].end()) word.text = known->second;
  }

  template <class Decl>
  void Declared(Section section, std::vector<Decl>& decls) {
    for (Decl& decl : decls) Back(section, decl.id);
  }

  void Entries(std::vector<WeightEntry>& entries) {
    for (WeightEntry& entry : entries) Back(Section::kIndicators, entry.indicator);
  }

  void Weights() {
    for (DimensionDecl& dimension : file_.weights.dimensions) {
      Back(Section::kDimensions, dimension.id);
      Entries(dimension.entries);
    }
    for (ProfileDecl& profile : file_.weights.profiles) {
      Back(Section::kProfiles, profile.name);
      Entries(profile.set);
    }
    for (AdjustmentDecl& adjustment : file_.weights.adjustments) {
      Back(Section::kAdjustments, adjustment.name);
      Entries(adjustment.change);
      Entries(adjustment.set);
    }
  }

  void InFormula(Formula& formula) {
    for (Expr& expr : formula.tree.nodes) {
      if (expr.kind != ExprKind::kName || !expr.text2.empty()) continue;
      const auto known = names_.find(expr.text);
      if (known != names_.end()) expr.text = known->second;
    }
  }

  RuleFile& file_;
  std::map<Section, std::map<std::string, std::string>> ids_;  // by the new one
  std::map<std::string, std::string> names_;
};

}  // namespace

std::vector<Rename> RenamesOf(const std::vector<Change>& changes) {
  std::vector<Rename> renames;
  for (const Change& change : changes) {
    const bool whole = change.new_path.part.empty() && change.new_path.field.empty();
    if (change.kind != ChangeKind::kRenamed || !whole || !CanGoBack(change.new_path.section)) {
      continue;
    }
    renames.push_back({change.new_path.section, change.old_path.id, change.new_path.id});
  }
  return renames;
}

RuleFile WithOldIds(RuleFile after, const std::vector<Rename>& renames) {
  Renamer(after, renames).Run();
  return after;
}

}  // namespace steelyard
