// The main function of the test program: Google Test's, and --update for golden files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

#include "tests/support/golden.h"

int main(int argc, char** argv) {
  testing::InitGoogleMock(&argc, argv);  // takes out the arguments it knows
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--update") steelyard::SetUpdatesGoldens(true);
  }
  return RUN_ALL_TESTS();
}
