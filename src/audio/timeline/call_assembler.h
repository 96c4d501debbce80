/// @file
/// From interleaved sound as it was recorded to both voices at the rate inside.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "audio/timeline/stream_voices.h"
#include "tonecue/audio/audio_source.h"
#include "tonecue/core/party.h"
#include "tonecue/core/result.h"

namespace tonecue {

/// Splits, cleans and resamples (StreamVoices), and keeps the voices until they are taken.
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
  std::int64_t invalid_samples() const noexcept { return voices_.invalid_samples(); }

  /// Samples at the incoming rate that were more than twice full scale.
  std::int64_t overscale_samples() const noexcept { return voices_.overscale_samples(); }

 private:
  CallAssembler(const StreamLayout& layout, StreamVoices voices);

  void forget_taken();
  void keep(Party party, std::span<const float> samples);

  StreamVoices voices_;
  bool alone_;  // One party; the other is silent.
  PerParty<std::vector<float>> kept_;
  std::size_t taken_ = 0;  // How much of kept_ was handed out.
};

}  // namespace tonecue
