// Cells by the type of their column: tables of what is written and what it means.
#include "engine/data/convert.h"

#include <gtest/gtest.h>

#include "tests/unit/data/data_support.h"

namespace steelyard {
namespace {

// The value, `missing`, or the reason why there is none.
std::string Converted(const ColumnSchema& schema, std::string_view text) {
  CellConverter converter(schema);
  if (const std::optional<Fault> fault = converter.Convert({text, FileCell::Kind::kText})) {
    Reject reject;
    reject.reason = fault->reason;
    reject.detail = fault->detail;
    reject.why = fault->why;
    return ReasonText(reject, Language::kEnglish);
  }
  Column column = Column::OfType(schema.type);
  converter.AppendTo(column);
  return CellText(column, 0);
}

struct Case {
  const char* text;
  const char* value;
};

template <size_t N>
void ExpectAll(std::string_view type, const Case (&cases)[N]) {
  const ColumnSchema schema = ColumnOf("x", type);
  for (const auto& [text, value] : cases) {
    EXPECT_EQ(Converted(schema, text), value) << type << " from `" << text << "`";
  }
}

TEST(Convert, Missing) {
  for (const char* type : {"number", "count", "percent", "money CNY", "duration h", "date",
                           "datetime", "bool", "[a, b]"}) {
    for (const char* mark : {"", " ", "\t", "\u3000", "NA", "N/A", "null", "NULL", "-", "—",
                             "#DIV/0!", "#N/A", " NA "}) {
      EXPECT_EQ(Converted(ColumnOf("x", type), mark), "missing") << type << " `" << mark << "`";
    }
  }
}

TEST(Convert, Text) {
  ExpectAll("text", {
                        {"  Zürich ", "Zürich"},
                        {"a\nb", "a\nb"},
                        {"007", "007"},
                        {"", "missing"},
                        {"null", "missing"},
                        {"#N/A", "missing"},
                        // What people write for nothing may be a text: Namibia, a dash.
                        {"NA", "NA"},
                        {"N/A", "N/A"},
                        {"-", "-"},
                    });
}

TEST(Convert, Number) {
  ExpectAll("number", {
                          {"12", "12"},
                          {"+12", "12"},
                          {"-12.50", "-25/2"},
                          {".0000", "0"},
                          {"-.5", "-1/2"},
                          {"2.9E-2", "29/1000"},
                          {"1,234.50", "2469/2"},
                          {"１２３", "123"},
                          {"−5", "-5"},
                          {"3万", "30000"},
                          {"1.5亿", "150000000"},
                          {"2万亿", "2000000000000"},
                          {"1,23", "has thousands separators out of place"},
                          {"1.234,50", "is not a number"},
                          {"twelve", "is not a number"},
                          {"--5", "is not a number"},
                          {"5-", "is not a number"},
                          {"5 kg", "is not a number"},
                          {"$5", "is not a number"},
                          {"5%", "is given in per cent, the column is not"},
                          {"nan", "is not a number"},
                          {"inf", "is not a number"},
                          {"0x10", "is not a number"},
                          {"1e999", "is not a number"},
                      });
}

TEST(Convert, NumberWithUnit) {
  ExpectAll("number CNY/person", {
                                     {"5", "5"},
                                     {"5 CNY/person", "5"},
                                     {"5 CNY", "is not given in CNY/person"},
                                 });
  // Kept by the hour.
  ExpectAll("number CNY/d", {{"48", "2"}, {"2 CNY/h", "2"}});
}

TEST(Convert, Count) {
  ExpectAll("count", {
                         {"12", "12"},
                         {"12.0", "12"},
                         {"1,200", "1200"},
                         {"0", "0"},
                         {"1.2万", "12000"},
                         {"12.5", "is not a whole number"},
                         {"-1", "is below zero, which a count cannot be"},
                     });
  ExpectAll("count person", {{"12 person", "12"}, {"12 家", "is not given in person"}});
}

TEST(Convert, Percent) {
  ExpectAll("percent", {
                           {"85%", "17/20"},
                           {"0.85", "17/20"},
                           {"85 %", "17/20"},
                           {"85％", "17/20"},
                           {"-2.5%", "-1/40"},
                           {"1,250%", "25/2"},
                           {"85%%", "is not a number"},
                           {"85万", "is not a number"},
                       });
}

TEST(Convert, Money) {
  ExpectAll("money CNY", {
                             {"1,234.50", "2469/2"},
                             {"¥1,234.50", "2469/2"},
                             {"￥ 1234.5", "2469/2"},
                             {"CNY 12", "12"},
                             {"12 cny", "12"},
                             {"12元", "12"},
                             {"12 人民币", "12"},
                             {"200万", "2000000"},
                             {"200万元", "2000000"},
                             {"¥1.5亿", "150000000"},
                             {"-¥5", "-5"},
                             {"¥-5", "-5"},
                             {"$5", "is not given in CNY"},
                             {"5 USD", "is not given in CNY"},
                             {"5 h", "is not given in CNY"},
                             {"¥", "is not a number"},
                             {"¥¥5", "is not given in CNY"},
                             {"5%", "is given in per cent, the column is not"},
                         });
  ExpectAll("money 元", {{"¥5", "5"}, {"5元", "5"}, {"5 CNY", "5"}});
  ExpectAll("money USD", {{"$5", "5"},
                          {"US$5", "5"},
                          {"5 USD", "5"},
                          {"5美元", "5"},
                          {"€5", "is not given in USD"},
                          {"£5", "is not given in USD"}});
  ExpectAll("money EUR", {{"€5", "5"}, {"5 €", "5"}});
  ExpectAll("money GBP", {{"£5", "5"}});
  ExpectAll("money HKD", {{"HK$5", "5"}, {"$5", "5"}, {"US$5", "is not given in HKD"}});
  ExpectAll("money credits", {{"5 credits", "5"}, {"¥5", "is not given in credits"}});
}

TEST(Convert, Duration) {
  ExpectAll("duration h", {
                              {"36", "36"},
                              {"36h", "36"},
                              {"36 小时", "36"},
                              {"1.5d", "36"},
                              {"90 min", "3/2"},
                              {"36 CNY", "is not given in h"},
                              {"36 months", "is not given in h"},
                          });
  ExpectAll("duration d", {{"2", "48"}, {"12h", "12"}, {"1周", "168"}});
  ExpectAll("duration min", {{"90", "3/2"}, {"5", "1/12"}});
}

TEST(Convert, Date) {
  ExpectAll("date",
            {
                {"2026-04-01", "2026-04-01"},
                {"2026/4/1", "2026-04-01"},
                {"2026.4.1", "2026-04-01"},
                {"2026年4月1日", "2026-04-01"},
                {"２０２６年４月１日", "2026-04-01"},
                {"20260401", "2026-04-01"},
                {"2022-05-30 00:00:00.000", "2022-05-30"},
                {"2022-05-30T00:00", "2022-05-30"},
                {"2022-05-30 13:30", "has a time of day, the column holds dates"},
                {"03/04/2026", "may have the day or the month first; write it like 2026-04-01"},
                {"3.4.26", "may have the day or the month first; write it like 2026-04-01"},
                {"25/12/2026", "may have the day or the month first; write it like 2026-04-01"},
                {"2026-02-30", "is a day that does not exist"},
                {"2026-13-01", "is a day that does not exist"},
                {"20261301", "is a day that does not exist"},
                {"2026-04", "is not a date like 2026-04-01"},
                {"2026", "is not a date like 2026-04-01"},
                {"2026-04/01", "is not a date like 2026-04-01"},
                {"2026-04-011", "is not a date like 2026-04-01"},
                {"45383", "is not a date like 2026-04-01"},
                {"April 1, 2026", "is not a date like 2026-04-01"},
                {"2026年4月", "is not a date like 2026-04-01"},
            });
}

TEST(Convert, DateTime) {
  ExpectAll("datetime",
            {
                {"2026-04-01", "2026-04-01 00:00:00"},
                {"2026-04-01 13:30", "2026-04-01 13:30:00"},
                {"2026-04-01T13:30:05", "2026-04-01 13:30:05"},
                {"2026/4/1 9:05", "2026-04-01 09:05:00"},
                {"2026年4月1日 13：30", "2026-04-01 13:30:00"},
                {"2026年4月1日13:30", "2026-04-01 13:30:00"},
                {"2026-04-01 13:30:05.123000000", "2026-04-01 13:30:05.123"},
                {"2026-04-01 13:30:05.1234567", "has a time that is not like 13:30 or 13:30:05"},
                {"2026-04-01 24:00", "has a time that is not like 13:30 or 13:30:05"},
                {"2026-04-01 1:30 PM", "has a time that is not like 13:30 or 13:30:05"},
                {"2026-04-01 13", "has a time that is not like 13:30 or 13:30:05"},
                {"2026-04-01T13:30:05Z", "has a time zone; write the local time without it"},
                {"2026-04-01 13:30+08:00", "has a time zone; write the local time without it"},
            });
}

TEST(Convert, Bool) {
  ExpectAll("bool", {
                        {"true", "true"},
                        {"FALSE", "false"},
                        {"Yes", "true"},
                        {"no", "false"},
                        {"y", "true"},
                        {"N", "false"},
                        {"1", "true"},
                        {"0", "false"},
                        {"是", "true"},
                        {"否", "false"},
                        {"t", "true"},
                        {"F", "false"},
                        {"１", "true"},
                        {"2", "is neither yes nor no"},
                        {"maybe", "is neither yes nor no"},
                    });
}

TEST(Convert, Enumeration) {
  ExpectAll("[Won, Lost, lost, NA]", {
                                         {"Won", "Won"},
                                         {"won", "Won"},
                                         {"ＷＯＮ", "Won"},
                                         {"lost", "lost"},
                                         {"NA", "NA"},  // a value of the list is no mark
                                         {"N/A", "missing"},
                                         {"LOST", "is not one of [Won, Lost, lost, NA]"},
                                         {"Open", "is not one of [Won, Lost, lost, NA]"},
                                     });
}

TEST(Convert, Range) {
  ColumnSchema months = ColumnOf("months", "count");
  months.min = Number(0);
  months.max = Number(12);
  EXPECT_EQ(Converted(months, "12"), "12");
  EXPECT_EQ(Converted(months, "13"), "is above the maximum 12");
  ColumnSchema share = ColumnOf("share", "percent");
  share.min = Number(0);
  share.max = Number(1);
  EXPECT_EQ(Converted(share, "100%"), "1");
  EXPECT_EQ(Converted(share, "85"), "is above the maximum 100%");
  EXPECT_EQ(Converted(share, "-1%"), "is below the minimum 0%");
  // Ranges are in the unit the column shows, whatever unit the cell is in.
  ColumnSchema days = ColumnOf("days", "duration d");
  days.max = Number(2);
  EXPECT_EQ(Converted(days, "2"), "48");
  EXPECT_EQ(Converted(days, "48h"), "48");
  EXPECT_EQ(Converted(days, "49h"), "is above the maximum 2 d");
}

TEST(Convert, NestedValues) {
  const ColumnSchema schema = ColumnOf("x", "text");
  CellConverter converter(schema);
  const std::optional<Fault> fault = converter.Convert({"{…}", FileCell::Kind::kNested});
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->why, HelpKind::kWhyNested);
}

TEST(Convert, KeysOfEqualValuesAreEqual) {
  const auto key = [](const char* type, std::string_view text) {
    const ColumnSchema schema = ColumnOf("x", type);
    CellConverter converter(schema);
    EXPECT_FALSE(converter.Convert({text, FileCell::Kind::kText}).has_value()) << text;
    return converter.KeyText();
  };
  EXPECT_EQ(key("number", "1.0"), key("number", "1"));
  EXPECT_EQ(key("number", "0.50"), "0.5");
  EXPECT_EQ(key("number", "-.05"), "-0.05");
  EXPECT_EQ(key("number", "1e2"), "100");
  EXPECT_NE(key("text", "01"), key("text", "1"));
  EXPECT_EQ(key("text", " a "), "a");
  EXPECT_EQ(key("date", "2026/4/1"), "2026-04-01");
}

}  // namespace
}  // namespace steelyard
