/// @file
/// Keeps the inputs of a live call open.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

#include "audio/devices/capture_buffer.h"
#include "audio/devices/device_deadline.h"
#include "audio/devices/input_port.h"
#include "audio/timeline/stream_voices.h"
#include "tonecue/audio/device.h"
#include "tonecue/core/result.h"
#include "tonecue/core/spsc_ring.h"

namespace tonecue {

/// How long an input may give nothing before it counts as lost, and what is tried then.
struct CapturePatience {
  /// For all inputs together, until their streams have started.
  std::chrono::milliseconds opening = kLongestOpening;
  /// Sound servers took up to 2 s to give a first block when they were woken up.
  std::chrono::milliseconds first_block{5000};
  std::chrono::milliseconds next_block{2000};
  std::chrono::milliseconds between_tries{2000};
};

/// What happened to an input.
struct InputEvent {
  enum class Kind { lost, back };
  Kind kind = Kind::lost;
  int input = 0;
  std::int64_t at_ns = 0;  ///< When it last gave sound; with `back`, when that was noticed.
};

/// One input: where it comes from, and where its sound goes.
struct KeptInput {
  AudioDevice device;
  StreamLayout layout;
  CaptureBuffer* buffer = nullptr;
};

/// Opens the inputs of a call, sees when one gives nothing any more, and opens it again as often as
/// it takes. Where its device cannot be opened as it is known, the sound system is started anew and
/// the device found by its name; that closes the other input too for a moment, so while the other
/// one is well it is done seldom.
///
/// Threads: one object belongs to one thread, which is neither the device's nor the analysis's:
/// opening and closing may take seconds.
class InputKeeper {
 public:
  using Events = SpscRing<InputEvent>;

  InputKeeper(InputPort& port, std::vector<KeptInput> inputs, Events& events,
              const CapturePatience& patience = {});

  /// Opens all. @return Why one cannot be opened; none is open then.
  Result<void> open(std::int64_t now_ns);

  /// The input that open() is about, or was last. For any thread.
  std::size_t opening() const noexcept { return opening_.load(); }

  /// Looks after the inputs. To be called several times a second.
  void step(std::int64_t now_ns);

  /// Rates are those that the devices took.
  const StreamLayout& layout(std::size_t input) const { return lines_[input].kept.layout; }

 private:
  struct Line {
    KeptInput kept;
    std::unique_ptr<InputStream> stream{};
    std::int64_t opened_ns = 0;
    bool lost = false;
    std::int64_t lost_ns = 0;
    std::int64_t next_try_ns = 0;
    int tries = 0;
  };

  Result<void> open(Line& line, std::int64_t now_ns);
  bool has_fallen_silent(const Line& line, std::int64_t now_ns) const;
  void lose(Line& line, std::int64_t now_ns);
  void welcome_back(Line& line, std::int64_t now_ns);
  void try_again(Line& line, std::int64_t now_ns);
  void start_anew(std::int64_t now_ns);
  void tell(InputEvent::Kind kind, const Line& line, std::int64_t at_ns);

  InputPort& port_;
  std::vector<Line> lines_;
  Events& events_;
  CapturePatience patience_;
  std::atomic<std::size_t> opening_{0};
};

}  // namespace tonecue
