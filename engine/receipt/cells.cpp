#include "engine/receipt/cells.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

namespace steelyard {

namespace {

constexpr size_t kNamed = 5;  // rows that are missing or new

struct TextRow {
  uint64_t line = 0;
  std::vector<std::string> cells;
};

struct TextTable {
  bool good = true;
  std::vector<std::string> headings;
  std::vector<TextRow> rows;
};

// --- csv ----------------------------------------------------------------------------------------

// The records of a CSV text; a quote out of place is taken as it stands.
class CsvText {
 public:
  explicit CsvText(std::string_view text) : text_(text) {}

  bool Next(TextRow& row) {
    if (at_ >= text_.size()) return false;
    row = {line_, {}};
    do {
      row.cells.push_back(Cell());
    } while (at_ < text_.size() && text_[at_++] == ',');
    ++line_;
    return true;
  }

 private:
  // Up to the comma or line end behind it.
  std::string Cell() {
    std::string cell;
    bool quoted = false;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (!quoted && (c == ',' || c == '\n')) break;
      if (c == '\n') ++line_;
      if (c != '"') {
        cell += c;
      } else if (!quoted) {
        quoted = true;
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        cell += c;
        ++at_;
      } else {
        quoted = false;
      }
    }
    return cell;
  }

  std::string_view text_;
  size_t at_ = 0;
  uint64_t line_ = 1;
};

TextTable ReadCsv(std::string_view text) {
  TextTable table;
  CsvText csv(text);
  TextRow row;
  if (csv.Next(row)) table.headings = std::move(row.cells);
  while (csv.Next(row)) table.rows.push_back(std::move(row));
  return table;
}

// --- json ---------------------------------------------------------------------------------------

// A list of flat objects; numbers keep the digits they are written with.
class JsonTable : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit JsonTable(TextTable& table) : table_(table) {}

  bool null() override { return Put(""); }
  bool boolean(bool value) override { return Put(value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override { return Put(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return Put(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& text) override { return Put(text); }
  bool string(string_t& text) override { return Put(text); }
  bool binary(binary_t&) override { return false; }
  bool start_object(size_t) override {
    row_ = TextRow();
    keys_.clear();
    return ++depth_ == 2;
  }
  bool key(string_t& text) override {
    keys_.push_back(text);
    row_.cells.emplace_back();
    return true;
  }
  bool end_object() override {
    --depth_;
    if (table_.rows.empty()) table_.headings = keys_;
    row_.line = table_.rows.size() + 2;  // one a line, below the bracket
    table_.rows.push_back(std::move(row_));
    return keys_ == table_.headings;
  }
  bool start_array(size_t) override { return ++depth_ == 1 || depth_ == 3; }
  bool end_array() override {
    --depth_;
    return true;
  }
  bool parse_error(size_t, const std::string&, const nlohmann::json::exception&) override {
    return false;
  }

 private:
  bool Put(const std::string& text) {
    if (row_.cells.empty() || depth_ < 2) return false;
    std::string& cell = row_.cells.back();
    if (depth_ == 3 && !cell.empty()) cell += ";";
    cell += text;
    return true;
  }

  TextTable& table_;
  TextRow row_;
  std::vector<std::string> keys_;
  int depth_ = 0;
};

TextTable ReadJson(std::string_view text) {
  TextTable table;
  JsonTable reader(table);
  table.good = nlohmann::json::sax_parse(text, &reader);
  return table;
}

// --- comparing ----------------------------------------------------------------------------------

class Comparison {
 public:
  Comparison(const TextTable& expected, const TextTable& found, size_t keys)
      : expected_(expected), found_(found), keys_(keys) {}

  CellChanges Run() {
    if (!found_.good) {
      changes_.readable = false;
      return changes_;
    }
    Columns();
    Rows();
    return std::move(changes_);
  }

 private:
  static bool Has(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  }

  // An empty list of objects has no headings to compare.
  void Columns() {
    const bool both = !expected_.headings.empty() && !found_.headings.empty();
    for (const std::string& heading : expected_.headings) {
      if (both && !Has(found_.headings, heading)) changes_.columns_missing.push_back(heading);
    }
    for (const std::string& heading : found_.headings) {
      if (both && !Has(expected_.headings, heading)) changes_.columns_added.push_back(heading);
    }
    for (const std::string& heading : expected_.headings) {
      const auto at = std::find(found_.headings.begin(), found_.headings.end(), heading);
      places_.push_back(at == found_.headings.end()
                            ? found_.headings.size()
                            : static_cast<size_t>(at - found_.headings.begin()));
    }
  }

  using Key = std::vector<std::string>;

  Key KeyOf(const TextRow& row) const {
    const size_t length = std::min(keys_, row.cells.size());
    return {row.cells.begin(), row.cells.begin() + static_cast<std::ptrdiff_t>(length)};
  }

  // As it is shown; other keys may look the same.
  static std::string Joined(const Key& key) {
    std::string text;
    for (size_t i = 0; i < key.size(); ++i) text += (i == 0 ? "" : " / ") + key[i];
    return text;
  }

  void Rows() {
    std::map<Key, std::vector<size_t>> by_key;  // a copy of a row has the same key
    for (size_t i = found_.rows.size(); i-- > 0;) by_key[KeyOf(found_.rows[i])].push_back(i);
    size_t next = 0;
    for (const TextRow& row : expected_.rows) {
      const Key key = KeyOf(row);
      const auto at = by_key.find(key);
      if (at == by_key.end() || at->second.empty()) {
        ++changes_.missing;
        if (changes_.rows_missing.size() < kNamed) changes_.rows_missing.push_back(Joined(key));
        continue;
      }
      const size_t place = at->second.back();
      at->second.pop_back();
      if (place < next) ++changes_.moved;
      next = std::max(next, place + 1);
      Cells(key, row, found_.rows[place]);
    }
    Added(by_key);
  }

  void Added(const std::map<Key, std::vector<size_t>>& left) {
    std::vector<size_t> rows;
    for (const auto& [key, places] : left) rows.insert(rows.end(), places.begin(), places.end());
    std::sort(rows.begin(), rows.end());
    changes_.added = rows.size();
    rows.resize(std::min(rows.size(), kNamed));
    for (const size_t row : rows) changes_.rows_added.push_back(Joined(KeyOf(found_.rows[row])));
  }

  void Cells(const Key& key, const TextRow& expected, const TextRow& found) {
    static const std::string nothing;
    for (size_t i = 0; i < expected.cells.size() && i < places_.size(); ++i) {
      if (places_[i] == found_.headings.size()) continue;  // the column is missing
      const bool there = places_[i] < found.cells.size();
      const std::string& cell = there ? found.cells[places_[i]] : nothing;
      if (there && cell == expected.cells[i]) continue;
      if (changes_.cells++ > 0) continue;
      changes_.first =
          CellChange{Joined(key), found.line, expected_.headings[i], expected.cells[i], cell};
    }
  }

  const TextTable& expected_;
  const TextTable& found_;
  const size_t keys_;
  std::vector<size_t> places_;  // of each expected column among those found
  CellChanges changes_;
};

uint64_t FirstOtherLine(std::string_view one, std::string_view other) {
  const auto [at, unused] = std::mismatch(one.begin(), one.end(), other.begin(), other.end());
  return 1 + static_cast<uint64_t>(std::count(one.begin(), at, '\n'));
}

}  // namespace

CellChanges CompareCells(std::string_view expected, std::string_view found, bool json,
                         size_t keys) {
  const TextTable first = json ? ReadJson(expected) : ReadCsv(expected);
  const TextTable second = json ? ReadJson(found) : ReadCsv(found);
  CellChanges changes = Comparison(first, second, keys).Run();
  changes.line = FirstOtherLine(expected, found);
  return changes;
}

}  // namespace steelyard
