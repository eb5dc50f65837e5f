// Takes the rows of a file one by one.
#include "engine/data/table_reader.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/data/binding.h"

namespace steelyard {
namespace {

constexpr size_t kShownBytes = 500;  // of a cell that is rejected

}  // namespace

TableReader::TableReader(const Schema& schema, TableId id, const std::string& file,
                         const std::vector<int32_t>& places, std::vector<std::string> headings,
                         std::vector<KeyIndex>& keys, std::vector<Reject>& rejects)
    : schema_(schema),
      id_(id),
      table_schema_(schema.table(id)),
      file_(file),
      headings_(std::move(headings)),
      keys_(keys),
      rejects_(rejects),
      row_parents_(table_schema_.parents.size(), kNoRow) {
  table_.files.push_back(file);
  table_.parents.resize(table_schema_.parents.size());
  for (const ColumnSchema& column : table_schema_.columns) {
    table_.columns.push_back(Column::OfType(column.type));
  }
  for (size_t i = 0; i < places.size(); ++i) {
    if (places[i] >= 0) AddPart(i, static_cast<size_t>(places[i]));
  }
  for (const int32_t column : table_schema_.key) {
    for (size_t i = 0; i < parts_.size(); ++i) {
      if (parts_[i].column == static_cast<size_t>(column)) key_parts_.push_back(i);
    }
  }
}

void TableReader::AddPart(size_t column, size_t place) {
  const auto own = static_cast<int32_t>(column);
  Part part{column, place, CellConverter(table_schema_.columns[column]), false, false, {}};
  part.is_key =
      std::find(table_schema_.key.begin(), table_schema_.key.end(), own) != table_schema_.key.end();
  part.is_time = schema_.period.has_value() && table_schema_.time == own;
  for (size_t i = 0; i < table_schema_.parents.size(); ++i) {
    const ParentLink& link = table_schema_.parents[i];
    if (link.column == own && IsRead(schema_.table(link.parent))) part.links.push_back(i);
  }
  parts_.push_back(std::move(part));
}

void TableReader::Take(const FileRow& row) {
  ++read_;
  if (row.fault != nullptr) return RejectRow(row, *row.fault, nullptr);
  std::fill(row_parents_.begin(), row_parents_.end(), kNoRow);
  for (Part& part : parts_) {
    if (const std::optional<Fault> fault = TakeCell(part, row.cells[part.place])) {
      RejectRow(row, *fault, &part);
      RememberRejectedKey(row);
      return;
    }
  }
  const std::string key = RowKey().value_or(std::string());
  if (!key_parts_.empty()) {
    const KeyIndex::Entry* first = keys_[id_.index()].Find(key);
    if (first != nullptr && first->row != kNoRow) {
      const Fault fault{RejectReason::kDuplicateKey, HelpKind::kWhyDuplicateKey,
                        std::to_string(first->line)};
      return RejectRow(row, fault, &parts_[key_parts_[0]]);
    }
  }
  Accept(row, key);
}

// Converts a cell and does what its column is for: key, date, link.
std::optional<Fault> TableReader::TakeCell(Part& part, const FileCell& cell) {
  if (std::optional<Fault> fault = part.converter.Convert(cell)) return fault;
  if (part.is_key && part.converter.is_missing()) {
    return Fault{RejectReason::kEmptyKey, HelpKind::kWhyEmptyKey, {}};
  }
  if (part.is_time && part.converter.is_missing()) {
    return Fault{RejectReason::kNoDate, HelpKind::kWhyNoDate, {}};
  }
  for (const size_t link : part.links) {
    if (std::optional<Fault> fault = Follow(link, part)) return fault;
  }
  return std::nullopt;
}

std::optional<Fault> TableReader::Follow(size_t link, const Part& part) {
  const ParentLink& parent = table_schema_.parents[link];
  const std::string& name = schema_.table(parent.parent).id;
  if (part.converter.is_missing()) {
    if (parent.optional) return std::nullopt;
    return Fault{RejectReason::kEmptyParent, HelpKind::kWhyEmptyParent, name};
  }
  const KeyIndex::Entry* entry = keys_[parent.parent.index()].Find(part.converter.KeyText());
  if (entry == nullptr) {
    return Fault{RejectReason::kNoSuchParent, HelpKind::kWhyNoSuchParent, name};
  }
  if (entry->row == kNoRow) {
    return Fault{RejectReason::kParentRejected, HelpKind::kWhyParentRejected, name};
  }
  row_parents_[link] = entry->row;
  return std::nullopt;
}

// The cells of the key in one text: each with its length where there are several, so that `1`, `23`
// and `12`, `3` differ. Empty where the table has no key, or a cell of it is missing.
std::optional<std::string> TableReader::RowKey() const {
  if (key_parts_.size() == 1) {
    const CellConverter& only = parts_[key_parts_[0]].converter;
    if (only.is_missing()) return std::nullopt;
    return only.KeyText();
  }
  std::string key;
  for (const size_t i : key_parts_) {
    if (parts_[i].converter.is_missing()) return std::nullopt;
    const std::string text = parts_[i].converter.KeyText();
    key += std::to_string(text.size()) + ':' + text;
  }
  return key;
}

void TableReader::Accept(const FileRow& row, const std::string& key) {
  const auto number = static_cast<int32_t>(table_.rows);
  if (!key_parts_.empty()) keys_[id_.index()].AddUsed(key, number, row.line);
  for (const Part& part : parts_) part.converter.AppendTo(table_.columns[part.column]);
  for (size_t i = 0; i < row_parents_.size(); ++i) table_.parents[i].push_back(row_parents_[i]);
  table_.source_line.push_back(row.line);
  ++table_.rows;
}

void TableReader::RejectRow(const FileRow& row, const Fault& fault, const Part* part) {
  ++rejected_;
  Reject reject;
  reject.table = id_;
  reject.file = file_;
  reject.line = row.line;
  reject.reason = fault.reason;
  reject.detail = fault.detail;
  reject.why = fault.why;
  std::string_view text = row.text;
  if (part != nullptr) {
    reject.column = headings_[part->place];
    text = row.cells[part->place].text;
  }
  reject.text = text.substr(0, kShownBytes);
  rejects_.push_back(std::move(reject));
}

// So that rows which belong to this one are told that it was rejected, not that it does not exist.
void TableReader::RememberRejectedKey(const FileRow& row) {
  if (key_parts_.empty()) return;
  for (const size_t i : key_parts_) {
    if (parts_[i].converter.Convert(row.cells[parts_[i].place])) return;
  }
  if (const std::optional<std::string> key = RowKey()) {
    keys_[id_.index()].AddRejected(*key, row.line);
  }
}

Table TableReader::Finish(TableCount& count) {
  count = {id_, read_, table_.rows, rejected_};
  return std::move(table_);
}

}  // namespace steelyard
