/// @file
/// Where a live call's alerts go besides the terminal and the page.
#pragma once

#include <string>
#include <string_view>

#include "tonecue/core/result.h"

namespace tonecue {

/// Section [sinks] of the configuration file. Files are told from the folder of that file, and are
/// absolute here.
struct SinkConfig {
  bool desktop = false;             ///< Notifications of the desktop.
  std::string json_lines;           ///< A file, a named pipe, or "-"; empty: none.
  std::string webhook_url;          ///< Empty: none.
  std::string webhook_secret_file;  ///< Empty: the environment has the secret.
  bool webhook_allow_private = false;
  bool webhook_allow_http = false;
};

/// Reads [sinks] alone; what is not said keeps its default. Strict, as parse_config() is.
/// @param file  For messages, and for its folder.
Result<SinkConfig> parse_sink_config(std::string_view toml, std::string_view file);

/// The defaults when `path` is empty, else parse_sink_config() of that file.
Result<SinkConfig> load_sink_config(const std::string& path);

/// The secret that signs the webhook: of the file that the configuration names, else of the
/// variable TONECUE_WEBHOOK_SECRET.
/// @return `not_found` when neither has one; `unreadable` when the file cannot be read.
Result<std::string> webhook_secret(const SinkConfig& config);

/// The section with its meanings as comments; parse_sink_config() reads it back.
std::string to_toml(const SinkConfig& config);

}  // namespace tonecue
