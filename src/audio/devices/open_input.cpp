#include "audio/devices/open_input.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <string_view>

namespace tonecue {
namespace {

using Rates = std::array<int, 6>;

/// The usual rates, the nearest first.
Rates rates_near(int rate_hz) {
  Rates rates = {48000, 44100, 32000, 24000, 16000, 8000};
  std::stable_sort(rates.begin(), rates.end(), [rate_hz](int a, int b) {
    return std::abs(a - rate_hz) < std::abs(b - rate_hz);
  });
  return rates;
}

std::string_view without_socket(std::string_view name) {
  return name.substr(0, name.find(" (hw:"));
}

}  // namespace

Result<OpenedInput> open_input(InputPort& port, const AudioDevice& device,
                               const StreamLayout& layout, CaptureBuffer& buffer) {
  auto stream = port.open(device, layout, buffer);
  if (stream) return OpenedInput{std::move(*stream), layout.sample_rate_hz};
  if (stream.error().code != ErrorCode::unsupported) return tl::unexpected(stream.error());
  for (const int rate_hz : rates_near(layout.sample_rate_hz)) {
    if (rate_hz == layout.sample_rate_hz) continue;
    StreamLayout other = layout;
    other.sample_rate_hz = rate_hz;
    auto opened = port.open(device, other, buffer);
    if (opened) return OpenedInput{std::move(*opened), rate_hz};
    if (opened.error().code != ErrorCode::unsupported) return tl::unexpected(opened.error());
  }
  return failure(ErrorCode::device, "device '" + device.name +
                                        "' takes none of the rates from 8000 to 48000 Hz; choose "
                                        "another");
}

Result<AudioDevice> find_again(std::span<const AudioDevice> devices, const AudioDevice& device) {
  const auto fits = [&](auto same_name) {
    return std::find_if(devices.begin(), devices.end(), [&](const AudioDevice& candidate) {
      return candidate.input_channels > 0 && candidate.host_api == device.host_api &&
             same_name(candidate.name);
    });
  };
  auto found = fits([&](const std::string& name) { return name == device.name; });
  if (found == devices.end()) {
    found = fits([&](const std::string& name) {
      return without_socket(name) == without_socket(device.name);
    });
  }
  if (found != devices.end()) return *found;
  return failure(ErrorCode::not_found, "device '" + device.name + "' is not there");
}

}  // namespace tonecue
