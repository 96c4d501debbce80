#include "command_options.h"

#include <algorithm>
#include <thread>

#include "tonecue/turns/turn_config.h"

namespace tonecue {
namespace {

constexpr int kMostJobs = 256;

int all_cores() {
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, kMostJobs);
}

}  // namespace

void add_recording(CLI::App& command, RecordingConfig& recording) {
  command
      .add_option_function<std::string>(
          "--agent-channel",
          [&recording](const std::string& channel) {
            recording.agent_channel = channel == "left" ? Channel::left : Channel::right;
          },
          "Where the agent is: left (default) or right")
      ->check(CLI::IsMember({"left", "right"}))
      ->type_name("SIDE");
}

CLI::Option* add_party(CLI::App& command, std::optional<Party>& party, const std::string& what) {
  return command
      .add_option_function<std::string>(
          "--party",
          [&party](const std::string& chosen) {
            party = chosen == name(Party::agent) ? Party::agent : Party::customer;
          },
          what + ": agent or customer")
      ->check(CLI::IsMember({name(Party::agent), name(Party::customer)}))
      ->type_name("PARTY");
}

void add_keeping(CLI::App& command, KeepingOptions& keeping) {
  CLI::Option* store =
      command.add_option("--store", keeping.folder, "Also put the call into this store")
          ->type_name("DIR");
  const auto add = [&](const std::string& name, std::string& text, const std::string& what) {
    command.add_option(name, text, what + " (with --store)")->type_name("TEXT")->needs(store);
  };
  add("--agent-name", keeping.agent, "Who took the call");
  add("--team", keeping.team, "Whose supervisors see it");
  add("--queue", keeping.queue, "Where it came in");
  add("--caller-ref", keeping.caller_ref, "Your own word for the caller");
  add("--consent-ref", keeping.consent_ref, "Where it is written that the caller was told");
  command.add_flag("--keep-audio", keeping.keep_audio, "Keep the sound too (with --store)")
      ->needs(store);
}

void add_target(CLI::App& command, const std::string& option, std::string& target,
                const std::string& what) {
  command.add_option(option, target, what)->type_name("OUT");
}

void add_force(CLI::App& command, bool& force) {
  command.add_flag("--force", force, "Replace files that are there");
}

void add_jobs(CLI::App& command, int& jobs) {
  jobs = all_cores();
  command.add_option("--jobs", jobs, "Recordings to work on at once (default: one per core)")
      ->check(CLI::Range(1, kMostJobs))
      ->type_name("N");
}

void add_line_delay(CLI::App& command, std::optional<int>& line_delay_ms) {
  command
      .add_option("--line-delay-ms", line_delay_ms,
                  "How long sound travels to the customer, one way (default: 0)")
      ->check(CLI::Range(0, kMostLineDelayMs))
      ->type_name("N");
}

void add_config_file(CLI::App& command, std::string& config) {
  command.add_option("--config", config, "Thresholds, alerts and wording to use")
      ->type_name("FILE");
}

}  // namespace tonecue
