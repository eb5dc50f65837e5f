#include "engine/base/parallel.h"

#include <gtest/gtest.h>

#include <numeric>
#include <stdexcept>

namespace steelyard {
namespace {

TEST(ForEachTask, DoesEachOnce) {
  for (const size_t threads : {1u, 2u, 7u, 50u}) {
    std::vector<int> done(20, 0);
    ForEachTask(done.size(), threads, [&](size_t task, size_t thread) {
      ASSERT_LT(thread, threads);
      ++done[task];
    });
    EXPECT_EQ(done, std::vector<int>(20, 1)) << threads;
  }
}

TEST(ForEachTask, HasNothingToDo) {
  ForEachTask(0, 4, [](size_t, size_t) { FAIL(); });
}

TEST(ForEachTask, ThrowsOnWhatAThreadThrows) {
  for (const size_t threads : {1u, 4u}) {
    EXPECT_THROW(ForEachTask(100, threads,
                             [](size_t task, size_t) {
                               if (task == 3) throw std::runtime_error("three");
                             }),
                 std::runtime_error);
  }
}

}  // namespace
}  // namespace steelyard
