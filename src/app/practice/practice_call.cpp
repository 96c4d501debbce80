#include "practice_call.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "app/analyze/report_writer.h"
#include "app/commands.h"
#include "bundled_calls.h"
#include "tonecue/app/call_player.h"
#include "tonecue/app/config_file.h"
#include "tonecue/pipeline/call_recorder.h"
#include "tonecue/practice/practice_source.h"
#include "tonecue/report/agent_summary.h"
#include "tonecue/report/html_page.h"
#include "tonecue/report/notice_words.h"
#include "tonecue/report/plain_words.h"

namespace tonecue {
namespace {

constexpr int kBlockSamples = kSampleRateHz / 50;  // 20 ms, as devices deliver.

/// Shows each alert when it comes, and what happens to the microphone, and lets the customer hear
/// the agent.
class PracticeRecorder : public CallRecorder {
 public:
  PracticeRecorder(const RecordingInfo& info, PracticeSource& call, std::ostream& alerts)
      : CallRecorder(info), call_(call), alerts_(alerts) {}

  void on_turn(const TurnFrame& frame) noexcept override {
    CallRecorder::on_turn(frame);
    call_.hear(frame);
  }
  void on_alert(const Alert& alert) noexcept override {
    CallRecorder::on_alert(alert);
    if (alert.delivery != Delivery::delivered) return;
    alerts_ << fmt::format("{:>7}  {}  ({}, {})\n", clock_time(alert.at_ms), alert.text,
                           title(alert.cue.kind), name(alert.cue.party))
            << std::flush;
  }
  void on_notice(const DeviceNotice& notice) noexcept override {
    alerts_ << fmt::format("{:>7}  {}\n", clock_time(notice.at_ms), notice_words(notice))
            << std::flush;
  }

 private:
  PracticeSource& call_;
  std::ostream& alerts_;
};

Result<PracticeAttempt> read_attempt(const std::string& path) {
  std::error_code status;
  std::ifstream file(path, std::ios::binary);
  if (!file || !std::filesystem::is_regular_file(path, status)) {
    return failure(ErrorCode::unreadable,
                   path +
                       ": the earlier attempt cannot be opened; name a file that "
                       "'tonecue practice --json' wrote");
  }
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return parse_practice_json(text, path);
}

std::string not_there(const std::string& scenario) {
  const std::string path = scenario_path(scenario).string();
  if (path != scenario) {
    return fmt::format(
        "{}: this call comes with tonecue, but {} is not there; install tonecue with its folder "
        "share",
        scenario, path);
  }
  return scenario +
         ": neither a recording nor one of the calls that come with tonecue; 'tonecue practice "
         "--list' shows those";
}

std::string said(const PracticeScenario& scenario) {
  std::size_t samples = 0;
  for (const CustomerClip& clip : scenario.clips) samples += clip.size();
  const auto said_ms = static_cast<std::int64_t>(samples * 1000 / kSampleRateHz);
  return fmt::format("{} times, {} in all", scenario.clips.size(), clock_time(said_ms));
}

std::string ending(const PracticeOptions& options, const PracticeAttempt& attempt,
                   const std::optional<PracticeAttempt>& earlier, const CallReport& report,
                   const Console& console) {
  const TerminalConfig terminal{
      .width_columns = console.width_columns, .colour = console.colour, .unicode = console.unicode};
  std::string text =
      fmt::format("{:>7}  The call is over. {}.\n\n{}\n{}", clock_time(report.duration_ms),
                  headline(report), practice_text(attempt, earlier, terminal),
                  agent_summary_text(agent_summary(report, Customer::recorded), terminal));
  if (options.json.empty() && options.html.empty()) {
    text += "\n  Nothing of this call was kept. With --json FILE you can compare the next one.\n";
  }
  return text;
}

Result<void> write_outputs(const PracticeOptions& options, const PracticeAttempt& attempt,
                           const CallReport& report, const Console& console) {
  if (!options.json.empty()) {
    const auto json = practice_json(attempt, report);
    if (auto ok = write_text(options.json, json, options.force, console); !ok) return ok;
  }
  if (options.html.empty()) return {};
  return write_text(options.html, to_html(report), options.force, console);
}

}  // namespace

Result<PracticePlan> plan_practice(const PracticeOptions& options) {
  for (const std::string& target : {options.json, options.html}) {
    if (auto ok = expect_writable_target(target, options.force); !ok) {
      return tl::unexpected(ok.error());
    }
  }
  PracticePlan plan;
  auto config = load_config(options.config);
  if (!config) return tl::unexpected(config.error());
  plan.config = std::move(*config);
  if (!options.against.empty()) {
    auto earlier = read_attempt(options.against);
    if (!earlier) return tl::unexpected(earlier.error());
    plan.earlier = std::move(*earlier);
  }
  auto scenario = load_scenario(scenario_path(options.scenario), options.recording.agent_channel);
  if (!scenario && scenario.error().code == ErrorCode::not_found) {
    return failure(ErrorCode::not_found, not_there(options.scenario));
  }
  if (!scenario) return tl::unexpected(scenario.error());
  plan.scenario = std::move(*scenario);
  return plan;
}

int hold_practice(const PracticeOptions& options, const PracticePlan& plan, AudioSource& microphone,
                  CustomerVoice& voice, int heard_after_ms, const Console& console) {
  std::ostream& out = options.json == "-" || options.html == "-" ? console.err : console.out;
  const std::string name = std::filesystem::path(options.scenario).filename().string();
  out << fmt::format(
             "The customer of {} is on the line; they speak {}.\n"
             "Greet them when you are ready. Ctrl-C ends the call.\n",
             one_line(name), said(plan.scenario))
      << std::flush;
  PracticeSource call(microphone, plan.scenario, voice, {.heard_after_ms = heard_after_ms});
  PracticeRecorder recorder({.path = "practice with " + name,
                             .duration_ms = {},
                             .sample_rate_hz = kSampleRateHz,
                             .present = {true, true}},
                            call, out);
  constexpr double kPaceOfTheDevice = 0.0;
  const auto report = record_call(
      call, plan.config, recorder,
      {.block_samples = kBlockSamples, .speed = kPaceOfTheDevice, .on_progress = {}}, console.stop);
  if (!report) return fail(console, report.error());
  const PracticeAttempt attempt{name, practice_result(*report)};
  out << ending(options, attempt, plan.earlier, *report, console) << std::flush;
  const auto written = write_outputs(options, attempt, *report, console);
  return written ? kDone : fail(console, written.error());
}

}  // namespace tonecue
