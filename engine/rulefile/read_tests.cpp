// Reads files of rule tests.
#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "engine/base/text.h"
#include "engine/rulefile/load.h"
#include "engine/rulefile/load_tests.h"
#include "engine/rulefile/reader.h"
#include "engine/rulefile/yaml_read.h"

namespace steelyard {

namespace {

constexpr std::string_view kCaseExample =
    "- {name: …, given: {manager: {headcount: 5}}, expect: {grade: B}}";
constexpr std::string_view kRowExample = "{manager_id: M1, headcount: 5}";
constexpr std::string_view kSomeExample = "{has: [churn], not: [complaints]}";
constexpr std::string_view kToleranceExample = "{is: 71.3, within: 0.1}";
constexpr std::string_view kExpectExample = "expect: {score: 71.25, grade: B, vetoes: []}";

class TestReader {
 public:
  TestReader(TestFile& file, DiagnosticSink& sink) : file_(file), sink_(sink), reader_(sink) {}

  void Read(const YamlNode& root) {
    if (root.shape == Shape::kBroken) return;
    if (root.shape != Shape::kMapping) {
      reader_.Report(DiagKind::kNotATestFile, root.span)
          .Because(HelpKind::kWriteLike, {"tests: key-account.yaml"});
      return;
    }
    if (IsRuleFile(root)) {
      reader_.Report(DiagKind::kNotATestFile, root.span).Because(HelpKind::kTestsOfRules);
      return;
    }
    YamlNode nameless;  // the file as a whole has no key
    nameless.span = root.span;
    reader_.Keys({nameless, root}, {},
                 {{"tests", reader_.Into(file_.rules), "tests: key-account.yaml"},
                  {"cases", [this](const Field& field) { ReadCases(field); }, "cases: […]"}});
  }

 private:
  static bool IsRuleFile(const YamlNode& root) {
    return HasKey(root, "steelyard") && !HasKey(root, "tests");
  }

  void ReadCases(const Field& field) {
    if (field.value.shape == Shape::kList && field.value.items.empty()) {
      return reader_.Empty(field, kCaseExample);
    }
    reader_.Items(field, kCaseExample, [this](const Field& item) { ReadCase(item); });
  }

  void ReadCase(const Field& field) {
    const size_t before = sink_.error_count();
    TestCase test;
    test.span = field.value.span;
    reader_.Keys(
        field, kCaseExample,
        {{"name", reader_.Into(test.name), "name: churn above the limit costs one grade"},
         {"period", reader_.Into(test.period)},
         {"as_of", reader_.Into(test.as_of)},
         {"given", [&](const Field& given) { ReadGiven(given, test); }},
         {"values", [&](const Field& values) { ReadValues(values, test); }},
         {"expect", [&](const Field& expect) { ReadExpect(expect, test); }, kExpectExample}});
    if (test.name.present()) CheckName(test.name);
    if (sink_.error_count() == before) file_.cases.push_back(std::move(test));
  }

  void CheckName(const Word& name) {
    const auto [first, is_new] = names_.emplace(name.text, name.span);
    if (is_new) return;
    reader_.Report(DiagKind::kCaseTwice, name.span, {name.text})
        .Because(HelpKind::kFirstHere, {}, first->second);
  }

  // --- what is given ----------------------------------------------------------------------------

  void ReadGiven(const Field& field, TestCase& test) {
    reader_.Entries(field, "given: {manager: {manager_id: M1}}", [&](const Field& entry) {
      TestTable table;
      table.table = Reader::MakeName(entry.key.text);
      ReadRows(entry, table.rows);
      test.given.push_back(std::move(table));
    });
  }

  void ReadValues(const Field& field, TestCase& test) {
    test.has_values = true;
    ReadRows(field, test.values);
  }

  // One row or a list of them; a list may be empty.
  void ReadRows(const Field& field, std::vector<TestRow>& rows) {
    if (field.value.shape == Shape::kNothing) return reader_.Empty(field, kRowExample);
    reader_.Items(field, kRowExample, [&](const Field& item) {
      TestRow row;
      row.span = item.value.span;
      if (item.value.shape == Shape::kNothing) return reader_.Empty(item, kRowExample);
      reader_.Entries(item, kRowExample, [&](const Field& cell) { ReadCell(cell, row); });
      rows.push_back(std::move(row));
    });
  }

  void ReadCell(const Field& field, TestRow& row) {
    TestCell cell;
    cell.column = Reader::MakeName(field.key.text);
    if (field.value.shape == Shape::kBroken) return;
    if (field.value.shape != Shape::kText && field.value.shape != Shape::kNothing) {
      return reader_.WrongShape(field, Shape::kText, {});
    }
    cell.empty = field.value.shape == Shape::kNothing;
    cell.quoted = field.value.style == TextStyle::kQuoted;
    cell.text = field.value.text;
    cell.span = cell.text.text.empty() ? field.key.span : field.value.span;
    row.cells.push_back(std::move(cell));
  }

  // --- what is expected -------------------------------------------------------------------------

  void ReadExpect(const Field& field, TestCase& test) {
    if (field.value.shape == Shape::kList && field.value.items.empty()) {
      return reader_.Empty(field, kExpectExample);
    }
    reader_.Items(field, kExpectExample, [&](const Field& item) {
      TestExpectedRow row;
      row.span = item.value.span;
      const bool empty = item.value.shape == Shape::kMapping && item.value.entries.empty();
      if (empty || item.value.shape == Shape::kNothing) {
        return reader_.Empty(item, kExpectExample);
      }
      reader_.Entries(item, kExpectExample, [&](const Field& entry) { ReadEntry(entry, row); });
      test.expect.push_back(std::move(row));
    });
  }

  void ReadEntry(const Field& field, TestExpectedRow& row) {
    TestExpected expected;
    expected.output = Reader::MakeName(field.key.text);
    expected.span = field.value.span;
    const size_t before = sink_.error_count();
    switch (field.value.shape) {
      case Shape::kMapping:
        if (SpeaksOfSome(field.value)) {
          ReadSome(field, expected);
        } else {
          ReadTolerance(field, expected);
        }
        break;
      case Shape::kList: ReadList(field, expected); break;
      case Shape::kNothing:
        reader_.Report(DiagKind::kEmptyValue, field.key.span, {field.name()})
            .Because(HelpKind::kExpectMissing);
        return;
      default: AddText(field, expected);
    }
    if (sink_.error_count() == before) row.entries.push_back(std::move(expected));
  }

  void AddText(const Field& field, TestExpected& expected) {
    if (auto text = reader_.Text(field)) expected.texts.push_back(std::move(*text));
    expected.quoted = field.value.style == TextStyle::kQuoted;
  }

  void ReadList(const Field& field, TestExpected& expected) {
    expected.is_list = true;
    for (const YamlNode& item : field.value.items) AddText({field.key, item, true}, expected);
  }

  static bool SpeaksOfSome(const YamlNode& mapping) {
    return std::any_of(mapping.entries.begin(), mapping.entries.end(), [](const YamlEntry& entry) {
      return entry.key.text.text == "has" || entry.key.text.text == "not";
    });
  }

  // Ids that must hold and ids that must not, whatever else does.
  void ReadSome(const Field& field, TestExpected& expected) {
    expected.partial = true;
    const auto into = [this](std::vector<EmbeddedText>& texts) {
      return [this, &texts](const Field& ids) {
        reader_.Items(ids, "not: [churn]", [&](const Field& id) {
          if (auto text = reader_.Text(id)) texts.push_back(std::move(*text));
        });
      };
    };
    const size_t before = sink_.error_count();
    reader_.Keys(field, kSomeExample,
                 {{"has", into(expected.texts)}, {"not", into(expected.lacks)}});
    if (!expected.texts.empty() || !expected.lacks.empty()) return;
    if (sink_.error_count() > before) return;
    reader_.Report(DiagKind::kNothingExpected, field.value.span)
        .Because(HelpKind::kWriteLike, {std::string(kSomeExample)});
  }

  void ReadTolerance(const Field& field, TestExpected& expected) {
    if (field.value.entries.empty()) {
      reader_.Report(DiagKind::kNothingExpected, field.value.span)
          .Because(HelpKind::kWriteLike, {std::string(kToleranceExample)})
          .Because(HelpKind::kWriteLike, {std::string(kSomeExample)});
      return;
    }
    reader_.Keys(field, kToleranceExample,
                 {{"is", [&](const Field& is) { AddText(is, expected); }, "is: 71.3"},
                  {"within", [&](const Field& within) {
                     if (auto text = reader_.Text(within)) expected.within = std::move(*text);
                   }}});
    const bool only_is = field.value.entries.size() == 1 && !expected.texts.empty();
    if (only_is) SayWithoutTolerance(field, expected.texts.front().text);
    if (!expected.texts.empty()) expected.span = Whole(expected.texts.front());
  }

  // `{is: B}`: a value without a tolerance stands alone.
  void SayWithoutTolerance(const Field& field, const std::string& value) {
    Diagnostic& found =
        reader_.Report(DiagKind::kMissingKey, field.key.span, {"within", field.name()});
    const bool is_number = value.find_first_of("0123456789") != std::string::npos;
    if (is_number) found.Because(HelpKind::kWriteLike, {"within: 0.1"});
    found.Because(HelpKind::kWriteInstead, {field.name() + ": " + value});
  }

  TestFile& file_;
  DiagnosticSink& sink_;
  Reader reader_;
  std::map<std::string, Span> names_;
};

}  // namespace

std::optional<TestFile> LoadTestFile(SourceSet& sources, const std::string& path,
                                     DiagnosticSink& sink) {
  const SourceSet::Opened opened = sources.Open(path);
  if (opened.failure) {
    ReportLoadFailure(*opened.failure, path, {}, sink);
    return std::nullopt;
  }
  const size_t before = sink.error_count();
  const std::optional<YamlNode> root = ReadYaml(opened.file, sources.file(opened.file), sink);
  if (!root) return std::nullopt;
  // Where something cannot be read as YAML, nobody knows which case it was part of.
  const bool whole = sink.error_count() == before;
  TestFile file;
  file.file = opened.file;
  TestReader(file, sink).Read(*root);
  if (!file.rules.present() || !whole) return std::nullopt;
  return file;
}

}  // namespace steelyard
