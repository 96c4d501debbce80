#include "audio/portaudio_session.h"

#include <utility>

#ifdef __linux__
#include <alsa/asoundlib.h>
#include <jack/jack.h>
#endif

namespace tonecue {
namespace {

#ifdef __linux__
// NOLINTNEXTLINE: the C variadic signature is ALSA's.
void ignore_alsa(const char* /*file*/, int /*line*/, const char* /*function*/, int /*error*/,
                 const char* /*format*/, ...) {}
void ignore_jack(const char* /*message*/) {}

/// While PortAudio looks for devices, ALSA and JACK print dozens of lines about those that a
/// machine does not have. What matters comes back as PortAudio's own error.
void quiet_backends() {
  snd_lib_error_set_handler(ignore_alsa);
  jack_set_error_function(ignore_jack);
  jack_set_info_function(ignore_jack);
}
#else
void quiet_backends() {}
#endif

}  // namespace

Result<PortAudioSession> PortAudioSession::create() {
  quiet_backends();
  const PaError error = Pa_Initialize();
  if (error != paNoError) {
    return tl::unexpected(device_error("the audio system cannot be reached", error));
  }
  return PortAudioSession();
}

PortAudioSession::PortAudioSession(PortAudioSession&& from) noexcept
    : open_(std::exchange(from.open_, false)) {}

PortAudioSession::~PortAudioSession() {
  if (open_) Pa_Terminate();
}

Error device_error(std::string_view what, PaError error) {
  // PortAudio leaves the reason of a host error to its host API.
  const PaHostErrorInfo* host =
      error == paUnanticipatedHostError ? Pa_GetLastHostErrorInfo() : nullptr;
  const char* reason = host != nullptr ? host->errorText : Pa_GetErrorText(error);
  return {ErrorCode::device, std::string(what) + " (" + reason + ")"};
}

}  // namespace tonecue
