#include "command_groups.h"
#include "command_options.h"

namespace tonecue {

void add_practice(CommandList commands, PracticeOptions& options) {
  CLI::App& command = add_command(
      commands, "practice", "Practise with a recorded customer, who answers you",
      "You hear the customer in your headset and answer into the microphone. They wait until you\n"
      "have answered, speak on when you speak over them, and come back after 6 s if you say\n"
      "nothing. Reminders are shown as in a call. Afterwards you see how it went; nothing is kept\n"
      "unless you ask with --json or --html. CALL is a name that --list shows, or a recording of\n"
      "two channels.\n\n"
      "Examples:\n"
      "  tonecue practice --list\n"
      "  tonecue practice distressed\n"
      "  tonecue practice distressed --json second.json --against first.json",
      options);
  CLI::Option* list =
      command.add_flag("--list", options.list, "Show the calls that come with tonecue");
  command.add_option("CALL", options.scenario, "Whose customer to practise with");
  add_recording(command, options.recording);
  command
      .add_option("--agent-device", options.agent_device,
                  "Your microphone, by number or part of its name (default: the system's)")
      ->type_name("NAME");
  command
      .add_option("--output", options.output,
                  "Your headset, by number or part of its name (default: the system's)")
      ->type_name("NAME");
  command
      .add_option("--against", options.against,
                  "Show an earlier attempt beside this one, as --json kept it")
      ->type_name("FILE");
  add_target(command, "--json", options.json, "How it went, as JSON; without your own summary");
  add_target(command, "--html", options.html, "A page with both voices drawn; without the summary");
  add_force(command, options.force);
  add_config_file(command, options.config);
  command.callback([&options, &chosen = commands.chosen, list] {
    if (options.scenario.empty() && list->count() == 0) {
      throw CLI::ValidationError("CALL is missing: a recording, or a name that --list shows");
    }
    chosen = options;
  });
}

}  // namespace tonecue
