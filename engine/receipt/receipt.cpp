// Receipts to JSON and back.
#include "engine/receipt/receipt.h"

#include <algorithm>
#include <utility>

#include "engine/base/sha256.h"
#include "engine/receipt/json.h"

namespace steelyard {

namespace {

constexpr uint64_t kVersion = 1;
constexpr std::string_view kVersionKey = "steelyard_receipt";

// --- to JSON ------------------------------------------------------------------------------------

Json FileJson(const FileRecord& file) {
  Json json;
  json["path"] = file.path.empty() ? Json() : Json(file.path);
  json["sha256"] = file.sha256;
  json["bytes"] = file.bytes;
  return json;
}

Json TextOrNull(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json CommandJson(const ReceiptCommand& command) {
  Json json;
  json["rules"] = command.rules;
  json["data"] = command.data;
  json["period"] = TextOrNull(command.period);
  json["as_of"] = TextOrNull(command.as_of);
  json["format"] = command.format;
  return json;
}

Json RulesJson(const Receipt& receipt) {
  Json json;
  json["meaning"] = receipt.meaning;
  json["files"] = Json::array();
  for (const FileRecord& file : receipt.rules) json["files"].push_back(FileJson(file));
  return json;
}

Json DataJson(const std::vector<DataRecord>& data) {
  Json list = Json::array();
  for (const DataRecord& each : data) {
    Json json;
    json["table"] = each.table;
    json.update(FileJson(each.file));
    list.push_back(std::move(json));
  }
  return list;
}

Json TablesJson(const std::vector<TableAccount>& tables) {
  Json list = Json::array();
  for (const TableAccount& table : tables) {
    list.push_back({{"table", table.table},
                    {"read", table.read},
                    {"used", table.used},
                    {"rejected", table.rejected}});
  }
  return list;
}

Json CountsJson(const ReceiptCounts& counts) {
  return {{"subjects_scored", counts.subjects_scored},
          {"subjects_not_selected", counts.subjects_not_selected},
          {"rows", counts.rows},
          {"columns", counts.columns}};
}

// All but the seal.
Json BodyOf(const Receipt& receipt) {
  Json json;
  json[std::string(kVersionKey)] = kVersion;
  json["engine"] = receipt.engine;
  json["command"] = CommandJson(receipt.command);
  json["rules"] = RulesJson(receipt);
  json["data"] = DataJson(receipt.data);
  json["tables"] = TablesJson(receipt.tables);
  json["rejected"] = {{"rows", receipt.rejected.rows}, {"sha256", receipt.rejected.sha256}};
  json["counts"] = CountsJson(receipt.counts);
  json["result"] = FileJson(receipt.result);
  json["rejects"] = receipt.rejects ? FileJson(*receipt.rejects) : Json();
  return json;
}

Json Sealed(const Receipt& receipt) {
  Json json = BodyOf(receipt);
  const std::string seal = Sha256Of(JsonLine(json));
  json["sha256"] = seal;
  return json;
}

// --- from JSON ----------------------------------------------------------------------------------

// Takes entries out of JSON; remembers whether one was not as it must be.
class Taker {
 public:
  bool good() const { return good_; }

  const Json& In(const Json& json, const char* key, Json::value_t type) {
    static const Json nothing;
    const bool there = json.is_object() && json.contains(key) && json.at(key).type() == type;
    good_ = good_ && there;
    return there ? json.at(key) : nothing;
  }
  std::string Text(const Json& json, const char* key) {
    const Json& found = In(json, key, Json::value_t::string);
    return found.is_string() ? found.get<std::string>() : "";
  }
  std::string TextOrNull(const Json& json, const char* key) {
    const bool null = json.is_object() && json.contains(key) && json.at(key).is_null();
    return null ? "" : Text(json, key);
  }
  uint64_t Count(const Json& json, const char* key) {
    const Json& found = In(json, key, Json::value_t::number_unsigned);
    return found.is_number_unsigned() ? found.get<uint64_t>() : 0;
  }
  std::string Hash(const Json& json, const char* key) {
    std::string hash = Text(json, key);
    good_ = good_ && IsSha256(hash);
    return hash;
  }
  template <class Take>
  void Each(const Json& json, const char* key, const Take& take) {
    for (const Json& entry : In(json, key, Json::value_t::array)) take(entry);
  }
  FileRecord File(const Json& json) {
    return {TextOrNull(json, "path"), Hash(json, "sha256"), Count(json, "bytes")};
  }
  // A path, which is there.
  FileRecord NamedFile(const Json& json) {
    FileRecord file = File(json);
    good_ = good_ && !file.path.empty();
    return file;
  }
  void Refuse() { good_ = false; }

 private:
  bool good_ = true;
};

ReceiptCommand TakeCommand(const Json& json, Taker& taker) {
  ReceiptCommand command;
  command.rules = taker.Text(json, "rules");
  taker.Each(json, "data", [&](const Json& entry) {
    if (!entry.is_string()) return taker.Refuse();
    command.data.push_back(entry.get<std::string>());
  });
  command.period = taker.TextOrNull(json, "period");
  command.as_of = taker.TextOrNull(json, "as_of");
  command.format = taker.Text(json, "format");
  if (command.format != "csv" && command.format != "json") taker.Refuse();
  return command;
}

void TakeLists(const Json& json, Taker& taker, Receipt& receipt) {
  const Json& rules = taker.In(json, "rules", Json::value_t::object);
  receipt.meaning = taker.Hash(rules, "meaning");
  taker.Each(rules, "files",
             [&](const Json& file) { receipt.rules.push_back(taker.NamedFile(file)); });
  // What is run is what is recorded.
  if (receipt.rules.empty() || receipt.rules[0].path != receipt.command.rules) taker.Refuse();
  taker.Each(json, "data", [&](const Json& file) {
    receipt.data.push_back({taker.Text(file, "table"), taker.NamedFile(file)});
  });
  taker.Each(json, "tables", [&](const Json& table) {
    receipt.tables.push_back({taker.Text(table, "table"), taker.Count(table, "read"),
                              taker.Count(table, "used"), taker.Count(table, "rejected")});
  });
}

Receipt TakeReceipt(const Json& json, Taker& taker) {
  Receipt receipt;
  receipt.engine = taker.Text(json, "engine");
  receipt.command = TakeCommand(taker.In(json, "command", Json::value_t::object), taker);
  TakeLists(json, taker, receipt);
  const Json& rejected = taker.In(json, "rejected", Json::value_t::object);
  receipt.rejected = {taker.Count(rejected, "rows"), taker.Hash(rejected, "sha256")};
  const Json& counts = taker.In(json, "counts", Json::value_t::object);
  receipt.counts = {taker.Count(counts, "subjects_scored"),
                    taker.Count(counts, "subjects_not_selected"), taker.Count(counts, "rows"),
                    taker.Count(counts, "columns")};
  receipt.result = taker.File(taker.In(json, "result", Json::value_t::object));
  if (!json.contains("rejects") || !json.at("rejects").is_null()) {
    receipt.rejects = taker.NamedFile(taker.In(json, "rejects", Json::value_t::object));
  }
  return receipt;
}

void ReportNoJson(std::string_view text, size_t at, const std::string& path, DiagnosticSink& sink) {
  if (at >= text.size()) {
    sink.Report(DiagKind::kReceiptCutOff, {}, {path});
    return;
  }
  const auto line =
      1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  sink.Report(DiagKind::kReceiptNoJson, {}, {path, std::to_string(line)});
}

}  // namespace

std::string ToText(const Receipt& receipt) { return JsonText(Sealed(receipt)); }
std::string ToLine(const Receipt& receipt) { return JsonLine(Sealed(receipt)); }
std::string SealOf(const Receipt& receipt) { return Sha256Of(JsonLine(BodyOf(receipt))); }

std::optional<ReadReceipt> ReadReceiptText(std::string_view text, const std::string& path,
                                           DiagnosticSink& sink) {
  size_t at = 0;
  const std::optional<Json> json = ParseJson(text, at);
  if (!json) {
    ReportNoJson(text, at, path, sink);
    return std::nullopt;
  }
  const std::string key(kVersionKey);
  if (!json->is_object() || !json->contains(key)) {
    sink.Report(DiagKind::kNotAReceipt, {}, {path});
    return std::nullopt;
  }
  if (json->at(key) != kVersion) {
    sink.Report(DiagKind::kReceiptVersion, {}, {path, JsonLine(json->at(key))});
    return std::nullopt;
  }
  Taker taker;
  ReadReceipt read;
  read.receipt = TakeReceipt(*json, taker);
  const std::string seal = taker.Hash(*json, "sha256");
  if (!taker.good()) {
    sink.Report(DiagKind::kReceiptIncomplete, {}, {path});
    return std::nullopt;
  }
  read.sealed = seal == SealOf(read.receipt);
  read.as_written = text == ToText(read.receipt) || text == ToLine(read.receipt);
  return read;
}

}  // namespace steelyard
