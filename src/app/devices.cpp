#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "commands.h"
#include "tonecue/audio/device.h"

namespace tonecue {
namespace {

constexpr std::string_view kAdvice =
    "\nA live call needs one device with two inputs: the agent on the first (left), the customer "
    "on\n"
    "the second. tonecue live --device NAME takes a part of its name.\n";

std::string row(const AudioDevice& device) {
  std::string use;
  if (device.default_input) use += ", default input";
  if (device.default_output) use += ", default output";
  return fmt::format("{:>6}{:>9}{:>10}  {} ({}{})\n", device.input_channels, device.output_channels,
                     device.default_rate_hz, device.name, device.host_api, use);
}

std::string table(const std::vector<AudioDevice>& devices) {
  if (devices.empty()) {
    return "There is no audio device here. tonecue live --replay FILE needs none.\n";
  }
  std::string text = fmt::format("{:>6}{:>9}{:>10}  {}\n", "inputs", "outputs", "rate Hz", "name");
  for (const AudioDevice& device : devices) text += row(device);
  return text += kAdvice;
}

}  // namespace

int list_devices(const Console& console) {
  const auto found = devices();
  if (!found) return fail(console, found.error());
  const auto printed = print(console, table(*found));
  return printed ? kDone : fail(console, printed.error());
}

}  // namespace tonecue
