#include "tests/agree/tables.h"

#include <algorithm>

#include "engine/base/number.h"

namespace steelyard::agree {
namespace {

using Texts = std::vector<std::string>;

// What the numbers of a column are like.
enum class Style {
  kSmall,
  kLevels,
  kTenths,
  kHundredths,
  kAmounts,
  kWide,
  kFine,
  kExtreme,
  kPrimes,
  kMultiples,  // of the number before in the row
  kCount
};

class TableMaker {
 public:
  TableMaker(Dice& dice, const Texts& levels, bool periods)
      : dice_(dice), levels_(levels), periods_(periods), usual_(dice.Chance(50)) {}

  std::vector<DataTable> Make() {
    std::vector<DataTable> tables(4);
    tables[0] = Declared("s", "    key: sid\n    belongs_to: {p: {column: pid, optional: true}}\n",
                         {{"sid", "text"},
                          {"pid", "text"},
                          {"n0", "number"},
                          {"n1", "number"},
                          {"n2", "number"},
                          {"n3", "number"},
                          {"pc", "percent"},
                          {"mo", "{type: money, unit: CNY}"},
                          {"du", "{type: duration, unit: h}"},
                          {"b0", "bool"},
                          {"b1", "bool"},
                          {"e0", "[a, b, c]"},
                          {"d0", "date"}});
    tables[1] =
        Declared("p", "    key: pid\n", {{"pid", "text"}, {"n", "number"}, {"e0", "[a, b, c]"}});
    tables[2] = Declared("c",
                         std::string("    key: cid\n    belongs_to: {s: sid}\n") +
                             (periods_ ? "    time: on\n" : ""),
                         {{"cid", "text"},
                          {"sid", "text"},
                          {"on", "date"},
                          {"n0", "number"},
                          {"n1", "number"},
                          {"n2", "number"},
                          {"mo", "{type: money, unit: CNY}"},
                          {"du", "{type: duration, unit: d}"},
                          {"b0", "bool"},
                          {"e0", "[a, b, c]"}});
    tables[3] = Declared("g", "    belongs_to: {c: cid}\n",
                         {{"cid", "text"},
                          {"n0", "number"},
                          {"n1", "number"},
                          {"mo", "{type: money, unit: CNY}"},
                          {"b0", "bool"},
                          {"e0", "[a, b, c]"}});
    Fill(tables);
    return tables;
  }

 private:
  static DataTable Declared(std::string name, std::string head, std::vector<DataColumn> columns) {
    return {std::move(name), std::move(head), std::move(columns), {}};
  }

  void Fill(std::vector<DataTable>& tables) {
    const int subjects = dice_.Chance(6) ? dice_.Between(500, 1100) : dice_.Between(1, 90);
    FillTable(tables[1], dice_.Between(1, 5), 0);
    FillTable(tables[0], periods_ ? (subjects + 3) / 4 : subjects, tables[1].rows.size());
    const auto count = static_cast<int>(tables[0].rows.size());
    FillTable(tables[2], dice_.Between(periods_ ? 1 : 0, 3) * count, tables[0].rows.size());
    FillTable(tables[3], dice_.Chance(50) ? dice_.Between(0, 2 * count) : 0, tables[2].rows.size());
  }

  void FillTable(DataTable& table, int rows, size_t parents) {
    styles_.clear();
    absent_.clear();
    for (size_t i = 0; i < table.columns.size(); ++i) {
      styles_.push_back(StyleOf());
      static const std::vector<int> kAbsent = {0, 0, 0, 5, 30};
      absent_.push_back(dice_.Of(kAbsent));
    }
    const std::string parent = table.name == "g" ? "c" : table.name == "c" ? "s" : "p";
    for (int row = 0; row < rows; ++row) {
      if (parent != "p" && parents == 0) return;
      std::vector<std::string> cells;
      for (size_t i = 0; i < table.columns.size(); ++i) {
        const std::string& name = table.columns[i].name;
        if (name == table.name + "id") {
          cells.push_back(table.name + std::to_string(row));
        } else if (name == parent + "id") {
          const bool none = parent == "p" && dice_.Chance(5);
          cells.push_back(none ? "" : parent + std::to_string(dice_.Below(parents)));
        } else {
          cells.push_back(Cell(table.columns[i], i));
        }
      }
      table.rows.push_back(std::move(cells));
    }
  }

  // Numbers that doubles cannot hold leave nothing to be fast at: they are rare. Half of the cases
  // have none but what people write.
  Style StyleOf() {
    static const std::vector<Style> kUsual = {Style::kSmall,  Style::kLevels,
                                              Style::kTenths, Style::kHundredths,
                                              Style::kPrimes, Style::kMultiples};
    if (usual_) return dice_.Of(kUsual);
    const auto style = static_cast<Style>(dice_.Below(static_cast<size_t>(Style::kCount)));
    const bool rare = style == Style::kExtreme || style == Style::kWide;
    return rare && dice_.Chance(80) ? Style::kLevels : style;
  }

  std::string Cell(const DataColumn& column, size_t at) {
    if (column.name != "on" && dice_.Chance(absent_[at])) return "";
    if (column.declared == "bool") return dice_.Chance(50) ? "true" : "false";
    if (column.declared == "[a, b, c]") return std::string(1, "abc"[dice_.Below(3)]);
    if (column.declared == "date") {
      static const Texts kDays = {"2026-01-31", "2026-02-03", "2026-02-28", "2026-03-31",
                                  "2026-04-01", "2026-05-15", "2026-08-08", "2026-12-31"};
      return dice_.Of(kDays);
    }
    before_ = NumberOf(styles_[at]);
    return before_;
  }

  std::string Decimal(int64_t mantissa, int places) const {
    return FormatPlaces(Number::Scaled(mantissa, places), places);
  }

  std::string NumberOf(Style style) {
    switch (style) {
      case Style::kSmall: return std::to_string(dice_.Between(-2, 10));
      case Style::kTenths: return Decimal(dice_.Between(-5, 1000), 1);
      case Style::kHundredths: return Decimal(dice_.Between(0, 10000), 2);
      case Style::kAmounts: return Decimal(static_cast<int64_t>(dice_.Below(100'000'000'000)), 2);
      case Style::kFine: return Decimal(static_cast<int64_t>(dice_.Below(100'000'000)), 6);
      case Style::kWide: {
        static const Texts kWide = {"1000000000000000",
                                    "1000000000000000.01",
                                    "0.000000000001",
                                    "-1000000000000000",
                                    "0",
                                    "999999999999999.99",
                                    "0.1",
                                    "-0.1"};
        return dice_.Of(kWide);
      }
      case Style::kExtreme: {
        static const Texts kExtreme = {
            "1e-30", "1e20", "-1e20", "1e300", "1e-300", "1e-390", "12345678901234567890.123",
            "0",     "1",    "0.5"};
        return dice_.Chance(70) ? dice_.Of(levels_) : dice_.Of(kExtreme);
      }
      case Style::kPrimes: {
        static const Texts kPrimes = {"1", "2", "3", "7", "9", "11", "13", "30", "97", "99.9"};
        return dice_.Of(kPrimes);
      }
      case Style::kMultiples: {
        const auto before = Number::FromDecimal(before_);
        if (!before || before->Bits() > 200) return dice_.Of(levels_);
        return FormatPlaces(*before * *Number::FromDecimal(dice_.Of(levels_)), usual_ ? 6 : 30);
      }
      default: return NearLevel();
    }
  }

  std::string NearLevel() {
    const Number level = *Number::FromDecimal(dice_.Of(levels_));
    if (dice_.Chance(50)) return FormatPlaces(level, 20);
    const Number step = Number::Scaled(dice_.Between(-2, 2), dice_.Between(0, 4));
    return FormatPlaces(level + step, 20);
  }

  Dice& dice_;
  const Texts& levels_;
  const bool periods_;
  const bool usual_;
  std::vector<Style> styles_;  // by column
  std::vector<int> absent_;    // per cent
  std::string before_ = "1";
};

}  // namespace

std::vector<std::string> MakeLevels(Dice& dice) {
  static const Texts kAll = {"0",      "1",      "0.25", "0.3",    "0.05",   "60",    "100",
                             "33.3",   "0.01",   "10",   "7",      "0.95",   "2.5",   "-1",
                             "12.345", "99.995", "1000", "80.005", "0.1",    "3",     "50",
                             "0.125",  "89.95",  "0.6",  "1.005",  "200000", "0.0005"};
  static const Texts kFar = {"1000000000000000", "0.000000000001"};
  Texts levels;
  const int count = dice.Between(3, 7);
  for (int i = 0; i < count; ++i) levels.push_back(dice.Of(kAll));
  if (dice.Chance(10)) levels.push_back(dice.Of(kFar));
  return levels;
}

std::vector<DataTable> MakeTables(Dice& dice, const std::vector<std::string>& levels,
                                  bool periods) {
  return TableMaker(dice, levels, periods).Make();
}

}  // namespace steelyard::agree
