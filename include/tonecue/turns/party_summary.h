/// @file
/// One party's conduct over the whole call.
#pragma once

#include <optional>

namespace tonecue {

struct PartySummary {
  float talk_s = 0.0F;
  float talk_share = 0.0F;  ///< talk_s divided by the call's length, [0, 1].
  int syllables = 0;
  std::optional<float> speech_rate_syl_per_s;        ///< Over the party's turns, pauses included.
  std::optional<float> articulation_rate_syl_per_s;  ///< Over active speech only. Both are empty
                                                     ///< below kLeastRateSyllables.
  std::optional<float> f0_median_hz;
  std::optional<float> f0_range_st;  ///< 10th to 90th percentile.
  std::optional<float> level_dbfs;   ///< Mean power over active speech.
  int interruptions = 0;             ///< This party cut in.
  int backchannels = 0;
  float longest_turn_s = 0.0F;
  std::optional<float> response_gap_median_ms;  ///< From the other's end to this party's start.
  bool baseline_ready = false;
};

}  // namespace tonecue
