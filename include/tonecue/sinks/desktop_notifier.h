/// @file
/// Alerts as notifications of the desktop.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "tonecue/alerts/open_alerts.h"
#include "tonecue/core/result.h"
#include "tonecue/pipeline/call_listener.h"
#include "tonecue/pipeline/listener_thread.h"
#include "tonecue/sinks/complaint.h"

namespace tonecue {

class NotificationBus;

/// Shows each delivered alert by the desktop's own notifications (libnotify), without a sound: of
/// low urgency, of normal urgency for distress. One closes itself when what it is about is over,
/// but stays long enough to be read; all close when the call ends.
///
/// Where there is no desktop it says so once and does nothing more.
///
/// Threads: runs behind a ListenerThread (a desktop that hangs blocks it), and is destroyed when
/// that has stopped.
class DesktopNotifier : public CallListener {
 public:
  static constexpr Interest kInterest = {.turns = true};  // The time.

  /// @return `unsupported` when the program was built without libnotify.
  static Result<DesktopNotifier> create(Complaint complain);

  void on_turn(const TurnFrame& frame) noexcept override;
  void on_cue(const CueChange& change) noexcept override;
  void on_alert(const Alert& alert) noexcept override;

  DesktopNotifier(DesktopNotifier&&) noexcept;
  DesktopNotifier& operator=(DesktopNotifier&&) noexcept;
  ~DesktopNotifier() override;

 private:
  struct Shown {
    int alert_id = 0;
    std::int64_t at_ms = 0;
    bool over = false;
  };
  explicit DesktopNotifier(std::unique_ptr<NotificationBus> bus) noexcept;
  void mark_over(std::span<const ClearedAlert> cleared) noexcept;

  std::unique_ptr<NotificationBus> bus_;
  OpenAlerts open_;
  std::vector<Shown> shown_;
};

}  // namespace tonecue
