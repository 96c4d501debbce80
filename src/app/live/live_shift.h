/// @file
/// One call after another, on a line that stays open.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "live_call.h"
#include "live_desk.h"
#include "live_line.h"
#include "live_room.h"
#include "rewinding_source.h"
#include "tonecue/alerts/alert_history.h"
#include "tonecue/core/result.h"
#include "tonecue/report/call_report.h"

namespace tonecue {

/// One call with all who hear of it: told when it is over, and not yet written.
Result<LiveCall> hear_with_audience(const LiveRoom& room, LiveLine& line, AudioSource& source,
                                    LiveDesk& desk, const LiveCallConfig& config,
                                    const AlertHistory& history);

/// The end of a call, and its sound, put into the store, if there is one; what fails is told.
void store_end(const LiveRoom& room, LiveCall& call);

/// The calls of a shift. Each begins when the customer is heard, with the seconds before that, and
/// has a page and a JSON file of its own; what the agent was told, and asked for, goes on from call
/// to call. An answer that comes when a call is already over is still written to its file, and into
/// the store.
///
/// A call that cannot be written is told, and does not end the shift.
///
/// Threads: belongs to the one that analyses.
class LiveShift {
 public:
  /// @param config  Its ends_by_silence and captured_at are the shift's.
  LiveShift(const LiveRoom& room, LiveLine& line, LiveDesk& desk, LiveCallConfig config);

  LiveShift(const LiveShift&) = delete;  // The configuration asks this one.
  LiveShift& operator=(const LiveShift&) = delete;

  /// Until the source ends or the console's stop is set.
  Result<void> hear();

 private:
  Result<void> hear_call_now();
  void begin_call();
  void tell_between(const DeviceNotice& notice);
  void take_between(const DeskWish& wish, std::int64_t waited_ms);
  void add_late_answer(AlertAnswer answer, std::int64_t now_ms);
  void write();

  const LiveRoom& room_;
  LiveLine& line_;
  LiveDesk& desk_;
  RewindingSource source_;
  LiveCallConfig config_;
  AlertHistory history_;                // In the time of the last call.
  std::int64_t begun_ms_ = 0;           // That call, after the begin of the shift.
  CallReport last_;                     // Its report; duration 0 before the first.
  std::unique_ptr<CallKeeper> keeper_;  // Of that call; none: it is not stored.
  std::string json_file_;               // Where that is; empty: nowhere.
};

}  // namespace tonecue
