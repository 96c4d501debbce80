/// @file
/// One device's sound on the time line of the call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "audio/timeline/stream_clock.h"
#include "audio/timeline/stream_voices.h"
#include "audio/timeline/timeline_gap.h"
#include "audio/timeline/voice_queue.h"
#include "tonecue/core/hop.h"
#include "tonecue/core/party.h"
#include "tonecue/core/result.h"
#include "tonecue/dsp/fractional_resampler.h"

namespace tonecue {

/// What became of one stream's sound. Samples count at kSampleRateHz.
struct StreamCounts {
  std::int64_t gaps = 0;             ///< The one that is open too.
  std::int64_t gap_samples = 0;      ///< Silence in place of sound, in gaps that have ended.
  std::int64_t dropped_samples = 0;  ///< Sound whose place was gone when it came.
  std::int64_t moves = 0;            ///< How often it was put elsewhere at once, not steered.
  std::int64_t invalid_samples = 0;  ///< NaN or infinite, at the device's rate.
};

/// Cleans and resamples one stream, keeps it, and gives it out for any stretch of call time,
/// steered so that each sample lies where its device's clock says.
///
/// Positions are sample numbers of the stream at kSampleRateHz, since it was (re)started.
///
/// Real-time: create() and restart() allocate; nothing else does, or locks or throws.
/// Threads: one object belongs to one thread.
class StreamTrack {
 public:
  /// The most that fill() is asked for at once: the step is chosen anew after it.
  static constexpr std::size_t kMaxFillSamples = kHopSamples;

  /// @return `invalid_argument` when the rate is out of range.
  static Result<StreamTrack> create(const StreamLayout& layout);

  /// As CallTimeline's.
  Result<void> restart(int sample_rate_hz);
  void push(std::span<const float> interleaved, std::int64_t arrival_ns) noexcept;

  const StreamLayout& layout() const noexcept { return layout_; }

  /// Whether the times of its samples are known.
  bool placeable() const noexcept { return clock_.settled() || (finished_ && clock_.came()); }

  /// When the oldest sample was that is still kept. Only when placeable.
  double first_ns() const noexcept;

  /// The call begins: its sample 0 is at this time.
  void begin(std::int64_t origin_ns) noexcept;

  /// Up to which sample of the call there is sound, from one on; the same one when there is none.
  /// Sure for kMaxFillSamples.
  std::int64_t ready_until(std::int64_t from) const noexcept;

  /// Writes the next samples of the call for the parties that the stream has; what is not there is
  /// silence, and a gap.
  /// @param from  Where the last call ended.
  /// @param out   At most kMaxFillSamples; both parties' are of one length, and silent.
  void fill(std::int64_t from, const PerParty<std::span<float>>& out, GapQueue& gaps) noexcept;

  /// No more is pushed: what the filters hold comes out.
  void finish() noexcept;

  /// Ends a gap that is open, at this sample of the call.
  void end_gap(std::int64_t at, GapQueue& gaps) noexcept;

  bool in_gap() const noexcept { return gap_start_ || (origin_ns_ && !sounding_); }
  double drift_ppm() const noexcept { return clock_.drift_ppm(); }

  /// Whether the device's rate is off by more than can be corrected.
  bool wrong_rate() const noexcept;

  const StreamCounts& counts() const noexcept { return counts_; }

 private:
  StreamTrack(const StreamLayout& layout, StreamVoices voices);

  const VoiceQueue& queue() const noexcept;
  double position_of(double sample_time) const noexcept;
  double due_position(std::int64_t at) const noexcept;
  bool may_be_steered(double error) const noexcept;
  double first_readable() const noexcept;
  std::int64_t readable(double position) const noexcept;
  void keep(std::span<const float> interleaved) noexcept;
  double steer(std::int64_t from, std::size_t count) noexcept;
  void move_to(double due, std::int64_t at) noexcept;
  bool may_sound_from(double position) const noexcept;
  std::size_t wait(std::int64_t from, std::size_t count, GapQueue& gaps) noexcept;
  std::size_t sound(std::size_t done, double step, const PerParty<std::span<float>>& out) noexcept;
  void run_dry(std::int64_t at) noexcept;
  void fall_silent(std::int64_t at) noexcept;
  void open_gap(std::int64_t at) noexcept;

  StreamLayout layout_;
  StreamVoices voices_;
  StreamClock clock_;
  FractionalResampler resampler_;
  PerParty<VoiceQueue> queues_;
  std::optional<std::int64_t> origin_ns_{};

  std::int64_t arrived_times_ = 0;  // Sample times pushed, at the device's rate.
  std::int64_t owed_times_ = 0;     // Of those to come, how many have silence in their place.
  bool sounding_ = false;           // Else the place of the stream is silent.
  double position_ = 0.0;           // The next to be given; while silent, the first that may be.
  double deviation_ = 0.0;          // Of the step from 1.
  std::optional<double> dry_at_{};  // Where the sound ends that no more has come after.
  std::optional<std::int64_t> gap_start_{};
  bool finished_ = false;
  StreamCounts counts_{};
};

}  // namespace tonecue
