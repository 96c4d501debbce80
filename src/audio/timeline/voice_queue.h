/// @file
/// The last seconds of a voice, by sample number.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tonecue {

/// Keeps the newest samples, and numbers them from the first that ever came; before that one there
/// is silence. They lie in one piece: when the room is full, the newest are moved to its start.
///
/// Real-time: the constructor allocates; nothing else does, or locks or throws.
/// Threads: one object belongs to one thread.
class VoiceQueue {
 public:
  /// @param capacity  Samples that are always kept.
  /// @param lead      Silent samples before sample 0: -lead is the first that can be read.
  VoiceQueue(std::size_t capacity, std::size_t lead)
      : samples_(2 * capacity), capacity_(capacity), lead_(lead) {
    assert(lead <= capacity);
    clear();
  }

  /// As new.
  void clear() noexcept {
    std::fill_n(samples_.begin(), lead_, 0.0F);
    size_ = lead_;
    begin_ = -static_cast<std::int64_t>(lead_);
  }

  /// @param samples  At most the capacity.
  void push(std::span<const float> samples) noexcept {
    assert(samples.size() <= capacity_);
    if (size_ + samples.size() > samples_.size()) forget_oldest();
    std::copy(samples.begin(), samples.end(),
              samples_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += samples.size();
  }

  /// The numbers of the oldest sample and of the next that will come.
  std::int64_t begin() const noexcept { return begin_; }
  std::int64_t end() const noexcept { return begin_ + static_cast<std::int64_t>(size_); }

  std::span<const float> samples() const noexcept { return std::span(samples_).first(size_); }

 private:
  void forget_oldest() noexcept {
    const std::size_t excess = size_ - std::min(size_, capacity_);
    std::copy(samples_.begin() + static_cast<std::ptrdiff_t>(excess),
              samples_.begin() + static_cast<std::ptrdiff_t>(size_), samples_.begin());
    size_ -= excess;
    begin_ += static_cast<std::int64_t>(excess);
  }

  std::vector<float> samples_;
  std::size_t capacity_;
  std::size_t lead_;
  std::size_t size_ = 0;
  std::int64_t begin_ = 0;
};

}  // namespace tonecue
