// How the faults of files are told, in both languages: tests/golden/source/.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/base/text.h"
#include "engine/diag/diagnostic.h"
#include "engine/diag/render.h"
#include "tests/support/golden.h"

namespace steelyard {
namespace {

struct FaultCase {
  const char* golden;
  LoadFailure failure;
  DiagKind kind;
};

const FaultCase kFaultCases[] = {
    {"fail_not_found.txt", LoadFailure::kNotFound, DiagKind::kFileNotFound},
    {"fail_is_directory.txt", LoadFailure::kIsDirectory, DiagKind::kFileIsDirectory},
    {"fail_unreadable.txt", LoadFailure::kUnreadable, DiagKind::kFileUnreadable},
    {"fail_too_large.txt", LoadFailure::kTooLarge, DiagKind::kFileTooLarge},
};

std::string InBothLanguages(const DiagnosticSink& sink, const SourceSet& sources) {
  return RenderAll(sink, sources, {Language::kEnglish, false}) + "\n" +
         RenderAll(sink, sources, {Language::kChinese, false});
}

// An import stands in a file, and the fault is shown there.
TEST(SourceKinds, PointAtTheImport) {
  const std::string text = "import: [../library/客户价值.yaml]\n";
  const std::string path = "../library/客户价值.yaml";
  const auto at = static_cast<uint32_t>(text.find(path));
  for (const FaultCase& c : kFaultCases) {
    SourceSet sources([&](const std::string&) -> LoadedText { return {{}, c.failure}; });
    ASSERT_EQ(sources.Open(path).failure, c.failure);
    const FileId file = sources.Add("rules/sales.yaml", text);
    DiagnosticSink sink;
    sink.Report(c.kind, {file, at, at + static_cast<uint32_t>(path.size())},
                {path, std::to_string(kMaxSourceBytes >> 20)});
    ExpectGolden(std::string("source/") + c.golden, InBothLanguages(sink, sources));
  }
}

TEST(SourceKinds, PointAtTheFirstWrongByte) {
  SourceSet sources;
  const std::string text = "title: 大客户部\nname: caf\xE9 au lait\n";  // é as Latin-1 has it
  const FileId file = sources.Add("rules/sales.yaml", text);
  const auto at = static_cast<uint32_t>(FirstInvalidUtf8(text).value());
  DiagnosticSink sink;
  sink.Report(DiagKind::kInvalidUtf8, {file, at, at + 1});
  ExpectGolden("source/fail_not_utf8.txt", InBothLanguages(sink, sources));
}

}  // namespace
}  // namespace steelyard
