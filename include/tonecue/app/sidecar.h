/// @file
/// What a recorder says of a recording, in a file beside it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "tonecue/core/result.h"
#include "tonecue/store/call_details.h"

namespace tonecue {

/// NAME.json beside NAME.wav: an object of `agent`, `team`, `queue`, `caller_ref`, `consent_ref`
/// (texts), `started_at` (a time of core/iso_time.h, "2026-11-22T09:30:00+01:00") and
/// `agent_channel` ("left" or "right"). All may be left out; null is as left out.
struct Sidecar {
  CallDetails details{};  ///< Of these fields alone.
  std::string agent_channel = "left";
};

/// Strict: an unknown name, a wrong type or a text that no call may have is `invalid_argument`,
/// what is no JSON is `corrupt`; one line that begins with `file`.
Result<Sidecar> parse_sidecar(std::string_view json, std::string_view file);

/// Where the sidecar of a recording would lie.
std::filesystem::path sidecar_of(const std::filesystem::path& recording);

/// @return `not_found` when there is none, else as parse_sidecar().
Result<Sidecar> read_sidecar(const std::filesystem::path& path);

}  // namespace tonecue
