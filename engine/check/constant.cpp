// Values that are known without any data.
#include <unordered_map>

#include "engine/check/check.h"

namespace steelyard {
namespace {

using Known = std::unordered_map<int32_t, std::optional<Value>>;

std::optional<Value> Compute(const Model& model, TermId id, Known& known);

std::optional<Value> ComputeMap(const Model& model, const Term& term, Known& known) {
  std::vector<Value> operands;
  for (const TermId input : term.inputs) {
    auto value = Compute(model, input, known);
    if (!value) return std::nullopt;
    operands.push_back(std::move(*value));
  }
  return ApplyMap(term.map, operands);
}

std::optional<Value> Compute(const Model& model, TermId id, Known& known) {
  const Term& term = model.term(id);
  if (term.type.IsError() || term.grain != Grain{}) return std::nullopt;
  if (term.kind == TermKind::kConstant) return term.constant;
  if (term.kind == TermKind::kDefinition) return model.definition(term.definition).constant;
  if (term.kind != TermKind::kMap) return std::nullopt;
  if (const auto found = known.find(id.value); found != known.end()) return found->second;
  auto value = ComputeMap(model, term, known);
  known.emplace(id.value, value);
  return value;
}

}  // namespace

std::optional<Value> ConstantValue(const Model& model, TermId term) {
  if (!term.valid()) return std::nullopt;
  Known known;
  return Compute(model, term, known);
}

}  // namespace steelyard
