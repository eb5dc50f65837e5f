// Pieces to tables.
#include "engine/data/piece_load.h"

#include <algorithm>
#include <iterator>
#include <mutex>
#include <utility>

#include "engine/base/parallel.h"
#include "engine/base/turns.h"
#include "engine/data/piece_reader.h"

namespace steelyard {

PieceLoad::PieceLoad(const PiecePlan& plan, KeyIndex& keys, std::vector<Reject>& rejects)
    : plan_(plan),
      keys_(keys),
      rejects_(rejects),
      rejects_before_(rejects.size()),
      table_(plan.EmptyTable()) {}

void PieceLoad::Read(CsvPieces& pieces, unsigned threads,
                     const std::function<void(uint64_t)>& progress) {
  ReadAll<CsvPiece, PieceReader>(pieces, threads, progress);
}

void PieceLoad::Read(ColumnPieces& pieces, unsigned threads,
                     const std::function<void(uint64_t)>& progress) {
  ReadAll<ColumnPiece, ColumnReader>(pieces, threads, progress);
}

template <class Piece, class Reader, class Pieces>
void PieceLoad::ReadAll(Pieces& pieces, unsigned threads,
                        const std::function<void(uint64_t)>& progress) {
  std::mutex reading;
  Turns merging;
  const auto next = [&](Piece& piece) {
    const std::lock_guard<std::mutex> lock(reading);
    return pieces.Next(piece);
  };
  const size_t workers = std::max(threads, 1U);
  ForEachTask(workers, workers, [&](size_t, size_t) {
    try {
      Reader reader(plan_);
      for (Piece piece; next(piece);) {
        PieceRows rows = reader.Read(piece);
        merging.Take(piece.number, [&] {
          Merge(rows);
          if (progress) progress(read_);
        });
      }
    } catch (...) {
      merging.Abandon();
      throw;
    }
  });
}

void PieceLoad::Merge(PieceRows& rows) {
  read_ += rows.read;
  if (plan_.key_parts.empty()) {
    rejects_.insert(rejects_.end(), std::make_move_iterator(rows.rejects.begin()),
                    std::make_move_iterator(rows.rejects.end()));
    return AppendColumns(rows);
  }
  const std::vector<uint32_t> kept = TakeKeys(rows);
  for (size_t i = 0; i < rows.rejected_keys.size(); ++i) {
    keys_.AddRejected(rows.rejected_keys.at(i), rows.rejected_key_lines[i]);
  }
  if (kept.size() == rows.table.rows) {
    AppendColumns(rows);
  } else {
    AppendSome(rows, kept);
  }
}

// Enters the keys; the rows whose key no row before has. Rejects go in the order of lines.
std::vector<uint32_t> PieceLoad::TakeKeys(PieceRows& rows) {
  constexpr size_t kAhead = 16;
  const std::vector<uint64_t>& hashes = rows.keys.hashes();
  std::vector<uint32_t> kept;
  kept.reserve(rows.table.rows);
  size_t next_reject = 0;
  for (size_t row = 0; row < rows.table.rows; ++row) {
    if (row + kAhead < hashes.size()) keys_.Prefetch(hashes[row + kAhead]);
    const auto number = static_cast<int32_t>(table_.rows + kept.size());
    KeyIndex::Entry first;
    if (keys_.AddUsed(rows.keys.at(row), hashes[row], {number, rows.table.source_line[row]},
                      first)) {
      kept.push_back(static_cast<uint32_t>(row));
      continue;
    }
    TakeRejects(rows, next_reject, row);
    rejects_.push_back(Duplicate(rows, row, first.line));
  }
  TakeRejects(rows, next_reject, rows.table.rows);
  return kept;
}

// Those that stand before a row, from `next` on.
void PieceLoad::TakeRejects(PieceRows& rows, size_t& next, size_t row) {
  for (; next < rows.rejects.size() && rows.rows_before[next] <= row; ++next) {
    rejects_.push_back(std::move(rows.rejects[next]));
  }
}

Reject PieceLoad::Duplicate(const PieceRows& rows, size_t row, uint32_t first_line) const {
  Fault fault = DuplicateFault(first_line);
  Reject reject;
  reject.table = plan_.id;
  reject.file = plan_.file;
  reject.line = rows.table.source_line[row];
  reject.column = plan_.headings[plan_.parts[plan_.key_parts[0]].place];
  reject.text = RejectText(rows.key_cells[row]);
  reject.reason = fault.reason;
  reject.detail = std::move(fault.detail);
  reject.why = fault.why;
  return reject;
}

void PieceLoad::AppendColumns(const PieceRows& rows) {
  for (size_t i = 0; i < table_.columns.size(); ++i) {
    table_.columns[i].AppendAll(rows.table.columns[i]);
  }
  for (size_t i = 0; i < table_.parents.size(); ++i) {
    const std::vector<int32_t>& more = rows.table.parents[i];
    table_.parents[i].insert(table_.parents[i].end(), more.begin(), more.end());
  }
  const std::vector<uint32_t>& lines = rows.table.source_line;
  table_.source_line.insert(table_.source_line.end(), lines.begin(), lines.end());
  table_.rows += rows.table.rows;
}

void PieceLoad::AppendSome(const PieceRows& rows, const std::vector<uint32_t>& kept) {
  PieceRows some;
  some.table = plan_.EmptyTable();
  some.table.rows = kept.size();
  for (size_t i = 0; i < table_.columns.size(); ++i) {
    const Column& column = rows.table.columns[i];
    if (column.size() > 0) some.table.columns[i] = column.Only(kept);
  }
  for (const uint32_t row : kept) {
    for (size_t i = 0; i < table_.parents.size(); ++i) {
      some.table.parents[i].push_back(rows.table.parents[i][row]);
    }
    some.table.source_line.push_back(rows.table.source_line[row]);
  }
  AppendColumns(some);
}

Table PieceLoad::Finish(TableCount& count) {
  count = {plan_.id, read_, table_.rows, rejects_.size() - rejects_before_};
  return std::move(table_);
}

}  // namespace steelyard
