#include "audio/capture_buffer.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace tonecue {

CaptureBuffer::CaptureBuffer(int channels, int capacity_times)
    : channels_(channels),
      ring_(static_cast<std::size_t>(channels) * static_cast<std::size_t>(capacity_times)) {}

void CaptureBuffer::push(const float* interleaved, std::int64_t sample_times) noexcept {
  const std::int64_t samples = sample_times * channels_;
  pay_silence();
  const bool fits = owed_silence_ == 0 && static_cast<std::int64_t>(ring_.writable()) >= samples;
  if (!fits) {
    owed_silence_ += samples;
    dropped_times_.fetch_add(sample_times, std::memory_order_relaxed);
  } else if (interleaved == nullptr) {
    owed_silence_ = samples;
    pay_silence();
  } else {
    ring_.write({interleaved, static_cast<std::size_t>(samples)});
  }
}

std::span<const float> CaptureBuffer::pop(std::span<float> interleaved) noexcept {
  const auto channels = static_cast<std::size_t>(channels_);
  const std::size_t count = std::min(interleaved.size(), ring_.readable()) / channels * channels;
  ring_.read(interleaved.first(count));
  return interleaved.first(count);
}

void CaptureBuffer::pay_silence() noexcept {
  static constexpr std::array<float, 256> kSilence{};
  while (owed_silence_ > 0) {
    const auto part =
        static_cast<std::size_t>(std::min<std::int64_t>(owed_silence_, std::ssize(kSilence)));
    const std::size_t written = ring_.write(std::span(kSilence).first(part));
    owed_silence_ -= static_cast<std::int64_t>(written);
    if (written < part) return;
  }
}

}  // namespace tonecue
