/// @file
/// One or two devices that run by their own clocks, on the time line of one call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "audio/timeline/stream_track.h"
#include "audio/timeline/stream_voices.h"
#include "audio/timeline/timeline_gap.h"
#include "tonecue/audio/audio_source.h"
#include "tonecue/core/party.h"
#include "tonecue/core/result.h"

namespace tonecue {

/// Puts what one or two devices record on one time line: output sample k is what was heard k / 8000
/// s of a monotonic clock after the call began, for both parties. Each stream's clock is estimated
/// (StreamClock) and the difference resampled away (FractionalResampler); what is missing becomes
/// silence of the same length, is counted, and told as a gap.
///
/// The call begins with the first sample for which both streams have sound; when one does not come
/// within kStartPatienceMs of the first read(), with the other alone, or with silence.
///
///     auto timeline = CallTimeline::create(layouts);
///     // each time round: what the callbacks brought since
///     timeline->push(0, microphone, arrival_ns);
///     timeline->push(1, headset, arrival_ns);
///     for (auto block = timeline->read(now_ns, 800); !block.agent.empty();
///          block = timeline->read(now_ns, 800))
///       session.push(block);
///     while (const auto gap = timeline->next_gap()) tell(*gap);
///
/// Two devices that are 300 ppm apart, with callbacks up to 20 ms late, keep within 1 ms of each
/// other after 10 s, and within 3 ms before. Latencies that the devices do not tell stay in it.
///
/// Delay from a sample's arrival to its block: the fixed resampler's (none at 8 kHz, some 6 ms
/// else), FractionalResampler's 2.5 ms, and waiting for the other stream.
///
/// Real-time: create() and restart() allocate; nothing else does, or locks or throws.
/// Threads: one object belongs to one thread. It reads no clock: time comes in as ns of a monotonic
/// clock, the same for arrivals and for read().
class CallTimeline {
 public:
  /// How far a stream may lag behind now before the call goes on without it. Sound servers bring
  /// bursts of 40 ms, and a busy machine stalls for 100 ms; half a second would be felt in what
  /// the agent is told about the other voice.
  static constexpr int kMaxLagMs = 250;

  /// How long the call waits for a second stream: sound servers took up to 2 s to wake up.
  static constexpr int kStartPatienceMs = 5000;

  static constexpr std::size_t kMaxReadSamples = 800;

  /// @param streams  One stream, or two of one channel each with different parties.
  /// @return `invalid_argument` for anything else.
  static Result<CallTimeline> create(std::span<const StreamLayout> streams);

  /// A callback's block, or several blocks in a row.
  /// @param interleaved  Whole sample times of all channels of the stream, any number of them.
  ///     Sound that the device or the ring is known to have lost must be in it as silence.
  /// @param arrival_ns   When the callback came that brought the last of them, less the input
  ///     latency that the device tells, where it does. Never less than before for this stream.
  void push(int stream, std::span<const float> interleaved, std::int64_t arrival_ns) noexcept;

  /// The device of a stream was opened anew: what comes next has nothing to do with what came
  /// before, and takes its place by when it comes. The gap goes on until then.
  /// @param sample_rate_hz  Its rate now; channels and parties stay.
  /// @return `invalid_argument` when the rate is out of range; the stream then stays as it was.
  Result<void> restart(int stream, int sample_rate_hz);

  /// The next samples of both parties that the streams can give by now; none when they cannot.
  /// What a stream lacks that is older than kMaxLagMs is silence. Ask again until it is empty.
  /// @param max_samples  At least 1; no more than kMaxReadSamples are given.
  /// @return Valid until the next call.
  CallBlock read(std::int64_t now_ns, int max_samples) noexcept;

  /// No more comes: read() then gives what all streams that still sound have, and then nothing.
  void finish() noexcept;

  /// The oldest gap that has ended (or that finish() ended) and was not told yet, in the order in
  /// which they ended. The last 64 are kept; counts() knows of all.
  std::optional<TimelineGap> next_gap() noexcept { return gaps_.pop(); }

  /// Whether the stream's place is filled with silence now, or will be as it was opened anew and
  /// has not sounded since. Never before the call began.
  bool in_gap(int stream) const noexcept { return track(stream).in_gap(); }

  /// How much faster than its rate the stream's device is; 0 before it came.
  double drift_ppm(int stream) const noexcept { return track(stream).drift_ppm(); }

  /// The device's rate is not what it says, by more than can be corrected: sound is dropped, or
  /// silence put in, every now and then to keep the time right. A person should be told.
  bool wrong_rate(int stream) const noexcept { return track(stream).wrong_rate(); }

  const StreamCounts& counts(int stream) const noexcept { return track(stream).counts(); }

  /// Sample times of the call so far.
  std::int64_t given_samples() const noexcept { return given_; }

  /// When the call began, by the clock of read(); 0 before it did.
  std::int64_t origin_ns() const noexcept { return origin_ns_.value_or(0); }

 private:
  explicit CallTimeline(std::vector<StreamTrack> tracks);

  const StreamTrack& track(int stream) const noexcept;
  StreamTrack& track(int stream) noexcept;
  bool begin(std::int64_t now_ns) noexcept;
  std::int64_t may_give_until(std::int64_t now_ns) const noexcept;

  std::vector<StreamTrack> tracks_;  // One or two.
  PerParty<std::vector<float>> block_;
  std::optional<std::int64_t> first_read_ns_{};
  std::optional<std::int64_t> origin_ns_{};
  std::int64_t given_ = 0;
  bool finished_ = false;
  GapQueue gaps_{};
};

}  // namespace tonecue
