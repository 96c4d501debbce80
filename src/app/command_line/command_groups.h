/// @file
/// What each command can be told, one function per command.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "command_line.h"

namespace tonecue {

/// Where commands are added, and where the one that is given leaves its options.
struct CommandList {
  CLI::App& parent;
  Command& chosen;
};

/// @param examples  What the help ends with.
CLI::App& add_group(CLI::App& parent, const std::string& command, const std::string& what,
                    const std::string& examples);

/// @param options  Live as long as the parent; handed on once the line is read.
template <class Options>
CLI::App& add_command(CommandList commands, const std::string& command, const std::string& what,
                      const std::string& examples, const Options& options) {
  CLI::App& added = add_group(commands.parent, command, what, examples);
  added.callback([&chosen = commands.chosen, &options] { chosen = options; });
  return added;
}

// command_line_recordings.cpp
void add_analyze(CommandList commands, AnalyzeOptions& options);
void add_frames(CommandList commands, FramesOptions& options);
void add_distress(CommandList commands, DistressOptions& options);
void add_calibrate(CommandList commands, CalibrateOptions& options);
void add_replay_alerts(CommandList commands, ReplayAlertsOptions& options);

// command_line_live.cpp
void add_live(CommandList commands, LiveOptions& options);
void add_devices(CommandList commands, DevicesOptions& options);

// command_line_practice.cpp
void add_practice(CommandList commands, PracticeOptions& options);

// command_line_serve.cpp
void add_serve(CommandList commands, ServeOptions& options);
void add_audit_verify(CommandList commands, AuditVerifyOptions& options);
void add_people_add(CommandList commands, PeopleAddOptions& options);
void add_people_list(CommandList commands, PeopleListOptions& options);
void add_people_password(CommandList commands, PeoplePasswordOptions& options);

// command_line_settings.cpp
void add_config(CommandList commands, ConfigOptions& options);
void add_model_info(CommandList commands, ModelInfoOptions& options);
void add_model_verify(CommandList commands, ModelVerifyOptions& options);
void add_model_compare(CommandList commands, ModelCompareOptions& options);

}  // namespace tonecue
