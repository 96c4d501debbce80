/// @file
/// A site's calibration of the distress cue, as a file.
#pragma once

#include <string>
#include <string_view>

#include "tonecue/core/result.h"
#include "tonecue/cues/distress_config.h"
#include "tonecue/cues/site_calibration.h"

namespace tonecue {

/// JSON of schema `tonecue.distress_site/1`, made by `tonecue calibrate` and named by
/// `distress.calibration` in the configuration (docs/calibration.md).
struct SiteFile {
  std::string model;  ///< It was fitted with; it holds for no other (distress_model_id()).
  std::string made;   ///< Date, as in 2026-01-31.
  SiteCalibration calibration;
};

/// Which distress model this program runs.
std::string distress_model_id();

/// Strict: every key is needed, none may be added or told twice, every number lies in its range.
/// @param file  Only for messages. @return `corrupt`, saying what and where.
Result<SiteFile> parse_site_file(std::string_view json, std::string_view file);

/// parse_site_file() reads it back.
std::string to_json(const SiteFile& site);

/// Reads `config.calibration` and takes its figures over.
/// @return What parse_site_file() says; `unreadable`; `unsupported` when it was fitted with another
/// model than `model`.
Result<void> apply_calibration(std::string_view model, DistressConfig& config);

}  // namespace tonecue
