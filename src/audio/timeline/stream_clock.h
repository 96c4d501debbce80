/// @file
/// How fast a device really records, and when each of its samples was.
#pragma once

#include <cstdint>

#include "audio/timeline/earliest_arrivals.h"

namespace tonecue {

/// Estimates a device's true rate, and the time of any of its samples, from when its callbacks came
/// and how much they had brought by then. Sound cannot come before it was recorded, so lateness
/// only ever adds, and those callbacks tell the time that were least late: the least late of each
/// second is kept for three minutes, and the line below them all is the clock (EarliestArrivals). A
/// sound server may bring blocks late, in bursts, or each a little later than the one before until
/// a whole block is made up for: PulseAudio's null sinks are up to 30 ms late so, 1 to 2 ms more
/// each second.
///
/// A line whose rate no crystal has, more than 500 ppm off, is lateness that lasts: the rate stays
/// as it was until an early callback shows it. Lateness that grows more slowly than that is taken
/// for a rate until it was made up for twice within the three minutes.
///
/// It assumes that samples are counted without loss, or else that what was lost shows as lateness
/// that stays: lateness that nothing makes up for within 300 ms (of more than 50 ms), or that stays
/// within 3 ms for 8 s (of more than 5 ms), or that is never less for a minute, is a step of the
/// clock, and so is a second that was more than 2 ms too early. The rate is kept over a step. Three
/// steps to the same side, each within 15 s of the one before, or lateness that only grows, or
/// seconds that are each too early, mean that the rate told was wrong, and it is learnt anew. What
/// stays the same for good, the device's and the server's latency, it cannot see.
///
/// Real-time: never allocates, locks or throws.
/// Threads: one object belongs to one thread.
class StreamClock {
 public:
  /// @param nominal_rate_hz  What the device says; more than 0.
  explicit StreamClock(int nominal_rate_hz) noexcept;

  /// A callback came.
  /// @param sample_times  All that the device had brought by then. Never less than before.
  /// @param arrival_ns    Of a monotonic clock. Never earlier than before.
  void observe(std::int64_t sample_times, std::int64_t arrival_ns) noexcept;

  /// Whether a callback came at all. Without one there are no times.
  bool came() const noexcept { return came_; }

  /// Whether enough callbacks were seen (four, over 160 ms) for times that are right within some
  /// milliseconds.
  bool settled() const noexcept { return settled_; }

  /// When a sample was, in ns of the clock of the arrivals; fractions and the future too.
  double time_ns(double sample_time) const noexcept;

  /// Which sample was at a time.
  double sample_at(double time_ns) const noexcept;

  /// How much faster than it says the device is. Within a few ppm after some 10 s where callbacks
  /// come evenly, 20 s where they are up to 20 ms late; where they come later and later until a
  /// block is made up for, after that happened twice.
  double drift_ppm() const noexcept;

  /// Whether the rate is learnt anew, because it was told wrong.
  bool learning() const noexcept { return learning_ > 0; }

  /// How often the clock had to be set anew.
  std::int64_t steps() const noexcept { return steps_; }

 private:
  /// A callback, in seconds since epoch_ns_.
  struct Arrival {
    double sample_time = 0.0;
    double time_s = 0.0;
    double late_s = 0.0;  // Against the estimate when it came.
  };

  /// The earliest of a stretch of callbacks.
  struct Window {
    double start_s = 0.0;
    int count = 0;
    Arrival best{};

    void open(const Arrival& first) noexcept;
    void add(const Arrival& arrival) noexcept;
  };

  /// Seconds in a row that were late.
  struct LateRun {
    int count = 0;
    Arrival least{};
    Arrival last{};
    bool eased = false;    // One was less late than the one before.
    double level_s = 0.0;  // How late those of level_count are, about.
    int level_count = 0;

    void add(const Arrival& best) noexcept;
  };

  double predicted_s(double sample_time) const noexcept;
  double nominal_s(const Arrival& arrival) const noexcept;
  void set_time(const Arrival& arrival) noexcept;
  void settle(const Arrival& arrival) noexcept;
  bool watch_lateness(const Arrival& arrival) noexcept;
  void close_window() noexcept;
  bool watch_seconds(const Arrival& best) noexcept;
  void learn(const Arrival& best) noexcept;
  void begin_learning() noexcept;
  void correct(const Arrival& best, double range) noexcept;
  void step_to(const Arrival& arrival, bool late) noexcept;

  double nominal_period_s_;
  std::int64_t epoch_ns_ = 0;
  bool came_ = false;
  bool settled_ = false;

  // The estimate: sample sample_time_ was at time_s_, and each lasts nominal_period_s_ * (1 +
  // slowness_).
  double sample_time_ = 0.0;
  double time_s_ = 0.0;
  double slowness_ = 0.0;
  double learnt_slowness_ = 0.0;  // What a crystal may be off from: 0, or of the wrong rate.
  double sure_slowness_ = 0.0;    // The last that enough seconds told.
  EarliestArrivals earliest_{};

  bool first_second_ = true;  // Since it settled or stepped: earlier callbacks count at once.
  Window second_{};           // The callbacks of the last second.
  Window late_{};             // Those since the last that was not very late.
  LateRun late_run_{};
  int early_in_row_ = 0;    // Seconds.
  int learning_ = 0;        // Seconds that are taken as they come.
  double stepped_s_ = 0.0;  // When the clock was last set, to which side, and how often in a row.
  bool stepped_late_ = false;
  int steps_in_row_ = 0;
  std::int64_t steps_ = 0;
};

}  // namespace tonecue
