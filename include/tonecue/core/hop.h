/// @file
/// The step of time that everything inside shares.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "tonecue/core/party.h"

namespace tonecue {

inline constexpr int kSampleRateHz = 8000;
inline constexpr int kHopMs = 10;
inline constexpr int kHopSamples = kSampleRateHz * kHopMs / 1000;
inline constexpr int kHopsPerSecond = 1000 / kHopMs;
static_assert(kHopSamples * 1000 == kSampleRateHz * kHopMs, "a hop is a whole number of samples");

/// One hop of one voice: samples in [-1, 1]. NaN and infinity count as silence.
using Hop = std::span<const float, kHopSamples>;

/// The same 10 ms of both voices, on one clock.
using CallHop = PerParty<std::array<float, kHopSamples>>;

constexpr std::int64_t hops_to_ms(std::int64_t hops) noexcept { return hops * kHopMs; }

constexpr double ms_to_s(std::int64_t ms) noexcept { return static_cast<double>(ms) / 1000.0; }

/// A length, not a point of time: a float has no milliseconds left after some hours.
constexpr float hops_to_s(std::int64_t hops) noexcept {
  return static_cast<float>(ms_to_s(hops_to_ms(hops)));
}

}  // namespace tonecue
