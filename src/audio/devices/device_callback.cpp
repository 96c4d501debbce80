#include "audio/devices/device_callback.h"

#include <chrono>
#include <cstdint>

#include "audio/devices/capture_buffer.h"

namespace tonecue {

// PortAudio also tells when the block was recorded. Under ALSA with a sound server that is no use:
// it begins with 0.6 s too early and comes nearer over the first seconds, while the callbacks
// themselves are right within 1 ms from the first on.
int device_callback(const void* input, void* /*output*/, unsigned long sample_times,
                    const PaStreamCallbackTimeInfo* /*time*/, PaStreamCallbackFlags flags,
                    void* capture) noexcept {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  auto& buffer = *static_cast<CaptureBuffer*>(capture);
  if ((flags & paInputOverflow) != 0) buffer.note_overrun();
  buffer.push(static_cast<const float*>(input), static_cast<std::int64_t>(sample_times),
              std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
  return paContinue;
}

}  // namespace tonecue
