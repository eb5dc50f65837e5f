// Files that were made to hurt: each ends quickly, with a message, in bounded memory. A test that
// is killed for its time or stack has found something.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <string_view>

#include "tests/unit/rulefile/rule_text.h"

namespace steelyard {
namespace {

// Large enough that squares show, small enough for a test with sanitizers.
constexpr size_t kLarge = 1u << 18;

std::string Repeat(std::string_view part, size_t bytes = kLarge) {
  std::string text;
  text.reserve(bytes + part.size());
  while (text.size() < bytes) text += part;
  return text;
}

struct HostileCase {
  const char* name;
  std::function<std::string()> text;
};

const HostileCase kHostileCases[] = {
    {"square brackets", [] { return Repeat("["); }},
    {"curly brackets", [] { return Repeat("{"); }},
    {"100 000 square brackets", [] { return Repeat("[", 100'000); }},
    {"100 000 curly brackets", [] { return "a: " + Repeat("{a: ", 400'000); }},
    {"brackets on lines of their own", [] { return "a: " + Repeat("[\n"); }},
    {"dashes", [] { return Repeat("- "); }},
    {"question marks", [] { return Repeat("? "); }},
    {"colons", [] { return Repeat(": "); }},
    {"keys in keys", [] { return Repeat("[a: "); }},
    {"deep blocks",
     [] {
       std::string text;
       for (size_t i = 0; i < 1400; ++i) text += std::string(i, ' ') + "a:\n";
       return text;
     }},
    {"commas", [] { return "a: [" + Repeat(",") + "]"; }},
    {"one key again and again", [] { return Repeat("a: b\n"); }},
    {"keys without end",
     [] {
       std::string text;
       for (int i = 0; text.size() < kLarge; ++i) text += fmt::format("k{}: 1\n", i);
       return text;
     }},
    {"keys without values", [] { return "{" + Repeat("a,", 100'000) + "}"; }},
    {"values cut by commas", [] { return "{a: " + Repeat("(", 50'000) + Repeat(",b", 100'000); }},
    {"anchors", [] { return Repeat("&a "); }},
    {"aliases", [] { return Repeat("*a "); }},
    {"tags", [] { return Repeat("!a "); }},
    {"documents", [] { return Repeat("--- a\n"); }},
    {"directives", [] { return Repeat("%YAML 1.2\n"); }},
    {"quotes", [] { return Repeat("\""); }},
    {"quoted quotes", [] { return "a: '" + Repeat("''"); }},
    {"escapes", [] { return "a: \"" + Repeat("\\n") + "\""; }},
    {"bad escapes", [] { return Repeat("a: \"\\q\"\n", 100'000); }},
    {"one long line", [] { return Repeat("a"); }},
    {"many lines of one value", [] { return "a: " + Repeat("b\n "); }},
    {"blank lines", [] { return "a: b" + Repeat("\n") + " c"; }},
    {"blank lines in quotes", [] { return "a: \"" + Repeat("\n") + "\""; }},
    {"a folded text of blank lines", [] { return "a: >\n" + Repeat("\n"); }},
    {"a literal text of short lines", [] { return "a: |\n" + Repeat("  x\n"); }},
    {"tabs", [] { return "a:\n" + Repeat("\t"); }},
    {"comments", [] { return Repeat("#\n"); }},
    {"comments above a fault", [] { return Repeat("# x\n") + "a: 1\n b: 2\n"; }},
    {"values that cannot be read", [] { return Repeat("a: `x\n", 200'000); }},
    {"empty items", [] { return "a:" + Repeat("\n-"); }},
    {"imports",
     [] {
       std::string text = "import: [";
       for (int i = 0; text.size() < kLarge; ++i) text += fmt::format("{}.yaml,", i);
       return text + "]";
     }},
    {"broken formulas",
     [] {
       std::string text = "steelyard: 1\nvalues:\n";
       for (int i = 0; text.size() < kLarge; ++i) text += fmt::format("  k{}: 1 +\n", i);
       return text;
     }},
};

// An alias bomb: nine lists of nine references each, which would be 9^9 texts when followed.
std::string AliasBomb() {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 10; ++i) {
    text += fmt::format("a{}: &a{} [", i, i);
    for (int j = 0; j < 9; ++j) text += fmt::format("*a{},", i - 1);
    text += "]\n";
  }
  return text;
}

TEST(HostileFiles, EndWithAMessage) {
  for (const HostileCase& c : kHostileCases) {
    SCOPED_TRACE(c.name);
    const LoadedRules loaded(c.text());
    EXPECT_TRUE(loaded.sink().HasErrors());
    EXPECT_LT(loaded.sink().error_count(), 2000u);
  }
}

TEST(HostileFiles, HaveNoReferences) {
  const LoadedRules loaded(AliasBomb());
  EXPECT_THAT(loaded.Faults(), testing::HasSubstr("SY0116 1:5 [&a0]\n"));
  EXPECT_THAT(loaded.Faults(), testing::HasSubstr("SY0116 2:10 [*a0]\n"));
}

}  // namespace
}  // namespace steelyard
