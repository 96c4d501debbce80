/// @file
/// PortAudio, from its start to its end.
#pragma once

#include <string>
#include <string_view>

#include <portaudio.h>

#include "tonecue/core/result.h"

namespace tonecue {

/// Holds PortAudio open. Sessions may nest; the last one closes it.
class PortAudioSession {
 public:
  static Result<PortAudioSession> create();

  PortAudioSession(PortAudioSession&& from) noexcept;
  PortAudioSession& operator=(PortAudioSession&&) = delete;
  ~PortAudioSession();

 private:
  PortAudioSession() = default;
  bool open_ = true;
};

/// One line for a person.
Error device_error(std::string_view what, PaError error);

}  // namespace tonecue
