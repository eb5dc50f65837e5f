#include "tests/support/golden.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>
#include <string_view>
#include <system_error>
#include <vector>

namespace steelyard {

namespace fs = std::filesystem;

namespace {

constexpr size_t kContext = 2;               // equal lines shown around a difference
constexpr size_t kMaxComparedLines = 2'000;  // the table of the diff grows with the square

bool FromEnvironment() {
  const char* value = std::getenv("STEELYARD_UPDATE");
  return value != nullptr && std::string_view(value) == "1";
}

bool& UpdateFlag() {
  static bool update = FromEnvironment();
  return update;
}

std::optional<std::string> ReadFile(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return std::nullopt;
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

bool WriteFile(const fs::path& path, const std::string& text) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream << text;
  stream.close();
  return !stream.fail();
}

std::vector<std::string_view> SplitLines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size() - 1);
    lines.push_back(text.substr(0, end + 1));
    text.remove_prefix(end + 1);
  }
  return lines;
}

struct Edit {
  char sign;  // ' ' both, '-' expected only, '+' actual only
  std::string_view line;
};

using Lines = std::vector<std::string_view>;

// Length of the longest common subsequence of a[i…] and b[j…], for every i and j.
std::vector<std::vector<size_t>> CommonLengths(const Lines& a, const Lines& b) {
  std::vector<std::vector<size_t>> common(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = a.size(); i-- > 0;) {
    for (size_t j = b.size(); j-- > 0;) {
      common[i][j] =
          a[i] == b[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
    }
  }
  return common;
}

std::vector<Edit> EditsBetween(const Lines& a, const Lines& b) {
  const auto common = CommonLengths(a, b);
  std::vector<Edit> edits;
  size_t i = 0;
  size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      edits.push_back({' ', a[i++]});
      ++j;
    } else if (j == b.size() || (i < a.size() && common[i + 1][j] >= common[i][j + 1])) {
      edits.push_back({'-', a[i++]});
    } else {
      edits.push_back({'+', b[j++]});
    }
  }
  return edits;
}

bool NearChange(const std::vector<Edit>& edits, size_t index) {
  const size_t first = index - std::min(index, kContext);
  const size_t last = std::min(edits.size(), index + kContext + 1);
  const auto begin = edits.begin();
  return std::any_of(begin + static_cast<std::ptrdiff_t>(first),
                     begin + static_cast<std::ptrdiff_t>(last),
                     [](const Edit& edit) { return edit.sign != ' '; });
}

void AppendEdit(const Edit& edit, std::string& out) {
  out += edit.sign;
  out += edit.line;
  if (!edit.line.ends_with('\n')) out += "\n\\ no line end\n";
}

}  // namespace

fs::path SourceRoot() { return STEELYARD_SOURCE_DIR; }

fs::path GoldenRoot() { return SourceRoot() / "tests" / "golden"; }

bool UpdatesGoldens() { return UpdateFlag(); }

void SetUpdatesGoldens(bool update) { UpdateFlag() = update; }

std::string LineDiff(const std::string& expected, const std::string& actual) {
  if (expected == actual) return "";
  const Lines a = SplitLines(expected);
  const Lines b = SplitLines(actual);
  if (std::max(a.size(), b.size()) > kMaxComparedLines) {
    return fmt::format("too long to compare line by line: {} lines expected, {} lines found\n",
                       a.size(), b.size());
  }
  const std::vector<Edit> edits = EditsBetween(a, b);
  std::string diff;
  bool skipping = false;
  for (size_t i = 0; i < edits.size(); ++i) {
    const bool shown = NearChange(edits, i);
    if (!shown && !skipping) diff += "…\n";
    skipping = !shown;
    if (shown) AppendEdit(edits[i], diff);
  }
  return diff;
}

void ExpectGolden(const std::string& path, const std::string& actual, const char* caller_file,
                  int caller_line) {
  const fs::path file = GoldenRoot() / path;
  const std::optional<std::string> expected = ReadFile(file);
  if (expected == actual) return;
  if (UpdatesGoldens()) {
    if (!WriteFile(file, actual)) {
      ADD_FAILURE_AT(caller_file, caller_line) << "cannot write tests/golden/" << path;
    }
    return;
  }
  ADD_FAILURE_AT(caller_file, caller_line)
      << (expected ? "differs from" : "there is no") << " tests/golden/" << path << "\n"
      << LineDiff(expected.value_or(""), actual)
      << "if this is right, run the tests again with STEELYARD_UPDATE=1";
}

}  // namespace steelyard
