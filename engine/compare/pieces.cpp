#include "engine/compare/pieces.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/compare/facets.h"
#include "engine/syntax/each_formula.h"

namespace steelyard {
namespace {

// The same tree with formulas spelled one way, to be compared and not to be run.
RuleFile Canonical(RuleFile file) {
  ForEachFormula(file, [](Formula& formula) {
    if (formula.parsed()) formula.source.text = Print(formula.tree, formula.tree.root);
  });
  return file;
}

std::string TextOf(const ColumnDecl& column) {
  TableDecl table;
  table.columns = {column};
  return Dump(Only(std::move(table)));
}

template <class Decl>
std::vector<std::string> IdsOf(const std::vector<Decl>& decls) {
  std::vector<std::string> ids;
  for (const Decl& decl : decls) {
    std::string id = IdOf(decl);
    const std::string plain = id;
    // Profiles may share a name, or have none.
    for (int copy = 2; std::find(ids.begin(), ids.end(), id) != ids.end(); ++copy) {
      id = plain + "#" + std::to_string(copy);
    }
    ids.push_back(std::move(id));
  }
  return ids;
}

template <class Decl>
Decl* Find(std::vector<Decl>& decls, const std::string& id) {
  const std::vector<std::string> ids = IdsOf(decls);
  const auto found = std::find(ids.begin(), ids.end(), id);
  return found == ids.end() ? nullptr : &decls[static_cast<size_t>(found - ids.begin())];
}

// Stands in the card itself, and not in what it imports? Moves with the thing: a tree between the
// two has the old one's file.
template <class Decl>
Decl Adopted(Decl decl, FileId from, FileId into) {
  Span& home = HomeOf(decl);
  if (home.file == from) home.file = into;
  return decl;
}

// One section that holds things with ids.
template <class Decl>
class SectionPieces {
 public:
  using Member = std::vector<Decl>& (*)(RuleFile&);

  SectionPieces(Section section, Member member, const RuleFile& before, const RuleFile& after,
                std::vector<TreePiece>& pieces)
      : section_(section), member_(member), after_(after), pieces_(pieces) {
    // The versions are only read; `member` serves the trees between them as well.
    old_ = &member(const_cast<RuleFile&>(before));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    next_ = &member(const_cast<RuleFile&>(after));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    old_own_ = before.file;
    old_ids_ = IdsOf(*old_);
    next_ids_ = IdsOf(*next_);
  }

  void Add(RuleFile& before_text, RuleFile& after_text) {
    const std::vector<Decl>& old_texts = member_(before_text);
    const std::vector<Decl>& next_texts = member_(after_text);
    for (size_t i = 0; i < next_ids_.size(); ++i) {
      const auto same = std::find(old_ids_.begin(), old_ids_.end(), next_ids_[i]);
      if (same == old_ids_.end()) {
        AddNew(i);
        continue;
      }
      const auto old = static_cast<size_t>(same - old_ids_.begin());
      AddFacets(i, old_texts[old], next_texts[i], IsOwn((*old_)[old], old_own_));
    }
    for (const std::string& id : old_ids_) {
      if (std::find(next_ids_.begin(), next_ids_.end(), id) == next_ids_.end()) AddRemoved(id);
    }
    if (OrderDiffers()) AddOrder();
  }

 private:
  static bool IsOwn(const Decl& decl, FileId file) {
    return HomeOf(const_cast<Decl&>(decl)).file ==
           file;  // NOLINT(cppcoreguidelines-pro-type-const-cast)
  }

  void Put(const std::string& id, std::string facet, std::function<void(RuleFile&)> take) {
    pieces_.push_back({section_, id, std::move(facet), "", std::move(take)});
  }

  // Before the first of those that follow it in the new version.
  void AddNew(size_t index) {
    Put(next_ids_[index], "", [*this, index](RuleFile& tree) {
      std::vector<Decl>& decls = member_(tree);
      const std::vector<std::string> ids = IdsOf(decls);
      size_t place = ids.size();
      for (size_t i = index + 1; i < next_ids_.size() && place == ids.size(); ++i) {
        place = static_cast<size_t>(std::find(ids.begin(), ids.end(), next_ids_[i]) - ids.begin());
      }
      decls.insert(decls.begin() + static_cast<std::ptrdiff_t>(place),
                   Adopted((*next_)[index], after_.file, tree.file));
    });
  }

  void AddRemoved(const std::string& id) {
    Put(id, "", [member = member_, id](RuleFile& tree) {
      std::vector<Decl>& decls = member(tree);
      if (const Decl* decl = Find(decls, id)) decls.erase(decls.begin() + (decl - decls.data()));
    });
  }

  void AddFacets(size_t index, const Decl& old_text, const Decl& next_text, bool old_own) {
    const bool moved =
        old_own != IsOwn((*next_)[index], after_.file) || OtherLowerCard(old_text, next_text);
    for (const Facet<Decl>& facet : FacetsOf(static_cast<const Decl*>(nullptr))) {
      const bool home = facet.name == kRest && moved;
      if (!home && TextOf(facet, old_text) == TextOf(facet, next_text)) continue;
      Put(next_ids_[index], std::string(facet.name), [*this, facet, index](RuleFile& tree) {
        Decl* decl = Find(member_(tree), next_ids_[index]);
        if (decl != nullptr) {
          facet.copy(*decl, Adopted((*next_)[index], after_.file, tree.file));
        }
      });
      if constexpr (std::is_same_v<Decl, TableDecl>) {
        pieces_.back().lower_card = (*next_)[index].results_of.text;
      }
    }
    AddParts(index, old_text, next_text);
  }

  // The same words in another file may name another one.
  static bool OtherLowerCard(const Decl& before, const Decl& after) {
    if constexpr (std::is_same_v<Decl, TableDecl>) {
      return after.results_of.present() &&
             before.results_of.span.file != after.results_of.span.file;
    }
    return false;
  }

  // Columns are things within a table.
  void AddParts(size_t index, const Decl& old_text, const Decl& next_text) {
    if constexpr (std::is_same_v<Decl, TableDecl>) {
      std::map<std::string, std::pair<std::string, std::string>> texts;
      for (const ColumnDecl& column : old_text.columns) {
        texts[column.id.text].first = TextOf(column);
      }
      for (const ColumnDecl& column : next_text.columns) {
        texts[column.id.text].second = TextOf(column);
      }
      for (const auto& [id, text] : texts) {
        if (text.first != text.second) AddColumn(index, id);
      }
    }
  }

  void AddColumn(size_t index, const std::string& id) {
    Put(next_ids_[index], "columns." + id, [*this, index, id](RuleFile& tree) {
      TableDecl* table = Find(member_(tree), next_ids_[index]);
      if (table == nullptr) return;
      const auto same = [&](const ColumnDecl& column) { return column.id.text == id; };
      const auto old = std::find_if(table->columns.begin(), table->columns.end(), same);
      const std::vector<ColumnDecl>& columns = (*next_)[index].columns;
      const auto next = std::find_if(columns.begin(), columns.end(), same);
      if (next == columns.end()) {
        if (old != table->columns.end()) table->columns.erase(old);
      } else if (old == table->columns.end()) {
        table->columns.push_back(*next);
      } else {
        *old = *next;
      }
    });
  }

  bool OrderDiffers() const {
    const auto common = [](const std::vector<std::string>& ids,
                           const std::vector<std::string>& others) {
      std::vector<std::string> both;
      for (const std::string& id : ids) {
        if (std::find(others.begin(), others.end(), id) != others.end()) both.push_back(id);
      }
      return both;
    };
    return common(old_ids_, next_ids_) != common(next_ids_, old_ids_);
  }

  void AddOrder() {
    Put("", "order", [member = member_, wanted = next_ids_](RuleFile& tree) {
      std::vector<Decl>& decls = member(tree);
      std::vector<std::string> ids = IdsOf(decls);
      const auto rank = [&](size_t index) {
        return std::find(wanted.begin(), wanted.end(), ids[index]) - wanted.begin();
      };
      std::vector<size_t> order(decls.size());
      for (size_t i = 0; i < order.size(); ++i) order[i] = i;
      std::stable_sort(order.begin(), order.end(),
                       [&](size_t a, size_t b) { return rank(a) < rank(b); });
      std::vector<Decl> sorted;
      for (const size_t index : order) sorted.push_back(std::move(decls[index]));
      decls = std::move(sorted);
    });
  }

  Section section_;
  Member member_;
  const RuleFile& after_;
  std::vector<TreePiece>& pieces_;
  const std::vector<Decl>* old_ = nullptr;
  const std::vector<Decl>* next_ = nullptr;
  FileId old_own_;
  std::vector<std::string> old_ids_;
  std::vector<std::string> next_ids_;
};

class Finder {
 public:
  Finder(const RuleFile& before, const RuleFile& after)
      : before_(before),
        after_(after),
        before_text_(Canonical(before)),
        after_text_(Canonical(after)) {}

  std::vector<TreePiece> Find() {
    for (const FileFacet& facet : FileFacets()) AddFacet(facet);
    In<TableDecl>(
        Section::kTables, [](RuleFile & file) -> auto& { return file.tables; });
    In<ParameterDecl>(
        Section::kParameters, [](RuleFile & file) -> auto& { return file.parameters; });
    In<ValueDecl>(
        Section::kValues, [](RuleFile & file) -> auto& { return file.values; });
    In<IndicatorDecl>(
        Section::kIndicators, [](RuleFile & file) -> auto& { return file.indicators; });
    In<ProfileDecl>(
        Section::kProfiles, [](RuleFile & file) -> auto& { return file.weights.profiles; });
    In<AdjustmentDecl>(
        Section::kAdjustments, [](RuleFile & file) -> auto& { return file.weights.adjustments; });
    In<GateDecl>(
        Section::kAdditions, [](RuleFile & file) -> auto& { return file.additions; });
    In<GateDecl>(
        Section::kInterlocks, [](RuleFile & file) -> auto& { return file.interlocks; });
    In<GateDecl>(
        Section::kVetoes, [](RuleFile & file) -> auto& { return file.vetoes; });
    In<GateDecl>(
        Section::kAlerts, [](RuleFile & file) -> auto& { return file.alerts; });
    In<OutcomeDecl>(
        Section::kOutcomes, [](RuleFile & file) -> auto& { return file.outcomes; });
    In<PoolDecl>(
        Section::kPools, [](RuleFile & file) -> auto& { return file.pools; });
    In<ScheduleDecl>(
        Section::kSchedules, [](RuleFile & file) -> auto& { return file.schedules; });
    In<GateDecl>(
        Section::kEntitlements, [](RuleFile & file) -> auto& { return file.entitlements; });
    return std::move(pieces_);
  }

 private:
  template <class Decl>
  void In(Section section, typename SectionPieces<Decl>::Member member) {
    SectionPieces<Decl>(section, member, before_, after_, pieces_).Add(before_text_, after_text_);
  }

  void AddFacet(const FileFacet& facet) {
    if (TextOf(facet, before_text_) == TextOf(facet, after_text_)) return;
    pieces_.push_back({facet.section, "", std::string(facet.name), "",
                       [facet, after = &after_](RuleFile& tree) { facet.copy(tree, *after); }});
  }

  const RuleFile& before_;
  const RuleFile& after_;
  RuleFile before_text_;
  RuleFile after_text_;
  std::vector<TreePiece> pieces_;
};

// The facet of an indicator that a key belongs to; the same for other things where they have it.
std::string_view FacetOfKey(const ChangePath& path) {
  if (path.part.starts_with("columns.")) return path.part;
  if (path.part.starts_with("score")) return "score";
  if (path.part.starts_with("target")) return "target";
  if (path.part.starts_with("missing")) return "missing";
  if (path.part.starts_with("parts")) return "parts";
  if (path.part.starts_with("then")) return "then";
  return path.field;
}

template <class Decl>
std::vector<std::string_view> NamesOf(const Decl* type) {
  std::vector<std::string_view> names;
  for (const Facet<Decl>& facet : FacetsOf(type)) names.push_back(facet.name);
  return names;
}

std::vector<std::string_view> FacetsIn(Section section) {
  switch (section) {
    case Section::kParameters: return NamesOf(static_cast<const ParameterDecl*>(nullptr));
    case Section::kValues: return NamesOf(static_cast<const ValueDecl*>(nullptr));
    case Section::kIndicators: return NamesOf(static_cast<const IndicatorDecl*>(nullptr));
    case Section::kProfiles: return NamesOf(static_cast<const ProfileDecl*>(nullptr));
    case Section::kAdjustments: return NamesOf(static_cast<const AdjustmentDecl*>(nullptr));
    case Section::kOutcomes: return NamesOf(static_cast<const OutcomeDecl*>(nullptr));
    case Section::kPools: return NamesOf(static_cast<const PoolDecl*>(nullptr));
    case Section::kSchedules: return NamesOf(static_cast<const ScheduleDecl*>(nullptr));
    case Section::kAdditions:
    case Section::kInterlocks:
    case Section::kVetoes:
    case Section::kAlerts:
    case Section::kEntitlements: return NamesOf(static_cast<const GateDecl*>(nullptr));
    default: break;
  }
  std::vector<std::string_view> names;
  for (const FileFacet& facet : FileFacets()) {
    if (facet.section == section) names.push_back(facet.name);
  }
  return names;
}

// Keys that have no facet of their own belong to the rest.
bool HasFacet(const TreePiece& piece, std::string_view key) {
  if (piece.facet == key) return true;
  const std::vector<std::string_view> facets = FacetsIn(piece.section);
  const auto has = [&](std::string_view name) {
    return std::find(facets.begin(), facets.end(), name) != facets.end();
  };
  bool known = has(key);
  for (const auto& [word, facet] : FacetWords()) {
    if (word != key || !has(facet)) continue;
    if (piece.facet == facet) return true;
    known = true;
  }
  return !known && piece.facet == kRest && !key.starts_with("columns.");
}

bool SameThing(const Change& change, const TreePiece& piece) {
  return piece.id == change.old_path.id || piece.id == change.new_path.id;
}

}  // namespace

std::vector<TreePiece> PiecesOf(const RuleFile& before, const RuleFile& after) {
  return Finder(before, after).Find();
}

bool Concerns(const Change& change, const TreePiece& piece) {
  const Section section = change.old_path.section;
  const bool weights = section == Section::kWeights || section == Section::kDimensions;
  if (weights) return piece.section == Section::kWeights;
  if (piece.section != section) return false;
  if (piece.facet == "order") return change.kind == ChangeKind::kMoved;
  if (piece.id.empty()) {
    return change.new_path.id.empty()
               ? HasFacet(piece, FacetOfKey(change.new_path)) || section != Section::kCard
               : section != Section::kCard && section != Section::kAdditions;
  }
  if (!SameThing(change, piece)) return false;
  const std::string_view key = FacetOfKey(change.new_path);
  return piece.facet.empty() || key.empty() || HasFacet(piece, key);
}

}  // namespace steelyard
