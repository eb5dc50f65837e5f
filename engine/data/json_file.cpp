// A JSON file: one record a row, its members the cells. Numbers are taken as they are written,
// which DuckDB's reader would turn into binary fractions.
#include <algorithm>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <unordered_map>
#include <utility>

#include "engine/base/text.h"
#include "engine/data/json_records.h"
#include "engine/data/table_file.h"

namespace steelyard {
namespace {

using Json = nlohmann::json;

constexpr size_t kShownBytes = 500;

// Listens to the reading of one record: what its members are called and hold.
class MemberListener : public nlohmann::json_sax<Json> {
 public:
  ~MemberListener() override = default;
  void Begin() {
    depth_ = 0;
    is_object_ = false;
  }
  bool is_object() const { return is_object_; }

  bool null() override { return Value(FileCell::Kind::kMissing, {}); }
  bool boolean(bool value) override { return Text(value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override { return Text(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return Text(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& text) override { return Text(text); }
  bool string(string_t& text) override { return Text(text); }
  bool binary(binary_t&) override { return false; }
  bool start_object(size_t) override {
    if (depth_ == 0) is_object_ = true;
    return Open("{…}");
  }
  bool start_array(size_t) override { return Open("[…]"); }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }
  bool key(string_t& name) override {
    if (depth_ == 1) Member(name);
    return true;
  }
  bool parse_error(size_t, const std::string&, const Json::exception&) override { return false; }

 protected:
  virtual void Member(const std::string& name) = 0;
  virtual void Cell(FileCell::Kind kind, std::string_view text) = 0;

 private:
  bool Value(FileCell::Kind kind, std::string_view text) {
    if (depth_ == 1 && is_object_) Cell(kind, text);
    return true;
  }
  bool Text(std::string_view text) { return Value(FileCell::Kind::kText, text); }
  bool Open(std::string_view shown) {
    Value(FileCell::Kind::kNested, shown);
    ++depth_;
    return true;
  }
  bool Close() {
    --depth_;
    return true;
  }

  int depth_ = 0;
  bool is_object_ = false;
};

// Collects the names of all members, in the order they are first seen.
class HeadingListener final : public MemberListener {
 public:
  std::vector<std::string> names;

 private:
  void Member(const std::string& name) override {
    if (seen_.emplace(name, true).second) names.push_back(name);
  }
  void Cell(FileCell::Kind, std::string_view) override {}
  std::unordered_map<std::string, bool> seen_;
};

// Puts the members asked for into their places.
class RowListener final : public MemberListener {
 public:
  RowListener(const std::vector<std::string>& headings, const std::vector<size_t>& columns)
      : texts_(columns.size()), cells_(columns.size()) {
    for (size_t i = 0; i < columns.size(); ++i) places_[headings[columns[i]]].push_back(i);
  }
  void BeginRow() {
    Begin();
    std::fill(cells_.begin(), cells_.end(), FileCell{{}, FileCell::Kind::kMissing});
    member_ = nullptr;
  }
  const std::vector<FileCell>& cells() const { return cells_; }

 private:
  void Member(const std::string& name) override {
    const auto found = places_.find(name);
    member_ = found == places_.end() ? nullptr : &found->second;
  }
  void Cell(FileCell::Kind kind, std::string_view text) override {
    if (member_ == nullptr) return;
    for (const size_t place : *member_) {
      texts_[place] = text;
      cells_[place] = {texts_[place], kind};
    }
  }

  std::unordered_map<std::string, std::vector<size_t>> places_;
  const std::vector<size_t>* member_ = nullptr;
  std::vector<std::string> texts_;
  std::vector<FileCell> cells_;
};

bool ReadRecord(std::string_view text, MemberListener& listener) {
  return Json::sax_parse(text.begin(), text.end(), &listener);
}

class JsonFile final : public TableFile {
 public:
  explicit JsonFile(std::string path) : TableFile(std::move(path)) {}

  bool Open(DiagnosticSink& sink) {
    if (IsUtf16()) {
      sink.Report(DiagKind::kDataNotUtf8, {}, {path_}).Because(HelpKind::kIsUtf16);
      return false;
    }
    HeadingListener listener;
    const bool done = ForEach(
        [&](const JsonRecord& record) {
          has_rows_ = true;
          listener.Begin();
          ReadRecord(record.text, listener);
        },
        sink);
    headings_ = std::move(listener.names);
    return done;
  }

  bool HasNoRows() const override { return !has_rows_; }

  bool Read(const std::vector<size_t>& columns, const TakeRow& take,
            DiagnosticSink& sink) override {
    RowListener listener(headings_, columns);
    const Fault broken{RejectReason::kMalformedRow, HelpKind::kWhyMalformed, {}};
    const Fault no_object{RejectReason::kMalformedRow, HelpKind::kWhyNotObject, {}};
    return ForEach(
        [&](const JsonRecord& record) {
          listener.BeginRow();
          const bool good = ReadRecord(record.text, listener);
          const auto line = static_cast<uint32_t>(
              std::min<uint64_t>(record.line, std::numeric_limits<uint32_t>::max()));
          if (good && listener.is_object()) {
            take({line, listener.cells(), nullptr, {}});
          } else {
            take({line, {}, good ? &no_object : &broken, Shown(record.text)});
          }
        },
        sink);
  }

 private:
  template <class Take>
  bool ForEach(const Take& take, DiagnosticSink& sink) const {
    std::ifstream file(path_, std::ios::binary);
    JsonRecords records(file);
    JsonRecord record;
    while (records.Next(record)) take(record);
    if (!file.is_open() || file.bad()) {
      sink.Report(DiagKind::kDataFileUnreadable, {}, {path_});
    } else if (records.broken() || (records.empty() && !IsLineFormat())) {
      sink.Report(DiagKind::kNotJson, {}, {path_, std::to_string(records.line())});
    } else {
      return true;
    }
    return false;
  }

  bool IsUtf16() const {
    std::ifstream file(path_, std::ios::binary);
    char mark[2] = {};
    file.read(mark, sizeof mark);
    const std::string_view text(mark, sizeof mark);
    return text == "\xFF\xFE" || text == "\xFE\xFF";
  }

  // An empty file of lines is a table without rows; an empty `.json` is a mistake.
  bool IsLineFormat() const { return !FoldCase(path_).ends_with(".json"); }

  static std::string_view Shown(std::string_view text) {
    text = text.substr(0, kShownBytes);
    if (const std::optional<size_t> bad = FirstInvalidUtf8(text)) text = text.substr(0, *bad);
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
    return text;
  }

  bool has_rows_ = false;
};

}  // namespace

std::unique_ptr<TableFile> OpenJsonFile(const std::string& path, DiagnosticSink& sink) {
  auto file = std::make_unique<JsonFile>(path);
  if (!file->Open(sink)) return nullptr;
  return file;
}

}  // namespace steelyard
