#include "audio/timeline/call_assembler.h"

#include <algorithm>
#include <utility>

namespace tonecue {
namespace {

// Filters may hand out this much more than a block at once, at the end.
constexpr std::size_t kResamplerTailSamples = 128;

}  // namespace

Result<CallAssembler> CallAssembler::create(const StreamLayout& layout, int max_block) {
  auto voices = StreamVoices::create(layout, max_block);
  if (!voices) return tl::unexpected(voices.error());
  return CallAssembler(layout, std::move(*voices));
}

CallAssembler::CallAssembler(const StreamLayout& layout, StreamVoices voices)
    : voices_(std::move(voices)), alone_(layout.channels == 1) {
  for (const Party party : kParties) {
    kept_[party].reserve(static_cast<std::size_t>(voices_.max_block()) + kResamplerTailSamples);
  }
}

void CallAssembler::push(std::span<const float> interleaved) {
  forget_taken();
  voices_.push(interleaved, [this](Party party, auto samples) { keep(party, samples); });
}

void CallAssembler::finish() {
  forget_taken();
  voices_.finish([this](Party party, auto samples) { keep(party, samples); });
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
  kept.insert(kept.end(), samples.begin(), samples.end());
  if (alone_) kept_[other(party)].resize(kept.size(), 0.0F);
}

}  // namespace tonecue
