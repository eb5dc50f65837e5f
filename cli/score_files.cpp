#include "cli/score_files.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <vector>

#include "engine/base/text.h"
#include "engine/diag/printable.h"

namespace steelyard {

namespace {

namespace fs = std::filesystem;

constexpr size_t kLongestShown = 60;

bool SameFile(const std::string& one, const std::string& other) {
  std::error_code error;
  const auto real = [&](const std::string& path) {
    const fs::path absolute = fs::absolute(path, error);
    const fs::path found = fs::weakly_canonical(absolute, error);
    return error ? absolute : found;
  };
  return real(one) == real(other);
}

// A device or a pipe, which keeps nothing that a receipt could speak of.
bool KeepsNothing(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  return fs::exists(status) && !fs::is_regular_file(status);
}

// Of the record that a ledger gets, in UTC. SOURCE_DATE_EPOCH takes the clock's place, as it does
// for other programs whose output is to come out the same again.
std::string TimeOfRecord() {
  std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  if (const char* set = std::getenv("SOURCE_DATE_EPOCH"); set != nullptr && *set != '\0') {
    char* end = nullptr;
    const long long seconds = std::strtoll(set, &end, 10);
    constexpr long long kLatest = 253'402'300'799;  // of the year 9999
    if (*end == '\0' && seconds >= 0 && seconds <= kLatest) now = seconds;
  }
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(now));
}

std::string Say(const Console& console, std::string_view english, std::string_view chinese,
                std::string_view found) {
  return fmt::format(fmt::runtime(console.Say(english, chinese)), Printable(found, kLongestShown));
}

}  // namespace

std::string ScoreFiles::Ending() const { return ToLower(fs::path(output).extension().string()); }

bool ScoreFiles::IsJson() const {
  return format == "json" || (format.empty() && Ending() == ".json");
}

std::string ScoreFiles::ReceiptPath() const {
  if (!receipt.empty()) return receipt;
  if (no_receipt || output.empty() || KeepsNothing(output)) return "";
  return output + ".receipt.json";
}

std::optional<std::string> ScoreFiles::FindMistake(const Console& console) const {
  if (!format.empty() && format != "csv" && format != "json") {
    return Say(console, "`score --format` takes csv or json, not `{}`",
               "`score --format` 须为 csv 或 json，而不是 `{}`", format);
  }
  if (format.empty() && Ending() == ".parquet") {
    return Say(console, "`{}`: results are written as csv or json",
               "`{}`：结果只能写成 csv 或 json", output);
  }
  if (no_receipt && !receipt.empty()) {
    return std::string(console.Say("`--receipt` and `--no-receipt` exclude each other",
                                   "`--receipt` 与 `--no-receipt` 不能同时使用"));
  }
  if (!rejects.empty() && !output.empty() && SameFile(rejects, output)) {
    return Say(console, "results and rejects cannot both go to `{}`",
               "结果和拒绝行不能写入同一文件 `{}`", output);
  }
  const std::vector<std::string> written = {output, rejects, ReceiptPath(), ledger};
  for (size_t i = 0; i < written.size(); ++i) {
    for (size_t j = i + 1; j < written.size(); ++j) {
      if (written[i].empty() || written[j].empty() || !SameFile(written[i], written[j])) continue;
      return Say(console, "`{}` is named for two files to be written",
                 "`{}` 被指定为两个要写入的文件", written[j]);
    }
  }
  return std::nullopt;
}

std::optional<std::string> ScoreFiles::FindOverwritten(const Session& session,
                                                       const ScoreOutcome& outcome) const {
  for (const std::string& path : {rejects, output, ReceiptPath(), ledger}) {
    if (!path.empty() && WasRead(session, outcome, path)) return path;
  }
  return std::nullopt;
}

ExitCode ScoreFiles::Write(Session& session, const ScoreOptions& options,
                           const ScoreOutcome& outcome, const InputWatch& watch, ResultFile& result,
                           const Console& console, SummaryInput& summary) const {
  const std::string receipt_path = ReceiptPath();
  const std::string rejects_text =
      rejects.empty() ? "" : RejectsCsv(outcome.rejects, console.language());
  std::optional<Receipt> made;
  if (WantsReceipt()) {
    const ResultPlaces places{receipt_path.empty() ? ledger : receipt_path,
                              IsJson() ? "json" : "csv", KeepsNothing(output) ? "" : output,
                              KeepsNothing(rejects) ? "" : rejects};
    made = MakeReceipt(session, options, outcome, watch, places, result.Digest(), rejects_text);
    if (!made) return CodeOfFailure(session);
  }
  // Before anything is written: is there a ledger to add to? It is let go again, so that others
  // need not wait for whoever reads the results.
  if (!ledger.empty() && !LedgerWriter::Open(ledger, session.sink)) return CodeOfFailure(session);
  const ExitCode code = WriteResults(session, result, rejects_text, console);
  if (code != ExitCode::kDone) return code;
  if (!receipt_path.empty() && !WriteFile(session, receipt_path, ToText(*made))) {
    return CodeOfFailure(session);
  }
  summary.receipt = receipt_path;
  const bool recorded = ledger.empty() || AddRecord(session, *made, summary);
  return recorded ? ExitCode::kDone : CodeOfFailure(session);
}

// A file of results comes before that of rejects: its folder is the likelier one to be missing.
ExitCode ScoreFiles::WriteResults(Session& session, ResultFile& result,
                                  const std::string& rejects_text, const Console& console) const {
  const bool written =
      result.Commit() && (rejects.empty() || WriteFile(session, rejects, rejects_text));
  if (!written) return CodeOfFailure(session);
  const auto print = [&](std::string_view text) { return console.Print(text); };
  return output.empty() && !result.Print(print) ? ExitCode::kFailed : ExitCode::kDone;
}

bool ScoreFiles::AddRecord(Session& session, const Receipt& made, SummaryInput& summary) const {
  std::optional<LedgerWriter> book = LedgerWriter::Open(ledger, session.sink);
  if (!book) return false;
  const std::string& receipt_path = summary.receipt;
  const std::string folder =
      receipt_path.empty() ? "." : SeenFrom(ledger, fs::path(receipt_path).parent_path().string());
  if (!book->Append(made, folder, TimeOfRecord(), session.sink)) return false;
  summary.ledger = ledger;
  summary.ledger_record = book->head().sequence;
  summary.ledger_head = book->head().hash;
  return true;
}

}  // namespace steelyard
