// Threads that take turns.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace steelyard {

class Turns {
 public:
  // Calls `body` once it has been called for all indexes below, from 0 on. Not at all where a turn
  // was abandoned.
  template <class Body>
  void Take(size_t index, const Body& body) {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&] { return abandoned_ || index == next_; });
    if (abandoned_) return;
    body();
    ++next_;
    changed_.notify_all();
  }

  // A turn will not be taken: nobody waits for it any more.
  void Abandon() {
    const std::lock_guard<std::mutex> lock(mutex_);
    abandoned_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  size_t next_ = 0;
  bool abandoned_ = false;
};

}  // namespace steelyard
