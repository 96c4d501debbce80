#include "command_line.h"

#include <memory>
#include <sstream>
#include <string>

#include <CLI/CLI.hpp>

#include "command_groups.h"
#include "output_conflict.h"
#include "plain_help.h"
#include "tonecue/app/program.h"

namespace tonecue {
namespace {

/// The commands of the program, and what they were told.
class CommandLine {
 public:
  CommandLine() {
    app_.formatter(std::make_shared<PlainHelp>());
    app_.set_help_flag("-h,--help", "Show this help");
    app_.set_version_flag("--version", "tonecue " TONECUE_VERSION, "Show the version");
    app_.require_subcommand(1);
    const CommandList commands{app_, chosen_};
    add_analyze(commands, analyze_);
    add_live(commands, live_);
    add_practice(commands, practice_);
    add_frames(commands, frames_);
    add_distress(commands, distress_);
    add_calibrate(commands, calibrate_);
    add_replay_alerts(commands, replay_alerts_);
    add_devices(commands, devices_);
    add_serve(commands, serve_);
    add_people();
    add_audit();
    add_model();
    add_config(commands, config_);
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

  void add_model() {
    CLI::App& model = add_group(app_, "model", "Tell, check and compare the trained models",
                                "Examples:\n"
                                "  tonecue model info\n"
                                "  tonecue model verify model.json\n"
                                "  tonecue model compare research model.json");
    model.require_subcommand(1);
    const CommandList commands{model, chosen_};
    add_model_info(commands, model_info_);
    add_model_verify(commands, model_verify_);
    add_model_compare(commands, model_compare_);
  }

  void add_people() {
    CLI::App& people = add_group(app_, "people", "Tell and change who may sign in",
                                 "Examples:\n"
                                 "  tonecue people list calls/\n"
                                 "  tonecue people password calls/ admin");
    people.require_subcommand(1);
    const CommandList commands{people, chosen_};
    add_people_add(commands, people_add_);
    add_people_list(commands, people_list_);
    add_people_password(commands, people_password_);
  }

  void add_audit() {
    CLI::App& audit = add_group(app_, "audit", "Check the log of who looked at what",
                                "Example:\n"
                                "  tonecue audit verify calls/");
    audit.require_subcommand(1);
    add_audit_verify({audit, chosen_}, audit_verify_);
  }

  CLI::App app_{
      "tonecue listens to both sides of a phone call: where one cut the other off, where a voice\n"
      "was raised, where the customer sounded distressed.",
      "tonecue"};
  AnalyzeOptions analyze_;
  FramesOptions frames_;
  DistressOptions distress_;
  CalibrateOptions calibrate_;
  ReplayAlertsOptions replay_alerts_;
  LiveOptions live_;
  PracticeOptions practice_;
  DevicesOptions devices_;
  ModelInfoOptions model_info_;
  ModelVerifyOptions model_verify_;
  ModelCompareOptions model_compare_;
  ServeOptions serve_;
  AuditVerifyOptions audit_verify_;
  PeopleAddOptions people_add_;
  PeopleListOptions people_list_;
  PeoplePasswordOptions people_password_;
  ConfigOptions config_;
  Command chosen_;
};

}  // namespace

CLI::App& add_group(CLI::App& parent, const std::string& command, const std::string& what,
                    const std::string& examples) {
  CLI::App& added = *parent.add_subcommand(command, what);
  added.group("Commands");
  added.footer(examples);
  return added;
}

tl::expected<Command, Advice> parse_command_line(int argc, const char* const* argv) {
  return CommandLine{}.parse(argc, argv);
}

}  // namespace tonecue
