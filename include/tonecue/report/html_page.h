/// @file
/// A call as one web page.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tonecue/report/call_report.h"

namespace tonecue {

/// A recording to carry inside the page.
struct PageAudio {
  std::string_view media_type;           ///< One that browsers play: "audio/wav", "audio/flac".
  std::span<const unsigned char> bytes;  ///< The whole file.
};

/// One self-contained page: both voices on one time line, the cues with their reasons, both parties
/// side by side, the alerts. It loads nothing from anywhere, and its content security policy holds
/// it to that. With `audio` it plays, with a moving play-head.
std::string to_html(const CallReport& report, const std::optional<PageAudio>& audio = std::nullopt);

}  // namespace tonecue
