/// @file
/// Section [sinks] of a parsed configuration file.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <toml++/toml.h>

#include "tonecue/app/sink_config.h"

namespace tonecue {

/// A wrong line of a configuration file.
struct ConfigMistake {
  toml::source_index line = 0;
  std::string what;
};

/// @return The first mistake, when there is one.
std::optional<ConfigMistake> read_sink_section(const toml::table& section, std::string_view file,
                                               SinkConfig& config);

}  // namespace tonecue
