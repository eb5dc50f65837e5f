// Every rule file of the repository, laid out at random: formatting brings back one form that means
// the same, and loses no comment.
#include "tests/unit/format/scramble.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/diag/render.h"
#include "engine/format.h"
#include "engine/format/format_text.h"
#include "engine/format/proof.h"
#include "engine/rulefile/yaml_read.h"

namespace steelyard {
namespace {

namespace fs = std::filesystem;

std::string TextOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

size_t CountOf(const std::string& text, const std::string& part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

// Every file that can be read as YAML.
void TryFile(const std::string& path, uint32_t seed, OperatorStyle style) {
  SourceSet sources;
  DiagnosticSink sink;
  const FileId id = sources.Add(path, TextOf(path));
  const auto root = ReadYaml(id, sources.file(id), sink);
  if (!root || sink.HasErrors() || KindOf(*root) == FormatKind::kOther) return;
  const std::string text = Scrambled(*root, KindOf(*root) == FormatKind::kTests, seed);
  Session session([&](const std::string& wanted) {
    return wanted == path ? LoadedText{text, std::nullopt} : LoadFromDisk(wanted);
  });
  const FormatOutcome outcome = FormatFile(session, path, style);
  ASSERT_NE(outcome.status, FormatStatus::kFailed)
      << path << " " << seed << "\n"
      << RenderAll(session.sink, session.sources, {}) << text;
  EXPECT_EQ(CountOf(outcome.text, ": [x\n"), CountOf(text, ": [x")) << path << " " << seed;
  // Scrambling adds comments, and in tests it may add quotes; otherwise it is the file that it was.
  const auto loss = FindLoss(sources.file(id), outcome.text, style, LoadFromDisk);
  const bool same = !loss || *loss == FormatLoss::kComments;
  EXPECT_TRUE(same || KindOf(*root) == FormatKind::kTests) << path << " " << seed;
}

std::vector<std::string> Files() {
  std::vector<std::string> files;
  for (const char* folder : {"rules", "examples", "docs", "tests/golden"}) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.path().extension() == ".yaml") files.push_back(entry.path().generic_string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

TEST(Scramble, AnyLayoutIsFormattedWithoutLoss) {
  const std::vector<std::string> files = Files();
  ASSERT_GT(files.size(), 100U);
  uint32_t seed = 1;
  for (const std::string& file : files) {
    const auto style = static_cast<OperatorStyle>(seed % 3);
    for (int i = 0; i < 3; ++i) TryFile(file, seed++, style);
  }
}

}  // namespace
}  // namespace steelyard
