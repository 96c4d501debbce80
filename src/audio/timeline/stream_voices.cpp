#include "audio/timeline/stream_voices.h"

#include <cmath>
#include <cstddef>
#include <utility>

namespace tonecue {
namespace {

// Filters may hand out this much more than a block at once, at the end.
constexpr std::size_t kResamplerTailSamples = 128;

// Decoders of compressed sound overshoot by a few dB; 6 dB is another scale, or broken.
constexpr float kMostOvershoot = 2.0F;

int channel_of(Party party, Channel agent_channel) {
  const bool left = (party == Party::agent) == (agent_channel == Channel::left);
  return left ? 0 : 1;
}

}  // namespace

Result<StreamVoices> StreamVoices::create(const StreamLayout& layout, int max_block) {
  assert(layout.channels == 1 || layout.channels == 2);
  std::vector<Voice> voices;
  for (const Party party : kParties) {
    if (layout.channels == 1 && party != layout.party) continue;
    auto resampler = Resampler::create(layout.sample_rate_hz, max_block);
    if (!resampler) return tl::unexpected(resampler.error());
    const int channel = layout.channels == 1 ? 0 : channel_of(party, layout.agent_channel);
    voices.push_back({party, channel, std::move(*resampler)});
  }
  return StreamVoices(layout.channels, std::move(voices), max_block);
}

StreamVoices::StreamVoices(int channels, std::vector<Voice> voices, int max_block)
    : channels_(channels),
      voices_(std::move(voices)),
      block_(static_cast<std::size_t>(max_block)),
      clipped_(block_.size() + kResamplerTailSamples) {}

bool StreamVoices::has(Party party) const noexcept {
  return std::any_of(voices_.begin(), voices_.end(),
                     [&](const Voice& voice) { return voice.party == party; });
}

std::span<const float> StreamVoices::clean(std::span<const float> interleaved,
                                           int channel) noexcept {
  const auto channels = static_cast<std::size_t>(channels_);
  const std::size_t times = interleaved.size() / channels;
  assert(interleaved.size() % channels == 0 && times <= block_.size());
  for (std::size_t i = 0; i < times; ++i) {
    const float sample = interleaved[i * channels + static_cast<std::size_t>(channel)];
    const bool valid = std::isfinite(sample);
    block_[i] = valid ? std::clamp(sample, -1.0F, 1.0F) : 0.0F;
    invalid_samples_ += valid ? 0 : 1;
    overscale_samples_ += valid && std::abs(sample) > kMostOvershoot ? 1 : 0;
  }
  return std::span(block_).first(times);
}

/// Filters overshoot too.
std::span<const float> StreamVoices::clip(std::span<const float> resampled) noexcept {
  std::transform(resampled.begin(), resampled.end(), clipped_.begin(),
                 [](float sample) { return std::clamp(sample, -1.0F, 1.0F); });
  return std::span(clipped_).first(resampled.size());
}

}  // namespace tonecue
