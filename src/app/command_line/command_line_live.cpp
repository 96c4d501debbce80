#include "command_groups.h"
#include "command_options.h"

namespace tonecue {
namespace {

constexpr double kFastestReplay = 1000.0;

void add_device_choice(CLI::App& command, LiveOptions& options, CLI::Option* replay) {
  CLI::Option* device =
      command
          .add_option("--device", options.device,
                      "One device for both voices, by number or a part of its name")
          ->type_name("DEVICE")
          ->excludes(replay);
  CLI::Option* agent =
      command.add_option("--agent-device", options.agent_device, "The agent's microphone")
          ->type_name("DEVICE")
          ->excludes(replay)
          ->excludes(device);
  command.add_option("--customer-device", options.customer_device, "What the headset plays")
      ->type_name("DEVICE")
      ->excludes(replay)
      ->excludes(device)
      ->needs(agent);
  agent->needs(command.get_option("--customer-device"));
}

}  // namespace

void add_live(CommandList commands, LiveOptions& options) {
  CLI::App& command = add_command(
      commands, "live", "Listen to a call as it goes, and tell the agent",
      "The agent's voice comes from the microphone, the customer's from what the headset plays: a\n"
      "monitor, loopback or second input. 'tonecue devices' shows what there is. A device with "
      "two\n"
      "channels may have both. Alerts are a card on a page of this machine, a soft tone in the\n"
      "headset and a line here; Ctrl-C ends the call.\n\n"
      "With --shift the program stays on: a call begins when the customer is heard, and is over\n"
      "after a minute in which nobody speaks. --json then names a folder.\n\n"
      "Examples:\n"
      "  tonecue live --agent-device \"USB Headset\" --customer-device \"Monitor of USB\" --open\n"
      "  tonecue live --shift --open\n"
      "  tonecue live --replay call.flac --open",
      options);
  CLI::Option* replay =
      command.add_option("--replay", options.replay, "Play this recording instead of a device")
          ->type_name("FILE");
  add_device_choice(command, options, replay);
  add_recording(command, options.recording);
  add_party(command, options.recording.party, "Whose voice a mono recording or device has");
  command
      .add_option("--speed", options.speed, "Times real time, 0 for as fast as it can (default: 1)")
      ->check(is_number_in(0.0, kFastestReplay, "speed from 0 to 1000"))
      ->type_name("N")
      ->needs(replay);
  command
      .add_option("--output", options.output,
                  "The headset that plays the tones (default: the system's)")
      ->type_name("NAME");
  command.add_flag("--no-sound", options.no_sound, "Play no tones");
  command.add_flag("--open", options.open, "Open the page in the browser");
  command.add_option("--port", options.port, "Of the page (default: any free one)")
      ->check(is_number_in(1, 65535, "port from 1 to 65535"))
      ->type_name("N");
  command.add_flag("--no-page", options.no_page, "Serve no page");
  command.add_flag("--shift", options.shift, "Stay on for call after call")->excludes(replay);
  add_target(command, "--json", options.json, "Everything, as JSON, when the call is over");
  add_force(command, options.force);
  add_keeping(command, options.keeping);
  add_config_file(command, options.config);
  add_line_delay(command, options.line_delay_ms);
}

void add_devices(CommandList commands, DevicesOptions& options) {
  CLI::App& command = add_command(
      commands, "devices", "List the audio devices, and choose those of this desk",
      "On a terminal a bar shows how loud each input is, for ten seconds or until Enter.\n"
      "A choice is kept by name in the user's configuration, ~/.config/tonecue/tonecue.toml;\n"
      "'tonecue live' and 'tonecue practice' then need no device named. Devices are named by\n"
      "number or by a part of the name.\n\n"
      "Examples:\n"
      "  tonecue devices\n"
      "  tonecue devices --choose --remember\n"
      "  tonecue devices --agent 3 --customer \"Headset Monitor\" --output 5",
      options);
  command.add_flag("--levels", options.levels, "Show levels, once, where there is no terminal");
  command.add_flag("--choose", options.choose, "Ask for microphone, headset sound and output");
  command.add_flag("--remember", options.remember, "Keep what was chosen");
  command.add_option("--agent", options.agent, "Remember this microphone")->type_name("DEVICE");
  command.add_option("--customer", options.customer, "Remember this for what the headset plays")
      ->type_name("DEVICE");
  command.add_option("--output", options.output, "Remember this headset for the tones")
      ->type_name("DEVICE");
}

}  // namespace tonecue
