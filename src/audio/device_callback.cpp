#include "audio/device_callback.h"

#include <cstdint>

#include "audio/capture_buffer.h"

namespace tonecue {

int device_callback(const void* input, void* /*output*/, unsigned long sample_times,
                    const PaStreamCallbackTimeInfo* /*time*/, PaStreamCallbackFlags flags,
                    void* capture) noexcept {
  auto& buffer = *static_cast<CaptureBuffer*>(capture);
  if ((flags & paInputOverflow) != 0) buffer.note_overrun();
  buffer.push(static_cast<const float*>(input), static_cast<std::int64_t>(sample_times));
  return paContinue;
}

}  // namespace tonecue
