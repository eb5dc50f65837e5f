// Every tests/golden/rulefile/*.yaml with what the program says to it: `fail_` files with the
// diagnostics in both languages, `good_` files with their dump. `import_` files are for the others.
#include "tests/support/golden.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/diag/render.h"
#include "engine/rulefile/load.h"
#include "engine/rulefile/yaml_build.h"
#include "engine/rulefile/yaml_fault.h"

namespace steelyard {
namespace {

namespace fs = std::filesystem;

// Paths are relative to the folder of the cases, so that messages are the same on every machine.
LoadedText LoadCase(const std::string& path) {
  std::ifstream stream(GoldenRoot() / "rulefile" / path, std::ios::binary);
  if (!stream) return {{}, LoadFailure::kNotFound};
  std::ostringstream text;
  text << stream.rdbuf();
  return {text.str(), std::nullopt};
}

std::string InBothLanguages(const DiagnosticSink& sink, const SourceSet& sources) {
  return RenderAll(sink, sources, {Language::kEnglish, false}) + "\n" +
         RenderAll(sink, sources, {Language::kChinese, false});
}

std::vector<std::string> Cases(const std::string& prefix) {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(GoldenRoot() / "rulefile")) {
    const std::string name = entry.path().stem().string();
    if (entry.path().extension() == ".yaml" && name.starts_with(prefix)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

TEST(RuleFileGoldens, Fail) {
  for (const std::string& name : Cases("fail_")) {
    SCOPED_TRACE(name);
    SourceSet sources(LoadCase);
    DiagnosticSink sink;
    LoadRuleFile(sources, name + ".yaml", sink);
    EXPECT_TRUE(sink.HasErrors());
    ExpectGolden("rulefile/" + name + ".txt", InBothLanguages(sink, sources));
  }
}

TEST(RuleFileGoldens, Good) {
  for (const std::string& name : Cases("good_")) {
    SCOPED_TRACE(name);
    SourceSet sources(LoadCase);
    DiagnosticSink sink;
    const std::optional<RuleFile> file = LoadRuleFile(sources, name + ".yaml", sink);
    EXPECT_EQ(RenderAll(sink, sources, {}), RenderAll(DiagnosticSink(), sources, {}));
    ASSERT_TRUE(file.has_value());
    ExpectGolden("rulefile/" + name + ".txt", Dump(*file));
  }
}

// --- cases that would make long files -----------------------------------------------------------

void ExpectFail(const std::string& golden, const SourceLoader& loader) {
  SourceSet sources(loader);
  DiagnosticSink sink;
  LoadRuleFile(sources, "main.yaml", sink);
  ExpectGolden("rulefile/" + golden, InBothLanguages(sink, sources));
}

TEST(RuleFileGoldens, TooManyParts) {
  ExpectFail("fail_too_many_parts.txt", [](const std::string&) -> LoadedText {
    return {"values: " + std::string(kMaxYamlParts + 1, '['), std::nullopt};
  });
}

TEST(RuleFileGoldens, TooManyFaults) {
  std::string text = "steelyard: 1\nvalues: {";
  for (size_t i = 0; i < kMaxFaults + 9; ++i) text += fmt::format("a{}: , ", i);
  SourceSet sources([&](const std::string&) -> LoadedText { return {text + "}", std::nullopt}; });
  DiagnosticSink sink;
  LoadRuleFile(sources, "main.yaml", sink);
  ASSERT_EQ(sink.error_count(), kMaxFaults + 1);
  DiagnosticSink last;
  last.Report(sink.all().back().kind, sink.all().back().span, sink.all().back().args);
  ExpectGolden("rulefile/fail_too_many_faults.txt", InBothLanguages(last, sources));
}

TEST(RuleFileGoldens, TooManyImports) {
  // Each file imports the next, in a folder below its own.
  ExpectFail("fail_too_many_imports.txt", [](const std::string& path) -> LoadedText {
    const std::string head = path == "main.yaml" ? "scorecard: a\nsubject: b\n" : "";
    return {"steelyard: 1\n" + head + "import: [deeper/x.yaml]\n", std::nullopt};
  });
}

// A fault that yaml-cpp has in none of the versions that we know.
TEST(RuleFileGoldens, UnknownFault) {
  const std::string text = "values:\n  a: 1\n  b: something odd\n";
  SourceSet sources;
  const FileId file = sources.Add("main.yaml", text);
  YamlFault fault;
  fault.message = "unheard of";
  fault.offset = text.find("odd");
  const Diagnostic diagnostic = ExplainFault(fault, file, text).diagnostic;
  DiagnosticSink sink;
  sink.Report(diagnostic.kind, diagnostic.span, diagnostic.args);
  ExpectGolden("rulefile/fail_yaml_unclear.txt", InBothLanguages(sink, sources));
}

}  // namespace
}  // namespace steelyard
