#include "command_groups.h"
#include "command_options.h"

namespace tonecue {
namespace {

constexpr double kFastestReplay = 1000.0;

}  // namespace

void add_live(CommandList commands, LiveOptions& options) {
  CLI::App& command = add_command(
      commands, "live", "Listen to a call as it goes, and tell the agent",
      "A device with two channels has the agent on one and the customer on the other.\n"
      "Alerts are printed as they come; Ctrl-C ends the call. There is no headset tone yet,\n"
      "so --no-sound changes nothing.\n\n"
      "Examples:\n"
      "  tonecue live --device \"USB Headset\"\n"
      "  tonecue live --replay call.flac --speed 8",
      options);
  CLI::Option* replay =
      command.add_option("--replay", options.replay, "Play this recording instead of a device")
          ->type_name("FILE");
  command
      .add_option("--device", options.device,
                  "Device to listen to, by a part of its name (default: the system's)")
      ->type_name("NAME")
      ->excludes(replay);
  add_recording(command, options.recording);
  add_party(command, options.recording.party, "Whose voice a mono recording or device has");
  command
      .add_option("--speed", options.speed, "Times real time, 0 for as fast as it can (default: 1)")
      ->check(is_number_in(0.0, kFastestReplay, "speed from 0 to 1000"))
      ->type_name("N")
      ->needs(replay);
  command.add_flag("--no-sound", options.no_sound, "Make no sound");
  add_target(command, "--json", options.json, "Everything, as JSON, when the call is over");
  add_force(command, options.force);
  add_config_file(command, options.config);
  add_line_delay(command, options.line_delay_ms);
}

void add_devices(CommandList commands, DevicesOptions& options) {
  add_command(commands, "devices", "List the audio devices", "Example:\n  tonecue devices",
              options);
}

}  // namespace tonecue
