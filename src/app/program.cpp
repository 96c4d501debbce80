#include "tonecue/app/program.h"

#include <variant>

#include "app/command_line/command_line.h"
#include "commands.h"
#include "quiet_libraries.h"

namespace tonecue {
namespace {

struct Run {
  const Console& console;

  int operator()(const AnalyzeOptions& options) const { return analyze(options, console); }
  int operator()(const FramesOptions& options) const { return frames(options, console); }
  int operator()(const DistressOptions& options) const { return distress(options, console); }
  int operator()(const CalibrateOptions& options) const { return calibrate(options, console); }
  int operator()(const LiveOptions& options) const {
    const QuietLibraries quiet(console.err);
    return live(options, console);
  }
  int operator()(const PracticeOptions& options) const {
    const QuietLibraries quiet(console.err);
    return practice(options, console);
  }
  int operator()(const ReplayAlertsOptions& options) const {
    return replay_alerts(options, console);
  }
  int operator()(const DevicesOptions& options) const {
    const QuietLibraries quiet(console.err);
    return list_devices(options, console);
  }
  int operator()(const ModelInfoOptions& options) const { return model_info(options, console); }
  int operator()(const ModelVerifyOptions& options) const { return model_verify(options, console); }
  int operator()(const ModelCompareOptions& options) const {
    return model_compare(options, console);
  }
  int operator()(const ServeOptions& options) const { return serve(options, console); }
  int operator()(const AuditVerifyOptions& options) const { return verify_audit(options, console); }
  int operator()(const PeopleAddOptions& options) const { return add_person(options, console); }
  int operator()(const PeopleListOptions& options) const { return list_people(options, console); }
  int operator()(const PeoplePasswordOptions& options) const {
    return renew_password(options, console);
  }
  int operator()(const ConfigOptions& options) const { return print_config(options, console); }
};

}  // namespace

int run_program(int argc, const char* const* argv, const Console& console) {
  const auto command = parse_command_line(argc, argv);
  if (command) return std::visit(Run{console}, *command);
  const Advice& advice = command.error();
  if (advice.status != kDone) {
    console.err << advice.text << std::flush;
    return advice.status;
  }
  const auto printed = print(console, advice.text);
  return printed ? kDone : fail(console, printed.error());
}

int fail(const Console& console, const Error& error) {
  complain(console, error.message);
  return kFailed;
}

int interrupted(const Console& console) {
  complain(console, "stopped; what was not done yet is not written");
  return kInterrupted;
}

}  // namespace tonecue
