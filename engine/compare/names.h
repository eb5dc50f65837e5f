// What names of a rule file may mean, without types and scopes: enough to tell whether two files
// speak of the same thing, by its id or its label, whatever it is called in either of them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/compare/outline.h"
#include "engine/syntax/formula.h"

namespace steelyard {

// A thing that formulas may name, as one text: `indicators:nps`, `data:order.amount`, `data:order`,
// `dimensions:service`.
using Entity = std::string;

Entity EntityOf(Section section, std::string_view id);
Entity ColumnEntity(std::string_view table, std::string_view column);

// What was renamed: the entity in the old file to that in the new one.
using Renames = std::map<Entity, Entity>;

class Names {
 public:
  explicit Names(const Outline& outline);

  // By id or label; empty: nothing of the file (`score`, `value`, a misspelt name). Several: it
  // depends on where the name stands, or on nothing but luck.
  const std::set<Entity>& Find(const std::string& name) const;
  // `table.column`.
  std::set<Entity> Find(const std::string& table, const std::string& column) const;
  const std::set<Entity>& all() const { return all_; }
  bool Has(const Entity& entity) const { return all_.count(entity) > 0; }

 private:
  void AddTable(const Item& table);
  void Call(const Entity& entity, const std::string& id, const std::string& name,
            std::map<std::string, std::set<Entity>>& where);

  std::map<std::string, std::set<Entity>> things_;  // by normalised name; columns too
  std::map<std::string, std::set<Entity>> tables_;
  std::map<Entity, std::map<std::string, std::set<Entity>>> columns_;  // by table
  std::set<Entity> all_;
};

// Where a name stands, as far as it decides what the name means.
struct NamePlace {
  Entity self;            // the thing whose formula it is: its own name means a column
  bool in_where = false;  // columns come before everything else
};
// Those of `found` that it can be there.
std::set<Entity> Narrow(const std::set<Entity>& found, const NamePlace& place);

// The same key for names that mean the same thing in two files.
class NameKeys {
 public:
  // `renames` must outlive it and may grow.
  NameKeys(const Names& before, const Names& after, const Renames& renames)
      : before_(before), after_(after), renames_(renames) {}

  enum class Side : uint8_t { kBefore, kAfter };
  // `wild`: `*` for everything that the other file does not have, by whatever name.
  std::string Of(Side side, const std::string& name, const NamePlace& place, bool wild) const;
  std::string OfColumn(Side side, const std::string& table, const std::string& column,
                       bool wild) const;
  // As the new file calls it.
  Entity Renamed(Side side, const Entity& entity) const;
  const Names& names(Side side) const { return side == Side::kBefore ? before_ : after_; }

 private:
  std::string Key(Side side, const std::set<Entity>& own, const std::set<Entity>& other,
                  const std::string& text, bool wild) const;
  bool IsLost(Side side, const Entity& entity) const;

  const Names& before_;
  const Names& after_;
  const Renames& renames_;
};

}  // namespace steelyard
