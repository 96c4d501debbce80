#include "audio/timeline/stream_clock.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace tonecue {
namespace {

constexpr double kWindowS = 1.0;

// Four bursts of four blocks of 10 ms: short enough for a stream that comes back to lose nothing.
constexpr double kSettleS = 0.16;
constexpr int kSettleCount = 4;

// Later than this while settling, it was not late: what came before was something else.
constexpr double kFalseStartS = 0.1;

// The steps of a clock, as the header tells.
constexpr double kEarlyS = 0.002;
constexpr double kLateS = 0.005;
constexpr double kLevelS = 0.003;
constexpr int kLevelWindows = 8;
constexpr double kEasedS = 0.002;
constexpr int kLateWindows = 60;
constexpr double kVeryLateS = 0.05;
constexpr double kVeryLateForS = 0.3;

// A rate that was told wrong: no crystal makes seconds in a row that are each so much earlier than
// the line of those before.
constexpr double kFastS = 1e-4;
constexpr int kFastWindows = 10;

// Steps to one side, each so soon after the one before, are a wrong rate, and not losses.
constexpr int kStepsOfWrongRate = 3;
constexpr double kStepAgainS = 15.0;
constexpr int kLearningWindows = 10;

// Crystals: made to 100 ppm, and seen to 300 in cheap headsets; the first seconds may tell 200
// more.
constexpr double kMostOff = 5e-4;

// Fewer seconds tell a rate only as long as nothing says otherwise.
constexpr std::size_t kSureSeconds = 10;

constexpr double kAnyRate = 0.1;  // 48 kHz told as 44.1 kHz.

// What is late by more than this part of the time since has lost sound, whatever the rate.
constexpr double kLossPart = 0.15;

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
  if (second_.count > 0 && arrival.time_s - second_.start_s >= kWindowS) {
    close_window();
    arrival.late_s = arrival.time_s - predicted_s(arrival.sample_time);
  }
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

double StreamClock::nominal_s(const Arrival& arrival) const noexcept {
  return arrival.sample_time * nominal_period_s_;
}

void StreamClock::set_time(const Arrival& arrival) noexcept {
  sample_time_ = arrival.sample_time;
  time_s_ = arrival.time_s;
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
  if (settled_) second_ = {};
}

/// @return Whether the clock was set.
bool StreamClock::watch_lateness(const Arrival& arrival) noexcept {
  if (arrival.late_s <= kVeryLateS) {
    late_ = {};
    return false;
  }
  late_.add(arrival);
  const bool lasting = arrival.time_s - late_.start_s >= kVeryLateForS;
  if (!lasting) return false;
  const bool grew = late_run_.count >= kLevelWindows && !late_run_.eased &&
                    late_run_.last.late_s > kVeryLateS / 2.0;
  if (grew) begin_learning();
  step_to(late_.best, true);
  return true;
}

void StreamClock::LateRun::add(const Arrival& best) noexcept {
  if (count == 0 || best.late_s < least.late_s) least = best;
  eased = eased || (count > 0 && best.late_s < last.late_s - kEasedS);
  last = best;
  ++count;
  ++level_count;
  if (count > 1 && std::abs(best.late_s - level_s) < kLevelS) return;
  level_s = best.late_s;
  level_count = 1;
}

void StreamClock::close_window() noexcept {
  Arrival best = second_.best;
  second_ = {};
  best.late_s = best.time_s - predicted_s(best.sample_time);
  const bool first = std::exchange(first_second_, false);
  if (learning_ > 0) return learn(best);
  if (!first && watch_seconds(best)) return;
  correct(best, kMostOff);
}

/// @return Whether the clock was set.
bool StreamClock::watch_seconds(const Arrival& best) noexcept {
  early_in_row_ = best.late_s < -kFastS ? early_in_row_ + 1 : 0;
  if (best.late_s < -kEarlyS) {
    step_to(best, false);
    return true;
  }
  if (best.late_s <= kLateS) {
    late_run_ = {};
  } else {
    late_run_.add(best);
  }
  const bool slow = late_run_.count == kLateWindows && !late_run_.eased;
  if (slow || early_in_row_ == kFastWindows) {
    begin_learning();
    return true;
  }
  const bool level = late_run_.level_count == kLevelWindows;
  if (!level && late_run_.count < kLateWindows) return false;
  step_to(level ? best : late_run_.least, true);
  return true;
}

/// While the rate is far off, the first or the last callback of a second looks earliest: what lies
/// close to the one before says nothing of the rate. Sound may be lost meanwhile.
void StreamClock::learn(const Arrival& best) noexcept {
  const double elapsed_s = best.time_s - time_s_;
  if (elapsed_s < kWindowS / 2.0) return;
  if (std::abs(best.late_s) > kLossPart * elapsed_s) {
    earliest_.clear();
    earliest_.push({nominal_s(best), best.time_s});
    return set_time(best);
  }
  correct(best, kAnyRate);
  if (--learning_ == 0) learnt_slowness_ = sure_slowness_ = slowness_;
}

void StreamClock::begin_learning() noexcept {
  learning_ = kLearningWindows;
  learnt_slowness_ = 0.0;
  late_run_ = {};
  early_in_row_ = 0;
  steps_in_row_ = 0;
  earliest_.clear();
}

/// Draws the line anew. Where it is none that a crystal makes, the rate is the last that was sure.
void StreamClock::correct(const Arrival& best, double range) noexcept {
  earliest_.push({nominal_s(best), best.time_s});
  auto fitted = earliest_.fit(0.0, kMostOff);
  if (fitted && earliest_.size() >= kSureSeconds) learnt_slowness_ = 0.0;
  if (!fitted) fitted = earliest_.fit(learnt_slowness_, range);
  const auto line = fitted ? *fitted : earliest_.with(sure_slowness_);
  sample_time_ = best.sample_time;
  time_s_ = line.time_s;
  slowness_ = line.slowness;
  if (fitted && earliest_.size() >= kSureSeconds) sure_slowness_ = slowness_;
}

void StreamClock::step_to(const Arrival& arrival, bool late) noexcept {
  const bool again =
      late == stepped_late_ && steps_in_row_ > 0 && arrival.time_s - stepped_s_ < kStepAgainS;
  steps_in_row_ = again ? steps_in_row_ + 1 : 1;
  stepped_late_ = late;
  stepped_s_ = arrival.time_s;
  ++steps_;
  if (late) earliest_.delay(arrival.late_s);
  earliest_.push({nominal_s(arrival), arrival.time_s});
  set_time(arrival);
  first_second_ = true;
  late_run_ = {};
  second_ = {};
  late_ = {};
  if (steps_in_row_ == kStepsOfWrongRate) begin_learning();
}

}  // namespace tonecue
