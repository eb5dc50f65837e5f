// Work on several threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace steelyard {

// Calls body(task, thread) for each task below `tasks`, on so many threads, this one among them;
// tasks are begun in order. `body` must not throw.
template <class Body>
void ForEachTask(size_t tasks, size_t threads, const Body& body) {
  std::atomic<size_t> next = 0;
  const auto work = [&](size_t thread) {
    for (size_t task = next++; task < tasks; task = next++) body(task, thread);
  };
  std::vector<std::thread> others;
  for (size_t thread = 1; thread < std::min(threads, tasks); ++thread) {
    others.emplace_back(work, thread);
  }
  work(0);
  for (std::thread& other : others) other.join();
}

}  // namespace steelyard
