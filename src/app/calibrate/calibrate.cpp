#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/analyze/call_analysis.h"
#include "app/analyze/ordered_jobs.h"
#include "app/analyze/progress_bar.h"
#include "app/analyze/recordings.h"
#include "app/analyze/report_writer.h"
#include "app/analyze/series_recorder.h"
#include "app/commands.h"
#include "reviewed_cues.h"
#include "site_summary.h"
#include "tonecue/app/call_player.h"
#include "tonecue/app/config_file.h"
#include "tonecue/app/site_file.h"
#include "tonecue/core/unix_time.h"
#include "tonecue/insight/local_calendar.h"

namespace tonecue {
namespace {

/// One recording, once it is heard.
struct Heard {
  DistressSeries series;
  std::vector<std::string> complaints;
  bool failed = false;  ///< Not all of the recording was heard.
};

/// Plays the recording through the very chain of `analyze`.
Result<Heard> hear(const std::string& path, const CalibrateOptions& options,
                   const SessionConfig& config, const Console& console,
                   const std::function<void(float)>& on_progress) {
  auto source = FileSource::create(path, options.recording);
  if (!source) return tl::unexpected(source.error());
  auto session = CallSession::create(config, source->info().present);
  if (!session) return tl::unexpected(session.error());
  const PlayConfig play = play_telling(source->info(), on_progress);
  SeriesRecorder recorder(path);
  const auto samples = play_call(*source, *session, recorder, play, console.stop);
  if (!samples) return tl::unexpected(samples.error());
  return Heard{recorder.take(), source->warnings(), source->truncated()};
}

struct Calls {
  std::vector<DistressSeries> series;
  bool all_heard = true;
};

Calls hear_all(const CalibrateOptions& options, const SessionConfig& config,
               const Console& console) {
  Calls calls;
  const Recordings recordings = find_recordings(options.inputs);
  for (const Error& problem : recordings.problems) complain(console, problem.message);
  std::size_t failed = 0;
  ProgressBar bar(console, recordings.found.size());
  run_in_order(
      recordings.found.size(), options.jobs,
      [&](std::size_t i) {
        if (console.stop) return Heard{};
        auto heard = hear(recordings.found[i].path, options, config, console,
                          [&](float part) { bar.update(i, part); });
        return heard ? *std::move(heard)
                     : Heard{.series = {}, .complaints = {heard.error().message}, .failed = true};
      },
      [&](std::size_t /*i*/, Heard& heard) {
        failed += heard.failed ? 1U : 0U;
        bar.around([&] {
          for (const std::string& complaint : heard.complaints) complain(console, complaint);
        });
        if (heard.series.frames > 0) calls.series.push_back(std::move(heard.series));
      });
  if (!console.stop && failed > 0 && recordings.found.size() > 1) {
    complain(console, fmt::format("{} of {} recordings failed or ended early; the rest is used",
                                  failed, recordings.found.size()));
  }
  calls.all_heard = failed == 0 && recordings.problems.empty();
  return calls;
}

/// @return Whether there was none.
bool tell(const std::vector<Error>& problems, const Console& console) {
  for (const Error& problem : problems) complain(console, problem.message);
  return problems.empty();
}

Result<VerdictTable> verdicts_of(const CalibrateOptions& options) {
  return options.verdicts.empty() ? VerdictTable{} : load_verdicts(options.verdicts);
}

std::string today() { return day_text(LocalCalendar().moment_of(unix_ms_now()).day); }

}  // namespace

int calibrate(const CalibrateOptions& options, const Console& console) {
  auto config = load_uncalibrated_config(options.config);
  if (!config) return fail(console, config.error());
  if (options.line_delay_ms) config->turns.line_delay_ms = *options.line_delay_ms;
  config->distress = {};  // What the model says as shipped, whatever was fitted before.
  if (const auto ok = expect_writable_target(options.out, options.force); !ok) {
    return fail(console, ok.error());
  }
  const auto verdicts = verdicts_of(options);
  if (!verdicts) return fail(console, verdicts.error());
  if (!tell(verdicts->problems, console)) return kFailed;

  const Calls calls = hear_all(options, *config, console);
  if (console.stop) return interrupted(console);
  const auto reviewed = find_reviewed_cues(verdicts->verdicts, calls.series, options.verdicts);
  const bool all_found = tell(reviewed.problems, console);
  const auto fitted = fit_site(calls.series, options.alerts_per_hour, reviewed.cues);
  if (!fitted) return fail(console, fitted.error());

  const auto model = distress_model_id(*config);
  if (!model) return fail(console, model.error());
  const SiteFile site{*model, today(), *fitted};
  if (const auto ok = write_text(options.out, to_json(site), options.force, console); !ok) {
    return fail(console, ok.error());
  }
  if (options.out != "-" && !options.quiet) {
    if (const auto ok = print(console, site_summary(*fitted, options.out)); !ok) {
      return fail(console, ok.error());
    }
  }
  return calls.all_heard && all_found ? kDone : kFailed;
}

}  // namespace tonecue
