// The rules for keys, dates and links.
#include "engine/data/column_role.h"

#include <algorithm>
#include <string>
#include <utility>

namespace steelyard {
namespace {

constexpr size_t kShownBytes = 500;  // of a cell that is rejected

}  // namespace

std::vector<ColumnRole> PartsOf(const Schema& schema, TableId id,
                                const std::vector<int32_t>& places) {
  const TableSchema& table = schema.table(id);
  std::vector<ColumnRole> parts;
  for (size_t i = 0; i < places.size(); ++i) {
    if (places[i] < 0) continue;
    const auto own = static_cast<int32_t>(i);
    ColumnRole part;
    part.column = i;
    part.place = static_cast<size_t>(places[i]);
    part.is_key = std::find(table.key.begin(), table.key.end(), own) != table.key.end();
    part.is_time = schema.period.has_value() && table.time == own;
    for (size_t link = 0; link < table.parents.size(); ++link) {
      const ParentLink& parent = table.parents[link];
      if (parent.column == own && IsRead(schema.table(parent.parent))) part.links.push_back(link);
    }
    parts.push_back(std::move(part));
  }
  return parts;
}

std::vector<size_t> KeyPartsOf(const TableSchema& table, const std::vector<ColumnRole>& parts) {
  std::vector<size_t> key_parts;
  for (const int32_t column : table.key) {
    for (size_t i = 0; i < parts.size(); ++i) {
      if (parts[i].column == static_cast<size_t>(column)) key_parts.push_back(i);
    }
  }
  return key_parts;
}

std::optional<Fault> FaultOfMissing(const ColumnRole& part) {
  if (part.is_key) return Fault{RejectReason::kEmptyKey, HelpKind::kWhyEmptyKey, {}};
  if (part.is_time) return Fault{RejectReason::kNoDate, HelpKind::kWhyNoDate, {}};
  return std::nullopt;
}

std::optional<Fault> FaultOfMissingParent(const Schema& schema, const ParentLink& link) {
  if (link.optional) return std::nullopt;
  return Fault{RejectReason::kEmptyParent, HelpKind::kWhyEmptyParent, schema.table(link.parent).id};
}

std::optional<Fault> FindParent(const Schema& schema, const ParentLink& link, const KeyIndex& keys,
                                std::string_view key, int32_t& row) {
  const KeyIndex::Entry* entry = keys.Find(key);
  const std::string& name = schema.table(link.parent).id;
  if (entry == nullptr) {
    return Fault{RejectReason::kNoSuchParent, HelpKind::kWhyNoSuchParent, name};
  }
  if (entry->row == kNoRow) {
    return Fault{RejectReason::kParentRejected, HelpKind::kWhyParentRejected, name};
  }
  row = entry->row;
  return std::nullopt;
}

Fault DuplicateFault(uint32_t first_line) {
  return {RejectReason::kDuplicateKey, HelpKind::kWhyDuplicateKey, std::to_string(first_line)};
}

void AppendKeyPart(std::string_view text, std::string& key) {
  key += std::to_string(text.size());
  key += ':';
  key += text;
}

std::string RejectText(std::string_view text) { return std::string(text.substr(0, kShownBytes)); }

}  // namespace steelyard
