/// @file
/// A recording, put into the store.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "app/analyze/call_analysis.h"
#include "keeping_rules.h"
#include "tonecue/audio/file_source.h"
#include "tonecue/core/result.h"
#include "tonecue/store/call_details.h"
#include "tonecue/store/store.h"

namespace tonecue {

struct IntakeCall {
  std::string path{};
  RecordingConfig recording{};
  CallDetails details{};  ///< With content_sha256. Without a begin: taken from the file's own time.
};

struct TakenCall {
  std::int64_t id = 0;
  HeardCall heard{};
  std::string sound_lost{};  ///< One line, when the sound was to be kept and is not.
};

/// Analyses the recording and stores the call, and its sound where the rules say so.
/// @return Nothing when `stop` was set before the end; then nothing is stored. `exists` when a call
/// of this content is there.
Result<std::optional<TakenCall>> take_in(Store& store, const KeepingRules& rules,
                                         const IntakeCall& call, const std::atomic<bool>& stop,
                                         const std::function<void(float)>& on_progress);

}  // namespace tonecue
