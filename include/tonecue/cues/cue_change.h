/// @file
/// What the cue rules say, hop by hop.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>

#include "tonecue/cues/cue.h"

namespace tonecue {

enum class CuePhase {
  raised,  ///< The cue begins to hold: tell the listener.
  ended,   ///< It no longer holds; `end_ms` is final.
};

struct CueChange {
  CuePhase phase = CuePhase::raised;
  Cue cue;
};

/// The changes of one hop, held without the heap.
class CueChanges {
 public:
  /// More rules than this cannot change in one hop.
  static constexpr std::size_t kCapacity = 24;

  void add(CuePhase phase, const Cue& cue) noexcept {
    assert(size_ < kCapacity);
    if (size_ < kCapacity) changes_[size_++] = {phase, cue};
  }
  void clear() noexcept { size_ = 0; }

  const CueChange* begin() const noexcept { return changes_.data(); }
  const CueChange* end() const noexcept { return changes_.data() + size_; }
  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }

 private:
  std::array<CueChange, kCapacity> changes_{};
  std::size_t size_ = 0;
};

}  // namespace tonecue
