#include "audio/devices/portaudio_port.h"

#include <algorithm>
#include <mutex>
#include <string>
#include <utility>

#include "audio/devices/device_callback.h"
#include "audio/devices/portaudio_session.h"

namespace tonecue {
namespace {

// Each wake-up of a sound server's client costs more than the analysis of its sound. A whole
// `tonecue live` in per cent of a core, and capture to decision in ms (median, 99 of 100), on four
// cores with 18 busy threads, PulseAudio null sinks:
//
//     block ms      20       25       30       40
//     CPU          2.7      2.5      2.3      2.2
//     decision   25, 41   27, 48   27, 49   40, 85
//
// PortAudio adds a second block of buffer to the latency that is asked for.
constexpr int kBlockMs = 30;
constexpr double kSuggestedLatencyS = 0.030;

int record_block(const void* input, void* output, unsigned long sample_times,
                 const PaStreamCallbackTimeInfo* time, PaStreamCallbackFlags flags,
                 void* stream) noexcept {
  void* buffer = static_cast<OpenStream*>(stream)->works_for.load(std::memory_order_acquire);
  if (buffer == nullptr) return paAbort;
  return device_callback(input, output, sample_times, time, flags, buffer);
}

class PortAudioStream : public InputStream {
 public:
  explicit PortAudioStream(std::shared_ptr<OpenStream> open) : open_(std::move(open)) {}

  bool running() const noexcept override { return Pa_IsStreamActive(open_->stream) == 1; }

 private:
  std::shared_ptr<OpenStream> open_;
};

PaStreamParameters parameters_of(const AudioDevice& device, const StreamLayout& layout) {
  PaStreamParameters parameters{};
  parameters.device = device.index;
  parameters.channelCount = layout.channels;
  parameters.sampleFormat = paFloat32;
  parameters.suggestedLatency = kSuggestedLatencyS;
  return parameters;
}

class PortAudioPort : public InputPort {
 public:
  explicit PortAudioPort(PortAudioSession session) : session_(std::move(session)) {}

  Result<std::vector<AudioDevice>> list() override { return devices(); }

  Result<std::unique_ptr<InputStream>> open(const AudioDevice& device, const StreamLayout& layout,
                                            CaptureBuffer& buffer) override {
    const std::lock_guard lock(portaudio_mutex());
    const PaStreamParameters parameters = parameters_of(device, layout);
    buffer.begin_opening(layout.sample_rate_hz);
    auto stream = std::make_shared<OpenStream>(&buffer);
    PaError error =
        open_stream(*stream, &parameters, nullptr, layout.sample_rate_hz, kBlockMs, record_block);
    if (error != paNoError) return refused(device, error);
    error = start_in_time(stream);
    if (error == paTimedOut) return tl::unexpected(does_not_start(device));
    if (error != paNoError) return refused(device, error);
    return std::make_unique<PortAudioStream>(std::move(stream));
  }

  Result<void> restart() override { return restart_portaudio(); }
  void look_after_others() noexcept override { look_after_holders(); }

 private:
  static tl::unexpected<Error> refused(const AudioDevice& device, PaError error) {
    return tl::unexpected(input_refused(device, error, error_text(error)));
  }

  PortAudioSession session_;
};

/// What it takes to know the cause, where PortAudio only names the act.
std::string advice(PaError error, std::string_view reason) {
  const auto tells = [&](std::string_view word) {
    return reason.find(word) != std::string_view::npos;
  };
  if (error == paDeviceUnavailable || tells("busy")) {
    return "another program holds it for itself; end that program, or choose the sound server's "
           "device ('pulse', 'pipewire' or 'default'), which many may use";
  }
  if (tells("ermission") || tells("denied")) {
    return "this user may not record: allow it in the system's privacy settings, or, on Linux, add "
           "the user to the group 'audio'";
  }
  if (error == paInvalidDevice || tells("No such device")) return "it is not there; plug it in";
  if (error == paInvalidChannelCount) {
    return "it records fewer channels; choose another, or one device for each voice";
  }
  return "check that it is plugged in and that no other program holds it, or choose another";
}

}  // namespace

Result<std::unique_ptr<InputPort>> open_portaudio_port() {
  auto session = PortAudioSession::create();
  if (!session) return tl::unexpected(session.error());
  return std::make_unique<PortAudioPort>(std::move(*session));
}

Error does_not_start(const AudioDevice& device) {
  return {ErrorCode::device,
          "device '" + device.name +
              "' does not start to record; choose another ('tonecue devices --levels' shows which "
              "give sound), or restart the sound server"};
}

Error input_refused(const AudioDevice& device, PaError error, std::string_view reason) {
  const ErrorCode code = error == paInvalidSampleRate ? ErrorCode::unsupported : ErrorCode::device;
  return {code, "device '" + device.name + "' cannot be opened (" + std::string(reason) + "); " +
                    advice(error, reason)};
}

}  // namespace tonecue
