/// @file
/// What a call's cues had to reach.
#pragma once

#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace tonecue {

/// By kind of cue, of the configuration that the call was judged with: {"raised_voice": [{"name",
/// "value", "unit", "text"}, ...], ...}. `name` is the key of the configuration file. Empty for a
/// text that is no configuration.
/// @param settings_toml  CallMakers::settings_toml
nlohmann::ordered_json cue_thresholds_json(std::string_view settings_toml);

}  // namespace tonecue
