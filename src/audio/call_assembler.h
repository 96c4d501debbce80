/// @file
/// From interleaved sound as it was recorded to both voices at the rate inside.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "tonecue/audio/audio_source.h"
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

/// Splits, cleans and resamples, and keeps the voices until they are taken. NaN and infinity become
/// silence and are counted; what lies outside [-1, 1] (decoders overshoot) is clipped to it, and
/// counted where that is no overshoot.
///
/// Real-time: create() allocates. push() and finish() do only to keep more than one block's worth;
/// take() never does.
/// Threads: one object belongs to one thread.
class CallAssembler {
 public:
  /// @param max_block  The most sample times that push() will be given.
  static Result<CallAssembler> create(const StreamLayout& layout, int max_block);

  /// @param interleaved  At most `max_block` sample times of all channels.
  void push(std::span<const float> interleaved);

  /// No more comes: hands out what the resamplers hold. Call it once.
  void finish();

  /// Samples of each party that can be taken.
  int available() const noexcept;

  /// The oldest samples: as many as there are, at most `max_samples`. Valid until the next push().
  CallBlock take(int max_samples) noexcept;

  /// Samples at the incoming rate that were NaN or infinite.
  std::int64_t invalid_samples() const noexcept { return invalid_samples_; }

  /// Samples at the incoming rate that were more than twice full scale.
  std::int64_t overscale_samples() const noexcept { return overscale_samples_; }

 private:
  struct Voice {
    Party party;
    int channel;
    Resampler resampler;
  };

  CallAssembler(const StreamLayout& layout, std::vector<Voice> voices, int max_block);

  void forget_taken();
  void keep(Party party, std::span<const float> samples);

  int channels_;
  std::vector<Voice> voices_;
  std::vector<float> block_;  // One channel of what is pushed.
  PerParty<std::vector<float>> kept_;
  std::size_t taken_ = 0;  // How much of kept_ was handed out.
  std::int64_t invalid_samples_ = 0;
  std::int64_t overscale_samples_ = 0;
};

}  // namespace tonecue
