#include "audio/devices/capture_buffer.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace tonecue {
namespace {

// Callbacks whose time is kept: more than two seconds of the shortest blocks that devices give. One
// that finds no room costs nothing: the next one's time then holds for its samples too.
constexpr std::size_t kStamps = 1024;

constexpr std::int64_t kNsPerSecond = 1'000'000'000;

std::int64_t duration_ns(std::int64_t sample_times, int sample_rate_hz) noexcept {
  return sample_times * kNsPerSecond / std::max(1, sample_rate_hz);
}

}  // namespace

CaptureBuffer::CaptureBuffer(int channels, int capacity_times)
    : channels_(channels),
      ring_(static_cast<std::size_t>(channels) * static_cast<std::size_t>(capacity_times)),
      stamps_(kStamps) {}

void CaptureBuffer::begin_opening(int sample_rate_hz) noexcept {
  ring_.hand_over_producer();  // Each stream has a thread of its own.
  stamps_.hand_over_producer();
  ++next_.opening;
  next_.sample_rate_hz = sample_rate_hz;
  owed_silence_ = 0;
  last_arrival_ns_.store(0, std::memory_order_release);
}

void CaptureBuffer::push(const float* interleaved, std::int64_t sample_times,
                         std::int64_t arrival_ns) noexcept {
  last_arrival_ns_.store(arrival_ns, std::memory_order_release);
  const std::int64_t samples = sample_times * channels_;
  pay_silence();
  if (owed_silence_ != 0 || static_cast<std::int64_t>(ring_.writable()) < samples) {
    owed_silence_ += samples;
    dropped_times_.fetch_add(sample_times, std::memory_order_relaxed);
  } else if (interleaved == nullptr) {
    owed_silence_ = samples;
    pay_silence();
  } else {
    ring_.write({interleaved, static_cast<std::size_t>(samples)});
    next_.end_times += sample_times;
  }
  stamp(arrival_ns);
  if (arrivals_ != nullptr) arrivals_->note(input_);
}

/// What is in the ring ends as long before now as what is still owed.
void CaptureBuffer::stamp(std::int64_t arrival_ns) noexcept {
  next_.arrival_ns = arrival_ns - duration_ns(owed_silence_ / channels_, next_.sample_rate_hz);
  stamps_.push(next_);
}

CapturedSound CaptureBuffer::pop(std::span<float> room) noexcept {
  while (reading_.end_times == popped_times_) {
    if (!stamps_.pop(reading_)) return {};
  }
  const std::int64_t left = reading_.end_times - popped_times_;
  const std::int64_t times = std::min(left, std::ssize(room) / channels_);
  const auto samples = room.first(static_cast<std::size_t>(times * channels_));
  ring_.read(samples);
  popped_times_ += times;
  const std::int64_t after_ns = duration_ns(left - times, reading_.sample_rate_hz);
  return {samples, reading_.arrival_ns - after_ns, reading_.sample_rate_hz, reading_.opening};
}

void CaptureBuffer::pay_silence() noexcept {
  static constexpr std::array<float, 256> kSilence{};
  while (owed_silence_ > 0) {
    const auto part =
        static_cast<std::size_t>(std::min<std::int64_t>(owed_silence_, std::ssize(kSilence)));
    const std::size_t written = ring_.write(std::span(kSilence).first(part));
    owed_silence_ -= static_cast<std::int64_t>(written);
    next_.end_times += static_cast<std::int64_t>(written) / channels_;
    if (written < part) return;
  }
}

}  // namespace tonecue
