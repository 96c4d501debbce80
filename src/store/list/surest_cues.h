/// @file
/// How sure the surest cue of each kind is, as a call's row holds it (schema/003_reviews.sql).
#pragma once

#include <cstdint>
#include <optional>

#include "store/database/stored_values.h"
#include "tonecue/cues/cue.h"

namespace tonecue {

/// A number of 64 bits for each party: a byte for each kind, the first kind lowest; 1 + whole
/// percents, 0: no such cue.
inline constexpr int kBitsOfKind = 8;
static_assert(kCueKinds * kBitsOfKind <= 64, "a ninth kind of cue needs another column");

/// @return [0, 1], in whole percents.
inline std::optional<float> surest_of(std::int64_t surest, CueKind kind) {
  constexpr std::uint64_t kByte = 0xFF;
  constexpr float kPercent = 100.0F;
  const auto shift = static_cast<std::uint64_t>(stored(kind)) * kBitsOfKind;
  const std::uint64_t percent_and_1 = (static_cast<std::uint64_t>(surest) >> shift) & kByte;
  if (percent_and_1 == 0) return std::nullopt;
  return static_cast<float>(percent_and_1 - 1) / kPercent;
}

}  // namespace tonecue
