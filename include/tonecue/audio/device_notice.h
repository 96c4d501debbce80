/// @file
/// What happens to a sound device in the middle of a call.
#pragma once

#include <cstdint>
#include <string_view>

#include "tonecue/core/party.h"

namespace tonecue {

struct DeviceNotice {
  enum class Kind {
    lost,      ///< A device gives no sound any more; its place on the time line is silent.
    returned,  ///< It is back. The gap is over.
    gap,       ///< Sound of so long was lost, 100 ms at least, and silence put in its place.
    overrun,   ///< The device says that it lost sound itself; how much it does not say.
    /// The device does not run at the rate that it tells, by more than can be corrected: sound is
    /// lost all along. Told once; the gaps that come of it are not.
    wrong_rate,
  };
  Kind kind = Kind::gap;
  PerParty<bool> parties{};  ///< Whose voice it carries; nobody's: it plays the tones.
  std::int64_t at_ms = 0;    ///< Call time at which the gap begins, or the device returned.
  std::int64_t gap_ms = 0;   ///< Length of the gap; 0 where none is told.
};

constexpr std::string_view name(DeviceNotice::Kind kind) noexcept {
  switch (kind) {
    case DeviceNotice::Kind::lost:
      return "lost";
    case DeviceNotice::Kind::returned:
      return "returned";
    case DeviceNotice::Kind::gap:
      return "gap";
    case DeviceNotice::Kind::overrun:
      return "overrun";
    case DeviceNotice::Kind::wrong_rate:
      return "wrong_rate";
  }
  return "";
}

}  // namespace tonecue
