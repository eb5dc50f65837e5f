// Texts in all five styles of YAML: what they decode to, and where each of their bytes stands.
#include "engine/rulefile/align.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "engine/rulefile/yaml_read.h"

namespace steelyard {
namespace {

// The text of the only value in `k: …`.
std::optional<EmbeddedText> ReadOnly(const std::string& source) {
  SourceSet sources;
  const FileId file = sources.Add("a.yaml", source);
  DiagnosticSink sink;
  const std::optional<YamlNode> root = ReadYaml(file, sources.file(file), sink);
  if (!root || root->entries.empty()) return std::nullopt;
  const YamlNode& value = root->entries[0].value;
  if (value.shape != Shape::kText) return std::nullopt;
  return value.text;
}

// --- tables -------------------------------------------------------------------------------------

struct AlignCase {
  const char* source;  // a file
  const char* value;   // what its value decodes to
  // A part of the value, and what it is written as in the file.
  const char* part;
  const char* written;
};

const AlignCase kAlignCases[] = {
    {"k: a + b\n", "a + b", "b", "b"},
    {"k: a +\n  b\n  + c", "a + b + c", "+ c", "+ c"},
    {"k: a +\n\n\n  b", "a +\n\nb", "b", "b"},
    {"k: 收入 ÷ 成本 # note", "收入 ÷ 成本", "成本", "成本"},
    {"k: 'it''s b'\n", "it's b", "b", "b"},
    {"k: 'it''s b'\n", "it's b", "'", "''"},
    {"k: 'a\n\n  b'\n", "a\nb", "b", "b"},
    {"k: \"a\\tb\"", "a\tb", "\t", "\\t"},
    {"k: \"a\\tb\"", "a\tb", "b", "b"},
    {"k: \"\\u4e2d\\x41\\U0001F600 z\"", "中A😀 z", "A", "\\x41"},
    {"k: \"\\u4e2d\\x41\\U0001F600 z\"", "中A😀 z", "😀", "\\U0001F600"},
    {"k: \"\\u4e2d\\x41\\U0001F600 z\"", "中A😀 z", "z", "z"},
    {"k: \"a\\\n    b c\"", "ab c", "b", "b"},
    {"k: \"a \\\n\n  \\ b\"", "a \n b", "b", "b"},
    {"k: \"a\n  b\"", "a b", "b", "b"},
    {"k: |\n  a +\n    b\n", "a +\n  b\n", "b", "b"},
    {"k: |-\n  a\n\n  b\n\n", "a\n\nb", "b", "b"},
    {"k: |+\n  a\n\n", "a\n\n", "a", "a"},
    {"k: |2\n    a\n  b\n", "  a\nb\n", "b", "b"},
    {"k: | # why\n  a\n  b\n", "a\nb\n", "b", "b"},
    {"k: >\n  a +\n  b\n", "a + b\n", "b", "b"},
    {"k: >-\n  a\n\n  b\n  c", "a\nb c", "c", "c"},
    {"k: >\n  a\n   b\n  c\n", "a\n b\nc\n", "c", "c"},
    {"k: >\n\n  a\n  b\n", "\na b\n", "b", "b"},
    {"k: a\r\n  b\r\n", "a b", "b", "b"},
    {"k: |\r\n  a\r\n  b\r\n", "a\nb\n", "b", "b"},
    {"k: >\r\n  a\r\n  b\r\n", "a b\n", "b", "b"},
    {"\xEF\xBB\xBFk: a b\n", "a b", "b", "b"},
};

TEST(Align, PointsAtTheVeryCharacters) {
  for (const AlignCase& c : kAlignCases) {
    SCOPED_TRACE(c.source);
    const std::optional<EmbeddedText> text = ReadOnly(c.source);
    ASSERT_TRUE(text.has_value());
    EXPECT_EQ(text->text, c.value);
    const size_t begin = text->text.rfind(c.part);
    ASSERT_NE(begin, std::string::npos);
    const Span span = text->Locate(begin, begin + std::string_view(c.part).size());
    EXPECT_EQ(std::string_view(c.source).substr(span.begin, span.end - span.begin), c.written);
  }
}

TEST(Align, RefusesWhatDoesNotMatch) {
  EXPECT_FALSE(AlignText("k: abc", 3, "abd").has_value());
  EXPECT_FALSE(AlignText("k: ab", 3, "abc").has_value());
  EXPECT_FALSE(AlignText("k: 'a'", 3, "a'b").has_value());
  EXPECT_FALSE(AlignText("k: \"\\q\"", 3, "q").has_value());
  EXPECT_FALSE(AlignText("k: |\n  a\n", 3, "b\n").has_value());
}

TEST(Align, FindsTheClosingQuote) {
  EXPECT_EQ(FindClosingQuote("'a''b' c'", 0), 5u);
  EXPECT_EQ(FindClosingQuote("\"a\\\"b\" c", 0), 5u);
  EXPECT_EQ(FindClosingQuote("\"a\\\\\" c", 0), 4u);
  EXPECT_FALSE(FindClosingQuote("'a''", 0).has_value());
  EXPECT_FALSE(FindClosingQuote("\"a\\\"", 0).has_value());
}

// --- every style, at random ---------------------------------------------------------------------

class RandomText {
 public:
  explicit RandomText(uint32_t seed) : random_(seed) {}

  // A file with one text in the style that `style` counts to.
  std::string File(int style) {
    switch (style) {
      case 0: return "k: " + Lines("x", "  ", {}) + End();
      case 1: return "k: '" + Lines("", " ", {"''", "\"", "# ", ": "}) + "'" + End();
      case 2:
        return "k: \"" +
               Lines("", " ", {"\\n", "\\t", "\\\\", "\\\"", "\\u6536", "\\\n   ", "'", ": "}) +
               "\"" + End();
      case 3: return "k: |" + Chomping() + "\n" + Block({"'", "\"", "# ", ": ", "\\"});
      default: return "k: >" + Chomping() + "\n" + Block({"'", "\"", "# ", ": ", "\\"});
    }
  }

 private:
  size_t Upto(size_t count) { return std::uniform_int_distribution<size_t>(0, count)(random_); }
  std::string_view Pick(const std::vector<std::string_view>& words) {
    return words[Upto(words.size() - 1)];
  }
  std::string Word(const std::vector<std::string_view>& extra) {
    static const std::vector<std::string_view> kWords = {"a", "bc", "收入", "÷",  "(1,", "0.5)",
                                                         "😀", "é",  "x-y",  "％", "“S”"};
    return std::string(!extra.empty() && Upto(3) == 0 ? Pick(extra) : Pick(kWords));
  }
  std::string LineBreak(std::string_view indent) {
    std::string text(Pick({"\n", "\n", " \n", "\r\n"}));
    for (size_t i = Upto(4); i > 2; --i) text += Pick({"\n", "   \n", "\r\n"});
    return text + std::string(indent) + std::string(Upto(2), ' ');
  }
  std::string Lines(std::string_view first, std::string_view indent,
                    const std::vector<std::string_view>& extra) {
    std::string text(first);
    for (size_t i = Upto(9); i > 0; --i) {
      text += Word(extra);
      text += Upto(3) == 0 ? LineBreak(indent) : std::string(Upto(2), ' ');
    }
    return text;
  }
  std::string Block(const std::vector<std::string_view>& extra) {
    std::string text;
    for (size_t i = Upto(6) + 1; i > 0; --i) {
      const size_t deeper = text.empty() || Upto(2) > 0 ? 0 : Upto(3);
      text += "  " + std::string(deeper, ' ');
      for (size_t j = Upto(4) + 1; j > 0; --j) text += Word(extra) + std::string(Upto(1), ' ');
      text += Pick({"\n", "\n", "\r\n", "\n\n", "\n  \n", "\n \n\n"});
    }
    return text;
  }
  std::string Chomping() { return std::string(Pick({"", "-", "+", " # why", "2", "2-"})); }
  std::string End() { return std::string(Pick({"\n", "", " # note\n", "\nl: 2\n"})); }

  std::mt19937 random_;
};

bool IsLineEnd(std::string_view source, size_t at) {
  return at < source.size() && (source[at] == '\n' || source[at] == '\r');
}

// Is byte `i` of the text where its offset says?
bool StandsThere(std::string_view source, const EmbeddedText& text, size_t i) {
  const size_t at = text.offsets[i];
  const char byte = text.text[i];
  if (at < source.size() && (source[at] == byte || source[at] == '\\')) return true;
  return (byte == ' ' || byte == '\n') && IsLineEnd(source, at);
}

TEST(Align, HoldsForRandomTexts) {
  constexpr int kStyles = 5;
  constexpr int kRounds = 4000;
  RandomText random(20260401);
  int read[kStyles] = {};
  for (int round = 0; round < kRounds; ++round) {
    const int style = round % kStyles;
    const std::string source = random.File(style);
    const std::optional<EmbeddedText> text = ReadOnly(source);
    if (!text) continue;  // not YAML
    ++read[style];
    const std::string trace = fmt::format("round {}: <<{}>> is <<{}>>", round, source, text->text);
    ASSERT_EQ(text->offsets.size(), text->text.size() + 1) << trace;
    ASSERT_TRUE(std::is_sorted(text->offsets.begin(), text->offsets.end())) << trace;
    ASSERT_LE(text->offsets.back(), source.size()) << trace;
    for (size_t i = 0; i < text->text.size(); ++i) {
      ASSERT_TRUE(StandsThere(source, *text, i)) << trace << " byte " << i;
    }
  }
  for (const int count : read) EXPECT_GT(count, kRounds / kStyles / 2);
}

}  // namespace
}  // namespace steelyard
