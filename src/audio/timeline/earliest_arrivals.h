/// @file
/// A device's rate and time from the least late of its callbacks.
#pragma once

#include <array>
#include <cstddef>
#include <optional>

namespace tonecue {

/// Keeps the least late callback of each second, and draws the line below all of them to which
/// they come nearest in sum (S. Moon, P. Skelly, D. Towsley, "Estimation and removal of clock skew
/// from network delay measurements", INFOCOM 1999). Lateness only ever adds, so the line rests on
/// those that were in time, however late the others were and for how long.
///
/// Real-time: never allocates, locks or throws. A fit takes some 10 us.
/// Threads: one object belongs to one thread.
class EarliestArrivals {
 public:
  /// A callback: what the device had brought by then, in seconds of the rate that it says, and
  /// when.
  struct Arrival {
    double brought_s = 0.0;
    double time_s = 0.0;
  };

  /// Of the newest arrival: when it would have come in time, and by how much more than a second a
  /// second of sound takes.
  struct Line {
    double time_s = 0.0;
    double slowness = 0.0;
  };

  void push(const Arrival& arrival) noexcept;
  void clear() noexcept;

  /// Sound was lost: what came before belongs so much later.
  void delay(double by_s) noexcept;

  std::size_t size() const noexcept { return size_; }

  /// @return Nothing where the slowness is not within `range` of `around`, or nothing tells it.
  std::optional<Line> fit(double around, double range) const noexcept;

  /// The line of a given slowness. Only when there are arrivals.
  Line with(double slowness) const noexcept;

 private:
  // Two times as long as it takes to make up for a block where that can be told from a rate: 30 ms
  // in 90 s are 330 ppm.
  static constexpr std::size_t kKept = 180;

  /// By how much the arrivals are above the line, in sum, and the newest one alone.
  struct Above {
    double sum_s = 0.0;
    double newest_s = 0.0;
  };

  Above above(double slowness) const noexcept;
  const Arrival& newest() const noexcept;

  std::array<Arrival, kKept> arrivals_{};
  std::size_t next_ = 0;
  std::size_t size_ = 0;
};

}  // namespace tonecue
