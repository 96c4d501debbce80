/// @file
/// A site's calibration of the distress cue, as a file.
#pragma once

#include <string>
#include <string_view>

#include "tonecue/core/result.h"
#include "tonecue/cues/site_calibration.h"
#include "tonecue/pipeline/call_session.h"

namespace tonecue {

/// JSON of schema `tonecue.distress_site/1`, made by `tonecue calibrate` and named by
/// `distress.calibration` in the configuration (docs/calibration.md).
struct SiteFile {
  std::string model;  ///< sha256 of the one it was fitted with; it holds for no other.
  std::string made;   ///< Date, as in 2026-01-31.
  SiteCalibration calibration;
};

/// The sha256 of the distress model that a session of this configuration runs.
/// @return What distress_weights_of() says.
Result<std::string> distress_model_id(const SessionConfig& config);

/// Strict: every key is needed, none may be added or told twice, every number lies in its range.
/// @param file  Only for messages. @return `corrupt`, saying what and where.
Result<SiteFile> parse_site_file(std::string_view json, std::string_view file);

/// parse_site_file() reads it back.
std::string to_json(const SiteFile& site);

/// Reads the file `config.calibration` and takes its figures over into `config.distress`.
/// @return What parse_site_file() says; `unreadable`; `unsupported` when it was fitted with another
/// model than the configuration's.
Result<void> apply_calibration(SessionConfig& config);

}  // namespace tonecue
