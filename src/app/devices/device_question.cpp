#include "device_question.h"

#include <string>
#include <string_view>

#include <fmt/format.h>

namespace tonecue {
namespace {

using Choose = Result<AudioDevice> (*)(std::span<const AudioDevice>, std::string_view);

std::string ask(std::string_view question, Choose choose, std::span<const AudioDevice> devices,
                std::istream& answers, const Console& console) {
  for (;;) {
    console.out << question << " (number, or Enter for none): " << std::flush;
    std::string answer;
    if (!std::getline(answers, answer) || answer.empty()) return {};
    const auto device = choose(devices, answer);
    if (device) return device->name;
    console.out << "  " << one_line(device.error().message) << '\n';
  }
}

}  // namespace

RememberedDevices ask_for_devices(std::span<const AudioDevice> devices, std::istream& answers,
                                  const Console& console) {
  RememberedDevices chosen;
  chosen.agent = ask("Your microphone", choose_input, devices, answers, console);
  chosen.customer = ask("What your headset plays", choose_input, devices, answers, console);
  chosen.output = ask("Your headset, for soft tones", choose_output, devices, answers, console);
  return chosen;
}

}  // namespace tonecue
