// agree STEELYARD.csv NAME=ANSWERS…: holds what the rivals answer against Steelyard's results,
// which are exact. ANSWERS is CSV, or a file of columns. Values and points must be the same to nine
// digits. A score may be a cent off, and a grade wrong, where binary floating point takes a tie or
// a threshold for what it is not; both are counted. A slow rival may have answered only the first
// rows. Exit code 1 where anything else differs.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "bench/rivals/card.h"

namespace bench {

namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

std::string ReadAll(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  std::string text(file ? static_cast<size_t>(file.tellg()) : 0, '\0');
  file.seekg(0);
  if (!file.read(text.data(), static_cast<std::streamsize>(text.size()))) {
    std::perror(path.c_str());
    std::exit(3);
  }
  return text;
}

std::vector<std::string_view> Cells(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  std::vector<std::string_view> cells;
  for (size_t at = 0; at <= line.size();) {
    const size_t comma = std::min(line.find(',', at), line.size());
    cells.push_back(line.substr(at, comma - at));
    at = comma + 1;
  }
  return cells;
}

double NumberOf(std::string_view cell) {
  constexpr std::string_view kGrades = "SABCD";
  if (cell.empty()) return kMissing;
  if (cell.size() == 1 && kGrades.find(cell[0]) != kGrades.npos) {
    return static_cast<double>(kGrades.find(cell[0]));
  }
  double number = 0;
  const char* end = cell.data() + cell.size();
  if (std::from_chars(cell.data(), end, number).ptr != end) {
    std::fprintf(stderr, "not a number: %.*s\n", static_cast<int>(cell.size()), cell.data());
    std::exit(1);
  }
  return number;
}

struct Answers {
  std::vector<std::string> keys;
  Columns columns;
};

// The columns named like the answers, in whatever order they stand; the key is the first two cells.
Answers ReadCsv(const std::string& path) {
  const std::string all = ReadAll(path);
  std::string_view text = all;
  const auto rows = static_cast<size_t>(std::count(all.begin(), all.end(), '\n')) - 1;
  const std::vector<std::string_view> heading = Cells(text);
  std::vector<size_t> places;
  for (const std::string& name : AnswerNames()) {
    const auto found = std::find(heading.begin(), heading.end(), name);
    if (found == heading.end()) {
      std::fprintf(stderr, "%s has no column %s\n", path.c_str(), name.c_str());
      std::exit(1);
    }
    places.push_back(static_cast<size_t>(found - heading.begin()));
  }
  Answers answers{{}, Columns(kAnswers, rows)};
  for (size_t row = 0; row < rows; ++row) {
    const std::vector<std::string_view> cells = Cells(text);
    answers.keys.push_back(std::string(cells[0]).append(",").append(cells[1]));
    for (size_t k = 0; k < kAnswers; ++k) answers.columns[k][row] = NumberOf(cells.at(places[k]));
  }
  return answers;
}

Answers ReadAnswers(const std::string& path) {
  if (path.ends_with(".csv")) return ReadCsv(path);
  return {{}, ReadColumns(path, kAnswers)};
}

bool Same(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)});
}

// Of one rival, in cells or rows.
struct Differences {
  size_t keys = 0, values = 0, cents = 0, scores = 0, grades = 0;
  bool wrong() const { return keys + values + scores > 0; }
};

Differences Compare(const Answers& exact, const Answers& rival) {
  Differences found;
  for (size_t row = 0; row < rival.columns.rows(); ++row) {
    if (!rival.keys.empty() && rival.keys[row] != exact.keys[row]) ++found.keys;
    for (size_t k = 0; k < kScore; ++k) {
      if (!Same(exact.columns[k][row], rival.columns[k][row])) ++found.values;
    }
    const double right = exact.columns[kScore][row];
    const double score = rival.columns[kScore][row];
    if (!Same(right, score)) {
      ++(std::abs(right - score) < 0.010001 ? found.cents : found.scores);
    }
    if (!Same(exact.columns[kGrade][row], rival.columns[kGrade][row])) ++found.grades;
  }
  return found;
}

}  // namespace

}  // namespace bench

int main(int count, char** arguments) {
  if (count < 3) {
    std::fputs("usage: agree STEELYARD.csv NAME=ANSWERS…\n", stderr);
    return 2;
  }
  const bench::Answers exact = bench::ReadAnswers(arguments[1]);
  int wrong = 0;
  std::puts("name,rows,keys,values,scores,cents,grades");
  for (int i = 2; i < count; ++i) {
    const std::string_view argument = arguments[i];
    const size_t equals = argument.find('=');
    const std::string name(argument.substr(0, equals));
    const bench::Answers rival =
        bench::ReadAnswers(std::string(argument.substr(std::min(equals + 1, argument.size()))));
    const size_t rows = rival.columns.rows();
    if (rows > exact.columns.rows()) {
      std::fprintf(stderr, "%s has %zu rows\n", name.c_str(), rows);
      return 1;
    }
    const bench::Differences found = bench::Compare(exact, rival);
    std::printf("%s,%zu,%zu,%zu,%zu,%zu,%zu\n", name.c_str(), rows, found.keys, found.values,
                found.scores, found.cents, found.grades);
    wrong += found.wrong() ? 1 : 0;
  }
  return wrong == 0 ? 0 : 1;
}
