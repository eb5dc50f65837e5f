#include "engine/compare/graph.h"

#include <algorithm>

#include "engine/base/text.h"
#include "engine/compare/keys.h"
#include "engine/schema/operation.h"

namespace steelyard {
namespace {

constexpr const char* kScore = "result:score";
constexpr const char* kGrade = "result:grade";
constexpr const char* kMissing = "missing:";

Entity PointsOf(std::string_view id) { return "points:" + NormalizeName(id); }
// The weight of an indicator beside those of the others of its dimension.
Entity RelativeOf(std::string_view id) { return "relative:" + NormalizeName(id); }
// All weights, after what is missing has been shared out.
constexpr const char* kShares = "shares:";
constexpr const char* kWeights = "weights:";

std::string IdOf(const Entity& entity) { return entity.substr(entity.find(':') + 1); }

bool IsCalled(const Expr& call, std::string_view name) {
  const FunctionInfo* function = FindFunction(call.text);
  return function != nullptr && function->name == name;
}

}  // namespace

Graph::Graph(const Outline& outline, const Names& names)
    : names_(names), is_library_(outline.is_library) {
  for (const Item& item : outline.items) AddItem(item, outline);
  if (is_library_) return;
  Uses(kShares, kWeights);
  Uses(kGrade, kScore);
  things_.push_back({kScore, {Section::kResult, "score", ""}});
  things_.push_back({kGrade, {Section::kResult, "grade", ""}});
  outputs_.insert({kScore, kGrade});
  for (const Entity& output : outputs_) Follow(output);
}

void Graph::Follow(const Entity& seed) {
  std::vector<Entity> open = {seed};
  while (!open.empty()) {
    const Entity entity = open.back();
    open.pop_back();
    if (!used_.insert(entity).second) continue;
    const auto found = uses_.find(entity);
    if (found != uses_.end()) open.insert(open.end(), found->second.begin(), found->second.end());
  }
}

// What the score and the grade are made of, and what the card gives besides them.
void Graph::AddResult(const Item& item) {
  const Entity entity = EntityOf(item);
  switch (item.section) {
    case Section::kProfiles:
    case Section::kAdjustments:
    case Section::kDimensions:
      Uses(kScore, entity);
      Uses(kShares, entity);
      break;
    case Section::kCard:
    case Section::kRounding:
    case Section::kInterlocks:
    case Section::kAdditions: Uses(kScore, entity); break;
    case Section::kVetoes:
      Uses(kScore, entity);
      Uses(kGrade, entity);
      break;
    case Section::kGrades:
    case Section::kDistribution: Uses(kGrade, entity); break;
    case Section::kWeights: AddWeight(item); break;
    default: break;
  }
  constexpr Section kGiven[] = {Section::kAdditions, Section::kInterlocks,  Section::kVetoes,
                                Section::kAlerts,    Section::kOutcomes,    Section::kPools,
                                Section::kSchedules, Section::kEntitlements};
  const bool given =
      std::find(std::begin(kGiven), std::end(kGiven), item.section) != std::end(kGiven);
  if (given) outputs_.insert(entity);
}

void Graph::AddWeight(const Item& item) {
  const Entity entity = EntityOf(item);
  Uses(kScore, entity);
  Uses(kShares, entity);
  const Leaf* dimension = FindLeaf(item, "dimension");
  for (const Entity& indicator : names_.Find(item.id)) {
    if (!indicator.starts_with("indicators:")) continue;
    Uses(kScore, indicator);
    Uses(kShares, indicator);  // where it is missing, the others share its weight
    Uses(entity, indicator);
    if (dimension == nullptr) continue;
    // The mean of its indicators' points, by weight.
    const Entity whole = PointsOf(Shown(dimension->said));
    for (const Entity& part :
         {PointsOf(IdOf(indicator)), RelativeOf(IdOf(indicator)), entity, Entity(kWeights)}) {
      Uses(whole, part);
    }
  }
}

void Graph::AddItem(const Item& item, const Outline& outline) {
  const Entity entity = EntityOf(item);
  const bool is_thing = !item.id.empty() && item.section != Section::kWeights &&
                        item.section != Section::kDimensions && item.section != Section::kGrades &&
                        item.role != Role::kTable;
  if (is_thing) things_.push_back({entity, {item.section, item.id, item.name}});
  AddResult(item);
  for (const Leaf& leaf : item.leaves) {
    AddSaid(entity, entity + " " + std::string(leaf.field), leaf.said);
  }
  for (const Item& part : item.items) AddPart(part, item);
  if (item.role != Role::kIndicator) return;
  const Leaf* status = FindLeaf(item, "status");
  const bool draft = status != nullptr && Shown(status->said) == "draft";
  if (item.span.file == outline.file && !draft) outputs_.insert(entity);
  if (FindLeaf(item, "missing") == nullptr) Uses(entity, kMissing);
  Uses(PointsOf(item.id), entity);
  Uses(PointsOf(item.id), kWeights);
}

void Graph::AddPart(const Item& part, const Item& top) {
  Entity entity = EntityOf(top);
  if (part.role == Role::kColumn) {
    entity = ColumnEntity(top.id, part.id);
    Uses(entity, EntityOf(top));
    if (FindLeaf(part, "formula") != nullptr) {
      things_.push_back({entity, {Section::kTables, top.id + "." + part.id, part.name}});
    }
  }
  if (part.role == Role::kParent) Mention(entity, "", names_.Find(part.id));
  if (part.role == Role::kEvent) Mention(entity, "", names_.Find(part.name, part.id));
  if (part.role == Role::kSet || part.role == Role::kChange) {
    for (const Entity& indicator : names_.Find(part.id)) {
      Uses(RelativeOf(IdOf(indicator)), entity);
      Uses(kScore, indicator);
    }
  }
  for (const Leaf& leaf : part.leaves) {
    AddSaid(entity, EntityOf(top) + " " + part.part + " " + std::string(leaf.field), leaf.said);
  }
}

void Graph::Mention(const Entity& user, const std::string& place, const std::set<Entity>& found) {
  for (const Entity& entity : found) {
    if (entity == user) continue;
    Uses(user, entity);
    if (!place.empty()) mentions_[entity].insert(place);
  }
}

void Graph::AddSaid(const Entity& user, const std::string& place, const Said& said) {
  for (const Piece& piece : said.pieces) {
    if (piece.formula != nullptr) {
      if (piece.formula->parsed()) AddFormula(user, place, *piece.formula);
    } else if (piece.kind == Piece::Kind::kName && piece.name_of == NameOf::kColumn) {
      Mention(user, place, names_.Find(piece.table, piece.text));
    } else if (piece.kind == Piece::Kind::kName && piece.name_of == NameOf::kTable) {
      Mention(user, place, names_.Find(piece.text));
    } else if (piece.kind == Piece::Kind::kName && piece.name_of == NameOf::kAnything) {
      // `cap nps 60` changes the points of nps.
      for (const Entity& entity : names_.Find(piece.text)) {
        if (user.starts_with("interlocks:") && entity.starts_with("indicators:")) {
          Uses(PointsOf(IdOf(entity)), user);
        }
        mentions_[entity].insert(place);
      }
    }
  }
}

void Graph::AddFormula(const Entity& user, const std::string& place, const Formula& formula) {
  for (const Expr& expr : formula.tree.nodes) {
    if (expr.kind == ExprKind::kName) {
      if (expr.text == "score") Uses(user, kScore);
      if (expr.text == "grade") Uses(user, kGrade);
      const NamePlace where{user, false};
      Mention(user, place,
              expr.text2.empty() ? Narrow(names_.Find(expr.text), where)
                                 : names_.Find(expr.text, expr.text2));
    }
    if (expr.kind != ExprKind::kCall || expr.children.size() != 1) continue;
    const Expr& argument = formula.tree.at(expr.children[0]);
    if (argument.kind != ExprKind::kName) continue;
    for (const Entity& entity : names_.Find(argument.text)) {
      if (IsCalled(expr, "points")) Uses(user, PointsOf(IdOf(entity)));
      if (IsCalled(expr, "weight")) Uses(user, kShares);
    }
  }
}

std::vector<Dependent> Graph::DependentsOf(const Entity& entity) const {
  std::set<Entity> reached;
  std::vector<Entity> open = {entity};
  while (!open.empty()) {
    const Entity next = open.back();
    open.pop_back();
    const auto found = users_.find(next);
    if (found == users_.end()) continue;
    for (const Entity& user : found->second) {
      if (reached.insert(user).second) open.push_back(user);
    }
  }
  std::vector<Dependent> dependents;
  for (const auto& [thing, dependent] : things_) {
    if (thing != entity && reached.count(thing) > 0) dependents.push_back(dependent);
  }
  return dependents;
}

}  // namespace steelyard
