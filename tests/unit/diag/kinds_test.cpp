// The tables of kinds and helps: codes, texts in both languages, and a golden case for every kind.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "engine/diag/diagnostic.h"
#include "tests/support/golden.h"

namespace steelyard {
namespace {

namespace fs = std::filesystem;

std::vector<KindInfo> AllKinds() {
  std::vector<KindInfo> kinds;
  for (size_t i = 0; i < static_cast<size_t>(DiagKind::kCount); ++i) {
    kinds.push_back(Info(static_cast<DiagKind>(i)));
  }
  return kinds;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// `{0}`, `{12}` …
std::set<std::string_view> PlaceholdersOf(std::string_view text) {
  std::set<std::string_view> found;
  for (size_t at = text.find('{'); at < text.size(); at = text.find('{', at + 1)) {
    size_t end = at + 1;
    while (end < text.size() && IsDigit(text[end])) ++end;
    if (end > at + 1 && end < text.size() && text[end] == '}') {
      found.insert(text.substr(at, end + 1 - at));
    }
  }
  return found;
}

constexpr size_t kCodeLength = 6;  // `SY0203`

bool IsCode(std::string_view text) {
  return text.size() == kCodeLength && text.starts_with("SY") &&
         std::all_of(text.begin() + 2, text.end(), IsDigit);
}

// Holds for messages, labels and helps alike; `what` names the text in a failure.
void ExpectGoodTexts(std::string_view english, std::string_view chinese, const std::string& what) {
  EXPECT_EQ(english.empty(), chinese.empty()) << what << " lacks one language";
  EXPECT_EQ(PlaceholdersOf(english), PlaceholdersOf(chinese)) << what;
  for (const std::string_view text : {english, chinese}) {
    EXPECT_FALSE(text.ends_with('.') || text.ends_with("。")) << what << " ends with a full stop";
    EXPECT_FALSE(text.starts_with(' ') || text.ends_with(' ')) << what << " has blanks around it";
    EXPECT_EQ(std::count(text.begin(), text.end(), '`') % 2, 0) << what << " has a lone backquote";
    EXPECT_EQ(text.find('\n'), std::string_view::npos) << what << " has more than one line";
  }
}

bool StartsWithCapitalizedWord(std::string_view text) {
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  return text.size() >= 2 && upper(text[0]) && !upper(text[1]);  // YAML may stay
}

TEST(Kinds, HaveUniqueCodes) {
  std::map<std::string_view, std::string_view> names;
  for (const KindInfo& kind : AllKinds()) {
    EXPECT_TRUE(IsCode(kind.code)) << kind.code;
    const auto [known, is_new] = names.emplace(kind.code, kind.name);
    EXPECT_TRUE(is_new) << kind.code << " is both " << known->second << " and " << kind.name;
  }
}

TEST(Kinds, HaveNamesWithoutTheirPrefix) {
  EXPECT_EQ(Info(DiagKind::kFileNotFound).name, "FileNotFound");
  EXPECT_EQ(Info(DiagKind::kFileNotFound).code, "SY0001");
  EXPECT_EQ(Info(DiagKind::kFileNotFound).severity, Severity::kError);
  EXPECT_EQ(Info(DiagKind::kFileNotFound).blame, Blame::kEnvironment);
}

TEST(Kinds, SayTheSameInBothLanguages) {
  for (const KindInfo& kind : AllKinds()) {
    const std::string what = std::string(kind.code) + " " + std::string(kind.name);
    EXPECT_FALSE(kind.text[0].empty()) << what;
    ExpectGoodTexts(kind.text[0], kind.text[1], what);
    ExpectGoodTexts(kind.label[0], kind.label[1], "label of " + what);
    EXPECT_FALSE(StartsWithCapitalizedWord(kind.text[0])) << what << " starts with a capital";
  }
}

TEST(Helps, SayTheSameInBothLanguages) {
  for (size_t i = 0; i < static_cast<size_t>(HelpKind::kCount); ++i) {
    const auto kind = static_cast<HelpKind>(i);
    const std::string_view english = HelpText(kind, Language::kEnglish);
    const std::string what = "help `" + std::string(english) + "`";
    EXPECT_FALSE(english.empty()) << "help number " << i;
    ExpectGoodTexts(english, HelpText(kind, Language::kChinese), what);
    EXPECT_FALSE(StartsWithCapitalizedWord(english)) << what << " starts with a capital";
  }
}

// Every code that stands in some tests/golden/**/*.txt.
std::set<std::string> CodesInGoldenFiles() {
  std::set<std::string> codes;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(GoldenRoot(), error)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".txt") continue;
    std::ifstream stream(entry.path(), std::ios::binary);
    std::ostringstream buffer;
    buffer << stream.rdbuf();
    const std::string text = buffer.str();
    for (size_t at = text.find("SY"); at != std::string::npos; at = text.find("SY", at + 1)) {
      const std::string code = text.substr(at, kCodeLength);
      if (IsCode(code)) codes.insert(code);
    }
  }
  return codes;
}

TEST(Kinds, HaveAGoldenCaseEach) {
  std::set<std::string> covered = CodesInGoldenFiles();
  covered.insert("SY0641");  // a fault of the program, of which none is known
  covered.insert("SY0686");  // takes a second program that writes at the right moment
  std::string missing;
  size_t count = 0;
  for (const KindInfo& kind : AllKinds()) {
    if (covered.count(std::string(kind.code)) > 0) continue;
    missing += "  " + std::string(kind.code) + " " + std::string(kind.name) + "\n";
    ++count;
  }
  EXPECT_EQ(count, 0u) << "no file under tests/golden/ shows these kinds:\n" << missing;
}

}  // namespace
}  // namespace steelyard
