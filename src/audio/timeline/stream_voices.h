/// @file
/// From interleaved sound as it was recorded to clean voices at the rate inside.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <span>
#include <vector>

#include "tonecue/audio/channel.h"
#include "tonecue/core/party.h"
#include "tonecue/core/result.h"
#include "tonecue/dsp/resampler.h"

namespace tonecue {

/// How sound comes in, and whose it is.
struct StreamLayout {
  int sample_rate_hz = 8000;              ///< [8000, 48000]
  int channels = 2;                       ///< 1 or 2
  Channel agent_channel = Channel::left;  ///< Of two channels.
  Party party = Party::agent;             ///< Of one channel; the other party is silent.
};

/// Splits a stream by party, cleans and resamples it. NaN and infinity become silence and are
/// counted; what lies outside [-1, 1] (decoders overshoot) is clipped to it, and counted where that
/// is no overshoot.
///
/// Real-time: create() allocates; nothing else does, or locks or throws, if its `keep` does not.
/// Threads: one object belongs to one thread.
class StreamVoices {
 public:
  /// @param max_block  The most sample times that push() will be given.
  static Result<StreamVoices> create(const StreamLayout& layout, int max_block);

  int channels() const noexcept { return channels_; }
  int max_block() const noexcept { return static_cast<int>(block_.size()); }

  /// The parties that the stream has.
  bool has(Party party) const noexcept;

  /// @param interleaved  At most max_block() sample times of all channels.
  /// @param keep         Called once for each party of the stream: keep(party, samples).
  template <class Keep>
  void push(std::span<const float> interleaved, Keep keep) {
    for (Voice& voice : voices_) {
      keep(voice.party, clip(voice.resampler.process(clean(interleaved, voice.channel))));
    }
  }

  /// No more comes: hands out what the resamplers hold. Call it once.
  template <class Keep>
  void finish(Keep keep) {
    for (Voice& voice : voices_) keep(voice.party, clip(voice.resampler.flush()));
  }

  std::int64_t invalid_samples() const noexcept { return invalid_samples_; }
  std::int64_t overscale_samples() const noexcept { return overscale_samples_; }

 private:
  struct Voice {
    Party party;
    int channel;
    Resampler resampler;
  };

  StreamVoices(int channels, std::vector<Voice> voices, int max_block);

  std::span<const float> clean(std::span<const float> interleaved, int channel) noexcept;
  std::span<const float> clip(std::span<const float> resampled) noexcept;

  int channels_;
  std::vector<Voice> voices_;
  std::vector<float> block_;    // One channel of what is pushed.
  std::vector<float> clipped_;  // The same, resampled.
  std::int64_t invalid_samples_ = 0;
  std::int64_t overscale_samples_ = 0;
};

}  // namespace tonecue
