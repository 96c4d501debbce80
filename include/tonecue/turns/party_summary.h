/// @file
/// One party's conduct over the whole call.
#pragma once

#include <optional>

#include "tonecue/turns/leak_meter.h"

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

  /// Per hour of the other party's speech; empty when they spoke for less than 30 s.
  std::optional<float> interruptions_per_hour;
  int given_back = 0;  ///< Interruptions after which the other talked alone again within 10 s.
  std::optional<float> given_back_median_s;  ///< From cutting in to that.
  int backchannels = 0;
  float longest_turn_s = 0.0F;

  /// From the other party's end to this one's start, where there was silence between them: 10th,
  /// 50th and 90th percentile.
  std::optional<float> response_gap_p10_ms;
  std::optional<float> response_gap_median_ms;
  std::optional<float> response_gap_p90_ms;
  BleedState bleed = BleedState::clean;  ///< Of the other's voice into this channel.
  bool baseline_ready = false;
};

}  // namespace tonecue
