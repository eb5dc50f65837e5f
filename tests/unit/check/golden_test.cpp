// Every rule file of tests/golden/check/ with what `check` says to it in both languages. `fail_`
// files have errors, `warn_` files only warnings, `ok_` files neither.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/diag/render.h"
#include "engine/steelyard.h"
#include "tests/support/golden.h"

namespace steelyard {
namespace {

namespace fs = std::filesystem;

// Paths are relative to the repository, so that messages are the same on every machine.
LoadedText LoadFromRoot(const std::string& path) {
  std::ifstream stream(SourceRoot() / path, std::ios::binary);
  if (!stream) return {{}, LoadFailure::kNotFound};
  std::ostringstream text;
  text << stream.rdbuf();
  return {text.str(), std::nullopt};
}

std::vector<std::string> Cases(const std::string& prefix) {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(GoldenRoot() / "check")) {
    const std::string name = entry.path().stem().string();
    if (entry.path().extension() == ".yaml" && name.starts_with(prefix)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

void CheckCase(const std::string& name, bool passes) {
  SCOPED_TRACE(name);
  Session session(LoadFromRoot);
  const CheckOutcome outcome = CheckRules(session, "tests/golden/check/" + name + ".yaml", false);
  EXPECT_EQ(outcome.passed, passes);
  const auto said = [&](Language language) {
    return RenderAll(session.sink, session.sources, {language, false});
  };
  ExpectGolden("check/" + name + ".en.txt", said(Language::kEnglish));
  ExpectGolden("check/" + name + ".zh.txt", said(Language::kChinese));
}

TEST(CheckGoldens, Fail) {
  for (const std::string& name : Cases("fail_")) CheckCase(name, false);
}

TEST(CheckGoldens, Warn) {
  for (const std::string& name : Cases("warn_")) CheckCase(name, true);
}

TEST(CheckGoldens, Good) {
  const std::vector<std::string> names = Cases("ok_");
  ASSERT_FALSE(names.empty());
  for (const std::string& name : names) {
    Session session(LoadFromRoot);
    const CheckOutcome outcome = CheckRules(session, "tests/golden/check/" + name + ".yaml", true);
    EXPECT_TRUE(outcome.passed) << name;
    EXPECT_EQ(RenderAll(session.sink, session.sources, {}), "") << name;
    EXPECT_FALSE(outcome.dump.empty()) << name;
  }
}

}  // namespace
}  // namespace steelyard
