/// @file
/// Uploads that wait for their analysis, on the disk.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/server/review_server.h"

namespace tonecue {

/// Moves an upload into the folder, under a name of ours, with a note of what is known of it.
/// @return Where it lies now, when both are on the disk; `unwritable`.
Result<std::string> keep_upload(const IntakeFile& file, const std::filesystem::path& folder);

/// Those that were kept and not removed. One whose note is not whole was never acknowledged: it
/// goes.
std::vector<IntakeFile> find_uploads(const std::filesystem::path& folder);

/// With its note. What stays, because it cannot be removed, is found again.
void remove_upload(const std::filesystem::path& path);

}  // namespace tonecue
