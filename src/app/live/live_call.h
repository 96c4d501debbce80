/// @file
/// One call at the desk, while it lasts.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "call_audience.h"
#include "latency_meter.h"
#include "live_desk.h"
#include "tonecue/alerts/alert_history.h"
#include "tonecue/audio/audio_source.h"
#include "tonecue/core/result.h"
#include "tonecue/pipeline/call_boundary.h"
#include "tonecue/pipeline/call_keeper.h"
#include "tonecue/pipeline/call_session.h"
#include "tonecue/report/call_report.h"

namespace tonecue {

struct LiveCallConfig {
  double speed = 0.0;            ///< As PlayConfig; 0 for devices, which bring their own pace.
  bool ends_by_silence = false;  ///< The line stays open: CallBoundary tells when the call is over.
  CallBoundaryConfig boundary{};
  PerParty<bool> present{true, true};
  std::int64_t begun_before_ms = 0;  ///< The call has gone on so long when it is heard.

  /// When the end of the newest block was recorded. None for a recording; it gives nothing for
  /// sound that is heard again.
  std::function<std::optional<std::chrono::steady_clock::time_point>()> captured_at{};
};

struct LiveCall {
  CallReport report;
  AlertHistory history;           ///< For the agent's next call, as of the start of this one.
  LatencyMeter latency;           ///< From the microphone to the end of the analysis.
  std::vector<std::string> lost;  ///< Of CallAudience::finish().
  std::unique_ptr<CallKeeper> keeper{};  ///< Has it in the store but for its end; null: no store.
};

/// Who hears of what happens while there is no call.
struct BetweenCalls {
  std::function<void(const DeviceNotice&)> on_notice;
  std::function<void(const DeskWish&, std::int64_t waited_ms)> on_wish;
};

/// Waits until the customer is heard.
/// @return Whether there is a call; false when the source ended or `stop` came first.
Result<bool> wait_for_call(AudioSource& source, const SessionConfig& session,
                           const LiveCallConfig& config, const BetweenCalls& meanwhile,
                           LiveDesk& desk, const std::atomic<bool>& stop);

/// Hears the call until its source ends, the agent ends it, it falls silent or `stop` is set, and
/// brings the audience to its end.
Result<LiveCall> hear_call(AudioSource& source, const SessionConfig& session,
                           const LiveCallConfig& config, const AlertHistory& history,
                           CallAudience& audience, LiveDesk& desk, const std::atomic<bool>& stop);

}  // namespace tonecue
