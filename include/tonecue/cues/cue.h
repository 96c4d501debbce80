/// @file
/// An observed pattern in time, with the numbers that show it.
#pragma once

#include <array>
#include <cassert>
#include <cstdint>
#include <span>
#include <string_view>

#include "tonecue/core/party.h"

namespace tonecue {

enum class CueKind {
  interruption,  ///< This party cut the other off.
  raised_voice,  ///< Level and pitch well above this voice's usual.
  fast_speech,   ///< Faster than this voice's usual.
  slow_speech,   ///< Slower than this voice's usual.
  long_silence,  ///< Nobody speaks. Its party is the one whose turn it was to speak.
  monologue,     ///< One turn without a break for the other.
  distress,      ///< Customer only: the voice sounds agitated against its own usual.
  recovered,     ///< Customer only: back near the usual after distress or a raised voice.
};

inline constexpr int kCueKinds = 8;

std::string_view name(CueKind kind) noexcept;

/// One number behind a cue. The name carries the unit and is the JSON key.
struct EvidenceItem {
  std::string_view name;  ///< Static storage.
  float value = 0.0F;
};

/// Up to eight numbers, held without the heap.
class Evidence {
 public:
  static constexpr int kCapacity = 8;

  void add(std::string_view item_name, float value) noexcept {
    assert(size_ < kCapacity);
    if (size_ < kCapacity) items_[static_cast<std::size_t>(size_++)] = {item_name, value};
  }
  std::span<const EvidenceItem> items() const noexcept {
    return {items_.data(), static_cast<std::size_t>(size_)};
  }

 private:
  std::array<EvidenceItem, kCapacity> items_{};
  int size_ = 0;
};

struct Cue {
  CueKind kind = CueKind::interruption;
  Party party = Party::agent;
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;  ///< Until when it held; the present while it still does.
  std::int64_t raised_at_ms =
      0;                    ///< When a live listener is told; never before its proof was heard.
  float confidence = 0.0F;  ///< [0, 1]
  Evidence evidence{};
};

}  // namespace tonecue
