/// @file
/// From what the devices' callbacks brought to the blocks of a call.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "audio/devices/capture_buffer.h"
#include "audio/devices/input_keeper.h"
#include "audio/timeline/call_timeline.h"
#include "tonecue/audio/audio_source.h"
#include "tonecue/audio/device_notice.h"
#include "tonecue/audio/device_source.h"
#include "tonecue/core/result.h"

namespace tonecue {

/// Takes the sound of one or two inputs out of their buffers, puts it on one time line, and makes
/// notices of what happened to them.
///
/// Real-time: create() allocates, and so does read() once when a device came back; else it does
/// not, and neither locks nor throws.
/// Threads: one object belongs to the analysis thread.
class InputTimeline {
 public:
  /// One input. Who keeps the buffer keeps it longer than this.
  struct Input {
    StreamLayout layout;
    CaptureBuffer* buffer = nullptr;

    PerParty<bool> parties() const noexcept;
  };

  static Result<InputTimeline> create(std::span<const Input> inputs, InputKeeper::Events& events);

  /// The samples that can be given by now; none when there are none yet.
  CallBlock read(std::int64_t now_ns, int max_samples) noexcept;

  /// No more sound is taken in: read() gives what is left, and then nothing.
  void finish() noexcept;

  /// As AudioSource's.
  std::span<const DeviceNotice> notices() noexcept;

  /// When the callback with the end of what read() gave last should have come, on the clock of its
  /// `now_ns`: when that sound was recorded, as well as is known.
  std::int64_t captured_ns() const noexcept;

  /// All but the name.
  DeviceHealth health(std::size_t input) const;

 private:
  struct State {
    Input input;
    int opening = 0;  // The one that the last sound came from.
    int sample_rate_hz = 0;
    std::int64_t arrival_ns = 0;
    bool lost = false;
    bool back = false;  // Noticed, though perhaps not yet heard.
    int times_lost = 0;
    bool wrong_rate_told = false;
    std::int64_t overruns_told = 0;
    std::int64_t overrun_told_at_ms = 0;
  };

  InputTimeline(std::vector<State> states, CallTimeline timeline, InputKeeper::Events& events);

  void take_in() noexcept;
  void take_in(int stream, State& state) noexcept;
  void collect_notices() noexcept;
  void note_events() noexcept;
  void note_gaps() noexcept;
  void note_wrong_rates() noexcept;
  void note_overruns(State& state) noexcept;
  void note(DeviceNotice::Kind kind, PerParty<bool> parties, std::int64_t at_ms,
            std::int64_t gap_ms = 0) noexcept;
  std::int64_t call_ms() const noexcept;
  State& state_of(const TimelineGap& gap) noexcept;

  std::vector<State> states_;
  CallTimeline timeline_;
  InputKeeper::Events* events_;
  std::vector<float> room_;
  std::vector<DeviceNotice> notices_;
  bool notices_taken_ = false;
  bool finished_ = false;
};

}  // namespace tonecue
