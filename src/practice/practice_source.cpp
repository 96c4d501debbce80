#include "tonecue/practice/practice_source.h"

#include <algorithm>
#include <cmath>

#include "tonecue/core/hop.h"
#include "tonecue/features/feature_frame.h"

namespace tonecue {
namespace {

/// The director lives in the time of the frames that it hears.
PracticePace in_frame_time(PracticePace pace) {
  pace.heard_after_ms += static_cast<int>(hops_to_ms(kFrameLatencyHops));
  return pace;
}

}  // namespace

int practice_latency_ms(const DeviceOutput& headset) noexcept {
  // From the microphone to the call's time line: measured on PulseAudio, whose buffers are most of
  // it and differ from call to call (tests/practice/practice_device_test.cpp: 9 to 40 ms).
  constexpr int kInputLatencyMs = 30;
  return static_cast<int>(std::lround(headset.latency_ms())) + kInputLatencyMs;
}

PracticeSource::PracticeSource(AudioSource& microphone, const PracticeScenario& scenario,
                               CustomerVoice& voice, const PracticePace& pace)
    : microphone_(microphone),
      scenario_(scenario),
      voice_(voice),
      heard_after_(std::int64_t{pace.heard_after_ms} * kSampleRateHz / 1000),
      director_(scenario.script, in_frame_time(pace)) {}

Result<CallBlock> PracticeSource::read(int max_samples) {
  if (director_.over()) return CallBlock{};
  const auto block = microphone_.read(max_samples);
  if (!block) return tl::unexpected(block.error());
  const std::size_t samples = block->agent.size();
  if (customer_.size() < samples) customer_.resize(samples);
  fill_customer(samples);
  position_ += static_cast<std::int64_t>(samples);
  return CallBlock{block->agent, std::span(customer_).first(samples)};
}

void PracticeSource::fill_customer(std::size_t samples) noexcept {
  const auto block = std::span(customer_).first(samples);
  std::ranges::fill(block, 0.0F);
  const auto size = static_cast<std::int64_t>(samples);
  const std::int64_t from = std::clamp<std::int64_t>(sounds_from_ - position_, 0, size);
  const std::int64_t until =
      std::clamp<std::int64_t>(sounds_from_ + std::ssize(sounding_) - position_, from, size);
  const auto line = sounding_.subspan(static_cast<std::size_t>(
      std::clamp<std::int64_t>(position_ + from - sounds_from_, 0, std::ssize(sounding_))));
  std::ranges::copy(line.first(static_cast<std::size_t>(until - from)), block.begin() + from);
}

void PracticeSource::hear(const TurnFrame& frame) noexcept {
  if (frame.index == heard_) return;  // The last one comes twice.
  heard_ = frame.index;
  const auto line = director_.process(frame.parties.agent.active);
  if (!line) return;
  voice_.play(*line);
  sounding_ = scenario_.clips[*line];
  sounds_from_ = position_ + heard_after_;
}

}  // namespace tonecue
