/// @file
/// A recording, understood.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "tonecue/app/call_player.h"
#include "tonecue/audio/file_source.h"
#include "tonecue/core/result.h"
#include "tonecue/pipeline/call_listener.h"
#include "tonecue/pipeline/call_session.h"
#include "tonecue/report/call_report.h"

namespace tonecue {

/// As fast as it can, `on_progress` told how much is done, [0, 1], where the recording tells its
/// length. Refers to `on_progress`.
PlayConfig play_telling(const RecordingInfo& info, const std::function<void(float)>& on_progress);

struct HeardCall {
  CallReport report;
  std::vector<std::string> warnings;  ///< What was wrong with the recording, one line each.
  bool whole = true;                  ///< The recording did not end before its time.
};

/// @param on_progress  Told how much is done, [0, 1], where the recording tells its length.
/// @param beside  Hears all of the call as well; may be null.
Result<HeardCall> analyze_call(const std::string& path, const RecordingConfig& recording,
                               const SessionConfig& config, const std::atomic<bool>& stop,
                               const std::function<void(float)>& on_progress,
                               CallListener* beside = nullptr);

}  // namespace tonecue
