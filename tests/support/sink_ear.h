/// @file
/// When a sink plays what.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/child.h"
#include "support/sound_server.h"

namespace tonecue::test {

/// Listens to a sink and notes when each part was there, by this process's steady clock.
///
/// How late the recorder is must not count for what is measured, and must not be taken off it by
/// guess either. A sink renders by its own even clock, so sample n is there at a + n / rate; and no
/// part can arrive before it is there. The line is laid through the earliest arrival of all, which
/// makes it late, if at all, never early. The sink then holds what it rendered for up to its
/// latency, which the server tells: that is added, so heard_at() is the latest time at which a
/// device in the place of the sink would have played the sample.
class SinkEar {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr int kRateHz = 48000;

  SinkEar(const SoundServer& server, const std::string& sink);
  SinkEar(const SinkEar&) = delete;
  SinkEar& operator=(const SinkEar&) = delete;
  ~SinkEar();

  /// Ends listening; then come the questions.
  void stop();

  /// When the best fit of a sound (at kRateHz) begins to be heard, between two times.
  /// @return Empty when nothing there resembles it (correlation under 0.9).
  std::optional<Time> heard_at(std::span<const float> sound, Time from, Time to) const;

  /// That is in it: how long the sink may hold what it has rendered.
  std::chrono::microseconds sink_latency() const noexcept { return sink_latency_; }

 private:
  void read();
  Time time_of(std::size_t sample) const;
  std::size_t sample_at(Time time) const;

  std::string pipe_;
  std::chrono::microseconds sink_latency_{0};
  std::vector<float> samples_;
  std::vector<std::pair<std::size_t, Time>> arrivals_;  // Samples there so far, and when.
  Time start_{};                                        // Of sample 0, once stopped.
  std::optional<Child> recorder_;
  std::thread reader_;
  const SoundServer* server_;
  std::string sink_;
};

}  // namespace tonecue::test
