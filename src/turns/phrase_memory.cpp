#include "tonecue/turns/phrase_memory.h"

#include <algorithm>

#include "tonecue/core/decibel.h"

namespace tonecue {
namespace {

constexpr int kLeastSpeechHops = 200 / kHopMs;
constexpr int kLeastVoicedHops = 50 / kHopMs;

}  // namespace

void PhraseMemory::process(const FeatureFrame& frame, bool active) noexcept {
  if (!active) return;
  newest_ = (newest_ + 1) % kHops;
  moments_[newest_] = {frame.index, frame.level_dbfs, frame.f0_hz.value_or(0.0F)};
}

std::optional<PhraseMemory::Sound> PhraseMemory::before(std::int64_t index) const noexcept {
  const std::int64_t oldest = index - kWithinHops;
  std::array<float, kSoundHops> f0_hz{};
  std::size_t voiced = 0;
  float power = 0.0F;
  std::size_t speech = 0;
  for (std::size_t k = 0; k < kHops && speech < kSoundHops; ++k) {
    const Moment& moment = moments_[(newest_ + kHops - k) % kHops];
    if (moment.index >= index) continue;
    if (moment.index < std::max<std::int64_t>(oldest, 0)) break;
    ++speech;
    power += db_to_power(moment.level_dbfs);
    if (moment.f0_hz > 0.0F) f0_hz[voiced++] = moment.f0_hz;
  }
  if (speech < kLeastSpeechHops) return std::nullopt;
  Sound sound{power_to_db(power / static_cast<float>(speech)), std::nullopt};
  if (voiced >= kLeastVoicedHops) {
    const auto middle = f0_hz.begin() + static_cast<std::ptrdiff_t>(voiced / 2);
    std::nth_element(f0_hz.begin(), middle, f0_hz.begin() + static_cast<std::ptrdiff_t>(voiced));
    sound.f0_hz = *middle;
  }
  return sound;
}

}  // namespace tonecue
