// A receipt held against its files, and against what its rules make of its data now.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <tuple>
#include <utility>

#include "engine/data/load.h"
#include "engine/receipt.h"
#include "engine/rulefile/load.h"
#include "engine/version.h"

namespace steelyard {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kLargestCompared = 1u << 30;  // bytes of a result whose cells are compared

std::string ResultText(const ResultTable& table, const std::string& format) {
  return format == "json" ? ToJson(table) : ToCsv(table);
}

size_t KeyColumns(const ResultTable& table) {
  return static_cast<size_t>(
      std::count_if(table.columns.begin(), table.columns.end(), [](const ResultColumn& column) {
        return column.role == ResultRole::kKey || column.role == ResultRole::kPeriod;
      }));
}

std::string Count(const TableAccount& account) {
  return std::to_string(account.read) + " = " + std::to_string(account.used) + " + " +
         std::to_string(account.rejected);
}

class Verifier {
 public:
  Verifier(Session& session, const VerifyOptions& options, const ReadReceipt& read)
      : session_(session), options_(options), read_(read), recorded_(read.receipt) {}

  VerifyOutcome Run() {
    const bool good = read_.sealed && read_.as_written;
    Add(Checked::kReceipt, options_.receipt, good ? CheckState::kSame : CheckState::kChanged);
    const bool same_engine = recorded_.engine == EngineVersion();
    Add(Checked::kEngine, "", same_engine ? CheckState::kSame : CheckState::kOther,
        recorded_.engine, std::string(EngineVersion()));
    Recompute();
    if (now_) {
      CompareRules();
      CompareData();
      CompareRows();
    } else {
      LookAtInputs();
    }
    CompareResult();
    if (recorded_.rejects)
      CompareFile(Checked::kRejects, *recorded_.rejects, Resolve(recorded_.rejects->path));
    for (const ReceiptCheck& check : outcome_.checks) {
      const bool holds = check.state == CheckState::kSame || check.state == CheckState::kOther;
      if (!holds) ++outcome_.differences;
    }
    return std::move(outcome_);
  }

 private:
  void Add(Checked what, std::string name, CheckState state, std::string recorded = "",
           std::string found = "", FileEntry entry = FileEntry::kContent) {
    outcome_.checks.push_back(
        {what, std::move(name), state, std::move(recorded), std::move(found), entry});
  }

  // A path of the receipt, from where the program runs.
  std::string Resolve(const std::string& path) const {
    return (fs::path(options_.receipt).parent_path() / path).lexically_normal().generic_string();
  }

  ScoreOptions OptionsOfRun() const {
    ScoreOptions options;
    options.rules = options_.rules.empty() ? Resolve(recorded_.command.rules) : options_.rules;
    options.data = options_.data;
    for (const std::string& text : recorded_.command.data) {
      if (!options_.data.empty()) break;
      const DataArgument argument = ParseDataArgument(text);
      const std::string path = Resolve(argument.path);
      options.data.push_back(argument.table.empty() ? path : argument.table + "=" + path);
    }
    options.period = recorded_.command.period;
    options.as_of = recorded_.command.as_of;
    return options;
  }

  void Recompute() {
    ScoreOptions options = OptionsOfRun();
    InputWatch watch;
    PrepareReceipt(options, watch);
    scored_ = Score(session_, options);
    if (scored_ == nullptr) return;
    text_ = ResultText(scored_->table, recorded_.command.format);
    const ResultPlaces places{options_.receipt, recorded_.command.format, "", ""};
    now_ = MakeReceipt(session_, options, *scored_, watch, places, DigestOf(text_), "");
    outcome_.recomputed = now_.has_value();
    outcome_.rows = scored_->table.rows;
  }

  // --- files ------------------------------------------------------------------------------------

  CheckState CompareFile(Checked what, const FileRecord& recorded, const std::string& path) {
    const FoundFile found = LookAt(path);
    if (found.state == FileState::kThere) {
      return AddFile(what, path, recorded, {recorded.path, found.print.sha256, found.print.bytes});
    }
    const bool gone = found.state == FileState::kGone;
    const CheckState state = gone ? CheckState::kGone : CheckState::kUnreadable;
    Add(what, path, state);
    return state;
  }

  // Tells each entry that differs; whether the content does is returned. The path is not held
  // against files that were named on the command line.
  CheckState AddFile(Checked what, const std::string& name, const FileRecord& recorded,
                     const FileRecord& found, bool named = false) {
    const bool changed = recorded.sha256 != found.sha256;
    const bool moved = !named && !IsSamePath(recorded.path, found.path);
    const bool resized = recorded.bytes != found.bytes && !changed;
    if (changed) Add(what, name, CheckState::kChanged, recorded.sha256, found.sha256);
    if (moved) AddOther(what, name, FileEntry::kPath, recorded.path, found.path);
    if (resized) AddBytes(what, name, recorded, found);
    if (!changed && !moved && !resized) Add(what, name, CheckState::kSame);
    return changed ? CheckState::kChanged : CheckState::kSame;
  }

  void AddOther(Checked what, const std::string& name, FileEntry entry, std::string recorded,
                std::string found) {
    Add(what, name, CheckState::kChanged, std::move(recorded), std::move(found), entry);
  }

  void AddBytes(Checked what, const std::string& name, const FileRecord& recorded,
                const FileRecord& found) {
    AddOther(what, name, FileEntry::kBytes, std::to_string(recorded.bytes),
             std::to_string(found.bytes));
  }

  // However it is spelled: a folder that is moved may come to lie otherwise to its neighbours.
  bool IsSamePath(const std::string& one, const std::string& other) const {
    std::error_code error;
    return one == other || (fs::equivalent(Resolve(one), Resolve(other), error) && !error);
  }

  static std::tuple<std::string, std::string, uint64_t> Entries(const FileRecord& file) {
    return {file.path, file.sha256, file.bytes};
  }

  // Where nothing could be computed, each file is told all the same.
  void LookAtInputs() {
    for (const FileRecord& file : recorded_.rules) {
      if (options_.rules.empty()) CompareFile(Checked::kRules, file, Resolve(file.path));
    }
    std::set<std::tuple<std::string, std::string, uint64_t>>
        told;  // a file may hold several tables
    for (const DataRecord& data : recorded_.data) {
      if (!options_.data.empty() || told.contains(Entries(data.file))) continue;
      told.insert(Entries(data.file));
      CompareFile(Checked::kData, data.file, Resolve(data.file.path));
    }
  }

  void CompareRules() {
    std::vector<const FileRecord*> left;
    for (const FileRecord& file : now_->rules) left.push_back(&file);
    for (const FileRecord& file : recorded_.rules) {
      const FileRecord* found = TakeMatch(file, left);
      if (found == nullptr) {
        Add(Checked::kRules, Resolve(file.path), CheckState::kNotRead);
      } else {
        AddFile(Checked::kRules, Resolve(found->path), file, *found, !options_.rules.empty());
      }
    }
    for (const FileRecord* file : left) {
      Add(Checked::kRules, Resolve(file->path), CheckState::kNotRecorded);
    }
    const bool same = recorded_.meaning == now_->meaning;
    Add(Checked::kMeaning, "", same ? CheckState::kSame : CheckState::kChanged,
        same ? "" : recorded_.meaning, same ? "" : now_->meaning);
  }

  // The file at this path, or with this content, or, where rules are elsewhere, of this name.
  static const FileRecord* TakeMatch(const FileRecord& file, std::vector<const FileRecord*>& left) {
    const auto name = [](const FileRecord& record) { return fs::path(record.path).filename(); };
    const auto take = [&](const auto& fits) -> const FileRecord* {
      const auto at = std::find_if(left.begin(), left.end(), fits);
      if (at == left.end()) return nullptr;
      const FileRecord* found = *at;
      left.erase(at);
      return found;
    };
    if (const auto* found = take([&](const auto* other) { return other->path == file.path; })) {
      return found;
    }
    if (const auto* found = take([&](const auto* other) { return other->sha256 == file.sha256; })) {
      return found;
    }
    return take([&](const auto* other) { return name(*other) == name(file); });
  }

  void CompareData() {
    std::vector<const DataRecord*> left;
    for (const DataRecord& data : now_->data) left.push_back(&data);
    for (const DataRecord& data : recorded_.data) {
      const auto fits = [&](bool path) {
        return std::find_if(left.begin(), left.end(), [&](const DataRecord* other) {
          return other->table == data.table && (!path || other->file.path == data.file.path);
        });
      };
      auto at = fits(true);
      if (at == left.end()) at = fits(false);
      if (at == left.end()) {
        Add(Checked::kData, Resolve(data.file.path), CheckState::kNotRead);
        continue;
      }
      AddFile(Checked::kData, Resolve((*at)->file.path), data.file, (*at)->file,
              !options_.data.empty() || !options_.rules.empty());
      left.erase(at);
    }
    for (const DataRecord* data : left) {
      Add(Checked::kData, Resolve(data->file.path), CheckState::kNotRecorded);
    }
  }

  // --- rows -------------------------------------------------------------------------------------

  void CompareRows() {
    CompareTables();
    const bool same = recorded_.rejected.rows == now_->rejected.rows &&
                      recorded_.rejected.sha256 == now_->rejected.sha256;
    if (!same) {
      Add(Checked::kRejected, "", CheckState::kChanged, std::to_string(recorded_.rejected.rows),
          std::to_string(now_->rejected.rows));
    }
    const ReceiptCounts& counts = recorded_.counts;
    const ReceiptCounts& found = now_->counts;
    CompareCount("subjects_scored", counts.subjects_scored, found.subjects_scored);
    CompareCount("subjects_not_selected", counts.subjects_not_selected,
                 found.subjects_not_selected);
    CompareCount("rows", counts.rows, found.rows);
    CompareCount("columns", counts.columns, found.columns);
  }

  void CompareTables() {
    std::vector<TableAccount> left = now_->tables;
    for (const TableAccount& table : recorded_.tables) {
      const auto found = std::find_if(left.begin(), left.end(), [&](const TableAccount& other) {
        return other.table == table.table;
      });
      if (found == left.end()) {
        Add(Checked::kTable, table.table, CheckState::kNotRead);
        continue;
      }
      const std::string count = Count(*found);
      left.erase(found);
      if (count == Count(table)) continue;
      Add(Checked::kTable, table.table, CheckState::kChanged, Count(table), count);
    }
    for (const TableAccount& table : left) {
      Add(Checked::kTable, table.table, CheckState::kNotRecorded);
    }
  }

  void CompareCount(const std::string& name, uint64_t recorded, uint64_t found) {
    if (recorded == found) return;
    Add(Checked::kCounts, name, CheckState::kChanged, std::to_string(recorded),
        std::to_string(found));
  }

  void CompareResult() {
    if (now_) {
      outcome_.same_result = recorded_.result.sha256 == now_->result.sha256;
      const bool same = outcome_.same_result;
      Add(Checked::kRecomputed, "", same ? CheckState::kSame : CheckState::kChanged,
          same ? "" : recorded_.result.sha256, same ? "" : now_->result.sha256);
      if (same && recorded_.result.bytes != now_->result.bytes) {
        AddBytes(Checked::kRecomputed, "", recorded_.result, now_->result);
      }
    } else {
      Add(Checked::kRecomputed, "", CheckState::kImpossible);
    }
    const bool named = !options_.result.empty();
    if (!named && recorded_.result.path.empty()) return;  // it went to standard output
    const std::string path = named ? options_.result : Resolve(recorded_.result.path);
    const CheckState state = CompareFile(Checked::kResult, recorded_.result, path);
    const bool there = state == CheckState::kSame || state == CheckState::kChanged;
    if (now_ && there && (!outcome_.same_result || state == CheckState::kChanged)) Cells(path);
  }

  void Cells(const std::string& path) {
    std::error_code error;
    if (fs::file_size(path, error) > kLargestCompared || error) return;
    std::ifstream file(path, std::ios::binary);
    const std::string found((std::istreambuf_iterator<char>(file)),
                            std::istreambuf_iterator<char>());
    outcome_.cells =
        CompareCells(text_, found, recorded_.command.format == "json", KeyColumns(scored_->table));
  }

  Session& session_;
  const VerifyOptions& options_;
  const ReadReceipt& read_;
  const Receipt& recorded_;
  std::unique_ptr<ScoreOutcome> scored_;
  std::string text_;            // of the results as computed now
  std::optional<Receipt> now_;  // the receipt that they would have
  VerifyOutcome outcome_;
};

// Paths that are no relative ones were not written by `score`.
bool PathsFit(const Receipt& receipt, const std::string& path, DiagnosticSink& sink) {
  std::vector<std::string> paths = {receipt.result.path, receipt.command.rules};
  for (const FileRecord& file : receipt.rules) paths.push_back(file.path);
  for (const DataRecord& data : receipt.data) paths.push_back(data.file.path);
  for (const std::string& data : receipt.command.data)
    paths.push_back(ParseDataArgument(data).path);
  if (receipt.rejects) paths.push_back(receipt.rejects->path);
  for (const std::string& each : paths) {
    if (!fs::path(each).is_absolute() && each.find('\0') == std::string::npos) continue;
    sink.Report(DiagKind::kReceiptPath, {}, {path, each});
    return false;
  }
  return true;
}

}  // namespace

std::optional<VerifiedKind> KindOf(Session& session, const std::string& path) {
  constexpr size_t kLook = 64u << 10;
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  std::optional<LoadFailure> failure;
  if (!fs::is_regular_file(status)) failure = LoadFailure::kUnreadable;
  if (fs::is_directory(status)) failure = LoadFailure::kIsDirectory;
  if (!fs::exists(status)) failure = LoadFailure::kNotFound;
  std::ifstream file;
  if (!failure) file.open(path, std::ios::binary);
  if (!failure && !file) failure = LoadFailure::kUnreadable;
  if (failure) {
    ReportLoadFailure(*failure, path, {}, session.sink);
    return std::nullopt;
  }
  std::string text(kLook, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<size_t>(file.gcount()));
  if (text.empty() && !file.bad()) return VerifiedKind::kEmpty;
  // One altered byte leaves one of the two.
  if (text.find("\"steelyard_ledger\"") != std::string::npos ||
      text.find("\"previous\":") != std::string::npos) {
    return VerifiedKind::kLedger;
  }
  if (text.find("\"steelyard_receipt\"") != std::string::npos ||
      text.find("\"subjects_scored\"") != std::string::npos) {
    return VerifiedKind::kReceipt;
  }
  session.sink.Report(DiagKind::kNotAReceipt, {}, {path});
  return std::nullopt;
}

std::optional<VerifyOutcome> VerifyReceipt(Session& session, const VerifyOptions& options) {
  const LoadedText loaded = LoadFromDisk(options.receipt);
  if (loaded.failure) {
    ReportLoadFailure(*loaded.failure, options.receipt, {}, session.sink);
    return std::nullopt;
  }
  const auto read = ReadReceiptText(loaded.text, options.receipt, session.sink);
  if (!read || !PathsFit(read->receipt, options.receipt, session.sink)) return std::nullopt;
  return Verifier(session, options, *read).Run();
}

}  // namespace steelyard
