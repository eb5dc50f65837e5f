// Work on several threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace steelyard {

// Calls body(task, thread) for each task below `tasks`, on so many threads, this one among them;
// tasks are begun in order. Where the system gives no more threads, those that there are do the
// work. An exception of `body` ends the work, and is thrown on once all threads have stopped.
template <class Body>
void ForEachTask(size_t tasks, size_t threads, const Body& body) {
  std::atomic<size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr trouble;
  const auto work = [&](size_t thread) {
    try {
      for (size_t task = next++; task < tasks; task = next++) body(task, thread);
    } catch (...) {
      next = tasks;
      const std::lock_guard<std::mutex> lock(mutex);
      if (!trouble) trouble = std::current_exception();
    }
  };
  std::vector<std::thread> others;
  others.reserve(std::min(threads, tasks));
  try {
    for (size_t thread = 1; thread < std::min(threads, tasks); ++thread) {
      others.emplace_back(work, thread);
    }
  } catch (const std::system_error&) {
    // As many as there are.
  }
  work(0);
  for (std::thread& other : others) other.join();
  if (trouble) std::rethrow_exception(trouble);
}

}  // namespace steelyard
