// Opens CSV files, and says what is wrong with them.
#include "engine/data/csv_file.h"

#include <utility>

namespace steelyard {
namespace {

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

CsvFile::CsvFile(std::string path, CsvHeader header)
    : TableFile(std::move(path)), header_(std::move(header)) {
  headings_ = header_.headings;
}

std::unique_ptr<CsvFile> CsvFile::Open(const std::string& path, char separator,
                                       DiagnosticSink& sink) {
  CsvHeader header = ReadCsvHeader(path, separator);
  if (header.status == CsvHeader::Status::kGood) {
    return std::unique_ptr<CsvFile>(new CsvFile(path, std::move(header)));
  }
  ReportHeader(path, header, sink);
  return nullptr;
}

bool CsvFile::Check(const CsvPieces& pieces, DiagnosticSink& sink) const {
  if (!pieces.failed() && !pieces.changed()) return true;
  sink.Report(DiagKind::kDataFileUnreadable, {}, {path()});
  return false;
}

}  // namespace steelyard
