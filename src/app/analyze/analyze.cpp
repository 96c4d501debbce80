#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/commands.h"
#include "app/keep/recording_store.h"
#include "call_analysis.h"
#include "ordered_jobs.h"
#include "progress_bar.h"
#include "recordings.h"
#include "report_writer.h"
#include "tonecue/app/config_file.h"
#include "tonecue/report/plain_words.h"
#include "tonecue/report/terminal_timeline.h"

namespace tonecue {
namespace {

/// What is told of one recording once it is worked on.
struct Outcome {
  std::string text;                     ///< For `out`.
  std::vector<std::string> complaints;  ///< For `err`.
  bool failed = false;                  ///< Not all of the recording was analysed and written.
};

class Analysis {
 public:
  /// @param store  Where the calls go as well; may be null.
  Analysis(const AnalyzeOptions& options, const SessionConfig& config, const ReportWriter& writer,
           const RecordingStore* store, const Console& console)
      : options_(options),
        batch_(is_batch(options.inputs)),
        config_(config),
        writer_(writer),
        store_(store),
        console_(console) {}

  /// Safe to call on several threads at once.
  Outcome analyze(const Recording& recording, const std::function<void(float)>& on_progress) const {
    if (console_.stop) return {};
    if (const auto ok = writer_.expect_writable(recording); !ok) return refused(ok.error());
    if (store_ != nullptr) return store(recording, on_progress);
    const auto call =
        analyze_call(recording.path, options_.recording, config_, console_.stop, on_progress);
    if (!call) return refused(call.error());
    if (console_.stop) return {};
    return told(*call, recording, "");
  }

 private:
  Outcome store(const Recording& recording, const std::function<void(float)>& on_progress) const {
    const auto taken = store_->take(recording.path, options_.recording, console_.stop, on_progress);
    if (!taken) return refused(taken.error());
    if (!*taken) return {};
    const std::int64_t id = (*taken)->call_id;
    if (!(*taken)->heard) {
      return {.text = said(fmt::format("{}  is in the store already, as call {}\n",
                                       one_line(recording.path), id)),
              .complaints = {}};
    }
    Outcome outcome = told(*(*taken)->heard, recording, fmt::format("Stored as call {}.", id));
    if (!(*taken)->sound_lost.empty()) {
      outcome.complaints.push_back((*taken)->sound_lost);
      outcome.failed = true;
    }
    return outcome;
  }

  /// @param where  Where it was put; empty: nowhere.
  Outcome told(const HeardCall& call, const Recording& recording, const std::string& where) const {
    Outcome outcome{said(summary(call.report, where)), call.warnings, !call.whole};
    const auto written = writer_.write(call.report, recording, console_);
    if (!written) {
      outcome.complaints.push_back(written.error().message);
      outcome.failed = true;
    }
    return outcome;
  }

  static Outcome refused(const Error& error) {
    return {.text = {}, .complaints = {error.message}, .failed = true};
  }

  /// Unless nothing is to be said there.
  std::string said(std::string text) const {
    return options_.quiet || writes_to_out() ? std::string{} : text;
  }

  std::string summary(const CallReport& report, const std::string& where) const {
    if (batch_) {
      return fmt::format("{}  {}  {}{}{}\n", one_line(report.file), clock_time(report.duration_ms),
                         headline(report), where.empty() ? "" : ". ", where);
    }
    return to_terminal(report, {.width_columns = console_.width_columns,
                                .colour = console_.colour,
                                .unicode = console_.unicode}) +
           (where.empty() ? "" : "\n  " + where + "\n");
  }

  bool writes_to_out() const {
    const auto targets = options_.targets.all();
    return std::find(targets.begin(), targets.end(), "-") != targets.end();
  }

  const AnalyzeOptions& options_;
  bool batch_;
  const SessionConfig& config_;
  const ReportWriter& writer_;
  const RecordingStore* store_;
  const Console& console_;
};

}  // namespace

int analyze(const AnalyzeOptions& options, const Console& console) {
  auto config = load_config(options.config);
  if (!config) return fail(console, config.error());
  if (options.line_delay_ms) config->turns.line_delay_ms = *options.line_delay_ms;
  const auto writer = ReportWriter::create(options.targets, is_batch(options.inputs));
  if (!writer) return fail(console, writer.error());

  std::optional<RecordingStore> store;
  if (!options.keeping.folder.empty()) {
    auto opened = RecordingStore::open(options.keeping, *config, options.config);
    if (!opened) return fail(console, opened.error());
    store.emplace(std::move(*opened));
  }

  const Recordings recordings = find_recordings(options.inputs);
  for (const Error& problem : recordings.problems) complain(console, problem.message);

  const Analysis analysis(options, *config, *writer, store ? &*store : nullptr, console);
  ProgressBar bar(console, recordings.found.size());
  std::size_t failed = 0;
  Result<void> printed;
  run_in_order(
      recordings.found.size(), options.jobs,
      [&](std::size_t i) {
        return analysis.analyze(recordings.found[i], [&](float part) { bar.update(i, part); });
      },
      [&](std::size_t /*i*/, const Outcome& outcome) {
        failed += outcome.failed ? 1U : 0U;
        bar.around([&] {
          for (const std::string& complaint : outcome.complaints) complain(console, complaint);
          if (printed) printed = print(console, outcome.text);
        });
      });
  if (console.stop) return interrupted(console);
  if (!printed) return fail(console, printed.error());
  if (failed > 0 && recordings.found.size() > 1) {
    complain(console, fmt::format("{} of {} recordings failed or ended early; the rest is done",
                                  failed, recordings.found.size()));
  }
  return failed == 0 && recordings.problems.empty() ? kDone : kFailed;
}

}  // namespace tonecue
