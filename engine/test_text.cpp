// Results of rule tests for people.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/base/text.h"
#include "engine/diag/printable.h"
#include "engine/report/lines.h"
#include "engine/tests.h"

namespace steelyard {
namespace {

constexpr size_t kLongestPath = 400;
constexpr size_t kLongestText = 400;
constexpr size_t kWidestCell = 40;

// Cells beside each other, in columns however wide their characters are.
class Table {
 public:
  using Row = std::vector<std::string>;

  void Add(Row cells) { rows_.push_back({std::move(cells), ""}); }
  // With lines of its own below it.
  void Add(Row cells, std::string below) { rows_.push_back({std::move(cells), std::move(below)}); }

  std::string ToText() const {
    std::vector<size_t> widths;
    for (const auto& [row, below] : rows_) {
      widths.resize(std::max(widths.size(), row.size()));
      for (size_t i = 0; i < row.size(); ++i) {
        widths[i] = std::max(widths[i], DisplayWidth(row[i]));
      }
    }
    std::string text;
    for (const auto& [row, below] : rows_) {
      std::string line;
      for (size_t i = 0; i < row.size(); ++i) line += "  " + PadRight(row[i], widths[i]);
      line.erase(line.find_last_not_of(' ') + 1);
      text += line + "\n" + below;
    }
    return text;
  }

 private:
  std::vector<std::pair<Row, std::string>> rows_;
};

class TextWriter {
 public:
  explicit TextWriter(Language language) : language_(language) {}

  std::string Write(const TestOutcome& outcome) {
    for (const TestResult& result : outcome.results) WriteFailures(result);
    if (!outcome.coverage.empty()) WriteCoverage(outcome);
    return std::move(text_);
  }

 private:
  std::string_view Say(std::string_view english, std::string_view chinese) const {
    return language_ == Language::kEnglish ? english : chinese;
  }

  // Expected and found beside each other, a line for each expectation that does not hold.
  void WriteFailures(const TestResult& result) {
    if (result.failures.empty()) return;
    const bool several = std::any_of(result.failures.begin(), result.failures.end(),
                                     [](const TestFailure& f) { return !f.subject.empty(); });
    text_ += fmt::format("{}:{}{}{}\n", Printable(result.file, kLongestPath), result.line,
                         Say(": ", "："), Printable(result.name, kLongestText));
    Table table;
    table.Add(Row(several, {std::string(Say("line", "行")), "", ""}, Say("expected", "期望"),
                  Say("found", "实际")));
    for (const TestFailure& failure : result.failures) AddFailure(failure, several, table);
    text_ += table.ToText();
    WriteDerivations(result);
    text_ += "\n";
  }

  // How what was found came about, a step a line; what two failures share is told once.
  void WriteDerivations(const TestResult& result) {
    std::set<std::vector<std::string>> told;
    for (const TestFailure& failure : result.failures) {
      const std::vector<std::string>& lines = failure.derivation[static_cast<size_t>(language_)];
      if (!told.insert(lines).second) continue;
      for (const std::string& line : lines) text_ += "    " + Printable(line, kLongestText) + "\n";
    }
  }

  static Table::Row Row(bool several, Table::Row place, std::string_view expected,
                        std::string_view found) {
    if (!several) place.erase(place.begin() + 1);
    place.emplace_back(expected);
    place.emplace_back(found);
    return place;
  }

  // Long texts stand below each other.
  void AddFailure(const TestFailure& failure, bool several, Table& table) {
    const auto language = static_cast<size_t>(language_);
    const std::string expected = Printable(failure.expected[language], kLongestText);
    const std::string found = Printable(failure.found[language], kLongestText);
    const Table::Row place = {std::to_string(failure.line),
                              Printable(failure.subject, kLongestText),
                              Printable(failure.output, kLongestText)};
    if (DisplayWidth(expected) <= kWidestCell) {
      return table.Add(Row(several, place, expected, found));
    }
    LabelledLines lines;
    lines.Add(std::string("        ") + std::string(Say("expected", "期望")), expected);
    lines.Add(std::string("        ") + std::string(Say("found", "实际")), found);
    table.Add(Row(several, place, "", ""), lines.ToText());
  }

  void WriteCoverage(const TestOutcome& outcome) {
    for (const RuleCoverage& rules : outcome.coverage) {
      text_ += fmt::format("{}{}{}\n", Printable(rules.rules, kLongestPath), Say(": ", "："),
                           Share(rules.reached(), rules.items.size()));
      for (const CoverageItem& item : rules.items) {
        if (!item.reached) WriteItem(item);
      }
    }
    if (outcome.coverage.size() < 2) return;
    text_ += fmt::format("{}{}\n", Say("all: ", "合计："),
                         Share(outcome.reached(), outcome.reachable()));
  }

  std::string Share(size_t reached, size_t total) const {
    return fmt::format(fmt::runtime(Say("reached {} of {}, {}", "已覆盖 {} / {}，{}")), reached,
                       total, PercentReached(reached, total));
  }

  void WriteItem(const CoverageItem& item) {
    text_ += fmt::format("  {}:{}:{}{}{}\n", Printable(item.file, kLongestPath), item.line,
                         item.column, Say(": ", "："), NotReached(item, language_));
  }

  Language language_;
  std::string text_;
};

}  // namespace

std::string TestsAsText(const TestOutcome& outcome, Language language) {
  return TextWriter(language).Write(outcome);
}

}  // namespace steelyard
