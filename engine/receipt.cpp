// Receipts made of runs.
#include "engine/receipt.h"

#include <filesystem>
#include <utility>

#include "engine/base/sha256.h"
#include "engine/data/load.h"
#include "engine/version.h"

namespace steelyard {
namespace {

namespace fs = std::filesystem;

// Names only: links are not followed, so that a folder may be moved with all that is in it.
fs::path Absolute(const std::string& path) {
  std::error_code error;
  const fs::path here = path.empty() ? "." : path;
  const fs::path absolute = fs::absolute(here, error);
  return (error ? here : absolute).lexically_normal();
}

FileRecord RecordOf(const std::string& path, std::string_view text) {
  return {path, Sha256Of(text), text.size()};
}

// All sources of the run: the card first, as it was opened first.
std::vector<FileRecord> RuleRecords(const Session& session, const std::string& seen_from) {
  std::vector<FileRecord> records;
  for (size_t i = 0; i < session.sources.size(); ++i) {
    const SourceFile& file = session.sources.file(FileId{static_cast<int32_t>(i)});
    records.push_back(RecordOf(SeenFrom(seen_from, file.path()), file.text()));
  }
  return records;
}

ReceiptCommand CommandOf(const ScoreOptions& options, const ResultPlaces& places) {
  ReceiptCommand command;
  command.rules = SeenFrom(places.seen_from, options.rules);
  for (const std::string& text : options.data) {
    const DataArgument argument = ParseDataArgument(text);
    const std::string path = SeenFrom(places.seen_from, argument.path);
    command.data.push_back(argument.table.empty() ? path : argument.table + "=" + path);
  }
  command.period = options.period;
  command.as_of = options.as_of;
  command.format = places.format;
  return command;
}

// Which rows, where in the data and for what; the words and the files' names differ by who runs it.
RowRecord RejectedRows(const std::vector<RejectLine>& rejects) {
  std::vector<RejectLine> bare = rejects;
  for (RejectLine& reject : bare) {
    reject.file.clear();
    reject.reason[0].clear();
  }
  return {bare.size(), Sha256Of(RejectsCsv(bare, Language::kEnglish))};
}

FileRecord ResultRecord(const ResultPlaces& places, const ResultDigest& result) {
  const bool named = !places.output.empty();
  return {named ? SeenFrom(places.seen_from, places.output) : "", result.sha256, result.bytes};
}

}  // namespace

std::string SeenFrom(const std::string& file, const std::string& path) {
  const fs::path seen = Absolute(path).lexically_relative(Absolute(file).parent_path());
  return seen.generic_string();
}

ResultDigest DigestOf(std::string_view text) { return {Sha256Of(text), text.size()}; }

void PrepareReceipt(ScoreOptions& options, InputWatch& watch) {
  options.want_meaning = true;
  options.opening = [&watch](const std::string& path) { watch.Before(path); };
}

std::optional<Receipt> MakeReceipt(Session& session, const ScoreOptions& options,
                                   const ScoreOutcome& outcome, const InputWatch& watch,
                                   const ResultPlaces& places, const ResultDigest& result,
                                   std::string_view rejects) {
  if (!watch.After(session.sink)) return std::nullopt;
  Receipt receipt;
  receipt.engine = EngineVersion();
  receipt.command = CommandOf(options, places);
  receipt.meaning = outcome.meaning;
  receipt.rules = RuleRecords(session, places.seen_from);
  for (const DataFile& file : outcome.data_files) {
    const Fingerprint& print = watch.Of(file.path);
    receipt.data.push_back(
        {file.table, {SeenFrom(places.seen_from, file.path), print.sha256, print.bytes}});
  }
  receipt.tables = outcome.summary.accounts;
  receipt.rejected = RejectedRows(outcome.rejects);
  receipt.counts = {outcome.summary.subjects_scored, outcome.summary.subjects_not_selected,
                    outcome.table.rows, outcome.table.columns.size()};
  receipt.result = ResultRecord(places, result);
  if (!places.rejects.empty()) {
    receipt.rejects = RecordOf(SeenFrom(places.seen_from, places.rejects), rejects);
  }
  return receipt;
}

}  // namespace steelyard
