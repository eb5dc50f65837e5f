#include "engine/compare/pair.h"

#include <algorithm>
#include <map>
#include <string>

namespace steelyard {
namespace {

using Side = NameKeys::Side;
using Items = std::vector<const Item*>;

// Does the order of such things mean anything, if only that of the columns of results?
bool IsOrdered(Role role) {
  switch (role) {
    case Role::kIndicator:
    case Role::kBand:
    case Role::kProfile:
    case Role::kAdjustment:
    case Role::kGate:
    case Role::kOutcome:
    case Role::kPool:
    case Role::kSchedule:
    case Role::kPart: return true;
    default: return false;
  }
}

class Pairer {
 public:
  Pairer(const Compared& compared, const Items& before, const Items& after)
      : compared_(compared),
        before_(before),
        after_(after),
        partner_(before.size(), -1),
        taken_(after.size(), false) {}

  Pairing Run(const Item* old_parent, const Item* new_parent) {
    ByIdentity(old_parent, new_parent);
    if (!after_.empty() || !before_.empty()) ByContent(old_parent, new_parent);
    return Collect();
  }

 private:
  void Join(size_t before, size_t after) {
    partner_[before] = static_cast<int>(after);
    taken_[after] = true;
  }

  void ByIdentity(const Item* old_parent, const Item* new_parent) {
    std::multimap<std::string, size_t> open;
    for (size_t i = 0; i < after_.size(); ++i) {
      const std::string id = compared_.keys.Identity(*after_[i], new_parent, Side::kAfter);
      if (!id.empty()) open.emplace(id, i);
    }
    for (size_t i = 0; i < before_.size(); ++i) {
      const auto found = open.find(compared_.keys.Identity(*before_[i], old_parent, Side::kBefore));
      if (found == open.end() || before_[i]->role != after_[found->second]->role) continue;
      Join(i, found->second);
      open.erase(found);
    }
  }

  std::string LeafKey(const Item& item, const Item* parent, Side side,
                      std::string_view field) const {
    const Leaf* leaf = FindLeaf(item, field);
    if (leaf == nullptr) return {};
    return compared_.keys.Of(leaf->said, PlaceIn(*parent, side));
  }

  // Joins what is left on both sides and has the same values of these fields, in order.
  void ByFields(Role role, const std::vector<std::string_view>& fields, const Item* old_parent,
                const Item* new_parent) {
    std::vector<size_t> old_rest;
    std::vector<size_t> new_rest;
    std::vector<std::string> old_keys;
    std::vector<std::string> new_keys;
    const auto key = [&](const Item& item, const Item* parent, Side side) {
      std::string all;
      for (const std::string_view field : fields) {
        all += LeafKey(item, parent, side, field) + '\x1e';
      }
      return all;
    };
    for (size_t i = 0; i < before_.size(); ++i) {
      if (partner_[i] >= 0 || before_[i]->role != role) continue;
      old_rest.push_back(i);
      old_keys.push_back(key(*before_[i], old_parent, Side::kBefore));
    }
    for (size_t i = 0; i < after_.size(); ++i) {
      if (taken_[i] || after_[i]->role != role) continue;
      new_rest.push_back(i);
      new_keys.push_back(key(*after_[i], new_parent, Side::kAfter));
    }
    const std::vector<int> match = Align(old_keys, new_keys);
    std::vector<bool> used(new_rest.size(), false);
    for (size_t i = 0; i < match.size(); ++i) {
      if (match[i] < 0) continue;
      Join(old_rest[i], new_rest[static_cast<size_t>(match[i])]);
      used[static_cast<size_t>(match[i])] = true;
    }
    // The same ones that changed places.
    for (size_t i = 0; i < match.size(); ++i) {
      if (match[i] >= 0) continue;
      for (size_t j = 0; j < new_rest.size(); ++j) {
        if (used[j] || old_keys[i] != new_keys[j]) continue;
        Join(old_rest[i], new_rest[j]);
        used[j] = true;
        break;
      }
    }
  }

  // Things that go by their place: first those with both halves the same, then with one, and then
  // in order, if there are as many.
  void ByContent(const Item* old_parent, const Item* new_parent) {
    if (old_parent == nullptr) return;
    const auto by = [&](Role role, const std::vector<std::string_view>& fields) {
      ByFields(role, fields, old_parent, new_parent);
    };
    for (const auto& [role, first, second] : {std::tuple{Role::kBand, "condition", "points"},
                                              std::tuple{Role::kPoint, "at", "points"}}) {
      by(role, {first, second});
      by(role, {first});
      by(role, {second});
      InOrder(role);
    }
    by(Role::kTier, {"points", "at"});
    by(Role::kPart, {"share", "due", "when", "factor"});
  }

  void InOrder(Role role) {
    std::vector<size_t> old_rest;
    std::vector<size_t> new_rest;
    for (size_t i = 0; i < before_.size(); ++i) {
      if (partner_[i] < 0 && before_[i]->role == role) old_rest.push_back(i);
    }
    for (size_t i = 0; i < after_.size(); ++i) {
      if (!taken_[i] && after_[i]->role == role) new_rest.push_back(i);
    }
    if (old_rest.size() != new_rest.size()) return;
    for (size_t i = 0; i < old_rest.size(); ++i) Join(old_rest[i], new_rest[i]);
  }

  // The longest run of partners in one order stays; the others moved.
  Items Moved() const {
    std::vector<std::pair<int, const Item*>> order;  // place in the old file, of each in the new
    std::vector<int> came(after_.size(), -1);
    for (size_t i = 0; i < partner_.size(); ++i) {
      if (partner_[i] >= 0) came[static_cast<size_t>(partner_[i])] = static_cast<int>(i);
    }
    Items moved;
    for (size_t first = 0; first < after_.size();) {
      size_t end = first;
      std::vector<size_t> run;  // of one section: things of two are never in order
      while (end < after_.size() && after_[end]->section == after_[first]->section) {
        if (came[end] >= 0 && IsOrdered(after_[end]->role)) run.push_back(end);
        ++end;
      }
      AddMoved(run, came, moved);
      first = end;
    }
    return moved;
  }

  void AddMoved(const std::vector<size_t>& run, const std::vector<int>& came, Items& moved) const {
    std::vector<size_t> length(run.size(), 1);
    std::vector<int> previous(run.size(), -1);
    size_t last = 0;
    for (size_t i = 0; i < run.size(); ++i) {
      for (size_t j = 0; j < i; ++j) {
        if (came[run[j]] < came[run[i]] && length[j] + 1 > length[i]) {
          length[i] = length[j] + 1;
          previous[i] = static_cast<int>(j);
        }
      }
      if (length[i] > length[last]) last = i;
    }
    std::vector<bool> stays(run.size(), false);
    for (int i = run.empty() ? -1 : static_cast<int>(last); i >= 0;
         i = previous[static_cast<size_t>(i)]) {
      stays[static_cast<size_t>(i)] = true;
    }
    for (size_t i = 0; i < run.size(); ++i) {
      if (!stays[i]) moved.push_back(after_[run[i]]);
    }
  }

  Pairing Collect() const {
    Pairing pairing;
    std::vector<int> came(after_.size(), -1);
    for (size_t i = 0; i < partner_.size(); ++i) {
      if (partner_[i] < 0) {
        pairing.removed.push_back(before_[i]);
      } else {
        came[static_cast<size_t>(partner_[i])] = static_cast<int>(i);
      }
    }
    for (size_t i = 0; i < after_.size(); ++i) {
      if (came[i] < 0) {
        pairing.added.push_back(after_[i]);
      } else {
        pairing.pairs.emplace_back(before_[static_cast<size_t>(came[i])], after_[i]);
      }
    }
    pairing.moved = Moved();
    return pairing;
  }

  const Compared& compared_;
  const Items& before_;
  const Items& after_;
  std::vector<int> partner_;  // of each of `before_`: its place in `after_`
  std::vector<bool> taken_;
};

}  // namespace

Pairing Pair(const Compared& compared, const Items& before, const Items& after,
             const Item* old_parent, const Item* new_parent) {
  return Pairer(compared, before, after).Run(old_parent, new_parent);
}

}  // namespace steelyard
