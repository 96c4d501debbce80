#include "tonecue/audio/device_output.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include <portaudio.h>

#include "audio/portaudio_session.h"

namespace tonecue {
namespace {

constexpr int kMostRateHz = 48000;  // More would carry nothing that a tone has.
constexpr int kLeastRateHz = 8000;

// Into PulseAudio's null sink, on a busy machine: blocks of 15 ms, of which the device holds two,
// are heard at most 45 ms after they were asked for, and cost 0.75 % of a core. Blocks of 10 ms and
// less save 15 ms and cost 1.5 to 2 %: every wake-up costs, sound or none. Blocks of 20 ms save
// nothing to speak of. PortAudio's own default would hold 40 ms and more.
constexpr int kBlockMs = 15;
constexpr double kLatencyS = 0.030;

// How long the end waits for the last block, which fades out: a stalled device never asks for it.
constexpr auto kLongestFade = std::chrono::milliseconds(100);

// And for the stream to close: a sound server that hangs keeps whoever wants to leave it.
constexpr auto kLongestClose = std::chrono::seconds(1);

struct CloseStream {
  void operator()(PaStream* stream) const noexcept {
    const std::lock_guard lock(portaudio_mutex());
    Pa_CloseStream(stream);
  }
};
using Stream = std::unique_ptr<PaStream, CloseStream>;

/// What the device's thread holds.
class Rendering {
 public:
  int channels = 1;

  void begin(SoundRenderer& renderer) noexcept { renderer_.store(&renderer); }

  /// The next block fades out and is the last.
  void begin_end() noexcept { ending_.store(true); }

  /// Whether that block was played.
  bool ended() const noexcept { return ended_.load(); }

  /// From here on the renderer is not called, even by a device that comes back to life.
  void release() noexcept {
    renderer_.store(nullptr);
    while (rendering_.load()) std::this_thread::yield();  // Microseconds.
  }

  /// @return Whether there is more to come.
  bool fill(std::span<float> interleaved) noexcept;

 private:
  void render(std::span<float> mono) noexcept;

  std::atomic<SoundRenderer*> renderer_{nullptr};
  std::atomic<bool> rendering_{false};
  std::atomic<bool> ending_{false};
  std::atomic<bool> ended_{false};
  std::array<float, kMostRateHz * kBlockMs / 1000> mono_{};
};

void fade_out(std::span<float> block) noexcept {
  const auto steps = static_cast<float>(block.size());
  for (std::size_t i = 0; i < block.size(); ++i) {
    block[i] *= 1.0F - static_cast<float>(i + 1) / steps;
  }
}

void Rendering::render(std::span<float> mono) noexcept {
  std::fill(mono.begin(), mono.end(), 0.0F);
  if (ended_) return;
  ended_ = ending_.load();
  rendering_.store(true);
  if (SoundRenderer* renderer = renderer_.load(); renderer != nullptr) renderer->render(mono);
  rendering_.store(false);
  if (ended_) fade_out(mono);
}

bool Rendering::fill(std::span<float> interleaved) noexcept {
  const auto width = static_cast<std::size_t>(channels);
  while (!interleaved.empty()) {
    const std::size_t times = std::min(interleaved.size() / width, mono_.size());
    const std::span<float> mono = std::span(mono_).first(times);
    render(mono);
    for (std::size_t i = 0; i < times * width; ++i) interleaved[i] = mono[i / width];
    interleaved = interleaved.subspan(times * width);
  }
  return !ended_;
}

int play_block(const void* /*input*/, void* output, unsigned long sample_times,
               const PaStreamCallbackTimeInfo* /*time*/, PaStreamCallbackFlags /*flags*/,
               void* rendering) noexcept {
  auto& source = *static_cast<Rendering*>(rendering);
  const std::size_t samples = sample_times * static_cast<std::size_t>(source.channels);
  return source.fill({static_cast<float*>(output), samples}) ? paContinue : paComplete;
}

/// The rates to try, the device's own first.
std::array<int, 3> rates_hz(const AudioDevice& device) {
  return {std::clamp(device.default_rate_hz, kLeastRateHz, kMostRateHz), kMostRateHz, 44100};
}

}  // namespace

// In this order, so that the stream ends before what its callback reads.
struct DeviceOutput::Playback : StreamHolder {
  PortAudioSession session;
  AudioDevice device;
  int sample_rate_hz = 0;
  float latency_ms = 0.0F;
  bool started = false;
  Rendering rendering;
  Stream stream;

  Playback(PortAudioSession held, AudioDevice into)
      : session(std::move(held)), device(std::move(into)) {
    rendering.channels = std::min(device.output_channels, 2);
  }
  Result<void> open();
  PaError open_at(int rate_hz);
  Result<void> start();
  void end() noexcept;
  void close_streams() noexcept override { stream.reset(); }
  void open_streams() noexcept override;
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
                                      static_cast<unsigned long>(rate_hz) * kBlockMs / 1000,
                                      paNoFlag, play_block, &rendering);
  if (error != paNoError) return error;
  stream.reset(opened);
  sample_rate_hz = rate_hz;
  latency_ms = static_cast<float>(1000.0 * Pa_GetStreamInfo(opened)->outputLatency);
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
  const std::lock_guard lock(portaudio_mutex());
  started = true;
  const PaError error = Pa_StartStream(stream.get());
  if (error != paNoError) return tl::unexpected(told(error));
  return {};
}

/// At the rate at which the renderer's sounds were made. A device that is not there stays silent.
void DeviceOutput::Playback::open_streams() noexcept {
  const auto list = devices();
  if (!list) return;
  const auto found = choose_output(*list, device.name);
  if (!found) return;
  device.index = found->index;
  if (open_at(sample_rate_hz) == paNoError && started) Pa_StartStream(stream.get());
}

void DeviceOutput::Playback::end() noexcept {
  rendering.begin_end();
  const auto limit = std::chrono::steady_clock::now() + kLongestFade;
  while (started && !rendering.ended() && std::chrono::steady_clock::now() < limit) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  rendering.release();
}

Result<DeviceOutput> DeviceOutput::open(std::string_view name) {
  const std::lock_guard lock(portaudio_mutex());
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
  playback_->rendering.begin(renderer);
  return playback_->start();
}

const AudioDevice& DeviceOutput::device() const noexcept { return playback_->device; }

int DeviceOutput::sample_rate_hz() const noexcept { return playback_->sample_rate_hz; }

float DeviceOutput::latency_ms() const noexcept { return playback_->latency_ms; }

DeviceOutput::DeviceOutput(std::unique_ptr<Playback> playback) : playback_(std::move(playback)) {}
DeviceOutput::DeviceOutput(DeviceOutput&&) noexcept = default;

DeviceOutput::~DeviceOutput() {
  if (playback_ == nullptr) return;
  playback_->end();
  std::packaged_task<void()> close(
      [playback = std::move(playback_)]() mutable { playback.reset(); });
  const auto closed = close.get_future();
  std::thread closer(std::move(close));
  if (closed.wait_for(kLongestClose) == std::future_status::ready) {
    closer.join();
  } else {
    closer.detach();
  }
}

}  // namespace tonecue
