#include "call_analysis.h"

#include <utility>

#include "tonecue/app/call_player.h"

namespace tonecue {

Result<HeardCall> analyze_call(const std::string& path, const RecordingConfig& recording,
                               const SessionConfig& config, const std::atomic<bool>& stop,
                               const std::function<void(float)>& on_progress) {
  auto source = FileSource::create(path, recording);
  if (!source) return tl::unexpected(source.error());
  PlayConfig play;
  if (const auto duration_ms = source->info().duration_ms; duration_ms && *duration_ms > 0) {
    const float samples_in_all =
        static_cast<float>(*duration_ms) * (static_cast<float>(kSampleRateHz) / 1000.0F);
    play.on_progress = [&on_progress, samples_in_all](std::int64_t samples) {
      on_progress(static_cast<float>(samples) / samples_in_all);
    };
  }
  CallRecorder recorder(source->info());
  auto report = record_call(*source, config, recorder, play, stop);
  if (!report) return tl::unexpected(report.error());
  return HeardCall{std::move(*report), source->warnings(), !source->truncated()};
}

}  // namespace tonecue
