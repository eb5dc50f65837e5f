// Names as users type them, in any script.
#include "engine/base/text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace steelyard {
namespace {

using namespace std::string_literals;

struct Utf8Case {
  std::string text;
  std::optional<size_t> invalid_at;
};

TEST(FirstInvalidUtf8, FindsTheFirstWrongByte) {
  const Utf8Case cases[] = {
      {"", {}},
      {"plain", {}},
      {"战略客户 ÷ é 😀", {}},
      {"a\0b"s, {}},
      {"ab\xFF", 2},
      {"\x80", 0},
      {"é\xC3", 2},              // cut short
      {"战\xE6\x88", 3},         // cut short
      {"a\xC0\xAF", 1},          // overlong `/`
      {"a\xE0\x80\xAF", 1},      // overlong
      {"a\xED\xA0\x80", 1},      // a surrogate
      {"a\xF4\x90\x80\x80", 1},  // beyond U+10FFFF
      {"a\xF8\x88\x80\x80\x80", 1},
      {"\xF4\x8F\xBF\xBD", {}},  // U+10FFFD
  };
  for (const Utf8Case& c : cases) {
    EXPECT_EQ(FirstInvalidUtf8(c.text), c.invalid_at) << testing::PrintToString(c.text);
  }
}

TEST(Utf8, DecodesAndEncodes) {
  const std::string text = "aé战😀";
  const char32_t points[] = {U'a', U'é', U'战', U'😀'};
  std::string copy;
  size_t at = 0;
  for (const char32_t expected : points) {
    const CodePoint point = DecodeAt(text, at);
    EXPECT_EQ(point.value, expected);
    AppendUtf8(point.value, copy);
    at += point.length;
  }
  EXPECT_EQ(at, text.size());
  EXPECT_EQ(copy, text);
}

TEST(Utf8, NeverWritesWhatIsNotText) {
  std::string out;
  AppendUtf8(0xD800, out);
  AppendUtf8(0x110000, out);
  AppendUtf8(0xFFFFFFFF, out);
  EXPECT_EQ(out, "���");
  EXPECT_EQ(DecodeAt("\xFFz", 0).length, 1u);
}

TEST(NameRules, TakeLettersOfAnyScript) {
  for (const char32_t point : U"azAZ_é战ñжωא한あ〇ａ＿"s) {
    EXPECT_TRUE(IsNameStart(point)) << std::hex << static_cast<uint32_t>(point);
    EXPECT_TRUE(IsNamePart(point)) << std::hex << static_cast<uint32_t>(point);
  }
  for (const char32_t point : U"09９٣\u0301\u093E"s) {  // digits, an accent, a vowel sign
    EXPECT_FALSE(IsNameStart(point)) << std::hex << static_cast<uint32_t>(point);
    EXPECT_TRUE(IsNamePart(point)) << std::hex << static_cast<uint32_t>(point);
  }
  for (const char32_t point : U" -.`÷×∑（，％\u3000😀\u200B\u0000\u00A0"s) {
    EXPECT_FALSE(IsNameStart(point)) << std::hex << static_cast<uint32_t>(point);
    EXPECT_FALSE(IsNamePart(point)) << std::hex << static_cast<uint32_t>(point);
  }
  EXPECT_FALSE(IsNameStart(0x110000));
}

TEST(FoldWidth, MapsFullWidthFormsOnly) {
  const std::u32string full = U"（１＋２），Ａｚ％～！\u3000";
  const std::u32string ascii = U"(1+2),Az%~! ";
  ASSERT_EQ(full.size(), ascii.size());
  for (size_t i = 0; i < full.size(); ++i) EXPECT_EQ(FoldWidth(full[i]), ascii[i]);
  for (const char32_t point : U"a战。、“”￥｟\uFF00"s) EXPECT_EQ(FoldWidth(point), point);
}

struct FoldCaseRow {
  const char* name;
  const char* normalized;
  const char* folded;
};

const FoldCaseRow kFoldCases[] = {
    {"Revenue", "Revenue", "revenue"},
    {"战略客户收入", "战略客户收入", "战略客户收入"},
    {"ＮＰＳ＿２０２６", "NPS_2026", "nps_2026"},
    {"cafe\u0301", "caf\u00E9", "caf\u00E9"},
    {"Ａ\u0301", "\u00C1", "\u00E1"},  // widths first, then composition
    {"\u212B", "\u00C5", "\u00E5"},    // the sign for angstrom is the letter
    {"Customer\u3000ID", "Customer ID", "customer id"},
    {"ΠΩΛΗΣΕΙΣ", "ΠΩΛΗΣΕΙΣ", "πωλησεισ"},
    {"", "", ""},
};

TEST(Names, CompareComposedAndFolded) {
  for (const FoldCaseRow& c : kFoldCases) {
    EXPECT_EQ(NormalizeName(c.name), c.normalized) << c.name;
    EXPECT_EQ(NormalizeName(c.normalized), c.normalized) << c.name;
    EXPECT_EQ(FoldCase(c.name), c.folded) << c.name;
  }
  EXPECT_EQ(NormalizeName("a\xFF"), "a\xFF");  // left for others to report
}

struct WidthCase {
  const char* text;
  size_t width;
};

const WidthCase kWidthCases[] = {
    {"", 0},  {"abc", 3}, {"战略", 4}, {"（，", 4}, {"é", 1},      {"e\u0301", 1},
    {"😀", 2}, {"한", 2},  {"÷×", 2},   {"a\tb", 3}, {"\u200B", 0}, {"ｱ", 1},  // half-width katakana
};

TEST(DisplayWidth, CountsColumns) {
  for (const WidthCase& c : kWidthCases) EXPECT_EQ(DisplayWidth(c.text), c.width) << c.text;
}

struct DistanceCase {
  const char* a;
  const char* b;
  size_t distance;
};

const DistanceCase kDistanceCases[] = {
    {"", "", 0},
    {"", "abc", 3},
    {"abc", "abc", 0},
    {"abc", "abd", 1},
    {"abc", "acb", 1},
    {"abc", "ab", 1},
    {"abc", "xabc", 1},
    {"kitten", "sitting", 3},
    {"ca", "abc", 3},
    {"收入", "收益", 1},
    {"客户", "户客", 1},
    {"flaw", "lawn", 2},
    {"战略", "战略客户", 2},
    {"é", "e", 1},
};

TEST(EditDistance, CountsEditsAndSwaps) {
  for (const DistanceCase& c : kDistanceCases) {
    EXPECT_EQ(EditDistance(c.a, c.b, 10), c.distance) << c.a << " " << c.b;
    EXPECT_EQ(EditDistance(c.b, c.a, 10), c.distance) << c.b << " " << c.a;
    for (size_t limit = 0; limit <= 4; ++limit) {
      EXPECT_EQ(EditDistance(c.a, c.b, limit), std::min(c.distance, limit + 1))
          << c.a << " " << c.b << " up to " << limit;
    }
  }
  EXPECT_EQ(EditDistance("abc", "abd", std::numeric_limits<size_t>::max()), 1u);
}

struct NearestCase {
  const char* name;
  std::vector<std::string> candidates;
  const char* expected;  // null: none
};

TEST(NearestName, SuggestsWhatWasProbablyMeant) {
  const std::vector<std::string> chinese = {"战略客户收入", "部门总营收", "流失率", "收入",
                                            "客户数"};
  const NearestCase cases[] = {
      {"stratgic_revenue", {"total_revenue", "strategic_revenue"}, "strategic_revenue"},
      {"reveneu", {"revenue", "reverse"}, "revenue"},
      {"Revenue", {"revenue"}, "revenue"},
      {"ｒｅｖｅｎｕｅ", {"revenues", "Revenue"}, "Revenue"},
      {"收益", chinese, "收入"},
      {"流逝率", chinese, "流失率"},
      {"客户量", chinese, "客户数"},
      {"部门总应收", chinese, "部门总营收"},
      {"战略客户营收", chinese, "战略客户收入"},
      {"利润", chinese, nullptr},
      {"revenue", {"headcount", "stage"}, nullptr},
      {"x", {"y", "z"}, nullptr},
      {"X", {"y", "x"}, "x"},
      {"abc", {"xyz"}, nullptr},
      {"ab", {"cd", "ac"}, "ac"},
      {"csat", {"csat"}, nullptr},                    // what was written already is no advice
      {"tier", {"tiers", "tire", "tier1"}, "tiers"},  // the first of equals
      {"", {"a", "b"}, nullptr},
      {"revenue", {}, nullptr},
  };
  for (const NearestCase& c : cases) {
    const auto found = NearestName(c.name, c.candidates);
    EXPECT_EQ(found, c.expected == nullptr ? std::nullopt : std::optional<std::string>(c.expected))
        << c.name;
  }
}

size_t Letters(std::string_view text) {
  size_t count = 0;
  for (size_t at = 0; at < text.size(); at += DecodeAt(text, at).length) ++count;
  return count;
}

// What the index passes over without comparing is as far away as its lengths and letters say.
TEST(NameIndex, PassesOverNothingThatIsNear) {
  constexpr std::string_view kLetters[] = {"a", "b", "c", "_", "客", "户", "A", "é"};
  std::mt19937 random(7);
  const auto name = [&] {
    std::string text;
    const size_t length = 1 + random() % 10;
    for (size_t i = 0; i < length; ++i) text += kLetters[random() % std::size(kLetters)];
    return text;
  };
  size_t near = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string wanted = name();
    std::string known = name();
    if (i % 2 == 0) known = wanted + known.substr(0, known.find_first_of("abc_A") + 1);
    const size_t length = Letters(wanted);
    const size_t limit = length < 2 ? 0 : std::clamp(length / 3, size_t{1}, size_t{3});
    const bool expected =
        wanted != known && EditDistance(FoldCase(wanted), FoldCase(known), limit) <= limit;
    near += expected ? 1 : 0;
    const NameIndex index(std::vector<std::string>{known});
    EXPECT_EQ(index.Nearest(wanted).has_value(), expected) << wanted << " " << known;
  }
  EXPECT_GT(near, 500u);
}

TEST(NearestName, DoesNotCompareEndlessNames) {
  const std::string endless(1'000'000, 'a');
  EXPECT_EQ(NearestName(endless, std::vector<std::string>{endless + "b"}), std::nullopt);
  EXPECT_EQ(NearestName("aa", std::vector<std::string>{endless}), std::nullopt);
}

TEST(LetterCase, GoesLetterByLetter) {
  EXPECT_EQ(ToLower("ABC É 战 Ω1"), "abc é 战 ω1");
  EXPECT_EQ(ToUpper("abc é 战 ω1"), "ABC É 战 Ω1");
}

}  // namespace
}  // namespace steelyard
