/// @file
/// One call, several listeners.
#pragma once

#include <span>

#include "tonecue/pipeline/call_listener.h"

namespace tonecue {

/// Tells each event to all its listeners, in their order, on the caller's thread.
///
/// Real-time: as its listeners are; itself it does nothing but call them.
/// Threads: one object belongs to one thread.
class CallBroadcast : public CallListener {
 public:
  /// @param listeners  They, and the list itself, outlive the broadcast.
  explicit CallBroadcast(std::span<CallListener* const> listeners) noexcept
      : listeners_(listeners) {}

  void on_hop(const CallHop& hop) noexcept override {
    for (CallListener* listener : listeners_) listener->on_hop(hop);
  }
  void on_frame(const CallFrame& frame) noexcept override {
    for (CallListener* listener : listeners_) listener->on_frame(frame);
  }
  void on_turn(const TurnFrame& frame) noexcept override {
    for (CallListener* listener : listeners_) listener->on_turn(frame);
  }
  void on_cue(const CueChange& change) noexcept override {
    for (CallListener* listener : listeners_) listener->on_cue(change);
  }
  void on_alert(const Alert& alert) noexcept override {
    for (CallListener* listener : listeners_) listener->on_alert(alert);
  }
  void on_answer(const AlertAnswer& answer) noexcept override {
    for (CallListener* listener : listeners_) listener->on_answer(answer);
  }
  void on_notice(const DeviceNotice& notice) noexcept override {
    for (CallListener* listener : listeners_) listener->on_notice(notice);
  }

 private:
  std::span<CallListener* const> listeners_;
};

}  // namespace tonecue
