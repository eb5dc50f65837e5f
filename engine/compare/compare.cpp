// Walks two outlines side by side and says what is different.
#include "engine/compare/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "engine/base/text.h"
#include "engine/compare/pair.h"
#include "engine/compare/words.h"

namespace steelyard {
namespace {

using Side = NameKeys::Side;

ChangePlace PlaceOf(const Version& version, Span span) {
  if (!span.valid()) return {};
  const SourceFile& file = version.sources.file(span.file);
  const Position position = file.PositionOf(span.begin);
  return {version.prefix + file.path(), position.line, position.column};
}

bool IsScore(std::string_view field) { return field.starts_with("score"); }
bool IsScorePart(const Item& part) { return part.part.starts_with("score."); }

// All that is said of a thing, on one line.
std::string Summary(const Item& item);

std::string PartSummary(const Item& part) {
  const auto shown = [&](std::string_view field) {
    const Leaf* leaf = FindLeaf(part, field);
    return leaf == nullptr ? std::string() : Shown(leaf->said);
  };
  switch (part.role) {
    case Role::kBand: return shown("condition") + ": " + shown("points");
    case Role::kPoint: return shown("at") + ": " + shown("points");
    case Role::kTier: return part.id + ": " + shown("points") + " @ " + shown("at");
    case Role::kEvent: return part.id + ": " + shown("points");
    case Role::kSet:
    case Role::kChange: return part.id + ": " + shown("weight");
    case Role::kShare: return part.id + ": " + shown("share");
    case Role::kParent: return part.id + ": " + shown("column");
    default: return part.id + " {" + Summary(part) + "}";
  }
}

// `linear {0%: 0, 25%: 60}, cap 120`.
std::string ScoreSummary(const Item& item) {
  const Leaf* form = FindLeaf(item, "score");
  if (form == nullptr) return {};
  std::string text = Shown(form->said);
  std::string parts;
  for (const Item& part : item.items) {
    if (IsScorePart(part)) parts += (parts.empty() ? "" : ", ") + PartSummary(part);
  }
  if (!parts.empty()) text += " {" + parts + "}";
  for (const Leaf& leaf : item.leaves) {
    if (!leaf.field.starts_with("score.") || leaf.said.implied) continue;
    const std::string_view key = leaf.field.substr(std::string_view("score.").size());
    text += fmt::format("{} {} {}", parts.empty() ? "" : ",", key, Shown(leaf.said));
  }
  return text;
}

std::string Summary(const Item& item) {
  std::string text;
  const auto add = [&](const std::string& piece) { text += (text.empty() ? "" : "; ") + piece; };
  for (const Leaf& leaf : item.leaves) {
    if (leaf.said.implied || leaf.field.starts_with("score.")) continue;
    const bool bare = item.role == Role::kWeight && leaf.field == "weight";
    const std::string value = leaf.field == "score" ? ScoreSummary(item) : Shown(leaf.said);
    add(bare ? value : fmt::format("{}: {}", leaf.field, value));
  }
  for (const Item& part : item.items) {
    if (!IsScorePart(part)) add(PartSummary(part));
  }
  return text;
}

struct Context {
  const Item* old_top = nullptr;
  const Item* new_top = nullptr;
};

class Comparer {
 public:
  Comparer(const RuleFile& old_file, const RuleFile& new_file, const Version& before,
           const Version& after)
      : compared_(old_file, new_file), before_(before), after_(after) {
    PairFiles();
  }

  std::vector<Change> Run() {
    for (int section = 0; section < static_cast<int>(Section::kResult); ++section) {
      CompareSection(static_cast<Section>(section));
    }
    return std::move(changes_);
  }

 private:
  // --- files: the things of a renamed file have not moved ----------------------------------------

  void PairFiles() {
    std::map<FileId, std::map<FileId, size_t>> common;
    std::map<Entity, FileId> files;
    for (const Item& item : compared_.after.items) {
      if (!item.id.empty()) files[EntityOf(item)] = item.span.file;
    }
    for (const Item& item : compared_.before.items) {
      const auto found = files.find(compared_.name_keys.Renamed(Side::kBefore, EntityOf(item)));
      if (found != files.end()) ++common[item.span.file][found->second];
    }
    for (const auto& [file, others] : common) {
      const auto most =
          std::max_element(others.begin(), others.end(),
                           [](const auto& a, const auto& b) { return a.second < b.second; });
      partner_files_[file] = most->first;
    }
    partner_files_[compared_.before.file] = compared_.after.file;
  }

  bool ChangedFile(const Item& a, const Item& b) const {
    if (!a.span.valid() || !b.span.valid()) return false;
    const auto found = partner_files_.find(a.span.file);
    return found != partner_files_.end() && found->second != b.span.file;
  }

  // --- the walk ---------------------------------------------------------------------------------

  static std::vector<const Item*> Of(const Outline& outline, Section section) {
    std::vector<const Item*> items;
    for (const Item& item : outline.items) {
      if (item.section == section) items.push_back(&item);
    }
    return items;
  }

  void CompareSection(Section section) {
    const std::vector<const Item*> before = Of(compared_.before, section);
    const std::vector<const Item*> after = Of(compared_.after, section);
    const Pairing pairing = Pair(compared_, before, after, nullptr, nullptr);
    const std::set<const Item*> moved(pairing.moved.begin(), pairing.moved.end());
    for (const auto& [a, b] : pairing.pairs) {
      CompareItems(*a, *b, {a, b});
      if (ChangedFile(*a, *b)) {
        AddMove(*a, *b, {a, b}, true);
      } else if (moved.count(b) > 0) {
        AddMove(*a, *b, {a, b}, false);
      }
    }
    for (const Item* item : pairing.added) AddWhole(*item, ChangeKind::kAdded, {nullptr, item});
    for (const Item* item : pairing.removed) AddWhole(*item, ChangeKind::kRemoved, {item, nullptr});
  }

  void CompareItems(const Item& a, const Item& b, Context context) {
    if (IsRenamed(a, b)) AddRename(a, b, context);
    const bool same_form = SameForm(a, b);
    if (!same_form) AddForm(a, b, context);
    for (const Leaf& leaf : b.leaves) {
      if (IsScore(leaf.field) && !same_form) continue;
      CompareLeaves(FindLeaf(a, leaf.field), &leaf, a, b, context);
    }
    for (const Leaf& leaf : a.leaves) {
      if (IsScore(leaf.field) && !same_form) continue;
      if (FindLeaf(b, leaf.field) == nullptr) CompareLeaves(&leaf, nullptr, a, b, context);
    }
    CompareParts(a, b, context, same_form);
  }

  void CompareParts(const Item& a, const Item& b, Context context, bool same_form) {
    const auto parts = [&](const Item& item) {
      std::vector<const Item*> found;
      for (const Item& part : item.items) {
        if (same_form || !IsScorePart(part)) found.push_back(&part);
      }
      return found;
    };
    const Pairing pairing = Pair(compared_, parts(a), parts(b), &a, &b);
    const std::set<const Item*> moved(pairing.moved.begin(), pairing.moved.end());
    for (const auto& [old_part, new_part] : pairing.pairs) {
      CompareItems(*old_part, *new_part, context);
      if (moved.count(new_part) > 0) AddMove(*old_part, *new_part, context, false);
    }
    for (const Item* part : pairing.added) AddWhole(*part, ChangeKind::kAdded, context);
    for (const Item* part : pairing.removed) AddWhole(*part, ChangeKind::kRemoved, context);
  }

  // Whether both make points in the same way; if not, that is one change.
  static bool SameForm(const Item& a, const Item& b) {
    const Leaf* before = FindLeaf(a, "score");
    const Leaf* after = FindLeaf(b, "score");
    if (before == nullptr || after == nullptr) return before == after;
    return Shown(before->said) == Shown(after->said);
  }

  static bool IsRenamed(const Item& a, const Item& b) {
    const bool named = CanBeRenamed(a.role) || a.role == Role::kTier || a.role == Role::kPart;
    return named && NormalizeName(a.id) != NormalizeName(b.id);
  }

  KeyPlace KeyPlaceOf(const Item& item, const Item* top, Side side) const {
    return PlaceIn(top != nullptr ? *top : item, side);
  }

  void CompareLeaves(const Leaf* a, const Leaf* b, const Item& old_item, const Item& new_item,
                     Context context) {
    if (a != nullptr && b != nullptr && a->said.implied && b->said.implied &&
        Shown(a->said) == Shown(b->said)) {
      return;  // what it comes to is told elsewhere
    }
    std::vector<KeyedPiece> before;
    std::vector<KeyedPiece> after;
    const auto key = [](const std::vector<KeyedPiece>& pieces) {
      std::string all;
      for (const KeyedPiece& piece : pieces) all += piece.key + '\x1f';
      return all;
    };
    if (a != nullptr) {
      before = compared_.keys.Pieces(a->said, KeyPlaceOf(old_item, context.old_top, Side::kBefore));
    }
    if (b != nullptr) {
      after = compared_.keys.Pieces(b->said, KeyPlaceOf(new_item, context.new_top, Side::kAfter));
    }
    if (key(before) == key(after)) return;
    auto [old_text, new_text] = MarkTexts(before, after);
    AddField(a, b, old_item, new_item, context, std::move(old_text), std::move(new_text));
  }

  // --- changes ----------------------------------------------------------------------------------

  static ChangePath PathOf(const Item& item, const Item* top, std::string_view field) {
    ChangePath path;
    path.section = item.section;
    path.id = top != nullptr ? top->id : item.id;
    if (top != &item) path.part = item.part;
    path.field = field;
    return path;
  }

  static Entity EntityFor(const Item& item, const Item& top) {
    return item.role == Role::kColumn ? ColumnEntity(top.id, item.id) : EntityOf(top);
  }

  // What comes of it, and whether anything does.
  void AddReach(const Item* a, const Item* b, Context context, Change& change) {
    bool used = false;
    if (b != nullptr) {
      const Entity entity = EntityFor(*b, *context.new_top);
      change.dependents = compared_.new_graph.DependentsOf(entity);
      used = compared_.new_graph.IsUsed(entity);
    }
    if (a != nullptr) {
      const Entity entity = EntityFor(*a, *context.old_top);
      if (b == nullptr) change.dependents = compared_.old_graph.DependentsOf(entity);
      used = used || compared_.old_graph.IsUsed(entity);
    }
    change.unused = !used;
    if (!used) change.effect = ChangeEffect::kNone;
    if (change.effect == ChangeEffect::kNone) change.dependents.clear();
  }

  void Say(Change& change, int language, std::string what, std::string headline) {
    change.what[language] = std::move(what);
    change.headline[language] = std::move(headline);
  }

  void AddField(const Leaf* a, const Leaf* b, const Item& old_item, const Item& new_item,
                Context context, MarkedText old_text, MarkedText new_text) {
    const std::string_view field = a != nullptr ? a->field : b->field;
    Change change;
    change.kind = ChangeKind::kChanged;
    change.effect = a != nullptr ? a->effect : b->effect;
    change.old_path = PathOf(old_item, context.old_top, field);
    change.new_path = PathOf(new_item, context.new_top, field);
    const auto place = [](const Leaf* leaf, const Item& item, const Item& top) {
      if (leaf != nullptr && leaf->said.span.valid()) return leaf->said.span;
      return item.span.valid() ? item.span : top.span;
    };
    const Span old_span = place(a, old_item, *context.old_top);
    const Span new_span = place(b, new_item, *context.new_top);
    const Both called = Call(old_item, new_item, context, field);
    const bool implied[2] = {a != nullptr && a->said.implied, b != nullptr && b->said.implied};
    for (int language = 0; language < 2; ++language) {
      const std::string from = InLine(field, old_text, implied[0], language);
      const std::string to = InLine(field, new_text, implied[1], language);
      const std::string& what = called.words[language];
      std::string headline;
      if (from.empty() || to.empty()) {
        headline = language == 0 ? what + " changed" : what + "有变化";
      } else {
        headline = fmt::format(fmt::runtime(language == 0 ? "{}: {} → {}" : "{}：{} → {}"), what,
                               from, to);
      }
      Say(change, language, what, std::move(headline));
      change.note[language] = Remark(new_item, field).words[language];
    }
    change.old_text = std::move(old_text);
    change.new_text = std::move(new_text);
    AddReach(&old_item, &new_item, context, change);
    Push(std::move(change), a != nullptr && !a->said.implied ? old_span : Span{},
         b != nullptr && !b->said.implied ? new_span : Span{}, old_span, new_span);
  }

  // A value for the headline; empty where it is too long for it.
  static std::string InLine(std::string_view field, const MarkedText& text, bool implied,
                            int language) {
    if (text.empty()) return language == 0 ? "nothing" : "无";
    if (DisplayWidth(text.text) > kLongestInHeadline) return {};
    const std::string value = CallValue(field, text.text, language == 1);
    if (!implied) return value;
    return fmt::format(fmt::runtime(language == 0 ? "{} (unless said)" : "{}（默认）"), value);
  }

  Both Call(const Item& old_item, const Item& new_item, Context context,
            std::string_view field) const {
    const bool is_part = context.new_top != &new_item;
    // A band or point is called as it was, so that its own change does not hide it.
    const bool by_content = new_item.role == Role::kBand || new_item.role == Role::kPoint;
    const Item& item = by_content ? old_item : new_item;
    return CallField(Labelled(item), is_part ? context.new_top : nullptr, field);
  }

  // Weights go by the id of an indicator; people by its label.
  Item Labelled(const Item& item) const {
    Item labelled = item;
    const bool by_indicator =
        item.role == Role::kWeight || item.role == Role::kSet || item.role == Role::kChange;
    if (!by_indicator) return labelled;
    for (const Outline* outline : {&compared_.after, &compared_.before}) {
      for (const Item& other : outline->items) {
        if (other.role != Role::kIndicator || other.name.empty()) continue;
        if (NormalizeName(other.id) != NormalizeName(item.id)) continue;
        labelled.name = other.name;
        return labelled;
      }
    }
    return labelled;
  }

  Both CallWhole(const Item& item, const Item* top) const {
    const Item labelled = Labelled(item);
    if (top != nullptr && top != &item) return CallPart(labelled, *top);
    Both called = CallThing(labelled);
    if (item.role == Role::kIndicator) {
      called = {{"indicator " + called.words[0], "指标" + called.words[1]}};
    }
    return called;
  }

  void AddWhole(const Item& item, ChangeKind kind, Context context) {
    const bool added = kind == ChangeKind::kAdded;
    const Item* top = added ? context.new_top : context.old_top;
    Change change;
    change.kind = kind;
    const ChangePath path = PathOf(item, top, "");
    change.old_path = change.new_path = path;
    const Item* other = added ? context.old_top : context.new_top;
    if (other != nullptr) (added ? change.old_path : change.new_path).id = other->id;
    const std::string summary =
        item.part.empty() || item.role == Role::kColumn || item.role == Role::kPart
            ? Summary(item)
            : PartSummary(item);
    MarkedText text{summary, {}};
    if (!summary.empty()) text.marks.emplace_back(0, summary.size());
    (added ? change.new_text : change.old_text) = std::move(text);
    const Both called = CallWhole(item, top);
    for (int language = 0; language < 2; ++language) {
      const std::string& what = called.words[language];
      SayWhole(change, language, what, item, summary, added);
    }
    AddReach(added ? nullptr : &item, added ? &item : nullptr, context, change);
    const Span own = item.span;
    const Span there = other != nullptr ? other->span : Span{};
    Push(std::move(change), added ? Span{} : own, added ? own : Span{}, added ? there : own,
         added ? own : there);
  }

  void SayWhole(Change& change, int language, const std::string& what, const Item& item,
                const std::string& summary, bool added) {
    if (item.role == Role::kWeight || item.role == Role::kSet || item.role == Role::kChange ||
        item.role == Role::kShare) {
      const Leaf& leaf = item.leaves.front();
      const std::string value = Shown(leaf.said);
      const std::string_view none = language == 0 ? "nothing" : "无";
      Say(change, language, what,
          fmt::format(fmt::runtime(language == 0 ? "{}: {} → {}" : "{}：{} → {}"), what,
                      added ? none : value, added ? value : none));
      return;
    }
    const std::string_view verb =
        language == 0 ? (added ? "added" : "removed") : (added ? "新增" : "删除");
    std::string headline =
        language == 0 ? fmt::format("{} {}", what, verb) : fmt::format("{}{}", verb, what);
    if (!summary.empty() && DisplayWidth(summary) <= kLongestInHeadline) {
      headline += (language == 0 ? ": " : "：") + summary;
    }
    Say(change, language, what, std::move(headline));
  }

  // `linear` became `bands`, or there were no points at all.
  void AddForm(const Item& a, const Item& b, Context context) {
    const Leaf* before = FindLeaf(a, "score");
    const Leaf* after = FindLeaf(b, "score");
    const auto text = [](const std::string& summary) {
      MarkedText marked{summary, {}};
      if (!summary.empty()) marked.marks.emplace_back(0, summary.size());
      return marked;
    };
    AddField(before, after, a, b, context, text(ScoreSummary(a)), text(ScoreSummary(b)));
  }

  void AddRename(const Item& a, const Item& b, Context context) {
    Change change;
    change.kind = ChangeKind::kRenamed;
    change.old_path = PathOf(a, context.old_top, "");
    change.new_path = PathOf(b, context.new_top, "");
    change.old_text = {a.id, {{0, a.id.size()}}};
    change.new_text = {b.id, {{0, b.id.size()}}};
    change.effect = RenameEffect(a, b);
    const Both called = CallWhole(a, context.old_top);
    for (int language = 0; language < 2; ++language) {
      const std::string& what = called.words[language];
      Say(change, language, what,
          language == 0 ? fmt::format("{} renamed: {} → {}", what, a.id, b.id)
                        : fmt::format("{}改名：{} → {}", what, a.id, b.id));
      change.note[language] = RenameNote(a, b, language);
    }
    AddReach(&a, &b, context, change);
    Push(std::move(change), a.span, b.span, a.span, b.span);
  }

  static ChangeEffect RenameEffect(const Item& a, const Item& b) {
    switch (a.role) {
      case Role::kColumn: return IsStillRead(a, b) ? ChangeEffect::kNone : ChangeEffect::kResults;
      case Role::kTable:
      case Role::kGrade: return ChangeEffect::kResults;
      case Role::kIndicator:
      case Role::kOutcome:
      case Role::kPool:
      case Role::kSchedule:
      case Role::kPart:
      case Role::kGate: return ChangeEffect::kLayout;
      default: return ChangeEffect::kNone;
    }
  }

  // Files that have the column under its old heading can be read as before.
  static bool IsStillRead(const Item& a, const Item& b) {
    const std::string heading = FoldCase(a.id);
    if (FoldCase(b.name) == heading) return true;
    const Leaf* aliases = FindLeaf(b, "aliases");
    if (aliases == nullptr) return FindLeaf(b, "formula") != nullptr;
    return std::any_of(aliases->said.pieces.begin(), aliases->said.pieces.end(),
                       [&](const Piece& piece) { return FoldCase(piece.text) == heading; });
  }

  static std::string RenameNote(const Item& a, const Item& b, int language) {
    if (a.role == Role::kColumn && !IsStillRead(a, b)) {
      return language == 0 ? "data files need the new heading, or `aliases` the old one"
                           : "数据文件须用新列名，或在 aliases 中写上旧列名";
    }
    if (a.role == Role::kTable) {
      return language == 0 ? "the file with its data goes by the new name"
                           : "对应的数据文件须用新名称";
    }
    return {};
  }

  void AddMove(const Item& a, const Item& b, Context context, bool to_file) {
    Change change;
    change.kind = ChangeKind::kMoved;
    change.old_path = PathOf(a, context.old_top, "");
    change.new_path = PathOf(b, context.new_top, "");
    change.effect = MoveEffect(b, to_file);
    const Both called = CallWhole(b, context.new_top);
    for (int language = 0; language < 2; ++language) {
      const std::string& what = called.words[language];
      std::string headline;
      if (to_file) {
        const std::string& file = after_.sources.file(b.span.file).path();
        headline = language == 0 ? fmt::format("{} moved to {}", what, file)
                                 : fmt::format("{}移到 {}", what, file);
      } else {
        headline =
            language == 0 ? what + " moved to another place in the order" : what + "在顺序中移动";
      }
      Say(change, language, what, std::move(headline));
      change.note[language] = MoveNote(b, to_file, language);
    }
    AddReach(&a, &b, context, change);
    Push(std::move(change), a.span, b.span, a.span, b.span);
  }

  static ChangeEffect MoveEffect(const Item& item, bool to_file) {
    if (item.role == Role::kBand || item.role == Role::kProfile) return ChangeEffect::kResults;
    if (item.role == Role::kAdjustment) return ChangeEffect::kResults;
    if (item.section == Section::kInterlocks) return ChangeEffect::kResults;
    const bool shown = item.role == Role::kIndicator || item.role == Role::kGate;
    return to_file && !shown ? ChangeEffect::kNone : ChangeEffect::kLayout;
  }

  static std::string MoveNote(const Item& item, bool to_file, int language) {
    switch (item.role) {
      case Role::kBand:
      case Role::kProfile:
        return language == 0 ? "the first that holds counts" : "以第一个成立的为准";
      case Role::kAdjustment:
        return language == 0 ? "adjustments are made in this order" : "调整按此顺序进行";
      default: break;
    }
    if (item.section == Section::kInterlocks) {
      return language == 0 ? "interlocks act in this order" : "联动约束按此顺序生效";
    }
    if (to_file) return language == 0 ? "values stay as they are" : "取值不变";
    return language == 0 ? "only the order in the results; values stay as they are"
                         : "只影响结果中的顺序，取值不变";
  }

  // --- one text that stands behind several things -----------------------------------------------

  // An indicator that is based on another shares its text: what is written once is told once, of
  // the thing that the card uses.
  void Push(Change change, Span old_own, Span new_own, Span old_span, Span new_span) {
    change.old_place = PlaceOf(before_, old_span);
    change.new_place = PlaceOf(after_, new_span);
    const bool is_field = !change.new_path.field.empty() || !change.new_path.part.empty();
    const bool written = old_own.valid() || new_own.valid();
    if (change.new_path.section != Section::kIndicators || !is_field || !written) {
      changes_.push_back(std::move(change));
      return;
    }
    const auto key = std::tuple{old_own, new_own, change.new_path.field};
    const auto [found, is_new] = by_text_.emplace(key, changes_.size());
    if (is_new) {
      changes_.push_back(std::move(change));
      return;
    }
    Change& first = changes_[found->second];
    if (first.unused && !change.unused) std::swap(first, change);
    const std::string more[2] = {"the same for " + change.new_path.id + " (`based_on`)",
                                 "「" + change.new_path.id + "」同样（based_on）"};
    for (int language = 0; language < 2; ++language) {
      std::string& note = first.note[language];
      note += (note.empty() ? "" : language == 0 ? "; " : "；") + more[language];
    }
  }

  Compared compared_;
  const Version& before_;
  const Version& after_;
  std::map<FileId, FileId> partner_files_;
  std::map<std::tuple<Span, Span, std::string>, size_t> by_text_;
  std::vector<Change> changes_;
};

}  // namespace

std::vector<Change> CompareRules(const Version& before, const Version& after) {
  return Comparer(before.file, after.file, before, after).Run();
}

}  // namespace steelyard
