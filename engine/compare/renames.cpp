// Finds what was renamed.
#include <algorithm>
#include <set>
#include <string>

#include "engine/base/text.h"
#include "engine/compare/pair.h"

namespace steelyard {
namespace {

using Side = NameKeys::Side;

constexpr size_t kMaxCandidates = 300;  // on each side; with more, only names decide
constexpr int kRounds = 4;              // a renamed thing may be named in another that was renamed

struct Candidate {
  const Item* item = nullptr;
  const Item* parent = nullptr;  // the table of a column
  Entity entity;
};

// What a thing of this kind is, for the greater part.
bool IsCore(Role role, std::string_view field) {
  switch (role) {
    case Role::kIndicator:
    case Role::kValue:
    case Role::kOutcome: return field == "formula";
    case Role::kParameter: return field == "value";
    case Role::kGate: return field == "when" || field == "require";
    case Role::kPool: return field == "amount" || field == "by";
    case Role::kSchedule: return field == "amount";
    case Role::kGrade: return field == "lowest";
    case Role::kProfile: return field == "when";
    default: return false;
  }
}

struct Likeness {
  double share = 0;    // of what is said, how much is the same
  bool core = false;   // what it is
  bool label = false;  // it is called the same
};

class RenameFinder {
 public:
  explicit RenameFinder(Compared& compared) : compared_(compared), keys_(compared.keys) {}

  // Did it find any?
  bool Round() {
    struct Found {
      double score;
      Entity before;
      Entity after;
    };
    const std::vector<Candidate> before = Lost(compared_.before, Side::kBefore);
    const std::vector<Candidate> after = Lost(compared_.after, Side::kAfter);
    if (before.size() > kMaxCandidates || after.size() > kMaxCandidates) return false;
    std::vector<Found> found;
    for (const Candidate& a : before) {
      for (const Candidate& b : after) {
        const double score = Score(a, b);
        if (score > 0) found.push_back({score, a.entity, b.entity});
      }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Found& a, const Found& b) { return a.score > b.score; });
    std::set<Entity> taken;
    bool any = false;
    for (const Found& rename : found) {
      if (taken.count(rename.after) > 0 || compared_.renames.count(rename.before) > 0) continue;
      compared_.renames.emplace(rename.before, rename.after);
      taken.insert(rename.after);
      any = true;
    }
    return any;
  }

 private:
  bool IsLost(const Entity& entity, Side side) const {
    if (side == Side::kBefore) {
      return compared_.renames.count(entity) == 0 &&
             !compared_.new_names.Has(keys_.names().Renamed(side, entity));
    }
    if (compared_.old_names.Has(entity) && compared_.renames.count(entity) == 0) return false;
    return std::none_of(compared_.renames.begin(), compared_.renames.end(),
                        [&](const auto& rename) { return rename.second == entity; });
  }

  std::vector<Candidate> Lost(const Outline& outline, Side side) const {
    std::vector<Candidate> lost;
    const auto add = [&](const Item& item, const Item* parent, Entity entity) {
      if (CanBeRenamed(item.role) && IsLost(entity, side)) {
        lost.push_back({&item, parent, std::move(entity)});
      }
    };
    for (const Item& item : outline.items) {
      if (item.id.empty()) continue;
      add(item, nullptr, EntityOf(item));
      if (item.role != Role::kTable) continue;
      // A column of a renamed table is looked for in the new one.
      for (const Item& column : item.items) {
        const Entity entity = ColumnEntity(item.id, column.id);
        const Entity now = keys_.names().Renamed(side, entity);
        const bool found = side == Side::kBefore && compared_.new_names.Has(now);
        if (column.role == Role::kColumn && !found && IsColumnLost(item, entity, side)) {
          add(column, &item, entity);
        }
      }
    }
    return lost;
  }

  // Of a table that is on both sides.
  bool IsColumnLost(const Item& table, const Entity& column, Side side) const {
    if (side == Side::kBefore) {
      return compared_.new_names.Has(keys_.names().Renamed(side, EntityOf(table)));
    }
    const Entity entity = EntityOf(table);
    for (const auto& [before, after] : compared_.renames) {
      if (after != entity) continue;
      return !compared_.old_names.Has(before + column.substr(entity.size()));
    }
    return compared_.old_names.Has(entity);
  }

  // Above 0 where the two are one thing; the more alike, the higher.
  double Score(const Candidate& a, const Candidate& b) const {
    if (a.item->role != b.item->role || a.item->section != b.item->section) return 0;
    if (a.parent != nullptr &&
        keys_.names().Renamed(Side::kBefore, EntityOf(*a.parent)) != EntityOf(*b.parent)) {
      return 0;
    }
    const Likeness like = Compare(*a.item, *b.item);
    const double followed = Followed(a.entity, b.entity);
    return IsSame(a, b, like, followed) ? like.share + followed + (like.label ? 1 : 0) : 0;
  }

  bool IsSame(const Candidate& a, const Candidate& b, const Likeness& like, double followed) const {
    switch (a.item->role) {
      case Role::kColumn:
        return like.label || HasAlias(*b.item, a.item->id) || (like.share >= 1 && followed >= 0.5);
      case Role::kParameter: return like.label || (like.core && followed >= 0.5);
      case Role::kGrade: return like.core;
      case Role::kTable: return like.label || like.share >= 0.6;
      case Role::kDimension: return MembersShared(a.entity, b.entity) >= 0.5;
      case Role::kProfile:
      case Role::kAdjustment: return like.share >= 0.6;
      default: break;
    }
    if (like.label && (like.core || like.share >= 0.3)) return true;
    return (like.core && like.share >= 0.6) || (like.share >= 0.8 && followed >= 0.5);
  }

  static bool HasAlias(const Item& column, const std::string& id) {
    const Leaf* aliases = FindLeaf(column, "aliases");
    if (aliases == nullptr) return false;
    return std::any_of(aliases->said.pieces.begin(), aliases->said.pieces.end(),
                       [&](const Piece& piece) { return piece.text == id; });
  }

  Likeness Compare(const Item& a, const Item& b) const {
    const KeyPlace before = PlaceIn(a, Side::kBefore, true);
    const KeyPlace after = PlaceIn(b, Side::kAfter, true);
    Likeness like;
    double same = 0;
    double all = 0;
    int cores = 0;
    int same_cores = 0;
    for (const Leaf& leaf : a.leaves) {
      const Leaf* other = FindLeaf(b, leaf.field);
      if (leaf.said.implied && (other == nullptr || other->said.implied)) continue;
      const bool equal =
          other != nullptr && keys_.Of(leaf.said, before) == keys_.Of(other->said, after);
      const bool core = IsCore(a.role, leaf.field);
      const double weight = core ? 3 : 1;
      all += weight;
      if (equal) same += weight;
      if (core) ++cores;
      if (core && equal) ++same_cores;
      if (leaf.field == "name") like.label = equal;
    }
    for (const Leaf& leaf : b.leaves) {
      if (!leaf.said.implied && FindLeaf(a, leaf.field) == nullptr) all += 1;
    }
    AddParts(a, b, same, all);
    like.share = all > 0 ? same / all : 0;
    like.core = cores > 0 && cores == same_cores;
    return like;
  }

  std::multiset<std::string> PartKeys(const Item& item, Side side) const {
    std::multiset<std::string> keys;
    for (const Item& part : item.items) {
      std::string key =
          part.role == Role::kColumn ? NormalizeName(part.id) : keys_.Identity(part, &item, side);
      if (part.role != Role::kColumn) {
        for (const Leaf& leaf : part.leaves) {
          key += '\x1e' + keys_.Of(leaf.said, PlaceIn(item, side, true));
        }
      }
      keys.insert(std::move(key));
    }
    return keys;
  }

  void AddParts(const Item& a, const Item& b, double& same, double& all) const {
    const std::multiset<std::string> before = PartKeys(a, Side::kBefore);
    const std::multiset<std::string> after = PartKeys(b, Side::kAfter);
    std::vector<std::string> both;
    std::set_intersection(before.begin(), before.end(), after.begin(), after.end(),
                          std::back_inserter(both));
    const size_t larger = std::max(before.size(), after.size());
    if (larger == 0) return;
    const double weight = a.role == Role::kTable ? static_cast<double>(larger) : 3;
    all += weight;
    same += weight * static_cast<double>(both.size()) / static_cast<double>(larger);
  }

  // The share of places where the one was named and the other is named now.
  double Followed(const Entity& before, const Entity& after) const {
    const auto& old_mentions = compared_.old_graph.mentions();
    const auto& new_mentions = compared_.new_graph.mentions();
    const auto a = old_mentions.find(before);
    const auto b = new_mentions.find(after);
    if (a == old_mentions.end() || b == new_mentions.end()) return 0;
    std::vector<std::string> both;
    std::set_intersection(a->second.begin(), a->second.end(), b->second.begin(), b->second.end(),
                          std::back_inserter(both));
    const size_t larger = std::max(a->second.size(), b->second.size());
    return static_cast<double>(both.size()) / static_cast<double>(larger);
  }

  // Of the indicators of two dimensions.
  double MembersShared(const Entity& before, const Entity& after) const {
    const auto members = [](const Outline& outline, const NameKeys& names, const Entity& dimension,
                            Side side) {
      std::set<std::string> found;
      for (const Item& item : outline.items) {
        const Leaf* leaf = item.role == Role::kWeight ? FindLeaf(item, "dimension") : nullptr;
        if (leaf == nullptr) continue;
        if (EntityOf(Section::kDimensions, Shown(leaf->said)) == dimension) {
          found.insert(names.Of(side, item.id, {}, false));
        }
      }
      return found;
    };
    const auto a = members(compared_.before, keys_.names(), before, Side::kBefore);
    const auto b = members(compared_.after, keys_.names(), after, Side::kAfter);
    std::vector<std::string> both;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    const size_t larger = std::max(a.size(), b.size());
    return larger == 0 ? 0 : static_cast<double>(both.size()) / static_cast<double>(larger);
  }

  Compared& compared_;
  const Keys& keys_;
};

}  // namespace

Compared::Compared(const RuleFile& old_file, const RuleFile& new_file)
    : before(MakeOutline(old_file)),
      after(MakeOutline(new_file)),
      old_names(before),
      new_names(after),
      old_graph(before, old_names),
      new_graph(after, new_names),
      name_keys(old_names, new_names, renames),
      keys(name_keys) {
  FindRenames(*this);
}

void FindRenames(Compared& compared) {
  for (int round = 0; round < kRounds; ++round) {
    if (!RenameFinder(compared).Round()) return;
  }
}

}  // namespace steelyard
