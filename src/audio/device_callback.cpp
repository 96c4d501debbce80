#include "audio/device_callback.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <optional>

#include "audio/capture_buffer.h"

namespace tonecue {
namespace {

/// How long before now the last sample of the block was recorded. PortAudio tells when the first
/// one was, by its own clock; backends that do not know leave zeros, or times that cannot be.
std::optional<std::int64_t> told_latency_ns(const PaStreamCallbackTimeInfo* time,
                                            std::int64_t block_ns) noexcept {
  if (time == nullptr || time->inputBufferAdcTime <= 0.0) return std::nullopt;
  const double age_s = time->currentTime - time->inputBufferAdcTime;
  constexpr double kMostAgeS = 10.0;
  if (!(age_s >= 0.0 && age_s <= kMostAgeS)) return std::nullopt;  // NaN neither.
  return std::max<std::int64_t>(0, std::llround(age_s * 1e9) - block_ns);
}

}  // namespace

int device_callback(const void* input, void* /*output*/, unsigned long sample_times,
                    const PaStreamCallbackTimeInfo* time, PaStreamCallbackFlags flags,
                    void* capture) noexcept {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  auto& buffer = *static_cast<CaptureBuffer*>(capture);
  if ((flags & paInputOverflow) != 0) buffer.note_overrun();
  const auto times = static_cast<std::int64_t>(sample_times);
  buffer.push(static_cast<const float*>(input), times,
              std::chrono::duration_cast<std::chrono::nanoseconds>(now).count(),
              told_latency_ns(time, buffer.duration_ns(times)));
  return paContinue;
}

}  // namespace tonecue
