/// @file
/// The frames of an MP3 file, by their headers.
#pragma once

#include <cstdint>

namespace tonecue {

/// An ID3 tag, or three frame headers in a row: one alone is too easily met by chance.
bool begins_as_mp3(int descriptor);

struct Mp3Extent {
  std::int64_t sample_times = 0;  ///< Of all whole frames up to the first that is none.
  bool cut = false;               ///< The file ends within the last frame.
};

/// Follows the frames to the end. (An MP3 does not tell its length; libsndfile's is an estimate.)
Mp3Extent mp3_extent(int descriptor, std::int64_t file_bytes);

}  // namespace tonecue
