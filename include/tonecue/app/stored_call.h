/// @file
/// A call as its report tells it, for what is asked of it later.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/report/call_report.h"

namespace tonecue {

/// What it takes to ask what another alert policy would have said.
struct StoredCall {
  std::string file;
  std::int64_t duration_ms = 0;
  PerParty<std::optional<std::int64_t>> usual_ready_at_ms{};
  std::vector<SpeechSegment> agent_speech;  ///< By start.
  std::vector<Cue> cues;                    ///< By raised_at_ms; without their evidence.
  std::vector<AlertRecord> alerts;          ///< By at_ms.
};

StoredCall stored_call(CallReport report);

/// Reads what to_json() wrote (schema tonecue.call/1); keys that are not needed here are passed
/// over.
/// @param file  Only for messages.
/// @return `corrupt`, in one line that says what is missing or wrong.
Result<StoredCall> parse_stored_call(std::string_view json, std::string_view file);

/// @return `unreadable`, else parse_stored_call() of that file.
Result<StoredCall> load_stored_call(const std::string& path);

}  // namespace tonecue
