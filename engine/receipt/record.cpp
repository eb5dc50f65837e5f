#include "engine/receipt/record.h"

#include "engine/base/sha256.h"
#include "engine/receipt/json.h"

namespace steelyard {

namespace {

constexpr std::string_view kBeforeHash = R"(,"hash":")";
constexpr std::string_view kBehindHash = R"("})";
constexpr size_t kHashDigits = 64;
constexpr size_t kSealLength = kBeforeHash.size() + kHashDigits + kBehindHash.size();

std::string TextAt(const Json& json, const char* key) {
  return json.contains(key) && json.at(key).is_string() ? json.at(key).get<std::string>() : "";
}

}  // namespace

std::string RecordLine(const LedgerRecord& record, const Receipt& receipt) {
  Json json;
  json["steelyard_ledger"] = 1;
  json["sequence"] = record.sequence;
  json["previous"] = record.previous.empty() ? Json() : Json(record.previous);
  json["time"] = record.time;
  json["folder"] = record.folder;
  std::string line = JsonLine(json);
  line.back() = ',';
  line += "\"receipt\":" + ToLine(receipt);
  const std::string hash = Sha256Of(line);
  line += kBeforeHash;
  line += hash;
  line += kBehindHash;
  return line;
}

LedgerRecord ReadRecord(std::string_view line) {
  LedgerRecord record;
  if (line.size() < kSealLength) return record;
  const std::string_view body = line.substr(0, line.size() - kSealLength);
  const std::string_view seal = line.substr(body.size());
  if (!seal.starts_with(kBeforeHash) || !seal.ends_with(kBehindHash)) return record;
  record.hash = seal.substr(kBeforeHash.size(), kHashDigits);
  if (record.hash != Sha256Of(body)) return record;
  size_t at = 0;
  const std::optional<Json> json = ParseJson(line, at);
  if (!json || !json->is_object() || !json->contains("steelyard_ledger")) return record;
  if (!json->contains("sequence") || !json->at("sequence").is_number_unsigned()) return record;
  record.sequence = json->at("sequence").get<uint64_t>();
  record.previous = TextAt(*json, "previous");
  record.time = TextAt(*json, "time");
  record.folder = TextAt(*json, "folder");
  record.sealed = true;
  return record;
}

}  // namespace steelyard
