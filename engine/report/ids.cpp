#include "engine/report/ids.h"

#include <algorithm>

namespace steelyard {

bool HoldsIds(ResultRole role) {
  return role == ResultRole::kVetoes || role == ResultRole::kInterlocks ||
         role == ResultRole::kAlerts || role == ResultRole::kReview ||
         role == ResultRole::kEntitlements || role == ResultRole::kTargetsMissed;
}

std::vector<std::string_view> IdsOf(const Value& cell) {
  std::vector<std::string_view> ids;
  if (!cell.is_text()) return ids;
  std::string_view rest = cell.text();
  while (!rest.empty()) {
    const size_t end = std::min(rest.find(';'), rest.size());
    if (end > 0) ids.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return ids;
}

}  // namespace steelyard
