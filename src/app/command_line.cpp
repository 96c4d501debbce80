#include "command_line.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <sstream>
#include <string_view>
#include <thread>
#include <utility>

#include <CLI/CLI.hpp>

#include "output_conflict.h"
#include "plain_help.h"
#include "tonecue/app/program.h"
#include "tonecue/cues/site_calibration.h"
#include "tonecue/turns/turn_config.h"

namespace tonecue {
namespace {

constexpr int kMostJobs = 256;
constexpr double kFastestReplay = 1000.0;

/// For CLI11: a check that is empty for a number in this range, else says that it is no `what`.
auto is_number_in(double least, double most, const std::string& what) {
  return [=](const std::string& text) {
    double number = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_number = error == std::errc{} && end == text.data() + text.size();
    const bool within = is_number && number >= least && number <= most;  // NaN fails.
    return within ? std::string{} : text + " is no " + what;
  };
}

int all_cores() {
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, kMostJobs);
}

/// The commands of the program, and what they were told.
class CommandLine {
 public:
  CommandLine() {
    app_.formatter(std::make_shared<PlainHelp>());
    app_.set_help_flag("-h,--help", "Show this help");
    app_.set_version_flag("--version", "tonecue " TONECUE_VERSION, "Show the version");
    app_.require_subcommand(1);
    analyze_.jobs = all_cores();
    calibrate_.jobs = all_cores();
    add_analyze();
    add_live();
    add_frames();
    add_distress();
    add_calibrate();
    add_devices();
    add_model();
    add_config();
    app_.footer(
        "Example:\n"
        "  tonecue analyze call.flac\n\n"
        "'tonecue COMMAND --help' tells more about one of them.\n"
        "Status: 0 done, 1 could not do it, 2 wrong usage.");
  }

  tl::expected<Command, Advice> parse(int argc, const char* const* argv) {
    try {
      app_.parse(argc, argv);
      if (const auto conflict = output_conflict(chosen_); !conflict.empty()) {
        return tl::unexpected(wrong_usage(conflict));
      }
      return chosen_;
    } catch (const CLI::Success& asked) {  // Help or version.
      std::ostringstream text;
      app_.exit(asked, text, text);
      return tl::unexpected(Advice{0, text.str()});
    } catch (const CLI::Error& error) {
      if (argc < 2) return tl::unexpected(Advice{kWrongUsage, app_.help()});
      if (app_.get_subcommands().empty()) {
        return tl::unexpected(
            wrong_usage(argv[1][0] == '-' ? "the command must come first"
                                          : "there is no command '" + std::string{argv[1]} + "'"));
      }
      return tl::unexpected(wrong_usage(error.what()));
    }
  }

 private:
  Advice wrong_usage(const std::string& what) const {
    std::string command = app_.get_name();
    for (const CLI::App* app = &app_; !app->get_subcommands().empty();) {
      app = app->get_subcommands().front();
      command += " " + app->get_name();
    }
    return {kWrongUsage, "tonecue: " + one_line(what) + "; try '" + command + " --help'\n"};
  }

  template <class Options>
  CLI::App& add_command(const std::string& command, const std::string& what,
                        const std::string& examples, const Options& options) {
    CLI::App& added = add_group(app_, command, what, examples);
    added.callback([this, &options] { chosen_ = options; });
    return added;
  }

  static CLI::App& add_group(CLI::App& parent, const std::string& command, const std::string& what,
                             const std::string& examples) {
    CLI::App& added = *parent.add_subcommand(command, what);
    added.group("Commands");
    added.footer(examples);
    return added;
  }

  void add_analyze() {
    CLI::App& command = add_command(
        "analyze", "Show what happened in recorded calls",
        "A stereo recording has the agent on one channel and the customer on the other.\n"
        "With one recording, OUT is a file, or - for standard output. With several recordings\n"
        "or a folder, OUT is a folder, and each recording prints one line.\n\n"
        "Examples:\n"
        "  tonecue analyze call.flac\n"
        "  tonecue analyze call.flac --html call.html --embed-audio\n"
        "  tonecue analyze recordings/ --json results/",
        analyze_);
    command.add_option("FILE", analyze_.inputs, "Recordings, and folders to search for them")
        ->required();
    add_recording(command, analyze_.recording);
    add_party(command, analyze_.recording.party, "Whose voice a mono recording holds");
    ReportTargets& targets = analyze_.targets;
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
    add_config_file(command, analyze_.config);
    add_line_delay(command, analyze_.line_delay_ms);
    add_jobs(command, analyze_.jobs);
    command.add_flag("--quiet", analyze_.quiet, "Print nothing but errors");
  }

  void add_live() {
    CLI::App& command = add_command(
        "live", "Listen to a call as it goes, and tell the agent",
        "A device with two channels has the agent on one and the customer on the other.\n"
        "Alerts are printed as they come; Ctrl-C ends the call. There is no headset tone yet,\n"
        "so --no-sound changes nothing.\n\n"
        "Examples:\n"
        "  tonecue live --device \"USB Headset\"\n"
        "  tonecue live --replay call.flac --speed 8",
        live_);
    CLI::Option* replay =
        command.add_option("--replay", live_.replay, "Play this recording instead of a device")
            ->type_name("FILE");
    command
        .add_option("--device", live_.device,
                    "Device to listen to, by a part of its name (default: the system's)")
        ->type_name("NAME")
        ->excludes(replay);
    add_recording(command, live_.recording);
    add_party(command, live_.recording.party, "Whose voice a mono recording or device has");
    command
        .add_option("--speed", live_.speed, "Times real time, 0 for as fast as it can (default: 1)")
        ->check(is_number_in(0.0, kFastestReplay, "speed from 0 to 1000"))
        ->type_name("N")
        ->needs(replay);
    command.add_flag("--no-sound", live_.no_sound, "Make no sound");
    add_target(command, "--json", live_.json, "Everything, as JSON, when the call is over");
    add_force(command, live_.force);
    add_config_file(command, live_.config);
    add_line_delay(command, live_.line_delay_ms);
  }

  void add_frames() {
    CLI::App& command = add_command(
        "frames", "Print the measured voice, one row per 10 ms",
        "time_s is the middle of a frame; f0_hz is empty where the voice has no pitch, f1_hz to\n"
        "f3_hz where there is no voiced speech. docs/frames.md says what each column is.\n\n"
        "Example:\n"
        "  tonecue frames call.flac --party customer --csv customer.csv",
        frames_);
    command.add_option("FILE", frames_.input, "A recording")->required();
    add_recording(command, frames_.recording);
    add_party(command, frames_.recording.party, "Whose voice")->required();
    add_target(command, "--csv", frames_.csv, "Where to write (default: standard output)");
    add_force(command, frames_.force);
  }

  void add_distress() {
    CLI::App& command = add_command(
        "distress", "Score clips of a customer's voice",
        "A mono clip is taken as a customer's voice; of a stereo one, the customer's channel\n"
        "is heard. score and agitated lie between 0 and 1: estimates from the voice, no\n"
        "determination of what a person feels. Empty means \"don't know\", and state says why.\n"
        "Of a configuration only distress.model counts.\n\n"
        "Example:\n"
        "  tonecue distress clips/ --csv scores.csv",
        distress_);
    command.add_option("FILE", distress_.inputs, "Clips, and folders to search for them")
        ->required();
    add_recording(command, distress_.recording);
    add_target(command, "--csv", distress_.csv, "Where to write (default: standard output)");
    add_force(command, distress_.force);
    add_config_file(command, distress_.config);
  }

  void add_calibrate() {
    CLI::App& command = add_command(
        "calibrate", "Fit the distress cue to your own calls",
        "Takes ordinary calls of your own, the more hours the better, and finds the threshold at\n"
        "which they have at most so many distress cues an hour of call. No labels are needed.\n"
        "The configuration names the file that it writes: [distress] calibration = \"site.json\".\n"
        "A table of reviewers' verdicts has the header file,raised_at_s,verdict; a verdict is\n"
        "right, wrong or unsure. Thresholds that [distress] of the configuration has do not "
        "count.\n"
        "docs/calibration.md tells more.\n\n"
        "Example:\n"
        "  tonecue calibrate recordings/ --alerts-per-hour 1 --out site.json",
        calibrate_);
    command.add_option("FILE", calibrate_.inputs, "Recordings, and folders to search for them")
        ->required();
    add_recording(command, calibrate_.recording);
    add_party(command, calibrate_.recording.party, "Whose voice a mono recording holds");
    command
        .add_option("--alerts-per-hour", calibrate_.alerts_per_hour,
                    "Distress cues that you want at most, an hour of call (default: 1)")
        ->check(is_number_in(kLeastWantedPerHour, kMostWantedPerHour,
                             "number of alerts from 0.01 to 60"))
        ->type_name("N");
    command
        .add_option("--verdicts", calibrate_.verdicts, "What reviewers said of distress cues, CSV")
        ->type_name("FILE");
    command.add_option("--out", calibrate_.out, "Where to write, or - for standard output")
        ->required()
        ->type_name("OUT");
    add_force(command, calibrate_.force);
    add_config_file(command, calibrate_.config);
    add_line_delay(command, calibrate_.line_delay_ms);
    add_jobs(command, calibrate_.jobs);
    command.add_flag("--quiet", calibrate_.quiet, "Print nothing but errors");
  }

  void add_devices() {
    add_command("devices", "List the audio devices", "Example:\n  tonecue devices", devices_);
  }

  void add_model() {
    CLI::App& model = add_group(app_, "model", "Tell, check and compare the trained models",
                                "Examples:\n"
                                "  tonecue model info\n"
                                "  tonecue model verify model.json\n"
                                "  tonecue model compare research model.json");
    model.require_subcommand(1);
    add_model_info(model);
    add_model_verify(model);
    add_model_compare(model);
  }

  void add_model_info(CLI::App& model) {
    CLI::App& info = add_group(model, "info", "What each was trained on, scores and is made of",
                               "Examples:\n"
                               "  tonecue model info\n"
                               "  tonecue model info model.json");
    info.add_option("FILE", model_info_.files, "Model files (default: those in the program)");
    info.callback([this] { chosen_ = model_info_; });
  }

  void add_model_verify(CLI::App& model) {
    CLI::App& verify = add_group(model, "verify", "Check that model files are whole and fit",
                                 "Checks the hash, every size and number, and that this program\n"
                                 "can run the model. Status 1 when one fails.\n\n"
                                 "Example:\n"
                                 "  tonecue model verify model.json");
    verify.add_option("FILE", model_verify_.files, "Model files")->required();
    verify.callback([this] { chosen_ = model_verify_; });
  }

  void add_model_compare(CLI::App& model) {
    CLI::App& compare = add_group(model, "compare", "Tell what differs between two models",
                                  "Of distress models also how far their answers lie apart, over\n"
                                  "made voices: no recordings are needed.\n\n"
                                  "Example:\n"
                                  "  tonecue model compare research model.json");
    const std::string what = "A model file, research or open";
    compare.add_option("A", model_compare_.first, what)->required();
    compare.add_option("B", model_compare_.second, what)->required();
    compare.callback([this] { chosen_ = model_compare_; });
  }

  void add_config() {
    CLI::App& command = add_command("config", "Print the configuration",
                                    "The output is a file that --config takes back.\n\n"
                                    "Example:\n"
                                    "  tonecue config > team.toml\n"
                                    "  tonecue analyze call.flac --config team.toml",
                                    config_);
    add_config_file(command, config_.config);
  }

  static void add_recording(CLI::App& command, RecordingConfig& recording) {
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

  static CLI::Option* add_party(CLI::App& command, std::optional<Party>& party,
                                const std::string& what) {
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

  static void add_target(CLI::App& command, const std::string& option, std::string& target,
                         const std::string& what) {
    command.add_option(option, target, what)->type_name("OUT");
  }

  static void add_force(CLI::App& command, bool& force) {
    command.add_flag("--force", force, "Replace files that are there");
  }

  static void add_jobs(CLI::App& command, int& jobs) {
    command.add_option("--jobs", jobs, "Recordings to work on at once (default: one per core)")
        ->check(CLI::Range(1, kMostJobs))
        ->type_name("N");
  }

  static void add_line_delay(CLI::App& command, std::optional<int>& line_delay_ms) {
    command
        .add_option("--line-delay-ms", line_delay_ms,
                    "How long sound travels to the customer, one way (default: 0)")
        ->check(CLI::Range(0, kMostLineDelayMs))
        ->type_name("N");
  }

  static void add_config_file(CLI::App& command, std::string& config) {
    command.add_option("--config", config, "Thresholds, alerts and wording to use")
        ->type_name("FILE");
  }

  CLI::App app_{
      "tonecue listens to both sides of a phone call: where one cut the other off, where a voice\n"
      "was raised, where the customer sounded distressed.",
      "tonecue"};
  AnalyzeOptions analyze_;
  FramesOptions frames_;
  DistressOptions distress_;
  CalibrateOptions calibrate_;
  LiveOptions live_;
  DevicesOptions devices_;
  ModelInfoOptions model_info_;
  ModelVerifyOptions model_verify_;
  ModelCompareOptions model_compare_;
  ConfigOptions config_;
  Command chosen_;
};

}  // namespace

tl::expected<Command, Advice> parse_command_line(int argc, const char* const* argv) {
  return CommandLine{}.parse(argc, argv);
}

}  // namespace tonecue
