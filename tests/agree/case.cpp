#include "tests/agree/case.h"

namespace steelyard::agree {
namespace {

const std::vector<std::string> kSections = {"parameters", "values",    "indicators",  "additions",
                                            "interlocks", "vetoes",    "alerts",      "outcomes",
                                            "pools",      "schedules", "entitlements"};

std::string WeightsOf(const Case& from) {
  std::string weights;
  std::string profiles;
  std::string adjustments;
  for (const Entry& entry : from.entries) {
    if (entry.section == "profiles") profiles += "    - " + entry.text.Text() + "\n";
    if (entry.section == "adjustments") adjustments += "    - " + entry.text.Text() + "\n";
    if (entry.weight == 0) continue;
    weights += (weights.empty() ? "" : ", ") + entry.id + ": " + std::to_string(entry.weight) +
               (from.normalised ? "" : "%");
  }
  if (weights.empty()) return "";
  std::string text = "weights:\n";
  if (from.normalised) text += "  normalise: true\n";
  text += "  indicators: {" + weights + "}\n";
  if (!profiles.empty()) text += "  profiles:\n" + profiles;
  return adjustments.empty() ? text : text + "  adjustments:\n" + adjustments;
}

}  // namespace

std::string Piece::Text() const {
  std::string text;
  size_t part = 0;
  for (const char c : form) {
    if (c == '#') {
      text += parts[part++].Text();
    } else {
      text += c;
    }
  }
  return text;
}

size_t Piece::Size() const {
  size_t size = 1;
  for (const Piece& part : parts) size += part.Size();
  return size;
}

std::string Case::Rules() const {
  std::string text = head + "data:\n";
  for (const DataTable& table : tables) {
    text += "  " + table.name + ":\n" + table.head + "    columns:\n";
    for (const DataColumn& column : table.columns) {
      text += "      " + column.name + ": " + column.declared + "\n";
    }
  }
  for (const std::string& section : kSections) {
    bool begun = false;
    for (const Entry& entry : entries) {
      if (entry.section != section) continue;
      if (!begun) text += section + ":\n";
      begun = true;
      text += "  " + entry.id + ": " + entry.text.Text() + "\n";
    }
    if (section == "indicators") text += WeightsOf(*this);
  }
  return text + tail;
}

std::map<std::string, std::string> Case::Data() const {
  std::map<std::string, std::string> data;
  for (const DataTable& table : tables) {
    std::string& csv = data[table.name];
    for (size_t i = 0; i < table.columns.size(); ++i) {
      csv += (i == 0 ? "" : ",") + table.columns[i].name;
    }
    csv += "\n";
    for (const auto& row : table.rows) {
      for (size_t i = 0; i < row.size(); ++i) csv += (i == 0 ? "" : ",") + row[i];
      csv += "\n";
    }
  }
  return data;
}

std::string Case::Print() const {
  std::string text = Rules();
  for (const auto& [table, csv] : Data()) text += "--- " + table + ".csv\n" + csv;
  return text;
}

}  // namespace steelyard::agree
