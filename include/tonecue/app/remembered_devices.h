/// @file
/// The devices that a person chose once for all calls.
#pragma once

#include <string>
#include <string_view>

#include "tonecue/core/result.h"

namespace tonecue {

/// Section [devices] of a configuration file: names, as choose_input() takes them; empty: not
/// chosen.
struct RememberedDevices {
  std::string agent;     ///< The agent's microphone.
  std::string customer;  ///< What the headset plays.
  std::string output;    ///< The headset, for the tones.

  bool operator==(const RememberedDevices&) const = default;
};

/// The configuration file of this user: `tonecue/tonecue.toml` in $XDG_CONFIG_HOME, else in
/// ~/.config. Empty where the environment names no home.
std::string user_config_path();

/// The file that a command for the desk reads: the one that is named, else the user's where there
/// is one, else none (empty).
std::string desk_config_path(const std::string& named);

/// Reads [devices] alone. Strict, as parse_config() is.
/// @param file  For messages.
Result<RememberedDevices> parse_remembered_devices(std::string_view toml, std::string_view file);

/// Nothing chosen when `path` is empty, else parse_remembered_devices() of that file.
Result<RememberedDevices> load_remembered_devices(const std::string& path);

/// The text of a configuration file with these devices in it, and all else, comments too, as it
/// was. What is empty in `devices` stays as it was.
/// @return `invalid_argument` when the text is no configuration, or says [devices] in a form that
/// lines cannot be put into.
Result<std::string> with_devices(std::string_view toml, std::string_view file,
                                 const RememberedDevices& devices);

/// Puts the devices into a file, and makes it and its folder where they are not there.
Result<void> remember_devices(const std::string& path, const RememberedDevices& devices);

}  // namespace tonecue
