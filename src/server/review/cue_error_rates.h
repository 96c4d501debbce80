/// @file
/// How often cues are right.
#pragma once

#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace tonecue {

/// By kind of cue: {"interruption": {"text", "precision": 0.93 or null, "measured_on"}, ...}, for
/// every kind. What was not measured says so; no figure is told of a distress model or of
/// thresholds other than those that it was measured with.
/// @param model  DistressJudge::model
nlohmann::ordered_json cue_error_rates_json(std::string_view model, bool site_calibrated);

}  // namespace tonecue
