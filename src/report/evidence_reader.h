/// @file
/// Evidence by name.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tonecue/cues/cue.h"

namespace tonecue {

/// Hands out a cue's numbers by name and remembers which were asked for, so that what a sentence
/// has no place for is still told. The items must outlive it.
class EvidenceReader {
 public:
  explicit EvidenceReader(std::span<const EvidenceItem> items) noexcept : items_(items) {}

  /// Empty when there is no such number, or when it is not finite.
  std::optional<float> take(std::string_view name) noexcept;

  /// What was not taken: " (snr_db 12.5, clicks 3)", or nothing.
  std::string rest() const;

 private:
  std::span<const EvidenceItem> items_;
  std::array<bool, Evidence::kCapacity> taken_{};
};

}  // namespace tonecue
