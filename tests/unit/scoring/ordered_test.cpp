#include "engine/scoring/ordered.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "engine/base/parallel.h"

namespace steelyard {
namespace {

TEST(Ordered, HandsOnInOrder) {
  for (const size_t threads : {1u, 2u, 5u}) {
    std::vector<int> taken;
    Ordered<int> ordered(2 * threads, [&](int& piece) { taken.push_back(piece); });
    ForEachTask(200, threads, [&](size_t task, size_t) {
      int piece = static_cast<int>(task);
      ordered.Put(task, piece);
    });
    ASSERT_EQ(taken.size(), 200u);
    for (int i = 0; i < 200; ++i) EXPECT_EQ(taken[static_cast<size_t>(i)], i);
  }
}

// Whoever waits for a piece that will not come goes on.
TEST(Ordered, NobodyWaitsOnceItIsAbandoned) {
  size_t taken = 0;
  Ordered<int> ordered(1, [&](int&) { ++taken; });
  std::thread waits([&] {
    int piece = 5;
    ordered.Put(5, piece);
  });
  ordered.Abandon();
  waits.join();
  EXPECT_EQ(taken, 0u);
}

}  // namespace
}  // namespace steelyard
