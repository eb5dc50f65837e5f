// Which things of a rule file are computed from which.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "engine/compare/change.h"
#include "engine/compare/names.h"
#include "engine/compare/outline.h"

namespace steelyard {

class Graph {
 public:
  Graph(const Outline& outline, const Names& names);

  // Everything that is computed from it, directly or through others; in the order of the file.
  std::vector<Dependent> DependentsOf(const Entity& entity) const;
  // Does anything that the card gives come of it?
  bool IsUsed(const Entity& entity) const { return is_library_ || used_.count(entity) > 0; }
  // Where formulas and keys speak of a thing: `indicators:nps formula`.
  const std::map<Entity, std::set<std::string>>& mentions() const { return mentions_; }

 private:
  void AddItem(const Item& item, const Outline& outline);
  void AddPart(const Item& part, const Item& top);
  void AddSaid(const Entity& user, const std::string& place, const Said& said);
  void AddFormula(const Entity& user, const std::string& place, const Formula& formula);
  void AddResult(const Item& item);
  void AddWeight(const Item& item);
  void Uses(const Entity& user, const Entity& used) {
    uses_[user].insert(used);
    users_[used].insert(user);
  }
  void Mention(const Entity& user, const std::string& place, const std::set<Entity>& found);
  void Follow(const Entity& seed);

  const Names& names_;
  bool is_library_;
  std::map<Entity, std::set<Entity>> uses_;
  std::map<Entity, std::set<Entity>> users_;
  std::map<Entity, std::set<std::string>> mentions_;
  std::vector<std::pair<Entity, Dependent>> things_;
  std::set<Entity> outputs_;
  std::set<Entity> used_;
};

}  // namespace steelyard
