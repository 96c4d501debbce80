/// @file
/// The events of the agent's page as JSON, each on one line (docs/desk_page.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "desk_state.h"
#include "tonecue/core/result.h"
#include "tonecue/server/desk_server.h"

namespace tonecue {

std::string hello_json(const DeskConfig& config, const DeskState& state);
std::string moment_json(const DeskMoment& moment);
std::string segment_json(const SpeechSegment& segment);
std::string overlap_json(const Overlap& overlap);
std::string card_json(const Card& card);
std::string clear_json(int id, std::int64_t at_ms);
std::string answer_json(const AlertAnswer& answer);
std::string notice_json(const DeviceNotice& notice);

/// {"error": "one line"}
std::string error_json(std::string_view message);

/// The body of POST /answers: {"alert": 3, "answer": "not_now", "snooze_min": 10}. Strict: no other
/// key, no other type; snooze_min is 2, 10 or 60, goes with not_now and may be left out.
/// @return `invalid_argument` with one line on what is wrong.
Result<AlertAnswer> parse_answer(std::string_view body);

/// The same object on one line.
/// @return `invalid_argument` when it is no JSON object.
Result<std::string> on_one_line(std::string_view json_object);

}  // namespace tonecue
