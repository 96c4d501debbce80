/// @file
/// A queue from one thread to one other, without locks.
#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <thread>
#include <type_traits>
#include <vector>

namespace tonecue {

/// Remembers the first thread that does an act, and asserts in debug builds that no other does it.
class ThreadRole {
 public:
  void check() noexcept {
#ifndef NDEBUG
    std::thread::id nobody{};
    const auto me = std::this_thread::get_id();
    const bool mine = holder_.compare_exchange_strong(nobody, me) || nobody == me;
    assert(mine && "this end of the ring belongs to another thread");
#endif
  }

  /// The next thread takes over; the one before has ended, and this one knows.
  void hand_over() noexcept { holder_.store({}); }

 private:
  std::atomic<std::thread::id> holder_{};
};

/// Single-producer, single-consumer ring buffer. The two counters only ever grow (64 bits: they do
/// not wrap within a life), so full and empty differ and no slot is wasted.
///
/// Real-time: the constructor allocates; nothing else does, or locks or throws.
/// Threads: write(), push() and writable() belong to one thread, read(), pop() and readable() to
/// one other.
template <class T>
class SpscRing {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  /// @param capacity  At least 1; rounded up to a power of two.
  explicit SpscRing(std::size_t capacity) : slots_(std::bit_ceil(capacity)) {
    assert(capacity > 0);
  }

  std::size_t capacity() const noexcept { return slots_.size(); }

  /// Producer: how many values write() would take now.
  std::size_t writable() noexcept {
    producer_.check();
    return capacity() - static_cast<std::size_t>(written_.load(std::memory_order_relaxed) -
                                                 read_.load(std::memory_order_acquire));
  }

  /// Producer: takes the first values, as many as fit, and returns their number.
  std::size_t write(std::span<const T> values) noexcept {
    const std::size_t count = std::min(values.size(), writable());
    const std::uint64_t start = written_.load(std::memory_order_relaxed);
    const std::size_t at = slot(start);
    const std::size_t before_end = std::min(count, capacity() - at);
    std::copy_n(values.data(), before_end, slots_.data() + at);
    if (before_end < count) {
      std::copy_n(values.data() + before_end, count - before_end, slots_.data());
    }
    written_.store(start + count, std::memory_order_release);
    return count;
  }

  /// Producer: takes one value, if it fits.
  bool push(const T& value) noexcept {
    if (writable() == 0) return false;
    const std::uint64_t start = written_.load(std::memory_order_relaxed);
    slots_[slot(start)] = value;
    written_.store(start + 1, std::memory_order_release);
    return true;
  }

  /// Another thread becomes the producer; the one before has ended.
  void hand_over_producer() noexcept { producer_.hand_over(); }

  /// Consumer: how many values read() could give now.
  std::size_t readable() noexcept {
    consumer_.check();
    return static_cast<std::size_t>(written_.load(std::memory_order_acquire) -
                                    read_.load(std::memory_order_relaxed));
  }

  /// Consumer: gives the oldest values, as many as there are and fit, and returns their number.
  std::size_t read(std::span<T> values) noexcept {
    const std::size_t count = std::min(values.size(), readable());
    const std::uint64_t start = read_.load(std::memory_order_relaxed);
    const std::size_t at = slot(start);
    const std::size_t before_end = std::min(count, capacity() - at);
    std::copy_n(slots_.data() + at, before_end, values.data());
    if (before_end < count) {
      std::copy_n(slots_.data(), count - before_end, values.data() + before_end);
    }
    read_.store(start + count, std::memory_order_release);
    return count;
  }

  /// Consumer: gives the oldest value, if there is one.
  bool pop(T& value) noexcept {
    if (readable() == 0) return false;
    const std::uint64_t start = read_.load(std::memory_order_relaxed);
    value = slots_[slot(start)];
    read_.store(start + 1, std::memory_order_release);
    return true;
  }

 private:
  std::size_t slot(std::uint64_t position) const noexcept {
    return static_cast<std::size_t>(position) & (capacity() - 1);
  }

  std::vector<T> slots_;
  std::atomic<std::uint64_t> written_{0};
  std::atomic<std::uint64_t> read_{0};
  ThreadRole producer_;
  ThreadRole consumer_;
};

}  // namespace tonecue
