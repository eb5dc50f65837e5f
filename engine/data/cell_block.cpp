// Rows by blocks: each column in turn, then the rows whose cells are all good.
#include "engine/data/cell_block.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace steelyard {
namespace {

// As many rows as keep a block within the nearer caches.
size_t RowsFor(size_t parts) {
  constexpr size_t kCells = 8192;
  return std::clamp<size_t>(kCells / std::max<size_t>(parts, 1), 16, 1024);
}

}  // namespace

CellBlock::CellBlock(const PiecePlan& plan) : plan_(plan) {
  const size_t rows = RowsFor(plan.parts.size());
  for (const ColumnRole& part : plan.parts) {
    runs_.emplace_back(plan.table().columns[part.column], rows);
  }
  lines_.resize(rows);
  plain_.resize(rows);
  fault_of_.resize(rows, kGood);
  parents_.assign(plan.table().parents.size(), std::vector<int32_t>(rows, kNoRow));
}

size_t CellBlock::Add(uint64_t line) {
  lines_[rows_] =
      static_cast<uint32_t>(std::min<uint64_t>(line, std::numeric_limits<uint32_t>::max()));
  return rows_++;
}

size_t CellBlock::AddOdd(uint64_t line) {
  const size_t row = Add(line);
  plain_[row].ends = nullptr;
  return row;
}

void CellBlock::AddBroken(uint64_t line, Fault fault, std::string text) {
  const size_t row = AddOdd(line);
  for (CellRun& run : runs_) run.Set(row, {});
  fault_of_[row] = static_cast<uint32_t>(faults_.size());
  faults_.push_back({kBroken, std::move(fault), std::move(text)});
}

void CellBlock::Flush(PieceRows& piece) {
  for (size_t part = 0; part < runs_.size(); ++part) ConvertPart(part);
  piece.read += rows_;
  AppendRows(faults_.empty() ? rows_ : TakeGoodRows(piece), piece);
  rows_ = 0;
  if (faults_.empty()) return;
  faults_.clear();
  std::fill(fault_of_.begin(), fault_of_.end(), kGood);
}

// Finds the cells of one column in the plain rows.
void CellBlock::Gather(size_t part) {
  CellRun& run = runs_[part];
  const size_t place = plan_.parts[part].place;
  const bool last = place + 1 == plan_.headings.size();
  for (size_t row = 0; row < rows_; ++row) {
    const PlainRow& plain = plain_[row];
    if (plain.ends == nullptr) continue;
    const size_t begin = place == 0 ? plain.begin : size_t{plain.ends[place - 1]} + 1;
    const size_t end = last ? plain.end : plain.ends[place];
    run.Set(row, std::string_view(plain.text + begin, end - begin));
  }
}

void CellBlock::ConvertPart(size_t part) {
  CellRun& run = runs_[part];
  const ColumnRole& role = plan_.parts[part];
  Gather(part);
  others_.clear();
  run.ConvertPlain(rows_, others_);
  for (const uint32_t row : others_) {
    if (fault_of_[row] != kGood) continue;
    std::optional<Fault> fault = run.ConvertOther(row);
    if (!fault && run.is_missing(row)) fault = FaultOfMissing(role);
    if (fault) SetFault(row, part, *std::move(fault));
  }
  if (role.links.empty()) return;
  for (size_t row = 0; row < rows_; ++row) {
    if (fault_of_[row] != kGood) continue;
    if (std::optional<Fault> fault = FollowLinks(part, row)) {
      SetFault(row, part, *std::move(fault));
    }
  }
}

void CellBlock::SetFault(size_t row, size_t part, Fault fault) {
  fault_of_[row] = static_cast<uint32_t>(faults_.size());
  faults_.push_back({part, std::move(fault), RejectText(runs_[part].cell(row))});
}

std::optional<Fault> CellBlock::FollowLinks(size_t part, size_t row) {
  for (const size_t link : plan_.parts[part].links) {
    const ParentLink& parent = plan_.table().parents[link];
    int32_t& found = parents_[link][row];
    found = kNoRow;
    std::optional<Fault> fault;
    if (runs_[part].is_missing(row)) {
      fault = FaultOfMissingParent(plan_.schema, parent);
    } else {
      fault = FindParent(plan_.schema, parent, (*plan_.keys)[parent.parent.index()],
                         runs_[part].KeyText(row, scratch_), found);
    }
    if (fault) return fault;
  }
  return std::nullopt;
}

// Rejects the rows with a fault and moves the others together; their number.
size_t CellBlock::TakeGoodRows(PieceRows& piece) {
  size_t good = 0;
  for (size_t row = 0; row < rows_; ++row) {
    if (fault_of_[row] != kGood) {
      piece.rows_before.push_back(piece.table.rows + good);
      RejectRow(row, piece);
      continue;
    }
    if (good < row) {
      for (CellRun& run : runs_) run.Move(row, good);
      for (std::vector<int32_t>& parents : parents_) parents[good] = parents[row];
      lines_[good] = lines_[row];
    }
    ++good;
  }
  return good;
}

void CellBlock::RejectRow(size_t row, PieceRows& piece) {
  RowFault& fault = faults_[fault_of_[row]];
  Reject reject;
  reject.table = plan_.id;
  reject.file = plan_.file;
  reject.line = lines_[row];
  reject.reason = fault.fault.reason;
  reject.detail = std::move(fault.fault.detail);
  reject.why = fault.fault.why;
  reject.text = std::move(fault.text);
  if (fault.part != kBroken) {
    reject.column = plan_.headings[plan_.parts[fault.part].place];
    RememberRejectedKey(row, piece);
  }
  piece.rejects.push_back(std::move(reject));
}

// So that rows which belong to this one are told that it was rejected, not that it does not exist.
void CellBlock::RememberRejectedKey(size_t row, PieceRows& piece) {
  if (plan_.key_parts.empty()) return;
  for (const size_t part : plan_.key_parts) {
    if (runs_[part].ConvertOther(row) || runs_[part].is_missing(row)) return;
  }
  piece.rejected_keys.Append(RowKey(row));
  piece.rejected_key_lines.push_back(lines_[row]);
}

// The cells of the key in one text.
std::string_view CellBlock::RowKey(size_t row) {
  if (plan_.key_parts.size() == 1) return runs_[plan_.key_parts[0]].KeyText(row, scratch_);
  key_.clear();
  for (const size_t part : plan_.key_parts) {
    AppendKeyPart(runs_[part].KeyText(row, scratch_), key_);
  }
  return key_;
}

void CellBlock::AppendRows(size_t count, PieceRows& piece) {
  if (!plan_.key_parts.empty()) {
    for (size_t row = 0; row < count; ++row) {
      piece.keys.Append(RowKey(row));
      piece.key_cells.push_back(runs_[plan_.key_parts[0]].cell(row));
    }
  }
  for (size_t part = 0; part < runs_.size(); ++part) {
    runs_[part].AppendTo(piece.table.columns[plan_.parts[part].column], count);
  }
  const auto end = static_cast<std::ptrdiff_t>(count);
  for (size_t link = 0; link < parents_.size(); ++link) {
    std::vector<int32_t>& parents = piece.table.parents[link];
    parents.insert(parents.end(), parents_[link].begin(), parents_[link].begin() + end);
  }
  piece.table.source_line.insert(piece.table.source_line.end(), lines_.begin(),
                                 lines_.begin() + end);
  piece.table.rows += count;
}

}  // namespace steelyard
