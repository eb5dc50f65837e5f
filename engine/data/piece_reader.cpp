// Goes through the records of a piece: those without quotes by the index of separators and line
// breaks, the others one byte at a time.
#include "engine/data/piece_reader.h"

#include <utility>

namespace steelyard {
namespace {

constexpr size_t kPad = 64;

Fault FaultOf(CsvFlaw flaw, size_t cells) {
  Fault fault{RejectReason::kMalformedRow, HelpKind::kWhyMalformed, {}};
  switch (flaw) {
    case CsvFlaw::kNone: break;
    case CsvFlaw::kFewCells:
    case CsvFlaw::kManyCells:
      fault.why = flaw == CsvFlaw::kFewCells ? HelpKind::kWhyFewCells : HelpKind::kWhyManyCells;
      fault.detail = std::to_string(cells);
      break;
    case CsvFlaw::kQuote: fault.why = HelpKind::kWhyQuote; break;
    case CsvFlaw::kCarriageReturn: fault.why = HelpKind::kWhyCarriageReturn; break;
    case CsvFlaw::kNulByte: fault.why = HelpKind::kWhyNulByte; break;
    case CsvFlaw::kNotUtf8: fault.why = HelpKind::kWhyNotUtf8; break;
  }
  return fault;
}

// May a record that is blank begin so?
bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

PieceRows PieceReader::Read(const CsvPiece& piece) {
  constexpr size_t kMostIndexed = size_t{1} << 31;
  rows_ = PieceRows();
  rows_.table = plan_.EmptyTable();
  line_ = piece.line;
  std::string_view text = piece.bytes.text();
  if (text.size() < kMostIndexed) {
    ReadPlain(text);
  } else {
    while (!text.empty()) text.remove_prefix(ReadOdd(text));
  }
  block_.Flush(rows_);
  return std::move(rows_);
}

void PieceReader::ReadPlain(std::string_view text) {
  IndexCsv(text, plan_.dialect, index_);
  rows_.Reserve(plan_, index_.breaks.size());
  const bool utf8 = IsUtf8(text);
  const bool feeds = plan_.dialect.line_break == '\n';
  size_t begin = 0;  // of the record
  size_t first = 0;  // of its cells, in index_.ends
  size_t odd = 0;
  for (size_t i = 0; begin < text.size();) {
    const size_t last = index_.breaks[i];
    const size_t end = index_.ends[last];
    while (odd < index_.odd.size() && index_.odd[odd] < begin) ++odd;
    const bool is_odd = odd < index_.odd.size() && index_.odd[odd] < end;
    const bool seen = last > first || (end > begin && !IsBlank(text[begin]));
    if (utf8 && !is_odd && seen && last - first + 1 == plan_.headings.size()) {
      MakeRoom();
      const bool returned = feeds && end > begin && text[end - 1] == '\r';
      block_.AddPlain(line_, text.data(), index_.ends.data() + first, begin, end - returned);
      ++line_;
      ++i;
      begin = end + 1;
    } else {
      begin += ReadOdd(text.substr(begin));
      while (i < index_.breaks.size() && index_.ends[index_.breaks[i]] < begin) ++i;
    }
    if (i > 0) first = index_.breaks[i - 1] + 1;
  }
}

void PieceReader::MakeRoom() {
  if (block_.full()) block_.Flush(rows_);
}

// Takes one record by its bytes; how many those are.
size_t PieceReader::ReadOdd(std::string_view text) {
  CsvRecord record;
  cells_.clear();
  CutCsvRecord(text, true, plan_.dialect, record, &cells_);
  if (!record.blank) TakeOdd(record);
  line_ += record.lines;
  return record.taken;
}

void PieceReader::TakeOdd(const CsvRecord& record) {
  MakeRoom();
  const size_t wanted = plan_.headings.size();
  CsvFlaw flaw = record.flaw;
  if (flaw == CsvFlaw::kNone && record.cells < wanted) flaw = CsvFlaw::kFewCells;
  if (flaw == CsvFlaw::kNone && record.cells > wanted) flaw = CsvFlaw::kManyCells;
  if (flaw != CsvFlaw::kNone) {
    return block_.AddBroken(line_, FaultOf(flaw, wanted), ShownRecord(record.text));
  }
  const size_t row = block_.AddOdd(line_);
  for (size_t part = 0; part < plan_.parts.size(); ++part) {
    block_.Set(row, part, TextOf(cells_[plan_.parts[part].place]));
  }
}

// Without doubled quotes, and with room before it.
std::string_view PieceReader::TextOf(const CsvCell& cell) {
  if (!cell.doubled) return cell.text;
  auto text = std::make_unique<std::string>(kPad, '\0');
  AppendUndoubled(cell.text, *text);
  text->append(kPad, '\0');
  rows_.undoubled.push_back(std::move(text));
  return std::string_view(*rows_.undoubled.back())
      .substr(kPad, rows_.undoubled.back()->size() - 2 * kPad);
}

}  // namespace steelyard
