#include "tonecue/audio/device_output.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include <portaudio.h>

#include "audio/devices/device_deadline.h"
#include "audio/devices/portaudio_session.h"

namespace tonecue {
namespace {

constexpr int kMostRateHz = 48000;  // More would carry nothing that a tone has.
constexpr int kLeastRateHz = 8000;

// Every wake-up costs, sound or none. Two blocks held, into a null sink of PulseAudio, on a busy
// machine: from the request to the sink at most 45 ms, and 0.75 % of a core, with blocks of 15 ms;
// 29 ms and 1.1 % with 12 ms; 24 ms and 1.5 to 2 % with 10 ms; 55 ms and 0.6 % with 20 ms.
// PortAudio's own default would hold 40 ms and more.
constexpr int kBlockMs = 15;
constexpr double kLatencyS = 0.030;

// How long the end waits for the last block, which fades out: a stalled device never asks for it.
constexpr auto kLongestFade = std::chrono::milliseconds(100);

// And for the stream to close: a sound server that hangs keeps whoever wants to leave it.
constexpr auto kLongestClose = std::chrono::seconds(1);

// A stream that asks for nothing so long is opened anew, as often as that takes; its first block
// may take a sound server 2 s.
constexpr auto kLongestSilence = std::chrono::seconds(5);
constexpr auto kBetweenTries = std::chrono::seconds(2);

/// What the device's thread holds.
class Rendering {
 public:
  int channels = 1;

  /// Blocks that the device asked for, ever.
  std::uint32_t blocks() const noexcept { return blocks_.load(std::memory_order_relaxed); }

  void begin(SoundRenderer& renderer) noexcept { renderer_.store(&renderer); }

  bool begun() const noexcept { return renderer_.load() != nullptr; }

  /// The next block fades out; silence follows.
  void begin_end() noexcept { ending_.store(true); }
  bool ending() const noexcept { return ending_.load(); }
  bool ended() const noexcept { return ended_.load(); }

  /// From here on the renderer is not called, even by a device that comes back to life.
  void release() noexcept {
    renderer_.store(nullptr);
    while (rendering_.load()) std::this_thread::yield();  // Microseconds.
  }

  void fill(std::span<float> interleaved) noexcept;

 private:
  void render(std::span<float> mono) noexcept;

  std::atomic<SoundRenderer*> renderer_{nullptr};
  std::atomic<bool> rendering_{false};
  std::atomic<bool> ending_{false};
  std::atomic<bool> ended_{false};
  std::atomic<std::uint32_t> blocks_{0};
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
  if (ended_.load()) return;
  rendering_.store(true);
  if (SoundRenderer* renderer = renderer_.load(); renderer != nullptr) renderer->render(mono);
  rendering_.store(false);
  if (!ending_.load()) return;
  fade_out(mono);
  ended_.store(true);
}

void Rendering::fill(std::span<float> interleaved) noexcept {
  blocks_.fetch_add(1, std::memory_order_relaxed);
  const auto width = static_cast<std::size_t>(channels);
  while (!interleaved.empty()) {
    const std::size_t times = std::min(interleaved.size() / width, mono_.size());
    const std::span<float> mono = std::span(mono_).first(times);
    render(mono);
    for (std::size_t i = 0; i < times * width; ++i) interleaved[i] = mono[i / width];
    interleaved = interleaved.subspan(times * width);
  }
}

int play_block(const void* /*input*/, void* output, unsigned long sample_times,
               const PaStreamCallbackTimeInfo* /*time*/, PaStreamCallbackFlags /*flags*/,
               void* stream) noexcept {
  void* rendering = static_cast<OpenStream*>(stream)->works_for.load(std::memory_order_acquire);
  if (rendering == nullptr) return paAbort;
  auto& source = *static_cast<Rendering*>(rendering);
  const std::size_t samples = sample_times * static_cast<std::size_t>(source.channels);
  source.fill({static_cast<float*>(output), samples});
  return paContinue;
}

/// Sees whether a device still asks for sound.
class Pulse {
 public:
  /// The stream is new.
  void begin() noexcept { last_beat_ = std::chrono::steady_clock::now(); }

  bool beats(std::uint32_t blocks) noexcept {
    const auto now = std::chrono::steady_clock::now();
    beat_ = blocks != std::exchange(blocks_, blocks);
    if (beat_) last_beat_ = now;
    return now - last_beat_ < kLongestSilence;
  }

  /// It asked since it was last seen.
  bool beat() const noexcept { return beat_; }

 private:
  std::uint32_t blocks_ = 0;
  bool beat_ = false;
  std::chrono::steady_clock::time_point last_beat_{};
};

/// The rates to try, the device's own first.
std::array<int, 3> rates_hz(const AudioDevice& device) {
  return {std::clamp(device.default_rate_hz, kLeastRateHz, kMostRateHz), kMostRateHz, 44100};
}

}  // namespace

struct DeviceOutput::Playback : StreamHolder {
  PortAudioSession session;
  const AudioDevice device;
  int sample_rate_hz = 0;
  float latency_ms = 0.0F;
  Rendering rendering;
  Pulse pulse;
  std::atomic<bool> plays{true};
  std::chrono::steady_clock::time_point last_try{};
  std::shared_ptr<OpenStream> stream;  // The last, so that it ends before what its callback reads.

  Playback(PortAudioSession held, AudioDevice into)
      : session(std::move(held)), device(std::move(into)) {
    rendering.channels = std::min(device.output_channels, 2);
  }

  void close_streams() noexcept override { stream.reset(); }
  void open_streams() noexcept override;
  void look_after_streams() noexcept override;

  static Result<std::shared_ptr<Playback>> of(std::string_view name);
  Result<void> open();
  PaError open_at(int rate_hz, int index);
  Result<void> start();
  void fade() noexcept;
  Error told(PaError error) const;
};

Error DeviceOutput::Playback::told(PaError error) const {
  auto told = device_error("device '" + device.name + "' cannot play", error);
  told.message += "; check that no other program holds it, or choose another";
  return told;
}

PaError DeviceOutput::Playback::open_at(int rate_hz, int index) {
  PaStreamParameters parameters{};
  parameters.device = index;
  parameters.channelCount = rendering.channels;
  parameters.sampleFormat = paFloat32;
  parameters.suggestedLatency = kLatencyS;
  auto opened = std::make_shared<OpenStream>(&rendering);
  const PaError error = open_stream(*opened, nullptr, &parameters, rate_hz, kBlockMs, play_block);
  if (error == paNoError) stream = std::move(opened);
  return error;
}

Result<void> DeviceOutput::Playback::open() {
  PaError error = paInvalidSampleRate;
  for (const int rate_hz : rates_hz(device)) {
    if (error != paInvalidSampleRate) break;
    error = open_at(rate_hz, device.index);
    sample_rate_hz = rate_hz;
  }
  if (error != paNoError) return tl::unexpected(told(error));
  latency_ms = static_cast<float>(1000.0 * Pa_GetStreamInfo(stream->stream)->outputLatency);
  return {};
}

/// The same device, where it is there again; what renders keeps its rate.
void DeviceOutput::Playback::open_streams() noexcept {
  const auto list = devices();
  if (!list) return;
  auto again = choose_output(*list, device.name);
  // A socket ("hw:1,0") may have changed.
  if (!again) again = choose_output(*list, device.name.substr(0, device.name.find(" (hw:")));
  if (!again || open_at(sample_rate_hz, again->index) != paNoError) return;
  if (rendering.begun() && start_in_time(stream) != paNoError) stream.reset();
  pulse.begin();
}

/// A headset that is plugged in again is often where it was: its input is opened as it was known,
/// and PortAudio does not start anew.
void DeviceOutput::Playback::look_after_streams() noexcept {
  if (!rendering.begun() || rendering.ending()) return;
  const bool runs = stream != nullptr && Pa_IsStreamActive(stream->stream) == 1;
  if (pulse.beats(rendering.blocks()) && runs) {
    if (pulse.beat()) plays.store(true);
    return;
  }
  plays.store(false);
  const auto now = std::chrono::steady_clock::now();
  if (now - last_try < kBetweenTries) return;
  last_try = now;
  close_streams();
  open_streams();
}

Result<void> DeviceOutput::Playback::start() {
  pulse.begin();
  const PaError error = stream != nullptr ? start_in_time(stream) : paDeviceUnavailable;
  if (error != paNoError) return tl::unexpected(told(error));
  return {};
}

/// Asks PortAudio nothing: it may hang.
void DeviceOutput::Playback::fade() noexcept {
  if (!rendering.begun()) return;
  rendering.begin_end();
  const auto limit = std::chrono::steady_clock::now() + kLongestFade;
  while (!rendering.ended() && std::chrono::steady_clock::now() < limit) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  // What is on its way is still to be heard, here and in the sound server: closing drops it.
  if (rendering.ended()) std::this_thread::sleep_for(std::chrono::duration<double>(2 * kLatencyS));
  rendering.release();
}

Result<std::shared_ptr<DeviceOutput::Playback>> DeviceOutput::Playback::of(std::string_view name) {
  const std::lock_guard lock(portaudio_mutex());
  auto held = PortAudioSession::create();  // Before devices(): an index holds for a session.
  if (!held) return tl::unexpected(held.error());
  const auto list = devices();
  if (!list) return tl::unexpected(list.error());
  const auto device = choose_output(*list, name);
  if (!device) return tl::unexpected(device.error());
  auto playback = std::make_shared<Playback>(std::move(*held), *device);
  const auto opened = playback->open();
  if (!opened) return tl::unexpected(opened.error());
  return playback;
}

Result<DeviceOutput> DeviceOutput::open(std::string_view name) {
  auto playback =
      within(kLongestOpening, [named = std::string(name)] { return Playback::of(named); });
  if (!playback) return tl::unexpected(silent_sound_system());
  if (!*playback) return tl::unexpected(playback->error());
  return DeviceOutput(std::move(**playback));
}

Result<void> DeviceOutput::start(SoundRenderer& renderer) {
  playback_->rendering.begin(renderer);
  const auto started = within(kLongestOpening, [playback = playback_] {
    const std::lock_guard lock(portaudio_mutex());
    return playback->start();
  });
  if (started) return *started;
  return failure(ErrorCode::device, "device '" + device().name +
                                        "' does not start to play; choose another, or restart the "
                                        "sound server");
}

bool DeviceOutput::plays() const noexcept { return playback_->plays.load(); }

const AudioDevice& DeviceOutput::device() const noexcept { return playback_->device; }

int DeviceOutput::sample_rate_hz() const noexcept { return playback_->sample_rate_hz; }

float DeviceOutput::latency_ms() const noexcept { return playback_->latency_ms; }

DeviceOutput::DeviceOutput(std::shared_ptr<Playback> playback) : playback_(std::move(playback)) {}
DeviceOutput::DeviceOutput(DeviceOutput&&) noexcept = default;

DeviceOutput::~DeviceOutput() {
  if (playback_ == nullptr) return;
  playback_->fade();
  within(kLongestClose, [playback = std::move(playback_)]() mutable {
    const std::lock_guard lock(portaudio_mutex());
    playback.reset();
    return true;
  });
}

}  // namespace tonecue
