// Pieces that several threads make, handed on in their order. Who is too far ahead waits, so that
// what is kept stays small.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <utility>

namespace steelyard {

template <class Piece>
class Ordered {
 public:
  using Take = std::function<void(Piece&)>;

  // `take` is called with one piece after the other, by one thread at a time.
  Ordered(size_t ahead, Take take) : ahead_(ahead), take_(std::move(take)) {}

  // Each index from 0 on once. The piece is given back for its room to be used again.
  void Put(size_t index, Piece& piece) {
    std::unique_lock<std::mutex> lock(mutex_);
    next_is_near_.wait(lock, [&] { return abandoned_ || index < next_ + ahead_; });
    if (abandoned_) return;
    if (index != next_) {
      Piece room = TakeRoom();
      std::swap(room, piece);
      waiting_.emplace(index, std::move(room));
      return;
    }
    take_(piece);
    ++next_;
    for (auto at = waiting_.find(next_); at != waiting_.end(); at = waiting_.find(next_)) {
      take_(at->second);
      free_ = std::move(at->second);
      waiting_.erase(at);
      ++next_;
    }
    next_is_near_.notify_all();
  }

  // A piece will not come: nobody waits any more, and nothing more is taken.
  void Abandon() {
    const std::lock_guard<std::mutex> lock(mutex_);
    abandoned_ = true;
    next_is_near_.notify_all();
  }

 private:
  Piece TakeRoom() { return std::exchange(free_, Piece()); }

  const size_t ahead_;
  const Take take_;
  std::mutex mutex_;
  std::condition_variable next_is_near_;
  size_t next_ = 0;
  bool abandoned_ = false;
  std::map<size_t, Piece> waiting_;
  Piece free_;
};

}  // namespace steelyard
