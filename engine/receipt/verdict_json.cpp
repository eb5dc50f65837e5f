// Verdicts for machines.
#include <string_view>

#include "engine/receipt/json.h"
#include "engine/receipt/verdict.h"

namespace steelyard {

namespace {

std::string_view NameOf(Checked what) {
  switch (what) {
    case Checked::kReceipt: return "receipt";
    case Checked::kEngine: return "engine";
    case Checked::kRules: return "rules";
    case Checked::kMeaning: return "meaning";
    case Checked::kData: return "data";
    case Checked::kTable: return "table";
    case Checked::kRejected: return "rejected";
    case Checked::kCounts: return "counts";
    case Checked::kResult: return "result";
    case Checked::kRejects: return "rejects";
    case Checked::kRecomputed: return "recomputed";
  }
  return "";
}

std::string_view NameOf(CheckState state) {
  switch (state) {
    case CheckState::kSame: return "same";
    case CheckState::kChanged: return "changed";
    case CheckState::kGone: return "missing";
    case CheckState::kUnreadable: return "unreadable";
    case CheckState::kNotRecorded: return "not_recorded";
    case CheckState::kNotRead: return "not_read";
    case CheckState::kOther: return "other";
    case CheckState::kImpossible: return "impossible";
  }
  return "";
}

std::string_view NameOf(FileEntry entry) {
  switch (entry) {
    case FileEntry::kContent: return "sha256";
    case FileEntry::kBytes: return "bytes";
    case FileEntry::kPath: return "path";
  }
  return "";
}

std::string_view NameOf(LedgerFlaw flaw) {
  switch (flaw) {
    case LedgerFlaw::kNone: return "none";
    case LedgerFlaw::kAltered: return "altered";
    case LedgerFlaw::kTorn: return "cut_off";
    case LedgerFlaw::kRewritten: return "rewritten";
    case LedgerFlaw::kRemoved: return "removed";
    case LedgerFlaw::kInserted: return "inserted";
    case LedgerFlaw::kCopied: return "copied";
    case LedgerFlaw::kMoved: return "moved";
  }
  return "";
}

Json CellsJson(const CellChanges& cells) {
  Json json;
  json["readable"] = cells.readable;
  json["columns_missing"] = cells.columns_missing;
  json["columns_added"] = cells.columns_added;
  json["rows_missing"] = cells.missing;
  json["rows_added"] = cells.added;
  json["rows_moved"] = cells.moved;
  json["cells"] = cells.cells;
  json["first"] = nullptr;
  if (cells.first) {
    json["first"] = {{"row", cells.first->row},
                     {"line", cells.first->line},
                     {"column", cells.first->column},
                     {"expected", cells.first->expected},
                     {"found", cells.first->found}};
  }
  json["first_line"] = cells.line;
  return json;
}

}  // namespace

std::string ReceiptVerdictJson(const VerifyOutcome& outcome) {
  Json json;
  json["holds"] = outcome.holds();
  json["same_result"] = outcome.same_result;
  json["checks"] = Json::array();
  for (const ReceiptCheck& check : outcome.checks) {
    Json entry;
    entry["what"] = NameOf(check.what);
    if (!check.name.empty()) entry["name"] = check.name;
    entry["state"] = NameOf(check.state);
    if (check.entry != FileEntry::kContent) entry["entry"] = NameOf(check.entry);
    if (!check.recorded.empty()) entry["recorded"] = check.recorded;
    if (!check.found.empty()) entry["found"] = check.found;
    json["checks"].push_back(std::move(entry));
  }
  json["cells"] = outcome.cells ? CellsJson(*outcome.cells) : Json();
  return JsonText(json);
}

std::string LedgerVerdictJson(const LedgerVerdict& verdict, const std::string& asked) {
  const bool whole = verdict.flaw == LedgerFlaw::kNone;
  Json json;
  json["holds"] = whole && (asked.empty() || verdict.asked_head > 0);
  json["records"] = verdict.records;
  json["good"] = verdict.good;
  json["flaw"] = NameOf(verdict.flaw);
  if (!whole) {
    json["first"] = verdict.first;
    json["last"] = verdict.last;
  }
  if (verdict.other > 0) json["other"] = verdict.other;
  json["head"] = whole ? Json(verdict.head.hash) : Json();
  if (!asked.empty()) {
    json["asked"] = verdict.asked_head > 0 ? Json(verdict.asked_head) : Json();
  }
  return JsonText(json);
}

}  // namespace steelyard
