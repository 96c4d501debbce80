/// @file
/// What the sections of a configuration file share.
#pragma once

#include <string>
#include <string_view>

#include "tonecue/core/result.h"

namespace tonecue {

/// The bytes of a configuration file.
Result<std::string> read_config_text(const std::string& path);

/// A file that a configuration names, told from the configuration's own folder.
std::string place_beside(std::string_view config_file, const std::string& named);

/// Quoted, as TOML reads it back.
std::string toml_string(std::string_view text);

}  // namespace tonecue
