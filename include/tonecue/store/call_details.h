/// @file
/// What is known of a call beside its sound.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tonecue {

enum class CallOrigin { recording, watched, uploaded, live };
std::string_view name(CallOrigin origin) noexcept;

enum class CallState {
  open,       ///< Goes on; what is stored is at most a second old.
  done,       ///< Whole.
  cut_short,  ///< The program that heard it ended before the call did.
};
std::string_view name(CallState state) noexcept;

/// Every text is UTF-8 of at most kLongestDetail bytes without control characters; empty: not
/// known.
struct CallDetails {
  std::int64_t started_unix_ms = 0;
  std::string agent{};  ///< As the site names them.
  std::string team{};
  std::string queue{};
  std::string caller_ref{};  ///< The site's own word for the caller, by which data are found again.
  std::string consent_ref{};  ///< Where it is written that the caller was told of the analysis.
  CallOrigin origin = CallOrigin::recording;
  std::string source{};          ///< Name of the recording, for people; without folders.
  std::string content_sha256{};  ///< Of the recording's file, 64 hex digits; empty of a live call.
};

inline constexpr int kLongestDetail = 200;

/// With what a call was judged.
struct CallMakers {
  std::string program_version{};
  std::string settings_toml{};  ///< The whole configuration (to_toml()); kept once for all calls.
};

}  // namespace tonecue
