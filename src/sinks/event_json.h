/// @file
/// The events of a call as JSON (docs/events.md).
#pragma once

#include <chrono>
#include <string>

#include <nlohmann/json.hpp>

#include "tonecue/alerts/alert.h"
#include "tonecue/alerts/open_alerts.h"
#include "tonecue/audio/device_notice.h"
#include "tonecue/cues/cue_change.h"
#include "tonecue/turns/turn_frame.h"

namespace tonecue {

using Json = nlohmann::ordered_json;

Json event_json(const Alert& alert);
Json event_json(const ClearedAlert& cleared);
Json event_json(const AlertAnswer& answer);
Json event_json(const DeviceNotice& notice);
Json event_json(const CueChange& change);
Json event_json(const SpeechSegment& segment);
Json event_json(const Overlap& overlap);

/// On one line, whatever bytes the texts hold.
std::string one_line(const Json& json);

/// "2026-11-22T05:31:00Z"
std::string utc_time(std::chrono::system_clock::time_point time);

}  // namespace tonecue
