#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "app/commands.h"
#include "device_levels.h"
#include "device_question.h"
#include "tonecue/app/remembered_devices.h"
#include "tonecue/audio/device.h"

namespace tonecue {
namespace {

constexpr std::string_view kAdvice =
    "\nA live call needs your microphone and what your headset plays: two devices, or the two\n"
    "channels of one. 'tonecue devices --choose --remember' asks for them and keeps the choice.\n";

std::string row(const AudioDevice& device) {
  std::string use;
  if (is_monitor(device)) use += ", hears what the headset plays";
  if (device.default_input) use += ", default input";
  if (device.default_output) use += ", default output";
  return fmt::format("{:>3}{:>8}{:>9}{:>9}  {} ({}{})\n", device.index, device.input_channels,
                     device.output_channels, device.default_rate_hz, one_line(device.name),
                     device.host_api, use);
}

std::string table(const std::vector<AudioDevice>& devices) {
  if (devices.empty()) {
    return "There is no audio device here. tonecue live --replay FILE needs none.\n";
  }
  std::string text =
      fmt::format("{:>3}{:>8}{:>9}{:>9}  {}\n", "no.", "inputs", "outputs", "rate Hz", "name");
  for (const AudioDevice& device : devices) text += row(device);
  return text;
}

/// The names of what was given on the line, by number or part of a name.
Result<RememberedDevices> named(const DevicesOptions& options,
                                const std::vector<AudioDevice>& devices) {
  RememberedDevices names;
  const auto find = [&](const std::string& given, auto choose, std::string& name) -> Result<void> {
    if (given.empty()) return {};
    const auto device = choose(devices, given);
    if (!device) return tl::unexpected(device.error());
    name = device->name;
    return {};
  };
  if (auto ok = find(options.agent, choose_input, names.agent); !ok) {
    return tl::unexpected(ok.error());
  }
  if (auto ok = find(options.customer, choose_input, names.customer); !ok) {
    return tl::unexpected(ok.error());
  }
  if (auto ok = find(options.output, choose_output, names.output); !ok) {
    return tl::unexpected(ok.error());
  }
  return names;
}

Result<void> expect_two_voices(const RememberedDevices& devices) {
  if (devices.agent.empty() || devices.agent != devices.customer) return {};
  return failure(ErrorCode::invalid_argument, "agent and customer have the same device, '" +
                                                  devices.agent +
                                                  "'; choose another for one of them");
}

/// How to use the choice once, or what was written where.
Result<std::string> outcome(const RememberedDevices& chosen, bool remember) {
  if (chosen == RememberedDevices{}) return std::string("Nothing was chosen.\n");
  if (auto ok = expect_two_voices(chosen); !ok) return tl::unexpected(ok.error());
  std::string said;
  for (const auto& [what, device] :
       {std::pair<std::string_view, std::string>{"agent", chosen.agent},
        {"customer", chosen.customer},
        {"output", chosen.output}}) {
    if (!device.empty()) said += fmt::format("  {} = {}\n", what, one_line(device));
  }
  if (!remember) return "For this call only; --remember keeps it:\n" + said;
  const std::string path = user_config_path();
  if (const auto ok = remember_devices(path, chosen); !ok) return tl::unexpected(ok.error());
  return fmt::format("Written to {}, section [devices]; 'tonecue live' uses it:\n{}", path, said);
}

Result<void> choose(const DevicesOptions& options, const std::vector<AudioDevice>& devices,
                    const Console& console) {
  auto chosen = named(options, devices);
  if (!chosen) return tl::unexpected(chosen.error());
  const bool given = *chosen != RememberedDevices{};
  if (!given) {
    if (!console.out_is_terminal || isatty(STDIN_FILENO) == 0) {
      return failure(ErrorCode::invalid_argument,
                     "there is nobody to ask; name the devices with --agent, --customer and "
                     "--output");
    }
    chosen = ask_for_devices(devices, std::cin, console);
  }
  const auto told = outcome(*chosen, options.remember || given);
  if (!told) return tl::unexpected(told.error());
  return print(console, *told);
}

Result<void> run(const DevicesOptions& options, const Console& console) {
  const auto found = devices();
  if (!found) return tl::unexpected(found.error());
  const bool given = !(options.agent + options.customer + options.output).empty();
  if (given) return choose(options, *found, console);
  if (auto ok = print(console, table(*found)); !ok || found->empty()) return ok;
  if (options.levels || console.out_is_terminal) {
    if (auto ok = show_levels(*found, console); !ok) return ok;
  }
  if (options.choose || options.remember) return choose(options, *found, console);
  return print(console, kAdvice);
}

}  // namespace

int list_devices(const DevicesOptions& options, const Console& console) {
  const auto done = run(options, console);
  return done ? kDone : fail(console, done.error());
}

}  // namespace tonecue
