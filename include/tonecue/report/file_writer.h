/// @file
/// Puts a finished text into a file.
#pragma once

#include <filesystem>
#include <string_view>

#include "tonecue/core/result.h"

namespace tonecue {

/// Writes all of `text` or leaves things as they were: the text goes to a new file beside `path`,
/// is flushed to the disk, and takes its place in one step. A device or pipe is written to
/// directly.
/// @param force  Replace a file that is there.
/// @return `exists` when a file is there and `force` is off; `unwritable` for a missing folder, no
/// permission or a full disk.
Result<void> write_file(const std::filesystem::path& path, std::string_view text, bool force);

}  // namespace tonecue
