// Says why rows were rejected, and writes the list of them.
#include <ostream>

#include "engine/data/atomic_file.h"
#include "engine/data/load.h"

namespace steelyard {
namespace {

HelpKind WordsFor(RejectReason reason) {
  switch (reason) {
    case RejectReason::kWrongType: return HelpKind::kWhyNotNumber;
    case RejectReason::kNotInEnumeration: return HelpKind::kWhyNotInEnumeration;
    case RejectReason::kOutOfRange: return HelpKind::kWhyOutOfRange;
    case RejectReason::kEmptyKey: return HelpKind::kWhyEmptyKey;
    case RejectReason::kDuplicateKey: return HelpKind::kWhyDuplicateKey;
    case RejectReason::kEmptyParent: return HelpKind::kWhyEmptyParent;
    case RejectReason::kNoSuchParent: return HelpKind::kWhyNoSuchParent;
    case RejectReason::kParentRejected: return HelpKind::kWhyParentRejected;
    case RejectReason::kMalformedRow: return HelpKind::kWhyMalformed;
    case RejectReason::kNoDate: return HelpKind::kWhyNoDate;
    case RejectReason::kEvaluation: return HelpKind::kWhyEvaluation;
  }
  return HelpKind::kWhyMalformed;
}

std::string CsvCell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace

std::string ReasonText(const Reject& reject, Language language) {
  return HelpLine({reject.why.value_or(WordsFor(reject.reason)), {reject.detail}, {}}, language);
}

std::string_view ReasonCode(RejectReason reason) {
  switch (reason) {
    case RejectReason::kWrongType: return "wrong_type";
    case RejectReason::kNotInEnumeration: return "not_in_enumeration";
    case RejectReason::kOutOfRange: return "out_of_range";
    case RejectReason::kEmptyKey: return "empty_key";
    case RejectReason::kDuplicateKey: return "duplicate_key";
    case RejectReason::kEmptyParent: return "empty_parent";
    case RejectReason::kNoSuchParent: return "no_such_parent";
    case RejectReason::kParentRejected: return "parent_rejected";
    case RejectReason::kMalformedRow: return "malformed_row";
    case RejectReason::kNoDate: return "no_date";
    case RejectReason::kEvaluation: return "evaluation";
  }
  return "malformed_row";
}

bool WriteRejects(const std::string& path, const Schema& schema, const std::vector<Reject>& rejects,
                  Language language, DiagnosticSink& sink) {
  std::optional<AtomicFile> file = AtomicFile::Create(path, sink);
  if (!file) return false;
  std::ostream& out = file->stream();
  out << "table,file,line,column,text,code,reason\n";
  for (const Reject& reject : rejects) {
    const std::string table = reject.table.valid() ? schema.table(reject.table).id : "";
    out << CsvCell(table) << ',' << CsvCell(reject.file) << ',' << reject.line << ','
        << CsvCell(reject.column) << ',' << CsvCell(reject.text) << ',' << ReasonCode(reject.reason)
        << ',' << CsvCell(ReasonText(reject, language)) << '\n';
  }
  return file->Commit(sink);
}

}  // namespace steelyard
