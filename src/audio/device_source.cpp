#include "tonecue/audio/device_source.h"

#include <algorithm>
#include <utility>

#include <portaudio.h>

#include "audio/call_assembler.h"
#include "audio/capture_feed.h"
#include "audio/device_callback.h"
#include "audio/portaudio_session.h"
#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

constexpr int kMaxRateHz = 48000;  // The highest that Resampler takes.

struct CloseStream {
  void operator()(PaStream* stream) const noexcept { Pa_CloseStream(stream); }
};
using Stream = std::unique_ptr<PaStream, CloseStream>;

Result<StreamLayout> layout_of(const AudioDevice& device, const DeviceConfig& config) {
  if (!config.party && device.input_channels < 2) {
    return failure(ErrorCode::invalid_argument,
                   "device '" + device.name +
                       "' records one channel; say whose voice it is with --party agent or --party "
                       "customer, or choose one with two channels");
  }
  return StreamLayout{
      .sample_rate_hz = std::clamp(device.default_rate_hz, kSampleRateHz, kMaxRateHz),
      .channels = config.party ? 1 : 2,
      .agent_channel = config.agent_channel,
      .party = config.party.value_or(Party::agent)};
}

Result<Stream> start_stream(const AudioDevice& device, const StreamLayout& layout,
                            CaptureBuffer& buffer) {
  PaStreamParameters parameters{};
  parameters.device = device.index;
  parameters.channelCount = layout.channels;
  parameters.sampleFormat = paFloat32;
  // The higher of PortAudio's two defaults: some 40 ms, against lost blocks on a busy machine.
  parameters.suggestedLatency = Pa_GetDeviceInfo(device.index)->defaultHighInputLatency;
  const auto block_times = static_cast<unsigned long>(layout.sample_rate_hz) * kHopMs / 1000;
  PaStream* opened = nullptr;
  PaError error = Pa_OpenStream(&opened, &parameters, nullptr, layout.sample_rate_hz, block_times,
                                paNoFlag, device_callback, &buffer);
  Stream stream(opened);
  if (error == paNoError) error = Pa_StartStream(stream.get());
  if (error != paNoError) {
    auto told = device_error("device '" + device.name + "' cannot be opened", error);
    told.message += "; check that no other program holds it, or choose another";
    return tl::unexpected(told);
  }
  return stream;
}

}  // namespace

// In this order, so that the stream ends before what its callback writes into.
struct DeviceSource::Capture {
  PortAudioSession session;
  AudioDevice device;
  StreamLayout layout;
  CaptureFeed feed;
  Stream stream;

  Capture(PortAudioSession held, AudioDevice from, const StreamLayout& shape,
          CallAssembler assembler)
      : session(std::move(held)),
        device(std::move(from)),
        layout(shape),
        feed(device.name, std::move(assembler), shape) {}
};

Result<DeviceSource> DeviceSource::create(const DeviceConfig& config) {
  auto session = PortAudioSession::create();  // Before devices(): an index holds for a session.
  if (!session) return tl::unexpected(session.error());
  const auto list = devices();
  if (!list) return tl::unexpected(list.error());
  const auto device = choose_input(*list, config.device);
  if (!device) return tl::unexpected(device.error());
  const auto layout = layout_of(*device, config);
  if (!layout) return tl::unexpected(layout.error());
  auto assembler = CallAssembler::create(*layout, CaptureFeed::block_times(*layout));
  if (!assembler) return tl::unexpected(assembler.error());

  auto capture =
      std::make_unique<Capture>(std::move(*session), *device, *layout, std::move(*assembler));
  auto stream = start_stream(*device, *layout, capture->feed.buffer());
  if (!stream) return tl::unexpected(stream.error());
  capture->stream = std::move(*stream);
  return DeviceSource(std::move(capture));
}

DeviceSource::DeviceSource(std::unique_ptr<Capture> capture) : capture_(std::move(capture)) {}
DeviceSource::DeviceSource(DeviceSource&&) noexcept = default;
DeviceSource& DeviceSource::operator=(DeviceSource&&) noexcept = default;
DeviceSource::~DeviceSource() = default;

Result<CallBlock> DeviceSource::read(int max_samples) { return capture_->feed.read(max_samples); }

void DeviceSource::stop() noexcept { capture_->feed.stop(); }

const AudioDevice& DeviceSource::device() const noexcept { return capture_->device; }

PerParty<bool> DeviceSource::present() const noexcept {
  PerParty<bool> present{true, true};
  if (capture_->layout.channels == 1) present[other(capture_->layout.party)] = false;
  return present;
}

std::int64_t DeviceSource::dropped_sample_times() const noexcept {
  return capture_->feed.buffer().dropped_sample_times();
}

std::int64_t DeviceSource::overruns() const noexcept { return capture_->feed.buffer().overruns(); }

}  // namespace tonecue
