// Golden files: expected output kept under tests/golden/, to be reviewed as a diff. Run the tests
// with STEELYARD_UPDATE=1, or with --update, to write what the program prints now.
#pragma once

#include <filesystem>
#include <string>

namespace steelyard {

// The root of the repository.
std::filesystem::path SourceRoot();
std::filesystem::path GoldenRoot();

bool UpdatesGoldens();
void SetUpdatesGoldens(bool update);

// Fails the running test unless tests/golden/`path` holds exactly `actual`; while goldens are
// updated, writes the file instead.
void ExpectGolden(const std::string& path, const std::string& actual,
                  const char* caller_file = __builtin_FILE(), int caller_line = __builtin_LINE());

// Lines that differ, with `-` before the expected and `+` before the actual ones and a few equal
// lines around them. Empty if the texts are equal.
std::string LineDiff(const std::string& expected, const std::string& actual);

}  // namespace steelyard
