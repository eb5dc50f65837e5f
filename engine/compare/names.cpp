#include "engine/compare/names.h"

#include <algorithm>

#include "engine/base/text.h"

namespace steelyard {
namespace {

const std::set<Entity>& Look(const std::map<std::string, std::set<Entity>>& where,
                             const std::string& name) {
  static const std::set<Entity> kNothing;
  const auto found = where.find(NormalizeName(name));
  return found == where.end() ? kNothing : found->second;
}

bool IsNameable(Role role) {
  switch (role) {
    case Role::kParameter:
    case Role::kValue:
    case Role::kIndicator:
    case Role::kDimension:
    case Role::kOutcome:
    case Role::kPool: return true;
    default: return false;
  }
}

}  // namespace

Entity EntityOf(Section section, std::string_view id) {
  return std::string(ToWord(section)) + ":" + NormalizeName(id);
}

Entity ColumnEntity(std::string_view table, std::string_view column) {
  return EntityOf(Section::kTables, table) + "." + NormalizeName(column);
}

Names::Names(const Outline& outline) {
  for (const Item& item : outline.items) {
    if (item.role == Role::kTable) AddTable(item);
    const Entity entity = EntityOf(item.section, item.id);
    if (!item.id.empty()) all_.insert(entity);
    if (IsNameable(item.role)) Call(entity, item.id, item.name, things_);
  }
}

void Names::Call(const Entity& entity, const std::string& id, const std::string& name,
                 std::map<std::string, std::set<Entity>>& where) {
  all_.insert(entity);
  where[NormalizeName(id)].insert(entity);
  if (!name.empty()) where[NormalizeName(name)].insert(entity);
}

void Names::AddTable(const Item& table) {
  const Entity entity = EntityOf(Section::kTables, table.id);
  Call(entity, table.id, table.name, tables_);
  Call(entity, table.id, table.name, things_);
  const auto add = [&](const std::string& id, const std::string& name) {
    const Entity column = ColumnEntity(table.id, id);
    Call(column, id, name, columns_[entity]);
    Call(column, id, name, things_);
  };
  for (const Item& part : table.items) {
    if (part.role == Role::kColumn) add(part.id, part.name);
  }
  // Keys and links need not be named among the columns; where they are, they may go by a label.
  const auto add_bare = [&](const Said& said) {
    for (const Piece& piece : said.pieces) {
      const bool known = columns_[entity].count(NormalizeName(piece.text)) > 0;
      if (piece.kind == Piece::Kind::kName && !known) add(piece.text, "");
    }
  };
  for (const Leaf& leaf : table.leaves) add_bare(leaf.said);
  for (const Item& part : table.items) {
    if (part.role != Role::kParent) continue;
    for (const Leaf& leaf : part.leaves) add_bare(leaf.said);
  }
}

const std::set<Entity>& Names::Find(const std::string& name) const { return Look(things_, name); }

std::set<Entity> Names::Find(const std::string& table, const std::string& column) const {
  std::set<Entity> found;
  for (const Entity& entity : Look(tables_, table)) {
    const auto columns = columns_.find(entity);
    if (columns == columns_.end()) continue;
    const std::set<Entity>& here = Look(columns->second, column);
    found.insert(here.begin(), here.end());
  }
  return found;
}

std::set<Entity> Narrow(const std::set<Entity>& found, const NamePlace& place) {
  if (found.size() < 2 || place.in_where) return found;
  const std::string data = std::string(ToWord(Section::kTables)) + ":";
  std::set<Entity> defined;
  for (const Entity& entity : found) {
    if (!entity.starts_with(data) && entity != place.self) defined.insert(entity);
  }
  if (defined.size() == 1) return defined;
  std::set<Entity> others = found;
  others.erase(place.self);
  return others;
}

Entity NameKeys::Renamed(Side side, const Entity& entity) const {
  if (side == Side::kAfter) return entity;
  const auto found = renames_.find(entity);
  if (found != renames_.end()) return found->second;
  // A column of a table that goes by another name.
  const size_t dot = entity.find('.');
  if (dot == std::string::npos || !entity.starts_with(ToWord(Section::kTables))) return entity;
  const auto table = renames_.find(entity.substr(0, dot));
  return table == renames_.end() ? entity : table->second + entity.substr(dot);
}

bool NameKeys::IsLost(Side side, const Entity& entity) const {
  if (side == Side::kBefore) return !after_.Has(Renamed(side, entity));
  if (before_.Has(entity)) return renames_.count(entity) > 0;
  return std::none_of(before_.all().begin(), before_.all().end(),
                      [&](const Entity& old) { return Renamed(Side::kBefore, old) == entity; });
}

// A name that means one thing goes by that thing. One that may mean several goes by the one that it
// surely means in the other file, if that is among them: who adds a column does not change every
// formula in which its name stood before.
std::string NameKeys::Key(Side side, const std::set<Entity>& own, const std::set<Entity>& other,
                          const std::string& text, bool wild) const {
  if (own.size() == 1) {
    const Entity& entity = *own.begin();
    return wild && IsLost(side, entity) ? "*" : Renamed(side, entity);
  }
  const Side there = side == Side::kBefore ? Side::kAfter : Side::kBefore;
  // Unknown here, known there by the same name: what it lost is told where it was lost.
  if (own.empty() && other.size() == 1 && !wild) return Renamed(there, *other.begin());
  if (own.size() > 1 && other.size() == 1) {
    const Entity meant = Renamed(there, *other.begin());
    for (const Entity& entity : own) {
      if (Renamed(side, entity) == meant) return meant;
    }
  }
  return "?" + NormalizeName(text);
}

std::string NameKeys::Of(Side side, const std::string& name, const NamePlace& place,
                         bool wild) const {
  const Names& own = side == Side::kBefore ? before_ : after_;
  const Names& other = side == Side::kBefore ? after_ : before_;
  return Key(side, Narrow(own.Find(name), place), Narrow(other.Find(name), place), name, wild);
}

std::string NameKeys::OfColumn(Side side, const std::string& table, const std::string& column,
                               bool wild) const {
  const Names& own = side == Side::kBefore ? before_ : after_;
  const Names& other = side == Side::kBefore ? after_ : before_;
  return Key(side, own.Find(table, column), other.Find(table, column), table + "." + column, wild);
}

}  // namespace steelyard
