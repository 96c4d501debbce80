/// @file
/// Calls added up, and the measures that follow from it.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "tonecue/store/number_store.h"

namespace tonecue {

/// Sums over sums, as docs/figures.md tells: not the mean of each call's rate.
enum class Measure {
  interruptions_per_h,
  interruptions_by_customer_per_h,
  distress_min_per_h,
  distress_share,
  recovered_share,
  time_to_calm_s,  ///< Geometric mean.
  silence_share,
  overtalk_share,
  agent_talk_share,
  alerts_per_h,
  helpful_share,
};
inline constexpr int kMeasures = 11;

enum class MeasureUnit { per_h, min_per_h, share, s };

std::string_view name(Measure measure) noexcept;
std::string_view name(MeasureUnit unit) noexcept;
MeasureUnit unit_of(Measure measure) noexcept;

/// Of some calls. Those parts that tell of the agent's side hold only calls whose agent has seen
/// them, or had the time to.
struct CallSums {
  double calls = 0.0;
  double duration_s = 0.0;
  double both_voices_s = 0.0;
  double customer_talk_s = 0.0;
  double overtalk_s = 0.0;
  double silence_s = 0.0;
  double distress_s = 0.0;
  double distressed = 0.0;  ///< Calls with distress.
  double upset = 0.0;       ///< Calls with distress or a raised voice of the customer.
  double recovered = 0.0;
  double calmed = 0.0;  ///< Calls with a time to calm,
  double log_calm_s = 0.0;

  struct Conduct {
    double both_voices_s = 0.0;
    double agent_talk_s = 0.0;
    double customer_talk_s = 0.0;
    double agent_interruptions = 0.0;
    double customer_interruptions = 0.0;
    double live_s = 0.0;  ///< Of live calls, and so all below: somebody was told.
    double alerts = 0.0;
    double helpful = 0.0;
    double not_now = 0.0;
    double wrong = 0.0;
  } conduct{};

  void add(const CallNumbers& call);
  CallSums& operator+=(const CallSums& other) noexcept;
  CallSums& operator-=(const CallSums& other) noexcept;
};

/// Empty where nothing could be counted.
std::optional<double> value_of(Measure measure, const CallSums& sums) noexcept;

/// How much there is behind it: of a rate its events; of a share of calls or answers the rarer
/// kind; else calls.
double events_of(Measure measure, const CallSums& sums) noexcept;

}  // namespace tonecue
