#include <atomic>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "app/commands.h"
#include "recordings.h"
#include "report_writer.h"
#include "tonecue/app/config_file.h"
#include "tonecue/cues/distress_clip_scorer.h"
#include "tonecue/cues/distress_estimate.h"
#include "tonecue/report/csv.h"
#include "voice_frames.h"

namespace tonecue {
namespace {

/// Scores one clip of a customer's voice after the other.
class ClipRater {
 public:
  using Rating = std::optional<DistressClipScorer::Score>;

  static Result<ClipRater> create(const SessionConfig& config) {
    auto frames = FrameExtractor<Party::customer>::create();
    if (!frames) return tl::unexpected(frames.error());
    const auto weights = distress_weights_of(config);
    if (!weights) return tl::unexpected(weights.error());
    auto scorer = DistressClipScorer::create(*weights);
    if (!scorer) return tl::unexpected(scorer.error());
    return ClipRater(std::move(*frames), std::move(*scorer));
  }

  /// @return An empty rating for "don't know".
  Result<Rating> rate(FileSource& clip, const std::atomic<bool>& stop) {
    const auto read = for_each_frame(
        clip, frames_, stop, [this](const CustomerFrame& frame) { scorer_.process(frame); });
    const Rating rating = scorer_.finish();
    if (!read) return tl::unexpected(read.error());
    return rating;
  }

 private:
  ClipRater(FrameExtractor<Party::customer> frames, DistressClipScorer scorer)
      : frames_(std::move(frames)), scorer_(std::move(scorer)) {}

  FrameExtractor<Party::customer> frames_;
  DistressClipScorer scorer_;
};

/// In quotes where it needs them.
std::string file_cell(const std::string& path) {
  const bool plain = path.find_first_of(",\"\r\n") == std::string::npos;
  return plain ? path : csv_cell(path);
}

std::string row(const std::string& path, const ClipRater::Rating& rating) {
  if (!rating) {
    return fmt::format("{},,,,{}\n", file_cell(path), name(DistressState::too_little_voice));
  }
  const std::string anger = rating->anger ? fmt::format("{:.4f}", *rating->anger) : "";
  return fmt::format("{},{:.4f},{:.4f},{},{}\n", file_cell(path), rating->distress,
                     rating->agitated, anger, name(DistressState::ok));
}

}  // namespace

int distress(const DistressOptions& options, const Console& console) {
  const auto writable = expect_writable_target(options.csv, options.force);
  if (!writable) return fail(console, writable.error());
  const auto config = load_uncalibrated_config(options.config);
  if (!config) return fail(console, config.error());
  auto rater = ClipRater::create(*config);
  if (!rater) return fail(console, rater.error());
  const Recordings clips = find_recordings(options.inputs);
  for (const Error& problem : clips.problems) complain(console, problem.message);

  int status = clips.problems.empty() ? kDone : kFailed;
  std::string table = "file,score,agitated,anger,state\n";
  RecordingConfig recording = options.recording;
  recording.party = Party::customer;
  for (const Recording& clip : clips.found) {
    auto source = FileSource::create(clip.path, recording);
    const auto rating =
        source ? rater->rate(*source, console.stop) : tl::unexpected(source.error());
    if (console.stop) return interrupted(console);
    if (!rating) {
      status = fail(console, rating.error());
      continue;
    }
    for (const std::string& warning : source->warnings()) complain(console, warning);
    if (source->truncated()) status = kFailed;
    table += row(clip.path, *rating);
  }
  const auto written = write_text(options.csv, table, options.force, console);
  return written ? status : fail(console, written.error());
}

}  // namespace tonecue
