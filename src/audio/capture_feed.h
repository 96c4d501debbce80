/// @file
/// The analysis side of a capture.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "audio/call_assembler.h"
#include "audio/capture_buffer.h"
#include "tonecue/audio/audio_source.h"
#include "tonecue/core/result.h"

namespace tonecue {

/// How long a device may give nothing before it counts as gone.
struct CapturePatience {
  /// Sound servers took up to 2 s to give a first block when they were woken up.
  std::chrono::milliseconds first_block{5000};
  std::chrono::milliseconds next_block{2000};
};

/// Waits for what a device's callback brings, and makes a call's blocks of it.
///
/// Real-time: create() allocates; read() sleeps until there is sound, and allocates only for the
/// message of a failure.
/// Threads: buffer().push() belongs to the device's thread, stop() to any (a signal handler too),
/// the rest to one.
class CaptureFeed {
 public:
  /// @param name  The device's, for messages.
  CaptureFeed(std::string name, CallAssembler assembler, const StreamLayout& layout,
              const CapturePatience& patience = {});

  /// The most sample times that a CallAssembler of a feed must take at once: 100 ms.
  static int block_times(const StreamLayout& layout) noexcept { return layout.sample_rate_hz / 10; }

  CaptureBuffer& buffer() noexcept { return buffer_; }
  const CaptureBuffer& buffer() const noexcept { return buffer_; }
  std::int64_t invalid_samples() const noexcept { return assembler_.invalid_samples(); }

  /// @return At least one sample of each party, as soon as there is one; nothing when stopped and
  /// all is read; `device` when the device gave nothing for too long.
  Result<CallBlock> read(int max_samples);

  void stop() noexcept { stopped_.store(true, std::memory_order_release); }

 private:
  bool advance();

  std::string name_;
  CallAssembler assembler_;
  CapturePatience patience_;
  CaptureBuffer buffer_;
  std::vector<float> popped_;
  std::atomic<bool> stopped_{false};
  bool started_ = false;
  bool finished_ = false;
};

}  // namespace tonecue
