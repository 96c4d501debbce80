#include "audio/stream_clock.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace tonecue {
namespace {

constexpr double kWindowS = 1.0;

// Four bursts of four blocks of 10 ms: short enough for a stream that comes back to lose nothing.
constexpr double kSettleS = 0.16;
constexpr int kSettleCount = 4;

// Later than this while settling, it was not late: what came before was something else.
constexpr double kFalseStartS = 0.1;

// The steps of a clock, as the header tells. Null sinks of sound servers that play come up to 7 ms
// later, second by second, and back at once: no step.
constexpr double kEarlyS = 0.002;
constexpr double kLateS = 0.005;
constexpr int kLateWindows = 8;
constexpr double kVeryLateS = 0.05;
constexpr double kVeryLateForS = 0.3;

// Steps to one side, each so soon after the one before, are a wrong rate, and not losses.
constexpr int kStepsOfWrongRate = 3;
constexpr double kStepAgainS = 15.0;
constexpr int kLearningWindows = 10;
constexpr int kBlindWindows = 2;

// How the least late of a hundred callbacks varies, when each is up to 20 ms late.
constexpr double kReadingNoiseS = 3e-4;

// Up to so much a reading may be late and count in full.
constexpr double kUsualS = 5e-4;

// Crystals: made to 100 ppm, and seen to 300 in cheap headsets; with the room's temperature they
// wander by some ppm in a minute. The ratio of the latter to the noise makes the loop's memory:
// about a minute.
constexpr double kRateSpread = 3e-4;
constexpr double kRateWanderPerRootS = 5e-7;

constexpr double kAnyRate = 0.1;  // 48 kHz told as 44.1 kHz.

// What is late by more than this part of the time since has lost sound, whatever the rate.
constexpr double kLossPart = 0.15;

constexpr double square(double value) { return value * value; }

}  // namespace

void StreamClock::Window::open(const Arrival& first) noexcept {
  start_s = first.time_s;
  count = 1;
  best = first;
}

void StreamClock::Window::add(const Arrival& arrival) noexcept {
  if (count == 0) return open(arrival);
  ++count;
  if (arrival.late_s < best.late_s) best = arrival;
}

StreamClock::StreamClock(int nominal_rate_hz) noexcept : nominal_period_s_(1.0 / nominal_rate_hz) {
  assert(nominal_rate_hz > 0);
}

void StreamClock::observe(std::int64_t sample_times, std::int64_t arrival_ns) noexcept {
  if (!came_) epoch_ns_ = arrival_ns;
  came_ = true;
  Arrival arrival{static_cast<double>(sample_times),
                  static_cast<double>(arrival_ns - epoch_ns_) * 1e-9};
  arrival.late_s = arrival.time_s - predicted_s(arrival.sample_time);
  if (!settled_) return settle(arrival);
  if (learning_ == 0 && watch_lateness(arrival)) return;
  if (first_second_ && arrival.late_s < 0.0) {
    set_time(arrival);
    arrival.late_s = 0.0;
    second_.best = arrival;
  }
  if (second_.count > 0 && arrival.time_s - second_.start_s >= kWindowS) close_window();
  second_.add(arrival);
}

double StreamClock::time_ns(double sample_time) const noexcept {
  return static_cast<double>(epoch_ns_) + predicted_s(sample_time) * 1e9;
}

double StreamClock::sample_at(double time_ns) const noexcept {
  const double since_s = (time_ns - static_cast<double>(epoch_ns_)) * 1e-9 - time_s_;
  return sample_time_ + since_s / (nominal_period_s_ * (1.0 + slowness_));
}

double StreamClock::drift_ppm() const noexcept { return (1.0 / (1.0 + slowness_) - 1.0) * 1e6; }

double StreamClock::predicted_s(double sample_time) const noexcept {
  return time_s_ + (sample_time - sample_time_) * nominal_period_s_ * (1.0 + slowness_);
}

/// The time is as sure as a reading can be, and says nothing of the rate.
void StreamClock::set_time(const Arrival& arrival) noexcept {
  sample_time_ = arrival.sample_time;
  time_s_ = arrival.time_s;
  time_variance_ = square(kReadingNoiseS);
  shared_variance_ = 0.0;
}

/// Takes the earliest callback so far for the truth, and what stays far behind it for a new start.
void StreamClock::settle(const Arrival& arrival) noexcept {
  const bool start = second_.count == 0 || arrival.late_s > kFalseStartS;
  if (start || arrival.late_s < 0.0) set_time(arrival);
  if (start) {
    second_.open(arrival);
  } else {
    ++second_.count;
  }
  settled_ = second_.count >= kSettleCount && arrival.time_s - second_.start_s >= kSettleS;
  if (!settled_) return;
  second_ = {};
  rate_variance_ = square(kRateSpread);
}

/// @return Whether the clock was set.
bool StreamClock::watch_lateness(const Arrival& arrival) noexcept {
  if (arrival.late_s <= kVeryLateS) {
    late_ = {};
    return false;
  }
  late_.add(arrival);
  const bool lasting = arrival.time_s - late_.start_s >= kVeryLateForS;
  if (lasting) step_to(late_.best, true);
  return lasting;
}

void StreamClock::close_window() noexcept {
  const Arrival best = second_.best;
  second_ = {};
  if (first_second_) {
    first_second_ = false;
    return set_time(best);
  }
  const double late_s = best.time_s - predicted_s(best.sample_time);
  if (learning_ > 0) return learn(best);
  late_windows_ = late_s > kLateS ? late_windows_ + 1 : 0;
  if (late_s < -kEarlyS || late_windows_ == kLateWindows) return step_to(best, late_s > 0.0);
  correct(best);
}

/// While the rate is far off, the first or the last callback of a second looks earliest: what lies
/// close to the one before says nothing of the rate, and the first readings are not trusted. Sound
/// may be lost meanwhile.
void StreamClock::learn(const Arrival& best) noexcept {
  const double elapsed_s = best.time_s - time_s_;
  if (elapsed_s < kWindowS / 2.0) return;
  const double late_s = best.time_s - predicted_s(best.sample_time);
  if (std::abs(late_s) > kLossPart * elapsed_s) return set_time(best);
  if (learning_ > kLearningWindows - kBlindWindows) rate_variance_ = square(kAnyRate);
  --learning_;
  correct(best);
}

/// A Kalman filter's step: the state is the time of a sample and the relative rate. The later a
/// reading, the less it is worth.
void StreamClock::correct(const Arrival& best) noexcept {
  const double elapsed_s = (best.sample_time - sample_time_) * nominal_period_s_;
  const double before_s = predicted_s(best.sample_time);
  time_variance_ += elapsed_s * (2.0 * shared_variance_ + elapsed_s * rate_variance_);
  shared_variance_ += elapsed_s * rate_variance_;
  rate_variance_ += std::abs(elapsed_s) * square(kRateWanderPerRootS);

  const double late_s = best.time_s - before_s;
  const double too_late_s = learning_ > 0 ? 0.0 : std::max(0.0, late_s - kUsualS);
  const double reading_variance = time_variance_ + square(kReadingNoiseS + too_late_s);
  const double time_gain = time_variance_ / reading_variance;
  const double rate_gain = shared_variance_ / reading_variance;
  sample_time_ = best.sample_time;
  time_s_ = before_s + time_gain * late_s;
  slowness_ += rate_gain * late_s;
  rate_variance_ -= rate_gain * shared_variance_;
  shared_variance_ *= 1.0 - time_gain;
  time_variance_ *= 1.0 - time_gain;
}

void StreamClock::step_to(const Arrival& arrival, bool late) noexcept {
  const bool again =
      late == stepped_late_ && steps_in_row_ > 0 && arrival.time_s - stepped_s_ < kStepAgainS;
  steps_in_row_ = again ? steps_in_row_ + 1 : 1;
  stepped_late_ = late;
  stepped_s_ = arrival.time_s;
  ++steps_;
  set_time(arrival);
  first_second_ = true;
  late_windows_ = 0;
  second_ = {};
  late_ = {};
  if (steps_in_row_ < kStepsOfWrongRate) return;
  steps_in_row_ = 0;
  learning_ = kLearningWindows;
}

}  // namespace tonecue
