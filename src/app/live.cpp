#include <algorithm>
#include <ostream>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "call_analysis.h"
#include "commands.h"
#include "report_writer.h"
#include "tonecue/app/call_player.h"
#include "tonecue/app/config_file.h"
#include "tonecue/audio/device_source.h"
#include "tonecue/audio/file_source.h"
#include "tonecue/pipeline/call_recorder.h"
#include "tonecue/report/call_json.h"
#include "tonecue/report/plain_words.h"

namespace tonecue {
namespace {

/// 20 ms, as telephony streams and devices deliver.
constexpr int kBlockSamples = kSampleRateHz / 50;

/// Shows each alert when it comes.
class AlertingRecorder : public CallRecorder {
 public:
  AlertingRecorder(const RecordingInfo& info, std::ostream& alerts)
      : CallRecorder(info), alerts_(alerts) {}

  void on_alert(const Alert& alert) noexcept override {
    CallRecorder::on_alert(alert);
    if (alert.delivery != Delivery::delivered) return;
    alerts_ << fmt::format("{:>7}  {}  ({}, {})\n", clock_time(alert.at_ms), alert.text,
                           title(alert.cue.kind), name(alert.cue.party))
            << std::flush;
  }

 private:
  std::ostream& alerts_;
};

Result<HeardCall> replay(const LiveOptions& options, const SessionConfig& config,
                         std::ostream& alerts, const Console& console) {
  auto source = FileSource::create(options.replay, options.recording);
  if (!source) return tl::unexpected(source.error());
  AlertingRecorder recorder(source->info(), alerts);
  auto report = record_call(
      *source, config, recorder,
      {.block_samples = kBlockSamples, .speed = options.speed, .on_progress = {}}, console.stop);
  if (!report) return tl::unexpected(report.error());
  return HeardCall{std::move(*report), source->warnings(), !source->truncated()};
}

Result<HeardCall> listen_to_device(const LiveOptions& options, const SessionConfig& config,
                                   std::ostream& alerts, const Console& console) {
  auto source = DeviceSource::create({.agent_device = options.agent_device,
                                      .customer_device = options.customer_device,
                                      .device = options.device,
                                      .agent_channel = options.recording.agent_channel,
                                      .party = options.recording.party});
  if (!source) return tl::unexpected(source.error());
  std::string names;
  for (const AudioDevice& device : source->devices()) {
    names += (names.empty() ? "" : " and ") + device.name;
  }
  alerts << fmt::format("Listening to {}. Ctrl-C ends the call.\n", names) << std::flush;
  AlertingRecorder recorder({.path = names,
                             .duration_ms = {},
                             .sample_rate_hz = source->health().front().sample_rate_hz,
                             .present = source->present()},
                            alerts);
  constexpr double kPaceOfTheDevice = 0.0;
  auto report = record_call(
      *source, config, recorder,
      {.block_samples = kBlockSamples, .speed = kPaceOfTheDevice, .on_progress = {}}, console.stop);
  if (!report) return tl::unexpected(report.error());
  const auto health = source->health();
  const bool whole = std::all_of(health.begin(), health.end(), [](const DeviceHealth& device) {
    return device.gaps == 0 && device.dropped_ms == 0 && device.overruns == 0;
  });
  HeardCall call{std::move(*report), {}, whole};
  if (!whole) {
    call.warnings.emplace_back(
        "some sound was lost: a device was taken away, or this machine was too busy to keep up");
  }
  return call;
}

}  // namespace

int live(const LiveOptions& options, const Console& console) {
  const auto writable = expect_writable_target(options.json, options.force);
  if (!writable) return fail(console, writable.error());
  auto config = load_config(options.config);
  if (!config) return fail(console, config.error());
  if (options.line_delay_ms) config->turns.line_delay_ms = *options.line_delay_ms;
  std::ostream& alerts = options.json == "-" ? console.err : console.out;
  const auto call = options.replay.empty() ? listen_to_device(options, *config, alerts, console)
                                           : replay(options, *config, alerts, console);
  if (!call) return fail(console, call.error());
  for (const std::string& warning : call->warnings) complain(console, warning);
  alerts << fmt::format("{:>7}  The call is over: {}.\n", clock_time(call->report.duration_ms),
                        headline(call->report))
         << std::flush;
  if (!options.json.empty()) {
    const auto written = write_text(options.json, to_json(call->report), options.force, console);
    if (!written) return fail(console, written.error());
  }
  return call->whole ? kDone : kFailed;
}

}  // namespace tonecue
