/// @file
/// Puts a finished text into a file.
#pragma once

#include <filesystem>
#include <string_view>

#include "tonecue/core/result.h"

namespace tonecue {

/// What write_file() would refuse before it begins to write: to be asked before work whose result
/// is to be written.
Result<void> expect_writable(const std::filesystem::path& path, bool force);

/// Writes all of `text` or leaves things as they were: the text goes to a new file beside `path`,
/// is flushed to the disk, and takes its place in one step. A device or pipe is written to
/// directly.
/// @param force  Replace a file that is there and is not empty.
/// @return `exists` when such a file is there and `force` is off; `unwritable` for a missing
/// folder, no permission or a full disk.
Result<void> write_file(const std::filesystem::path& path, std::string_view text, bool force);

}  // namespace tonecue
