#include "engine/syntax/policy.h"

namespace steelyard {

std::string_view SpellKey(AskedKey key) {
  switch (key) {
    case AskedKey::kName: return "name";
    case AskedKey::kDefinition: return "definition";
    case AskedKey::kUnit: return "unit";
    case AskedKey::kTarget: return "target";
    case AskedKey::kSource: return "source";
    case AskedKey::kSourceKind: return "source.kind";
    case AskedKey::kPeriod: return "period";
    case AskedKey::kOwner: return "owner";
    case AskedKey::kStrategy: return "strategy";
    case AskedKey::kLevel: return "level";
    case AskedKey::kBetter: return "better";
    case AskedKey::kWeightRange: return "weight_range";
    case AskedKey::kAuditRange: return "audit_range";
    case AskedKey::kWhy: return "why";
    case AskedKey::kTitle: return "title";
    case AskedKey::kVersion: return "version";
    case AskedKey::kEffective: return "effective";
    case AskedKey::kFrom: return "from";
    case AskedKey::kUntil: return "until";
    case AskedKey::kApprovedBy: return "approved_by";
  }
  return "";
}

}  // namespace steelyard
