/// @file
/// What a team may set, as a TOML file.
#pragma once

#include <string>
#include <string_view>

#include "tonecue/core/result.h"
#include "tonecue/pipeline/call_session.h"

namespace tonecue {

/// Reads sections [turns], [conduct], [distress], [alerts] and [wording], and checks [sinks]
/// (sink_config.h), [devices], [serve], [privacy] and [retention] (serve_config.h); what is not
/// said keeps its default. A model file that [distress] names is loaded; a calibration is made
/// absolute, from the folder of `file`, and not read. Strict: an unknown key, a wrong type or a
/// value out of range is an error that names key, file and line.
/// @param file  For messages, and for its folder, from which the files that it names are found.
Result<SessionConfig> parse_config(std::string_view toml, std::string_view file);

/// The defaults when `path` is empty, else parse_config() of that file, with the figures of the
/// site's calibration that it names.
Result<SessionConfig> load_config(const std::string& path);

/// The same without the site's calibration, which need not be there nor fit the model: for who
/// fits it anew, or asks for the model alone.
Result<SessionConfig> load_uncalibrated_config(const std::string& path);

/// The whole configuration with units and ranges as comments; parse_config() reads it back.
std::string to_toml(const SessionConfig& config);

}  // namespace tonecue
