/// @file
/// Where one call ends and the next begins, on a line that stays open all shift.
#pragma once

#include <cstdint>

#include "tonecue/pipeline/call_listener.h"

namespace tonecue {

struct CallBoundaryConfig {
  /// Nobody speaks for so long: the call is over. Longer than a look-up in a slow system.
  int both_silent_s = 60;
  /// The customer says nothing for so long, though the agent speaks (to a colleague, by then).
  int customer_silent_s = 180;
};

/// A desk hears no dial tone: whether there is a call is told by who speaks. A call has begun when
/// the customer was heard for a second; the agent alone may be talking across the room. A cough now
/// and then does not add up to a customer: 20 s without one and the count begins anew.
///
/// Real-time: nothing allocates. Threads: one object belongs to one thread.
class CallBoundary : public CallListener {
 public:
  explicit CallBoundary(const CallBoundaryConfig& config = {}) noexcept : config_(config) {}

  void on_turn(const TurnFrame& frame) noexcept override;

  /// There is a call.
  bool begun() const noexcept;

  /// There was one, and it is over.
  bool over() const noexcept;

 private:
  CallBoundaryConfig config_;
  std::int64_t customer_speech_hops_ = 0;
  std::int64_t customer_silent_hops_ = 0;
  std::int64_t both_silent_hops_ = 0;
};

}  // namespace tonecue
