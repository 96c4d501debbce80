/// @file
/// Where a call's audio comes from.
#pragma once

#include <span>

#include "tonecue/audio/device_notice.h"
#include "tonecue/core/hop.h"
#include "tonecue/core/result.h"

namespace tonecue {

/// Some samples of both voices at kSampleRateHz, on one clock; both spans have the same length.
using CallBlock = PerParty<std::span<const float>>;

/// A call as a stream of blocks: a recording, or two devices.
class AudioSource {
 public:
  virtual ~AudioSource() = default;

  /// The next samples: at most `max_samples` of each party, fewer only at the end or when a device
  /// has no more yet. Valid until the next call. An empty block means the call is over.
  virtual Result<CallBlock> read(int max_samples) = 0;

  /// What happened to the devices since the last call of this, up to what read() gave; a recording
  /// has none. Valid until the next read().
  virtual std::span<const DeviceNotice> notices() noexcept { return {}; }
};

}  // namespace tonecue
