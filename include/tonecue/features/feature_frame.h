/// @file
/// What is measured of one voice every 10 ms.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "tonecue/core/decibel.h"
#include "tonecue/core/hop.h"
#include "tonecue/core/party.h"

namespace tonecue {

inline constexpr int kMelBands = 20;          ///< Triangular, 150 to 3800 Hz.
inline constexpr float kMelFloorDb = -90.0F;  ///< Where a silent band reads.

/// How late a frame is known: frame `n` is handed out by the call that takes hop `n + 5`.
inline constexpr int kFrameLatencyHops = 5;

/// Where in its hop a frame's centre lies (the centre of the pitch window).
inline constexpr int kFrameCentreMs = 7;

/// How long after its peak a syllable of a voice that is surely there is told, at most.
inline constexpr int kSyllableLatencyHops = 12;

/// One frame of one voice. Its values describe the hop that begins `hops_to_ms(index)` after the
/// start of the call; windows longer than a hop lie around its centre as far as they can.
struct FeatureFrame {
  std::int64_t index = 0;
  float level_dbfs = kSilenceDbfs;  ///< RMS of the hop, [-100, 0].
  float speech_prob = 0.0F;         ///< [0, 1]
  bool speech = false;              ///< speech_prob with hysteresis; no hangover.
  std::optional<float> f0_hz;       ///< [60, 500]; empty when unvoiced.
  float voicing = 0.0F;             ///< Probability that the frame is voiced, [0, 1].
  float hnr_db = 0.0F;              ///< Harmonics-to-noise ratio, [-10, 40]; low when unvoiced.
  float tilt_db_per_octave = 0.0F;  ///< Slope of the spectrum, 300 to 3400 Hz.
  std::array<float, kMelBands> mel_db{};  ///< Band powers, dB re full scale; at least kMelFloorDb.
  /// A syllable nucleus was confirmed. Its peak lies at most kSyllableLatencyHops before, but up
  /// to 1.5 s when a voice begins and is not yet sure to be one (SyllableDetector).
  bool syllable = false;

  double time_s() const noexcept { return ms_to_s(hops_to_ms(index) + kFrameCentreMs); }
};

template <Party party>
class FrameExtractor;

/// A frame that is known, by its type, to come from one party. Only that party's FrameExtractor can
/// make one: so only a customer's voice can reach what takes a CustomerFrame.
template <Party party>
class PartyFrame {
 public:
  PartyFrame() = default;  ///< Silence at the start of the call.
  const FeatureFrame& operator*() const noexcept { return frame_; }
  const FeatureFrame* operator->() const noexcept { return &frame_; }

 private:
  friend class FrameExtractor<party>;
  explicit PartyFrame(const FeatureFrame& frame) noexcept : frame_(frame) {}
  FeatureFrame frame_;
};

using AgentFrame = PartyFrame<Party::agent>;
using CustomerFrame = PartyFrame<Party::customer>;

}  // namespace tonecue
