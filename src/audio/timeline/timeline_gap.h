/// @file
/// Stretches of a call that a device did not deliver.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "tonecue/core/party.h"

namespace tonecue {

struct TimelineGap {
  std::optional<Party> party{};  ///< Whose voice was missing; none = both.
  std::int64_t start_ms = 0;     ///< Of the call.
  std::int64_t length_ms = 0;
};

/// The last gaps that were not asked for yet; more push out the oldest.
///
/// Real-time: never allocates, locks or throws. Threads: one object belongs to one thread.
class GapQueue {
 public:
  static constexpr std::size_t kCapacity = 64;

  void push(const TimelineGap& gap) noexcept {
    if (count_ == kCapacity) pop();
    gaps_[(first_ + count_) % kCapacity] = gap;
    ++count_;
  }

  std::optional<TimelineGap> pop() noexcept {
    if (count_ == 0) return std::nullopt;
    const TimelineGap gap = gaps_[first_];
    first_ = (first_ + 1) % kCapacity;
    --count_;
    return gap;
  }

 private:
  std::array<TimelineGap, kCapacity> gaps_{};
  std::size_t first_ = 0;
  std::size_t count_ = 0;
};

}  // namespace tonecue
