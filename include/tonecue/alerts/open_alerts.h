/// @file
/// Which alerts are about something that still goes on.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "tonecue/alerts/alert.h"
#include "tonecue/cues/cue_change.h"

namespace tonecue {

/// Whoever shows an alert leaves it there this long, even when it is cleared sooner: most
/// interruptions are over within a second and a recovery at once, and a line takes longer to read.
inline constexpr std::int64_t kLeastShownMs = 6'000;

/// What a delivered alert was about is over.
struct ClearedAlert {
  int id = 0;  ///< Of the alert.
  std::int64_t at_ms =
      0;  ///< Call time at which its cue ended; not before the alert was delivered.
};

/// Finds the end of the cue behind each delivered alert, by kind, party and the time at which it
/// was raised. An alert that waited for a pause can be delivered after its cue ended: it is cleared
/// at once.
///
///     void on_cue(const CueChange& change) noexcept override {
///       for (const ClearedAlert& cleared : open_.take(change)) hide(cleared.id);
///     }
///     void on_alert(const Alert& alert) noexcept override {
///       if (alert.delivery == Delivery::delivered) show(alert);
///       for (const ClearedAlert& cleared : open_.take(alert)) hide(cleared.id);
///     }
///
/// Real-time: nothing allocates. Threads: one object belongs to one thread.
class OpenAlerts {
 public:
  /// @return The alerts that are over now; valid until the next call.
  std::span<const ClearedAlert> take(const CueChange& change) noexcept;

  /// One that was not delivered changes nothing.
  std::span<const ClearedAlert> take(const Alert& alert) noexcept;

 private:
  struct OpenAlert {
    int id = 0;
    std::int64_t at_ms = 0;
  };
  // An alert and its escalation. A third, which no policy gives, is cleared at once.
  static constexpr std::size_t kMostPerCue = 2;

  // The newest cue of one kind and party: the rules raise no second one while the first holds.
  struct Newest {
    std::int64_t raised_at_ms = -1;
    bool holds = false;
    std::array<OpenAlert, kMostPerCue> alerts{};
    std::size_t alert_count = 0;
  };
  Newest& newest(const Cue& cue) noexcept;
  void clear(Newest& cue, std::int64_t end_ms) noexcept;
  void tell(int id, std::int64_t at_ms) noexcept;

  PerParty<std::array<Newest, kCueKinds>> cues_;
  std::array<ClearedAlert, kMostPerCue + 1> cleared_{};
  std::size_t cleared_count_ = 0;
};

}  // namespace tonecue
