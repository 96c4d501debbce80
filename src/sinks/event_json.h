/// @file
/// The events of a call as JSON (docs/events.md).
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

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

/// The line of json_lines: the event's name, then its fields. Whatever bytes the texts hold, it is
/// one line of JSON with its end.
std::string event_line(std::string_view event, const Json& fields);

/// The first line of a call, the last, and the one that tells of dropped lines.
std::string call_line(std::chrono::system_clock::time_point started);
std::string end_line(std::int64_t dropped_lines);
std::string dropped_line(std::int64_t lines);

/// The body of a webhook's message.
std::string webhook_body(std::string_view type, std::string_view call, const Json& data,
                         std::chrono::system_clock::time_point made);

}  // namespace tonecue
