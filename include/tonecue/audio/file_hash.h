/// @file
/// Which file is the same as which.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "tonecue/core/result.h"

namespace tonecue {

struct FileHash {
  std::string sha256{};  ///< 64 lower-case hex digits.
  std::int64_t size_bytes = 0;
};

/// SHA-256 (FIPS 180-4) of all bytes of a file.
/// @return `not_found` or `unreadable`.
Result<FileHash> hash_file(const std::filesystem::path& path);

}  // namespace tonecue
