// A CSV file as a table: its headings; its rows come in pieces.
#pragma once

#include <memory>
#include <string>

#include "engine/data/csv_header.h"
#include "engine/data/csv_pieces.h"
#include "engine/data/table_file.h"

namespace steelyard {

class CsvFile final : public TableFile {
 public:
  // `separator` as ReadCsvHeader() has it. Null where an error was reported.
  static std::unique_ptr<CsvFile> Open(const std::string& path, char separator,
                                       DiagnosticSink& sink);

  const CsvFile* csv() const override { return this; }
  const CsvHeader& header() const { return header_; }
  // After the last piece: false where an error was reported, because the file could not be read to
  // its end or changed meanwhile.
  bool Check(const CsvPieces& pieces, DiagnosticSink& sink) const;

 private:
  CsvFile(std::string path, CsvHeader header);

  CsvHeader header_;
};

}  // namespace steelyard
