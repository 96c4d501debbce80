#include "tonecue/practice/customer_voice.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

constexpr auto kReach = static_cast<std::size_t>(FractionalResampler::kReach);
constexpr unsigned kLineBits = 32;  // Below the number of the order.

}  // namespace

CustomerVoice::CustomerVoice(std::span<const CustomerClip> clips, int device_rate_hz)
    : step_(static_cast<double>(kSampleRateHz) / device_rate_hz) {
  assert(device_rate_hz >= kSampleRateHz);
  for (const CustomerClip& clip : clips) {
    CustomerClip& padded = padded_.emplace_back(clip.size() + 2 * kReach, 0.0F);
    std::copy(clip.begin(), clip.end(), padded.begin() + kReach);
  }
}

void CustomerVoice::play(std::size_t line) noexcept {
  assert(line < padded_.size());
  const std::uint64_t number = (order_.load(std::memory_order_relaxed) >> kLineBits) + 1;
  order_.store(number << kLineBits | line, std::memory_order_release);
}

void CustomerVoice::take_order() noexcept {
  const std::uint64_t order = order_.load(std::memory_order_acquire);
  if (order == taken_) return;
  taken_ = order;
  sounding_ = padded_[static_cast<std::size_t>(order & ((std::uint64_t{1} << kLineBits) - 1))];
  position_ = static_cast<double>(kReach);
}

void CustomerVoice::render(std::span<float> mono) noexcept {
  take_order();
  std::size_t count = 0;
  const double left =
      static_cast<double>(sounding_.size()) - static_cast<double>(kReach) - position_;
  if (left > 0.0) {
    count = std::min(mono.size(), static_cast<std::size_t>(std::ceil(left / step_)));
    resampler_.read(sounding_, position_, step_, mono.first(count));
    position_ += step_ * static_cast<double>(count);
  }
  std::ranges::fill(mono.subspan(count), 0.0F);
}

}  // namespace tonecue
