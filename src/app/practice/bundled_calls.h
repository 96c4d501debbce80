/// @file
/// The calls that come with the program, to practise with.
#pragma once

#include <filesystem>
#include <span>
#include <string_view>

namespace tonecue {

struct BundledCall {
  std::string_view name;
  std::string_view about;  ///< One line for who chooses.
};

std::span<const BundledCall> bundled_calls() noexcept;

/// Where the recording of a bundled call lies: in share/tonecue/calls beside the folder that the
/// program is in. They are not within the program, because it would be twice as large: 3.6 MB of
/// FLAC beside 4.2 MB.
/// @return Any other name comes back as it is: that of a recording.
std::filesystem::path scenario_path(std::string_view scenario);

}  // namespace tonecue
