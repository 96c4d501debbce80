#include "call_analysis.h"

#include <utility>

namespace tonecue {

PlayConfig play_telling(const RecordingInfo& info, const std::function<void(float)>& on_progress) {
  PlayConfig play;
  if (info.duration_ms && *info.duration_ms > 0) {
    const float samples_in_all =
        static_cast<float>(*info.duration_ms) * (static_cast<float>(kSampleRateHz) / 1000.0F);
    play.on_progress = [&on_progress, samples_in_all](std::int64_t samples) {
      on_progress(static_cast<float>(samples) / samples_in_all);
    };
  }
  return play;
}

Result<HeardCall> analyze_call(const std::string& path, const RecordingConfig& recording,
                               const SessionConfig& config, const std::atomic<bool>& stop,
                               const std::function<void(float)>& on_progress,
                               CallListener* beside) {
  auto source = FileSource::create(path, recording);
  if (!source) return tl::unexpected(source.error());
  const PlayConfig play = play_telling(source->info(), on_progress);
  CallRecorder recorder(source->info());
  auto report = record_call(*source, config, recorder, play, stop, beside);
  if (!report) return tl::unexpected(report.error());
  return HeardCall{std::move(*report), source->warnings(), !source->truncated()};
}

}  // namespace tonecue
