#include "audio/devices/choose_inputs.h"

#include <algorithm>
#include <string>

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

constexpr int kMaxRateHz = 48000;  // The highest that Resampler takes.

// What sound servers are asked for. Above 4 kHz there is nothing to hear at kSampleRateHz; less to
// bring and to resample takes 0.15 to 0.4 % of a core off, of 2.3 %.
constexpr int kServerRateHz = 16000;

/// Under ALSA, PortAudio tells 44.1 kHz of everything that can take it. Hardware, which it calls
/// "(hw:1,0)", is asked for what headsets run at: at another rate than its loudspeaker's a
/// microphone may not open beside it.
int rate_of(const AudioDevice& device) {
  if (device.host_api != "ALSA") {
    return std::clamp(device.default_rate_hz, kSampleRateHz, kMaxRateHz);
  }
  return device.name.find("(hw:") != std::string::npos ? kMaxRateHz : kServerRateHz;
}

ChosenInput one_voice(const AudioDevice& device, Party party) {
  return {device, {.sample_rate_hz = rate_of(device), .channels = 1, .party = party}};
}

Result<std::vector<ChosenInput>> choose_one(std::span<const AudioDevice> devices,
                                            const DeviceConfig& config) {
  const auto device = choose_input(devices, config.device);
  if (!device) return tl::unexpected(device.error());
  if (config.party) return std::vector{one_voice(*device, *config.party)};
  if (device->input_channels < 2) {
    return failure(ErrorCode::invalid_argument,
                   "device '" + device->name +
                       "' records one channel; say whose voice it is with --party agent or --party "
                       "customer, or choose one with two channels");
  }
  return std::vector{ChosenInput{
      *device,
      {.sample_rate_hz = rate_of(*device), .channels = 2, .agent_channel = config.agent_channel}}};
}

Result<std::vector<ChosenInput>> choose_two(std::span<const AudioDevice> devices,
                                            const DeviceConfig& config) {
  if (config.agent_device.empty() || config.customer_device.empty()) {
    const std::string named = config.agent_device.empty() ? "customer" : "agent";
    const std::string missing = config.agent_device.empty() ? "agent" : "customer";
    return failure(ErrorCode::invalid_argument,
                   "only the " + named + "'s device is named; name the " + missing +
                       "'s too, with --" + missing + "-device; 'tonecue devices' lists them");
  }
  const auto agent = choose_input(devices, config.agent_device);
  if (!agent) return tl::unexpected(agent.error());
  const auto customer = choose_input(devices, config.customer_device);
  if (!customer) return tl::unexpected(customer.error());
  if (agent->index == customer->index) {
    return failure(ErrorCode::invalid_argument,
                   "agent and customer have the same device, '" + agent->name +
                       "'; choose another for one of them, or use --device where each party has a "
                       "channel of it");
  }
  return std::vector{one_voice(*agent, Party::agent), one_voice(*customer, Party::customer)};
}

}  // namespace

Result<std::vector<ChosenInput>> choose_inputs(std::span<const AudioDevice> devices,
                                               const DeviceConfig& config) {
  const bool two = !config.agent_device.empty() || !config.customer_device.empty();
  return two ? choose_two(devices, config) : choose_one(devices, config);
}

}  // namespace tonecue
