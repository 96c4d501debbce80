#include "audio/call_assembler.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "tonecue/core/hop.h"

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

Result<CallAssembler> CallAssembler::create(const StreamLayout& layout, int max_block) {
  assert(layout.channels == 1 || layout.channels == 2);
  std::vector<Voice> voices;
  for (const Party party : kParties) {
    if (layout.channels == 1 && party != layout.party) continue;
    auto resampler = Resampler::create(layout.sample_rate_hz, max_block);
    if (!resampler) return tl::unexpected(resampler.error());
    const int channel = layout.channels == 1 ? 0 : channel_of(party, layout.agent_channel);
    voices.push_back({party, channel, std::move(*resampler)});
  }
  return CallAssembler(layout, std::move(voices), max_block);
}

CallAssembler::CallAssembler(const StreamLayout& layout, std::vector<Voice> voices, int max_block)
    : channels_(layout.channels),
      voices_(std::move(voices)),
      block_(static_cast<std::size_t>(max_block)) {
  for (const Party party : kParties) {
    kept_[party].reserve(block_.size() + kResamplerTailSamples);
  }
}

void CallAssembler::push(std::span<const float> interleaved) {
  forget_taken();
  const auto channels = static_cast<std::size_t>(channels_);
  const std::size_t times = interleaved.size() / channels;
  assert(interleaved.size() % channels == 0 && times <= block_.size());
  for (Voice& voice : voices_) {
    const float* source = interleaved.data() + voice.channel;
    for (std::size_t i = 0; i < times; ++i) {
      const float sample = source[i * channels];
      const bool valid = std::isfinite(sample);
      block_[i] = valid ? std::clamp(sample, -1.0F, 1.0F) : 0.0F;
      invalid_samples_ += valid ? 0 : 1;
      overscale_samples_ += valid && std::abs(sample) > kMostOvershoot ? 1 : 0;
    }
    keep(voice.party, voice.resampler.process(std::span(block_).first(times)));
  }
}

void CallAssembler::finish() {
  forget_taken();
  for (Voice& voice : voices_) keep(voice.party, voice.resampler.flush());
}

int CallAssembler::available() const noexcept {
  return static_cast<int>(kept_.agent.size() - taken_);
}

CallBlock CallAssembler::take(int max_samples) noexcept {
  const auto count = static_cast<std::size_t>(std::clamp(max_samples, 0, available()));
  CallBlock block;
  for (const Party party : kParties) {
    block[party] = std::span<const float>(kept_[party]).subspan(taken_, count);
  }
  taken_ += count;
  return block;
}

void CallAssembler::forget_taken() {
  for (const Party party : kParties) {
    auto& kept = kept_[party];
    kept.erase(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(taken_));
  }
  taken_ = 0;
}

/// With one voice alone, the other party gets as much silence.
void CallAssembler::keep(Party party, std::span<const float> samples) {
  auto& kept = kept_[party];
  for (const float sample : samples) kept.push_back(std::clamp(sample, -1.0F, 1.0F));
  if (voices_.size() == 1) kept_[other(party)].resize(kept.size(), 0.0F);
}

}  // namespace tonecue
