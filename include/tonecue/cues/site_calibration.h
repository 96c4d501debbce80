/// @file
/// The distress cue fitted to a site by its own calls.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tonecue/core/hop.h"
#include "tonecue/core/result.h"
#include "tonecue/cues/cue.h"
#include "tonecue/cues/distress_config.h"
#include "tonecue/cues/log_odds_scale.h"

namespace tonecue {

/// What the model said of one call, as it was shipped: all that a threshold hangs on.
struct DistressSeries {
  /// One estimate that knew something.
  struct Window {
    std::int64_t frame = 0;  ///< At which it was made.
    float agitated = 0.0F;   ///< (0, 1)
    float speech_s = 0.0F;   ///< Clean speech since the one before.
  };

  std::string call;              ///< The recording's path.
  std::int64_t frames = 0;       ///< Length of the call.
  std::int64_t talk_frames = 0;  ///< In which the customer spoke.
  std::vector<Window> windows{};

  double hours() const noexcept { return static_cast<double>(frames) / kFramesPerHour; }
  double talk_hours() const noexcept { return static_cast<double>(talk_frames) / kFramesPerHour; }

  static constexpr double kFramesPerHour = 3600.0 * kHopsPerSecond;
};

/// The distress cues that a call would have had.
/// @param config  A valid one.
std::vector<Cue> replay(const DistressSeries& series, const DistressConfig& config);

/// What the reviewers of one cue said, those left out who were unsure.
struct ReviewedCue {
  std::size_t call = 0;  ///< Index of its series.
  std::int64_t raised_at_ms = 0;
  int right = 0;
  int wrong = 0;
};

/// A reviewed cue is told by the estimates this near to where it was raised.
inline constexpr std::int64_t kReviewedMs = 3000;

/// @return Whether the series has an estimate near enough to learn from a verdict there.
bool can_learn_from(const DistressSeries& series, std::int64_t raised_at_ms) noexcept;

/// The outcome. A rate is counted per hour of call, from its first sample to its last, since that
/// is what a desk feels.
struct SiteCalibration {
  float raise_probability = 0.0F;
  float end_probability = 0.0F;
  LogOddsScale scale{};

  double wanted_per_hour = 0.0;
  int calls = 0;
  double hours = 0.0;
  double talk_hours = 0.0;         ///< Of the customers.
  int cues = 0;                    ///< In these calls, at these thresholds; none that was right.
  int cues_left_out = 0;           ///< The same, each call judged by a fit on the others.
  double expected_per_hour = 0.0;  ///< From the larger of the two.
  double low_per_hour = 0.0;       ///< 5 % lie below.
  double high_per_hour = 0.0;      ///< 5 % lie above.
  double certainty = 0.0;          ///< That the true rate is at most the wanted one; [0, 1].
  double least_hours = 0.0;        ///< With fewer nothing can be claimed.
  double good_hours = 0.0;         ///< So many tell the rate within a half of itself.
  int reviewed_cues = 0;           ///< That a reviewer decided.

  bool enough_hours() const noexcept { return hours >= least_hours; }
};

/// Fits thresholds by replaying the calls at every raise probability from 0.30 to 0.99:
///
/// 1. With reviews: slope and offset of the log-odds, by Platt's logistic with a prior towards the
///    shipped ones. A cue that most of its reviewers called right no longer counts as false.
/// 2. The least raise probability at which, and above which, these calls have so few cues that one
///    more would still be within the wanted rate. (The one more makes the expected rate of the
///    next call honest: Angelopoulos et al., "Conformal risk control", 2024.)
/// 3. Below `least_hours`, 3 / wanted rate (the rule of three), it never goes under the shipped
///    threshold. With reviews it never goes under 0.5: more likely right than wrong.
/// 4. The cue ends as far below the raise threshold, in log-odds, as it is shipped.
///
/// The expected rate comes from leaving each call out of the fit that judges it; it is never told
/// as less than these calls themselves have.
///
/// Real-time: not for the audio path. Threads: any.
///
/// @param series   Of calls that are ordinary, as most are.
/// @param wanted_per_hour  Cues an hour; in kWantedPerHour.
/// @param shipped  What the thresholds were fitted to; its scale must be the default.
/// @return `invalid_argument` when there is no call, or the wanted rate is out of range.
Result<SiteCalibration> fit_site(std::span<const DistressSeries> series, double wanted_per_hour,
                                 std::span<const ReviewedCue> reviews = {},
                                 const DistressConfig& shipped = {});

inline constexpr double kLeastWantedPerHour = 0.01;
inline constexpr double kMostWantedPerHour = 60.0;

}  // namespace tonecue
