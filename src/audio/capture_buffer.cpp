#include "audio/capture_buffer.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace tonecue {
namespace {

// Callbacks whose time is kept: more than two seconds of the shortest blocks that devices give. One
// that finds no room costs nothing: the next one's time then holds for its samples too.
constexpr std::size_t kStamps = 1024;

constexpr std::int64_t kNsPerSecond = 1'000'000'000;

// Sound servers tell up to 700 ms when a stream begins and nothing is late; no sound card has more
// than some 50 ms.
constexpr std::int64_t kMostLatencyNs = 100'000'000;

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
  latency_ns_.reset();
  last_arrival_ns_.store(0, std::memory_order_release);
}

void CaptureBuffer::push(const float* interleaved, std::int64_t sample_times,
                         std::int64_t arrival_ns, std::optional<std::int64_t> latency_ns) noexcept {
  last_arrival_ns_.store(arrival_ns, std::memory_order_release);
  if (latency_ns && *latency_ns <= kMostLatencyNs) {
    latency_ns_ = std::min(latency_ns_.value_or(kMostLatencyNs), *latency_ns);
  }
  if (!write(interleaved, sample_times)) return;
  next_.captured_ns = arrival_ns - latency_ns_.value_or(0);
  stamps_.write({&next_, 1});
}

std::int64_t CaptureBuffer::duration_ns(std::int64_t sample_times) const noexcept {
  return sample_times * kNsPerSecond / std::max(1, next_.sample_rate_hz);
}

bool CaptureBuffer::write(const float* interleaved, std::int64_t sample_times) noexcept {
  const std::int64_t samples = sample_times * channels_;
  pay_silence();
  if (owed_silence_ != 0 || static_cast<std::int64_t>(ring_.writable()) < samples) {
    owed_silence_ += samples;
    dropped_times_.fetch_add(sample_times, std::memory_order_relaxed);
    return false;
  }
  if (interleaved == nullptr) {
    owed_silence_ = samples;
    pay_silence();
  } else {
    ring_.write({interleaved, static_cast<std::size_t>(samples)});
    next_.end_times += sample_times;
  }
  return true;
}

CapturedSound CaptureBuffer::pop(std::span<float> room) noexcept {
  if (reading_.end_times == popped_times_ && stamps_.read({&reading_, 1}) == 0) return {};
  const std::int64_t left = reading_.end_times - popped_times_;
  const std::int64_t times = std::min(left, std::ssize(room) / channels_);
  const auto samples = room.first(static_cast<std::size_t>(times * channels_));
  ring_.read(samples);
  popped_times_ += times;
  const std::int64_t after_ns =
      (left - times) * kNsPerSecond / std::max(1, reading_.sample_rate_hz);
  return {samples, reading_.captured_ns - after_ns, reading_.sample_rate_hz, reading_.opening};
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
