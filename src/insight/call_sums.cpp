#include "tonecue/insight/call_sums.h"

#include <algorithm>
#include <cmath>

namespace tonecue {
namespace {

constexpr double kHourS = 3600.0;
constexpr double kLeastCalmS = 1.0;  // Its logarithm must be one.

struct Kind {
  std::string_view name;
  MeasureUnit unit;
};

constexpr std::array<Kind, kMeasures> kKinds = {{
    {"interruptions_per_h", MeasureUnit::per_h},
    {"interruptions_by_customer_per_h", MeasureUnit::per_h},
    {"distress_min_per_h", MeasureUnit::min_per_h},
    {"distress_share", MeasureUnit::share},
    {"recovered_share", MeasureUnit::share},
    {"time_to_calm_s", MeasureUnit::s},
    {"silence_share", MeasureUnit::share},
    {"overtalk_share", MeasureUnit::share},
    {"agent_talk_share", MeasureUnit::share},
    {"alerts_per_h", MeasureUnit::per_h},
    {"helpful_share", MeasureUnit::share},
}};

struct Fraction {
  double numerator = 0.0;
  double denominator = 0.0;
};

double answered(const CallSums& sums) noexcept {
  return sums.conduct.helpful + sums.conduct.not_now + sums.conduct.wrong;
}

Fraction fraction_of(Measure measure, const CallSums& sums) noexcept {
  const CallSums::Conduct& conduct = sums.conduct;
  switch (measure) {
    case Measure::interruptions_per_h:
      return {kHourS * conduct.agent_interruptions, conduct.customer_talk_s};
    case Measure::interruptions_by_customer_per_h:
      return {kHourS * conduct.customer_interruptions, conduct.agent_talk_s};
    case Measure::distress_min_per_h:
      return {kHourS / 60.0 * sums.distress_s, sums.duration_s};
    case Measure::distress_share:
      return {sums.distressed, sums.calls};
    case Measure::recovered_share:
      return {sums.recovered, sums.upset};
    case Measure::time_to_calm_s:
      return {sums.log_calm_s, sums.calmed};
    case Measure::silence_share:
      return {sums.silence_s, sums.both_voices_s};
    case Measure::overtalk_share:
      return {sums.overtalk_s, sums.both_voices_s};
    case Measure::agent_talk_share:
      return {conduct.agent_talk_s, conduct.both_voices_s};
    case Measure::alerts_per_h:
      return {kHourS * conduct.alerts, conduct.live_s};
    case Measure::helpful_share:
      return {conduct.helpful, answered(sums)};
  }
  return {};
}

// Each field of one with that of the other.
template <class Change>
void for_each_field(CallSums& sums, const CallSums& other, const Change& change) {
  change(sums.calls, other.calls);
  change(sums.duration_s, other.duration_s);
  change(sums.both_voices_s, other.both_voices_s);
  change(sums.customer_talk_s, other.customer_talk_s);
  change(sums.overtalk_s, other.overtalk_s);
  change(sums.silence_s, other.silence_s);
  change(sums.distress_s, other.distress_s);
  change(sums.distressed, other.distressed);
  change(sums.upset, other.upset);
  change(sums.recovered, other.recovered);
  change(sums.calmed, other.calmed);
  change(sums.log_calm_s, other.log_calm_s);
  CallSums::Conduct& conduct = sums.conduct;
  change(conduct.both_voices_s, other.conduct.both_voices_s);
  change(conduct.agent_talk_s, other.conduct.agent_talk_s);
  change(conduct.customer_talk_s, other.conduct.customer_talk_s);
  change(conduct.agent_interruptions, other.conduct.agent_interruptions);
  change(conduct.customer_interruptions, other.conduct.customer_interruptions);
  change(conduct.live_s, other.conduct.live_s);
  change(conduct.alerts, other.conduct.alerts);
  change(conduct.helpful, other.conduct.helpful);
  change(conduct.not_now, other.conduct.not_now);
  change(conduct.wrong, other.conduct.wrong);
}

}  // namespace

std::string_view name(Measure measure) noexcept {
  return kKinds[static_cast<std::size_t>(measure)].name;
}

MeasureUnit unit_of(Measure measure) noexcept {
  return kKinds[static_cast<std::size_t>(measure)].unit;
}

std::string_view name(MeasureUnit unit) noexcept {
  switch (unit) {
    case MeasureUnit::per_h:
      return "per_h";
    case MeasureUnit::min_per_h:
      return "min_per_h";
    case MeasureUnit::share:
      return "share";
    case MeasureUnit::s:
      return "s";
  }
  return "";
}

void CallSums::add(const CallNumbers& call) {
  calls += 1.0;
  duration_s += call.duration_s;
  both_voices_s += call.both_voices_s;
  customer_talk_s += call.customer_talk_s;
  overtalk_s += call.overtalk_s;
  silence_s += call.silence_s;
  distress_s += call.distress_s;
  distressed += call.has(Party::customer, CueKind::distress) ? 1.0 : 0.0;
  upset += call.recovered ? 1.0 : 0.0;
  recovered += call.recovered.value_or(false) ? 1.0 : 0.0;
  if (call.calm_s) {
    calmed += 1.0;
    log_calm_s += std::log(std::max(static_cast<double>(*call.calm_s), kLeastCalmS));
  }
  if (!call.conduct_visible) return;
  conduct.both_voices_s += call.both_voices_s;
  conduct.agent_talk_s += call.agent_talk_s;
  conduct.customer_talk_s += call.customer_talk_s;
  conduct.agent_interruptions += call.agent_interruptions;
  conduct.customer_interruptions += call.customer_interruptions;
  if (!call.live) return;
  conduct.live_s += call.duration_s;
  conduct.alerts += call.alerts;
  conduct.helpful += call.helpful;
  conduct.not_now += call.not_now;
  conduct.wrong += call.wrong;
}

CallSums& CallSums::operator+=(const CallSums& other) noexcept {
  for_each_field(*this, other, [](double& mine, double theirs) { mine += theirs; });
  return *this;
}

CallSums& CallSums::operator-=(const CallSums& other) noexcept {
  for_each_field(*this, other, [](double& mine, double theirs) { mine -= theirs; });
  return *this;
}

std::optional<double> value_of(Measure measure, const CallSums& sums) noexcept {
  constexpr double kNothing = 1e-6;  // What taking sums away from sums may leave.
  const Fraction fraction = fraction_of(measure, sums);
  if (!(fraction.denominator > kNothing)) return std::nullopt;
  const double value = fraction.numerator / fraction.denominator;
  return measure == Measure::time_to_calm_s ? std::exp(value) : value;
}

double events_of(Measure measure, const CallSums& sums) noexcept {
  const Fraction fraction = fraction_of(measure, sums);
  switch (measure) {
    case Measure::interruptions_per_h:
    case Measure::interruptions_by_customer_per_h:
    case Measure::alerts_per_h:
      return fraction.numerator / kHourS;
    case Measure::distress_min_per_h:
      return sums.distressed;
    case Measure::distress_share:
    case Measure::recovered_share:
    case Measure::helpful_share:
      return std::min(fraction.numerator, fraction.denominator - fraction.numerator);
    case Measure::time_to_calm_s:
      return sums.calmed;
    case Measure::silence_share:
    case Measure::overtalk_share:
    case Measure::agent_talk_share:
      return sums.calls;
  }
  return 0.0;
}

}  // namespace tonecue
