/// @file
/// A few bytes anywhere in a file.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <unistd.h>

namespace tonecue {

/// As many as the longest header that is looked at.
using FileBytes = std::array<unsigned char, 12>;

/// Does not move the file's position. Bytes beyond the end read as zeros.
inline FileBytes bytes_at(int descriptor, std::int64_t offset) {
  FileBytes bytes{};
  if (::pread(descriptor, bytes.data(), bytes.size(), offset) < 0) bytes.fill(0);
  return bytes;
}

inline bool holds(const FileBytes& bytes, std::size_t at, std::string_view tag) {
  return std::equal(tag.begin(), tag.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char a, unsigned char b) { return static_cast<unsigned char>(a) == b; });
}

}  // namespace tonecue
