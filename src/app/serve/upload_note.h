/// @file
/// What is known of an upload, kept beside it until it is analysed.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "tonecue/core/result.h"
#include "tonecue/server/review_server.h"

namespace tonecue {

/// Of these, path and origin are not in it.
std::string upload_note(const IntakeFile& file);

/// @return `corrupt` when it is none.
Result<IntakeFile> parse_upload_note(std::string_view json);

/// Beside the upload: its name and ".json".
std::filesystem::path note_of(const std::filesystem::path& upload);

}  // namespace tonecue
