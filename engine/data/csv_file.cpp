// A CSV file: the scan tells its records, DuckDB reads their cells.
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

#include "engine/data/csv_scan.h"
#include "engine/data/scratch_file.h"
#include "engine/data/table_file.h"

namespace steelyard {
namespace {

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

// Everything that DuckDB would otherwise guess is said.
std::string CsvQuery(const std::string& path, const CsvHeader& header, const CsvScan& scan,
                     const std::vector<size_t>& columns, bool whole_file) {
  std::string selected;
  for (const size_t column : columns) {
    selected += (selected.empty() ? "c" : ", c") + std::to_string(column);
  }
  std::string names;
  for (size_t i = 0; i < header.headings.size(); ++i) {
    names += (i == 0 ? "'c" : ", 'c") + std::to_string(i) + "': 'VARCHAR'";
  }
  const bool crlf = whole_file && header.end == LineEnd::kCrLf;
  return "SELECT " + (selected.empty() ? "'' AS none" : selected) + " FROM read_csv(" +
         SqlPath(path) + ", auto_detect=false, columns={" + names +
         "}, delim=" + SqlText(std::string(1, header.separator)) +
         ", quote='\"', escape='\"', header=" + (whole_file ? "true" : "false") + ", new_line='" +
         (crlf ? "\\r\\n" : "\\n") + "', compression='none'" +
         ", max_line_size=" + std::to_string(scan.longest * 2 + 2'000'000) +
         ", parallel=" + (scan.breaks_in_quotes ? "false" : "true") + ", hive_partitioning=false)";
}

class CsvFile final : public TableFile {
 public:
  CsvFile(std::string path, CsvHeader header, Database& database)
      : TableFile(std::move(path)), header_(std::move(header)), database_(database) {
    headings_ = header_.headings;
  }

  bool Read(const std::vector<size_t>& columns, const TakeRow& take,
            DiagnosticSink& sink) override {
    const CsvScan scan = ScanCsv(path_, header_);
    if (scan.failed) {
      sink.Report(DiagKind::kDataFileUnreadable, {}, {path_});
      return false;
    }
    size_t good = 0;
    size_t bad = 0;
    if (!scan.lines.empty()) {
      const std::optional<ScratchFile> copy = CopyIfNeeded(scan, sink);
      if (!scan.plain && !copy) return false;
      const std::string& source = scan.plain ? path_ : copy->path();
      const bool done = database_.Query(
          CsvQuery(source, header_, scan, columns, scan.plain), [&](const TextBlock& block) {
            for (size_t row = 0; row < block.rows; ++row, ++good) {
              if (good >= scan.lines.size()) continue;  // counted, and told below
              const uint32_t line = scan.lines[good];
              while (bad < scan.bad.size() && scan.bad[bad].line < line) {
                TakeBad(scan.bad[bad++], take);
              }
              take({line, block.row(row), nullptr, {}});
            }
          });
      if (!done || good != scan.lines.size()) return ReportTrouble(done, scan, good, sink);
    }
    while (bad < scan.bad.size()) TakeBad(scan.bad[bad++], take);
    return true;
  }

 private:
  // Where some records cannot be used, DuckDB reads a copy of the others.
  std::optional<ScratchFile> CopyIfNeeded(const CsvScan& scan, DiagnosticSink& sink) const {
    if (scan.plain) return std::nullopt;
    std::optional<ScratchFile> copy = ScratchFile::Create();
    if (copy) {
      std::ofstream out(copy->path(), std::ios::binary | std::ios::trunc);
      if (CopyGoodRecords(path_, header_, out)) return copy;
    }
    sink.Report(DiagKind::kCannotSpool, {}, {path_, ScratchFile::Folder()});
    return std::nullopt;
  }

  void TakeBad(const CsvBadRecord& record, const TakeRow& take) const {
    const Fault fault = FaultOf(record.flaw, header_.headings.size());
    take({static_cast<uint32_t>(record.line), {}, &fault, record.text});
  }

  bool ReportTrouble(bool done, const CsvScan& scan, size_t found, DiagnosticSink& sink) const {
    if (done) {
      sink.Report(DiagKind::kDataFileChanged, {},
                  {path_, std::to_string(scan.lines.size()), std::to_string(found)});
    } else {
      sink.Report(DiagKind::kDataFileUnreadable, {}, {path_});
    }
    return false;
  }

  CsvHeader header_;
  Database& database_;
};

void ReportHeader(const std::string& path, const CsvHeader& header, DiagnosticSink& sink) {
  switch (header.status) {
    case CsvHeader::Status::kGood: break;
    case CsvHeader::Status::kEmpty: sink.Report(DiagKind::kDataFileEmpty, {}, {path}); break;
    case CsvHeader::Status::kUnreadable:
      sink.Report(DiagKind::kDataFileUnreadable, {}, {path});
      break;
    case CsvHeader::Status::kBrokenQuote:
      sink.Report(DiagKind::kHeadingLineBroken, {}, {path});
      break;
    case CsvHeader::Status::kUtf16:
      sink.Report(DiagKind::kDataNotUtf8, {}, {path}).Because(HelpKind::kIsUtf16);
      break;
    case CsvHeader::Status::kNotUtf8: {
      Diagnostic& diagnostic = sink.Report(DiagKind::kDataNotUtf8, {}, {path});
      if (header.looks_gbk) diagnostic.Because(HelpKind::kIsGbk);
      break;
    }
  }
}

}  // namespace

std::unique_ptr<TableFile> OpenCsvFile(const std::string& path, char separator, Database& database,
                                       DiagnosticSink& sink) {
  CsvHeader header = ReadCsvHeader(path, separator);
  if (header.status != CsvHeader::Status::kGood) {
    ReportHeader(path, header, sink);
    return nullptr;
  }
  return std::make_unique<CsvFile>(path, std::move(header), database);
}

}  // namespace steelyard
