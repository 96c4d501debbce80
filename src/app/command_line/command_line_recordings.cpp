#include "command_groups.h"
#include "command_options.h"
#include "tonecue/cues/site_calibration.h"

namespace tonecue {

void add_analyze(CommandList commands, AnalyzeOptions& options) {
  CLI::App& command = add_command(
      commands, "analyze", "Show what happened in recorded calls",
      "A stereo recording has the agent on one channel and the customer on the other.\n"
      "With one recording, OUT is a file, or - for standard output. With several recordings\n"
      "or a folder, OUT is a folder, and each recording prints one line.\n\n"
      "Examples:\n"
      "  tonecue analyze call.flac\n"
      "  tonecue analyze call.flac --html call.html --embed-audio\n"
      "  tonecue analyze recordings/ --json results/\n"
      "  tonecue analyze recordings/ --store calls/ --team billing",
      options);
  command.add_option("FILE", options.inputs, "Recordings, and folders to search for them")
      ->required();
  add_recording(command, options.recording);
  add_party(command, options.recording.party, "Whose voice a mono recording holds");
  ReportTargets& targets = options.targets;
  add_target(command, "--json", targets.json, "Everything, as JSON");
  add_target(command, "--csv", targets.csv, "The cues as a table");
  add_target(command, "--audacity", targets.audacity, "The cues as an Audacity label track");
  add_target(command, "--textgrid", targets.textgrid, "Speech and cues as a Praat TextGrid");
  add_target(command, "--html", targets.html, "A page with both voices drawn");
  command
      .add_flag("--embed-audio", targets.embed_audio,
                "Put the recording into the page (with --html)")
      ->needs("--html");
  add_force(command, targets.force);
  add_keeping(command, options.keeping);
  add_config_file(command, options.config);
  add_line_delay(command, options.line_delay_ms);
  add_jobs(command, options.jobs);
  command.add_flag("--quiet", options.quiet, "Print nothing but errors");
}

void add_frames(CommandList commands, FramesOptions& options) {
  CLI::App& command = add_command(
      commands, "frames", "Print the measured voice, one row per 10 ms",
      "time_s is the middle of a frame; f0_hz is empty where the voice has no pitch, f1_hz to\n"
      "f3_hz where there is no voiced speech. docs/frames.md says what each column is.\n\n"
      "Example:\n"
      "  tonecue frames call.flac --party customer --csv customer.csv",
      options);
  command.add_option("FILE", options.input, "A recording")->required();
  add_recording(command, options.recording);
  add_party(command, options.recording.party, "Whose voice")->required();
  add_target(command, "--csv", options.csv, "Where to write (default: standard output)");
  add_force(command, options.force);
}

void add_distress(CommandList commands, DistressOptions& options) {
  CLI::App& command = add_command(
      commands, "distress", "Score clips of a customer's voice",
      "A mono clip is taken as a customer's voice; of a stereo one, the customer's channel\n"
      "is heard. score and agitated lie between 0 and 1: estimates from the voice, no\n"
      "determination of what a person feels. Empty means \"don't know\", and state says why.\n"
      "Of a configuration only distress.model counts.\n\n"
      "Example:\n"
      "  tonecue distress clips/ --csv scores.csv",
      options);
  command.add_option("FILE", options.inputs, "Clips, and folders to search for them")->required();
  add_recording(command, options.recording);
  add_target(command, "--csv", options.csv, "Where to write (default: standard output)");
  add_force(command, options.force);
  add_config_file(command, options.config);
}

void add_calibrate(CommandList commands, CalibrateOptions& options) {
  CLI::App& command = add_command(
      commands, "calibrate", "Fit the distress cue to your own calls",
      "Takes ordinary calls of your own, the more hours the better, and finds the threshold at\n"
      "which they have at most so many distress cues an hour of call. No labels are needed.\n"
      "The configuration names the file that it writes: [distress] calibration = \"site.json\".\n"
      "A table of reviewers' verdicts has the header file,raised_at_s,verdict; a verdict is\n"
      "right, wrong or unsure. Thresholds that [distress] of the configuration has do not "
      "count.\n"
      "docs/calibration.md tells more.\n\n"
      "Example:\n"
      "  tonecue calibrate recordings/ --alerts-per-hour 1 --out site.json",
      options);
  command.add_option("FILE", options.inputs, "Recordings, and folders to search for them")
      ->required();
  add_recording(command, options.recording);
  add_party(command, options.recording.party, "Whose voice a mono recording holds");
  command
      .add_option("--alerts-per-hour", options.alerts_per_hour,
                  "Distress cues that you want at most, an hour of call (default: 1)")
      ->check(
          is_number_in(kLeastWantedPerHour, kMostWantedPerHour, "number of alerts from 0.01 to 60"))
      ->type_name("N");
  command.add_option("--verdicts", options.verdicts, "What reviewers said of distress cues, CSV")
      ->type_name("FILE");
  command.add_option("--out", options.out, "Where to write, or - for standard output")
      ->required()
      ->type_name("OUT");
  add_force(command, options.force);
  add_config_file(command, options.config);
  add_line_delay(command, options.line_delay_ms);
  add_jobs(command, options.jobs);
  command.add_flag("--quiet", options.quiet, "Print nothing but errors");
}

void add_replay_alerts(CommandList commands, ReplayAlertsOptions& options) {
  CLI::App& command = add_command(
      commands, "replay-alerts", "Show which alerts another policy would have given",
      "FILE is a report that --json wrote (its name ends in .json) or a recording, which is\n"
      "analysed first. P is quiet, standard or eager, or a configuration whose [alerts] and\n"
      "[wording] are the other policy; docs/configuration.md tells what the three hold.\n\n"
      "Examples:\n"
      "  tonecue replay-alerts call.json --policy quiet\n"
      "  tonecue replay-alerts results/*.json --policy team.toml --csv alerts.csv",
      options);
  command.add_option("FILE", options.inputs, "Reports of calls, and recordings")->required();
  command.add_option("--policy", options.policy, "The other policy")->required()->type_name("P");
  add_recording(command, options.recording);
  add_party(command, options.recording.party, "Whose voice a mono recording holds");
  add_target(command, "--csv", options.csv, "One row per cue, as a table");
  add_target(command, "--json", options.json, "The same as JSON");
  add_force(command, options.force);
  add_config_file(command, options.config);
}

}  // namespace tonecue
