/// @file
/// What happened to a sound device, told to the agent.
#pragma once

#include <string>

#include "tonecue/audio/device_notice.h"

namespace tonecue {

/// One sentence: what was heard to happen, since when, and what comes of it. ASCII only.
///
///     "The microphone gives no sound since 0:12; tonecue waits for it."
std::string notice_words(const DeviceNotice& notice);

/// Whose voice it is about: "agent", "customer" or "both", as the JSON says it.
std::string_view notice_party(const DeviceNotice& notice) noexcept;

}  // namespace tonecue
