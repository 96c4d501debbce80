/// @file
/// A site's calibration in plain words.
#pragma once

#include <string>

#include "tonecue/cues/site_calibration.h"

namespace tonecue {

/// What was fitted, how sure it is, and what to do next.
/// @param file  Where the calibration was written.
std::string site_summary(const SiteCalibration& site, const std::string& file);

}  // namespace tonecue
