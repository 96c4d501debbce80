#include "audio/devices/portaudio_session.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <utility>
#include <vector>

#include "audio/devices/device_deadline.h"

#ifdef __linux__
#include <alsa/asoundlib.h>
#include <dlfcn.h>
#include <jack/jack.h>
#include <poll.h>

namespace {

using TellEvents = decltype(&snd_pcm_poll_descriptors_revents);
// NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): what dlsym() gives is a function.
const auto kTellEventsOfAlsa =
    reinterpret_cast<TellEvents>(::dlsym(RTLD_NEXT, "snd_pcm_poll_descriptors_revents"));

}  // namespace

/// Stands before ALSA's function of this name, by which PortAudio learns what a device has for it.
///
/// When ALSA says there that a device failed, or went, Debian's PortAudio (19.6, its issue 1037)
/// may run in a circle: a core at work for nothing, in a thread that cannot be stopped. Here such a
/// device has nothing to tell. PortAudio waits for it, and lets itself be stopped while it waits;
/// who opened the stream sees that no sound comes.
extern "C" int snd_pcm_poll_descriptors_revents(snd_pcm_t* pcm, pollfd* descriptors,
                                                unsigned int count, unsigned short* events) {
  constexpr int kRestMs = 5;  // The descriptor of a dead device is always ready.
  const int told = kTellEventsOfAlsa(pcm, descriptors, count, events);
  if (told == 0 && snd_pcm_state(pcm) != SND_PCM_STATE_DISCONNECTED) return 0;
  ::poll(nullptr, 0, kRestMs);
  *events = 0;
  return 0;
}
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

/// What the process shares: PortAudio is one for all of it.
struct Shared {
  std::recursive_mutex mutex;
  std::vector<StreamHolder*> holders;
  int sessions = 0;
  int initialized = 0;  // Fewer than sessions when a restart failed.
  std::atomic<int> stuck_starts{0};
};

// PortAudio itself gives up after 1 s where it can.
constexpr std::chrono::seconds kLongestStart{5};

/// Never destroyed: a thread that hangs in a sound driver may still hold it when the program ends.
Shared& shared() {
  static Shared& it = *new Shared;  // NOLINT(cppcoreguidelines-owning-memory)
  return it;
}

Result<void> initialize_for(int sessions) {
  while (shared().initialized < sessions) {
    const PaError error = Pa_Initialize();
    if (error != paNoError) {
      return tl::unexpected(device_error("the audio system cannot be reached", error));
    }
    ++shared().initialized;
  }
  return {};
}

void terminate_down_to(int sessions) {
  if (shared().stuck_starts > 0) return;  // It would close what still starts.
  while (shared().initialized > sessions) {
    Pa_Terminate();
    --shared().initialized;
  }
}

}  // namespace

std::recursive_mutex& portaudio_mutex() { return shared().mutex; }

Result<PortAudioSession> PortAudioSession::create() {
  const std::lock_guard lock(portaudio_mutex());
  quiet_backends();
  if (const auto ok = initialize_for(shared().sessions + 1); !ok) return tl::unexpected(ok.error());
  ++shared().sessions;
  return PortAudioSession();
}

PortAudioSession::PortAudioSession(PortAudioSession&& from) noexcept
    : open_(std::exchange(from.open_, false)) {}

PortAudioSession::~PortAudioSession() {
  if (!open_) return;
  const std::lock_guard lock(portaudio_mutex());
  --shared().sessions;
  terminate_down_to(shared().sessions);
}

StreamHolder::StreamHolder() {
  const std::lock_guard lock(portaudio_mutex());
  shared().holders.push_back(this);
}

StreamHolder::~StreamHolder() {
  const std::lock_guard lock(portaudio_mutex());
  auto& holders = shared().holders;
  holders.erase(std::remove(holders.begin(), holders.end(), this), holders.end());
}

OpenStream::~OpenStream() {
  if (stream == nullptr) return;
  const std::lock_guard lock(portaudio_mutex());
  Pa_CloseStream(stream);
}

PaError open_stream(OpenStream& opened, const PaStreamParameters* input,
                    const PaStreamParameters* output, int sample_rate_hz, int block_ms,
                    PaStreamCallback* callback) {
  // What PortAudio writes to: the head of a stream, of some 100 bytes. It is no valid one, which
  // closing takes from PortAudio's list all the same.
  alignas(std::max_align_t) std::array<std::byte, 512> none{};
  opened.stream = none.data();
  const auto block_times = static_cast<unsigned long>(sample_rate_hz * block_ms / 1000);
  PaError error = Pa_OpenStream(&opened.stream, input, output, sample_rate_hz, block_times,
                                paNoFlag, callback, &opened);
  if (opened.stream != none.data()) return error;
  if (error == paNoError) {
    Pa_CloseStream(opened.stream);
    error = paInternalError;
  }
  opened.stream = nullptr;
  return error;
}

PaError start_in_time(const std::shared_ptr<OpenStream>& stream) {
  ++shared().stuck_starts;
  auto started = within(kLongestStart, [stream] {
    const PaError error = Pa_StartStream(stream->stream);
    --shared().stuck_starts;
    return error;
  });
  if (started) return *started;
  stream->works_for = nullptr;
  return paTimedOut;
}

Result<void> restart_portaudio() {
  const std::lock_guard lock(portaudio_mutex());
  if (shared().stuck_starts > 0) return tl::unexpected(silent_sound_system());
  for (StreamHolder* holder : shared().holders) holder->close_streams();
  terminate_down_to(0);
  auto started = initialize_for(shared().sessions);
  for (StreamHolder* holder : shared().holders) holder->open_streams();
  return started;
}

void look_after_holders() noexcept {
  const std::unique_lock lock(portaudio_mutex(), std::try_to_lock);
  if (!lock) return;  // Whoever is opening a device may take long.
  for (StreamHolder* holder : shared().holders) holder->look_after_streams();
}

Error silent_sound_system() {
  return {ErrorCode::device,
          "the sound system does not answer; restart the sound server, or the computer"};
}

std::string error_text(PaError error) {
  // PortAudio leaves the reason of a host error to its host API.
  const PaHostErrorInfo* host =
      error == paUnanticipatedHostError ? Pa_GetLastHostErrorInfo() : nullptr;
  return host != nullptr && host->errorText != nullptr ? host->errorText : Pa_GetErrorText(error);
}

Error device_error(std::string_view what, PaError error) {
  return {ErrorCode::device, std::string(what) + " (" + error_text(error) + ")"};
}

}  // namespace tonecue
