/// @file
/// How late the program knows what was said.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace tonecue {

/// Collects delays in steps of 1 ms.
///
/// Real-time: nothing allocates. Threads: one object belongs to one thread.
class LatencyMeter {
 public:
  void add(std::chrono::nanoseconds delay) noexcept {
    const auto whole_ms = std::chrono::ceil<std::chrono::milliseconds>(delay).count();
    const auto step = std::clamp<std::int64_t>(whole_ms, 0, kLongestMs);
    ++delays_[static_cast<std::size_t>(step)];
    ++count_;
  }

  std::int64_t count() const noexcept { return count_; }

  /// The delay, rounded up, that this part of all stayed within; 0 when there is none.
  /// @param part  (0, 1]
  int within_ms(double part) const noexcept {
    const auto wanted = part * static_cast<double>(count_);
    std::int64_t so_far = 0;
    for (std::size_t ms = 0; ms < delays_.size(); ++ms) {
      so_far += delays_[ms];
      if (so_far > 0 && static_cast<double>(so_far) >= wanted) return static_cast<int>(ms);
    }
    return 0;
  }

 private:
  static constexpr std::int64_t kLongestMs = 999;  // And all that is longer.

  std::array<std::int64_t, kLongestMs + 1> delays_{};
  std::int64_t count_ = 0;
};

}  // namespace tonecue
