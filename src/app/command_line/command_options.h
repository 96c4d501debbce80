/// @file
/// Options that several commands have.
#pragma once

#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "command_line.h"
#include "tonecue/audio/file_source.h"
#include "tonecue/core/number_text.h"
#include "tonecue/core/party.h"

namespace tonecue {

/// For CLI11: a check that is empty for a number in this range, else says that it is no `what`.
inline auto is_number_in(double least, double most, const std::string& what) {
  return [=](const std::string& text) {
    const auto number = parse_number<double>(text);
    const bool within = number && *number >= least && *number <= most;  // NaN fails.
    return within ? std::string{} : text + " is no " + what;
  };
}

/// --agent-channel
void add_recording(CLI::App& command, RecordingConfig& recording);

/// --party
CLI::Option* add_party(CLI::App& command, std::optional<Party>& party, const std::string& what);

/// --store, and what is known of the call that goes there.
void add_keeping(CLI::App& command, KeepingOptions& keeping);

/// An option that names a file to write.
void add_target(CLI::App& command, const std::string& option, std::string& target,
                const std::string& what);

/// --force
void add_force(CLI::App& command, bool& force);

/// --jobs; `jobs` becomes its default, the number of cores.
void add_jobs(CLI::App& command, int& jobs);

/// --line-delay-ms
void add_line_delay(CLI::App& command, std::optional<int>& line_delay_ms);

/// --config
void add_config_file(CLI::App& command, std::string& config);

}  // namespace tonecue
