// Takes the rows of a file one by one.
#include "engine/data/table_reader.h"

#include <algorithm>
#include <utility>

namespace steelyard {

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
  std::vector<ColumnRole> parts = PartsOf(schema, id, places);
  key_parts_ = KeyPartsOf(table_schema_, parts);
  for (ColumnRole& part : parts) {
    const ColumnSchema& column = table_schema_.columns[part.column];
    parts_.push_back({std::move(part), CellConverter(column)});
  }
}

void TableReader::Take(const FileRow& row) {
  ++read_;
  if (row.fault != nullptr) return RejectRow(row, *row.fault, nullptr);
  std::fill(row_parents_.begin(), row_parents_.end(), kNoRow);
  for (Part& part : parts_) {
    if (const std::optional<Fault> fault = TakeCell(part, row.cells[part.rules.place])) {
      RejectRow(row, *fault, &part);
      RememberRejectedKey(row);
      return;
    }
  }
  if (!key_parts_.empty()) {
    const std::string key = RowKey().value_or(std::string());
    KeyIndex::Entry first;
    const KeyIndex::Entry own = {static_cast<int32_t>(table_.rows), row.line};
    if (!keys_[id_.index()].AddUsed(key, HashText(key), own, first)) {
      return RejectRow(row, DuplicateFault(first.line), &parts_[key_parts_[0]]);
    }
  }
  Accept(row);
}

// Converts a cell and does what its column is for: key, date, link.
std::optional<Fault> TableReader::TakeCell(Part& part, const FileCell& cell) {
  if (std::optional<Fault> fault = part.converter.Convert(cell)) return fault;
  if (part.converter.is_missing()) {
    if (std::optional<Fault> fault = FaultOfMissing(part.rules)) return fault;
  }
  for (const size_t link : part.rules.links) {
    if (std::optional<Fault> fault = Follow(link, part)) return fault;
  }
  return std::nullopt;
}

std::optional<Fault> TableReader::Follow(size_t link, const Part& part) {
  const ParentLink& parent = table_schema_.parents[link];
  if (part.converter.is_missing()) return FaultOfMissingParent(schema_, parent);
  return FindParent(schema_, parent, keys_[parent.parent.index()], part.converter.KeyText(),
                    row_parents_[link]);
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
    AppendKeyPart(parts_[i].converter.KeyText(), key);
  }
  return key;
}

void TableReader::Accept(const FileRow& row) {
  for (const Part& part : parts_) {
    part.converter.AppendTo(table_.columns[part.rules.column]);
  }
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
    reject.column = headings_[part->rules.place];
    text = row.cells[part->rules.place].text;
  }
  reject.text = RejectText(text);
  rejects_.push_back(std::move(reject));
}

// So that rows which belong to this one are told that it was rejected, not that it does not exist.
void TableReader::RememberRejectedKey(const FileRow& row) {
  if (key_parts_.empty()) return;
  for (const size_t i : key_parts_) {
    if (parts_[i].converter.Convert(row.cells[parts_[i].rules.place])) return;
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
