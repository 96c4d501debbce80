/// @file
/// Sections [serve], [privacy] and [retention] of a parsed configuration file.
#pragma once

#include <optional>
#include <string_view>

#include <toml++/toml.h>

#include "sink_section.h"
#include "tonecue/app/serve_config.h"

namespace tonecue {

/// Whether read_serve_section() is for this one.
bool is_serve_section(std::string_view name) noexcept;

/// @return The first mistake, when there is one.
std::optional<ConfigMistake> read_serve_section(std::string_view name, const toml::table& section,
                                                std::string_view file, ServeConfig& config);

}  // namespace tonecue
