/// @file
/// The desktop's notifications.
#pragma once

#include <memory>
#include <string>

#include "tonecue/core/result.h"
#include "tonecue/sinks/complaint.h"

namespace tonecue {

struct Notification {
  int id = 0;
  std::string summary;
  std::string body;
  bool urgent = false;  ///< Of normal urgency, not low.
};

/// Shows and closes notifications by the program's own numbers. After the first failure it is
/// silent.
///
/// Threads: one object belongs to one thread at a time.
class NotificationBus {
 public:
  /// @return `unsupported` when the program was built without libnotify.
  static Result<std::unique_ptr<NotificationBus>> create(Complaint complain);

  virtual ~NotificationBus() = default;
  virtual void show(const Notification& notification) noexcept = 0;
  virtual void close(int id) noexcept = 0;
  virtual void close_all() noexcept = 0;
};

}  // namespace tonecue
