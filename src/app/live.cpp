#include <atomic>
#include <ostream>
#include <string>

#include <fmt/format.h>

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

/// Shows each alert when it comes, and passes everything on to a recorder.
class AlertPrinter : public CallListener {
 public:
  AlertPrinter(std::ostream& out, CallListener& recorder) : out_(out), recorder_(recorder) {}

  void on_hop(const CallHop& hop) noexcept override { recorder_.on_hop(hop); }
  void on_frame(const CallFrame& frame) noexcept override { recorder_.on_frame(frame); }
  void on_turn(const TurnFrame& frame) noexcept override { recorder_.on_turn(frame); }
  void on_cue(const CueChange& change) noexcept override { recorder_.on_cue(change); }
  void on_alert(const Alert& alert) noexcept override {
    recorder_.on_alert(alert);
    if (alert.delivery != Delivery::delivered) return;
    out_ << fmt::format("{:>7}  {}  ({}, {})\n", clock_time(alert.at_ms), alert.text,
                        title(alert.cue), name(alert.party))
         << std::flush;
  }

 private:
  std::ostream& out_;
  CallListener& recorder_;
};

/// A call from its first to its last sample, alerts told as they come.
Result<CallReport> listen(AudioSource& source, const RecordingInfo& info,
                          const SessionConfig& config, double speed, std::ostream& alerts,
                          const std::atomic<bool>& stop) {
  auto session = CallSession::create(config);
  if (!session) return tl::unexpected(session.error());
  CallRecorder recorder(info);
  AlertPrinter printer(alerts, recorder);
  const auto samples =
      play_call(source, *session, printer,
                {.block_samples = kBlockSamples, .speed = speed, .on_progress = {}}, stop);
  if (!samples) return tl::unexpected(samples.error());
  return recorder.report(*session, *samples);
}

Result<CallReport> replay(const LiveOptions& options, const SessionConfig& config,
                          std::ostream& alerts, const Console& console) {
  auto source = FileSource::create(options.replay, options.recording);
  if (!source) return tl::unexpected(source.error());
  const auto report = listen(*source, source->info(), config, options.speed, alerts, console.stop);
  for (const std::string& warning : source->warnings()) complain(console, warning);
  return report;
}

Result<CallReport> listen_to_device(const LiveOptions& options, const SessionConfig& config,
                                    std::ostream& alerts, const Console& console) {
  auto source = DeviceSource::create({.device = options.device,
                                      .agent_channel = options.recording.agent_channel,
                                      .party = options.recording.party});
  if (!source) return tl::unexpected(source.error());
  const AudioDevice& device = source->device();
  alerts << fmt::format("Listening to {}. Ctrl-C ends the call.\n", device.name) << std::flush;
  // The device keeps the time itself.
  constexpr double kNoClock = 0.0;
  const auto report = listen(*source,
                             {.path = device.name,
                              .duration_ms = {},
                              .sample_rate_hz = device.default_rate_hz,
                              .present = source->present()},
                             config, kNoClock, alerts, console.stop);
  if (source->dropped_sample_times() > 0 || source->overruns() > 0) {
    complain(console, "some sound was lost: this machine was too busy to keep up with the device");
  }
  return report;
}

}  // namespace

int live(const LiveOptions& options, const Console& console) {
  const auto config = load_config(options.config);
  if (!config) return fail(console, config.error());
  std::ostream& alerts = options.json == "-" ? console.err : console.out;
  const auto report = options.replay.empty() ? listen_to_device(options, *config, alerts, console)
                                             : replay(options, *config, alerts, console);
  if (!report) return fail(console, report.error());
  alerts << fmt::format("{:>7}  The call is over: {}.\n", clock_time(report->duration_ms),
                        headline(*report))
         << std::flush;
  if (options.json.empty()) return kDone;
  const auto written = write_text(options.json, to_json(*report), options.force, console);
  return written ? kDone : fail(console, written.error());
}

}  // namespace tonecue
