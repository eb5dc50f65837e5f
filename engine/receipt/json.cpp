#include "engine/receipt/json.h"

#include <string>

namespace steelyard {

namespace {

constexpr int kDeepest = 16;
constexpr int kIndent = 2;

std::string Dump(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::optional<Json> ParseJson(std::string_view text, size_t& at) {
  bool deep = false;
  const auto keep = [&](int depth, Json::parse_event_t, Json&) {
    deep = deep || depth > kDeepest;
    return !deep;
  };
  try {
    Json json = Json::parse(text, keep);
    at = 0;
    if (deep) return std::nullopt;
    return json;
  } catch (const Json::parse_error& fault) {
    at = fault.byte > 0 ? fault.byte - 1 : 0;  // it counts from 1
  } catch (const Json::exception&) {           // a number beyond every range
    at = 0;
  }
  return std::nullopt;
}

std::string JsonLine(const Json& json) { return Dump(json, -1); }

std::string JsonText(const Json& json) { return Dump(json, kIndent) + "\n"; }

}  // namespace steelyard
