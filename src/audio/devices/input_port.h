/// @file
/// What of a sound system a live call needs.
#pragma once

#include <memory>
#include <vector>

#include "audio/devices/capture_buffer.h"
#include "audio/timeline/stream_voices.h"
#include "tonecue/audio/device.h"
#include "tonecue/core/result.h"

namespace tonecue {

/// A stream that runs. Its end is its destruction: after it the buffer is written to no more.
class InputStream {
 public:
  virtual ~InputStream() = default;

  /// Whether the sound system still means to call back.
  virtual bool running() const noexcept = 0;
};

/// The sound system: PortAudio, or one that a test makes up.
///
/// Threads: one object belongs to one thread.
class InputPort {
 public:
  virtual ~InputPort() = default;

  virtual Result<std::vector<AudioDevice>> list() = 0;

  /// Starts a stream.
  /// @return `unsupported` when the device does not take the rate; `device`, in one line for a
  /// person, when it cannot be opened.
  virtual Result<std::unique_ptr<InputStream>> open(const AudioDevice& device,
                                                    const StreamLayout& layout,
                                                    CaptureBuffer& buffer) = 0;

  /// Looks for devices anew; they may be numbered otherwise then. No stream may be open.
  virtual Result<void> restart() = 0;

  /// Streams of the sound system that are not inputs, such as the tones' output: those that died
  /// are opened anew. To be called several times a second.
  virtual void look_after_others() noexcept {}
};

}  // namespace tonecue
