#include "tonecue/audio/device_output.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <utility>

#include <portaudio.h>

#include "audio/portaudio_session.h"

namespace tonecue {
namespace {

constexpr int kMostRateHz = 48000;  // More would carry nothing that a tone has.
constexpr int kLeastRateHz = 8000;

// 5 ms blocks, and room for four of them. Under two thirds of it PulseAudio's ALSA bridge begins to
// lose blocks on a busy machine, and the default of PortAudio (40 ms and more) would spend most of
// what a tone has to follow its decision in.
constexpr int kBlocksPerSecond = 200;
constexpr double kLatencyS = 0.020;

// How long the end waits for the last block, which fades out: a stalled device never asks for it.
constexpr auto kLongestFade = std::chrono::milliseconds(100);

struct CloseStream {
  void operator()(PaStream* stream) const noexcept { Pa_CloseStream(stream); }
};
using Stream = std::unique_ptr<PaStream, CloseStream>;

/// What the device's thread holds.
struct Rendering {
  SoundRenderer* renderer = nullptr;
  int channels = 1;
  std::array<float, kMostRateHz / kBlocksPerSecond> mono{};
  std::atomic<bool> ending{false};
};

void fade_out(std::span<float> block) noexcept {
  const float steps = static_cast<float>(block.size());
  for (std::size_t i = 0; i < block.size(); ++i) {
    block[i] *= 1.0F - static_cast<float>(i + 1) / steps;
  }
}

int play_block(const void* /*input*/, void* output, unsigned long sample_times,
               const PaStreamCallbackTimeInfo* /*time*/, PaStreamCallbackFlags /*flags*/,
               void* data) noexcept {
  auto& rendering = *static_cast<Rendering*>(data);
  const auto channels = static_cast<std::size_t>(rendering.channels);
  std::span<float> interleaved(static_cast<float*>(output), sample_times * channels);
  bool ended = false;
  while (!interleaved.empty()) {
    const std::size_t times = std::min(interleaved.size() / channels, rendering.mono.size());
    const std::span<float> mono = std::span(rendering.mono).first(times);
    std::fill(mono.begin(), mono.end(), 0.0F);
    if (!ended) rendering.renderer->render(mono);
    if (!ended && rendering.ending.load(std::memory_order_relaxed)) {
      fade_out(mono);
      ended = true;
    }
    for (std::size_t i = 0; i < times * channels; ++i) interleaved[i] = mono[i / channels];
    interleaved = interleaved.subspan(times * channels);
  }
  return ended ? paComplete : paContinue;
}

/// The rates to try, the device's own first.
std::array<int, 3> rates_hz(const AudioDevice& device) {
  return {std::clamp(device.default_rate_hz, kLeastRateHz, kMostRateHz), kMostRateHz, 44100};
}

}  // namespace

// In this order, so that the stream ends before what its callback reads.
struct DeviceOutput::Playback {
  PortAudioSession session;
  AudioDevice device;
  int sample_rate_hz = 0;
  Rendering rendering;
  Stream stream;

  Playback(PortAudioSession held, AudioDevice into)
      : session(std::move(held)), device(std::move(into)) {
    rendering.channels = std::min(device.output_channels, 2);
  }
  Playback(const Playback&) = delete;
  Playback& operator=(const Playback&) = delete;
  ~Playback() { end(); }

  Result<void> open();
  PaError open_at(int rate_hz);
  Result<void> start();
  void end() noexcept;
  Error told(PaError error) const;
};

Error DeviceOutput::Playback::told(PaError error) const {
  auto told = device_error("device '" + device.name + "' cannot play", error);
  told.message += "; check that no other program holds it, or choose another";
  return told;
}

PaError DeviceOutput::Playback::open_at(int rate_hz) {
  PaStreamParameters parameters{};
  parameters.device = device.index;
  parameters.channelCount = rendering.channels;
  parameters.sampleFormat = paFloat32;
  parameters.suggestedLatency = kLatencyS;
  PaStream* opened = nullptr;
  const PaError error = Pa_OpenStream(&opened, nullptr, &parameters, rate_hz,
                                      static_cast<unsigned long>(rate_hz / kBlocksPerSecond),
                                      paNoFlag, play_block, &rendering);
  if (error != paNoError) return error;
  stream.reset(opened);
  sample_rate_hz = rate_hz;
  return error;
}

Result<void> DeviceOutput::Playback::open() {
  PaError error = paInvalidSampleRate;
  for (const int rate_hz : rates_hz(device)) {
    if (error == paInvalidSampleRate) error = open_at(rate_hz);
  }
  if (error != paNoError) return tl::unexpected(told(error));
  return {};
}

Result<void> DeviceOutput::Playback::start() {
  const PaError error = Pa_StartStream(stream.get());
  if (error != paNoError) return tl::unexpected(told(error));
  return {};
}

void DeviceOutput::Playback::end() noexcept {
  if (stream == nullptr) return;
  rendering.ending.store(true, std::memory_order_relaxed);
  const auto limit = std::chrono::steady_clock::now() + kLongestFade;
  while (Pa_IsStreamActive(stream.get()) == 1 && std::chrono::steady_clock::now() < limit) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  stream.reset();
}

Result<DeviceOutput> DeviceOutput::open(std::string_view name) {
  auto session = PortAudioSession::create();  // Before devices(): an index holds for a session.
  if (!session) return tl::unexpected(session.error());
  const auto list = devices();
  if (!list) return tl::unexpected(list.error());
  const auto device = choose_output(*list, name);
  if (!device) return tl::unexpected(device.error());
  auto playback = std::make_unique<Playback>(std::move(*session), *device);
  const auto opened = playback->open();
  if (!opened) return tl::unexpected(opened.error());
  return DeviceOutput(std::move(playback));
}

Result<void> DeviceOutput::start(SoundRenderer& renderer) {
  playback_->rendering.renderer = &renderer;
  return playback_->start();
}

const AudioDevice& DeviceOutput::device() const noexcept { return playback_->device; }

int DeviceOutput::sample_rate_hz() const noexcept { return playback_->sample_rate_hz; }

float DeviceOutput::latency_ms() const noexcept {
  const PaStreamInfo* info = Pa_GetStreamInfo(playback_->stream.get());
  return info != nullptr ? static_cast<float>(1000.0 * info->outputLatency) : 0.0F;
}

DeviceOutput::DeviceOutput(std::unique_ptr<Playback> playback) : playback_(std::move(playback)) {}
DeviceOutput::DeviceOutput(DeviceOutput&&) noexcept = default;
DeviceOutput& DeviceOutput::operator=(DeviceOutput&&) noexcept = default;
DeviceOutput::~DeviceOutput() = default;

}  // namespace tonecue
