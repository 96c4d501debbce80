/// @file
/// How a recording device does its work.
#pragma once

#include <cstdint>
#include <string>

#include "tonecue/core/party.h"

namespace tonecue {

/// How a device did, from the begin of the call until now.
struct DeviceHealth {
  std::string name;
  PerParty<bool> parties{};  ///< Whose voice it carries.
  int sample_rate_hz = 0;
  double drift_ppm = 0.0;        ///< How much faster than its rate its clock is.
  bool wrong_rate = false;       ///< By more than can be corrected: sound is lost all along.
  int times_lost = 0;            ///< Taken away, or silent for too long.
  std::int64_t gaps = 0;         ///< Stretches filled with silence; one that goes on too.
  std::int64_t gap_ms = 0;       ///< How long they were, all of them.
  std::int64_t dropped_ms = 0;   ///< Sound that came too late for its place, or found no room.
  std::int64_t overruns = 0;     ///< How often it said that it lost sound itself.
  std::int64_t bad_samples = 0;  ///< Samples that were no numbers, and became silence.
};

}  // namespace tonecue
