#include "engine/base/parallel.h"

#include <gtest/gtest.h>

#include <numeric>
#include <stdexcept>
#include <thread>

#include "engine/base/turns.h"

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

TEST(Turns, AreTakenInOrder) {
  Turns turns;
  std::vector<size_t> taken;
  ForEachTask(100, 4,
              [&](size_t task, size_t) { turns.Take(task, [&] { taken.push_back(task); }); });
  std::vector<size_t> all(100);
  std::iota(all.begin(), all.end(), size_t{0});
  EXPECT_EQ(taken, all);
}

// Whoever waits for a turn that will not be taken goes on.
TEST(Turns, NobodyWaitsOnceOneIsAbandoned) {
  Turns turns;
  bool taken = false;
  std::thread waits([&] { turns.Take(3, [&] { taken = true; }); });
  turns.Abandon();
  waits.join();
  EXPECT_FALSE(taken);
}

}  // namespace
}  // namespace steelyard
