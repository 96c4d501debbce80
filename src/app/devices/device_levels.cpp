#include "device_levels.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include "tonecue/audio/input_levels.h"

namespace tonecue {
namespace {

using namespace std::chrono_literals;

constexpr auto kStep = 100ms;
constexpr auto kShown = 10s;
constexpr auto kHeardOnce = 3s;  // A sound server takes up to 2 s to give a first block.

constexpr int kBarColumns = 20;
constexpr float kBarFromDbfs = -60.0F;  // Below lies a room's noise.

/// Keys as they are pressed, without Enter and without showing them.
class Keys {
 public:
  Keys() {
    if (isatty(STDIN_FILENO) == 0 || tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios now = before_;
    now.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    terminal_ = tcsetattr(STDIN_FILENO, TCSANOW, &now) == 0;
  }
  Keys(const Keys&) = delete;
  Keys& operator=(const Keys&) = delete;
  ~Keys() {
    if (terminal_) tcsetattr(STDIN_FILENO, TCSANOW, &before_);
  }

  bool end_pressed() const {
    pollfd input{STDIN_FILENO, POLLIN, 0};
    char key = 0;
    while (terminal_ && poll(&input, 1, 0) == 1 && ::read(STDIN_FILENO, &key, 1) == 1) {
      if (key == 'q' || key == 'Q' || key == '\n' || key == '\r') return true;
    }
    return false;
  }

 private:
  termios before_{};
  bool terminal_ = false;
};

std::string bar(std::optional<float> level_dbfs, bool unicode) {
  const float part = level_dbfs ? 1.0F - *level_dbfs / kBarFromDbfs : 0.0F;
  const int full = std::clamp(static_cast<int>(std::lround(part * kBarColumns)), 0, kBarColumns);
  std::string text;
  for (int i = 0; i < kBarColumns; ++i) {
    text += i < full ? (unicode ? "█" : "#") : (unicode ? "·" : ".");
  }
  return text;
}

std::string row(const AudioDevice& device, const InputLevel& level, const Console& console) {
  if (!level.trouble.empty()) {
    return fmt::format("{:>3}  {}", device.index, one_line(level.trouble));
  }
  const std::string figure =
      level.level_dbfs ? fmt::format("{:>4.0f} dBFS", *level.level_dbfs) : "  no sound";
  return fmt::format("{:>3}  {} {}  {}", device.index, bar(level.level_dbfs, console.unicode),
                     figure, one_line(device.name));
}

/// One row for each input.
std::string rows(std::span<const AudioDevice> inputs, std::span<const InputLevel> levels,
                 const Console& console, std::string_view line_end) {
  std::string text;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    text += row(inputs[i], levels[i], console);
    text += line_end;
  }
  return text;
}

Result<void> show_once(std::span<const AudioDevice> inputs, InputLevels& ears,
                       const Console& console) {
  std::vector<InputLevel> loudest(inputs.size());
  for (auto heard = 0ms; heard < kHeardOnce && !console.stop; heard += kStep) {
    std::this_thread::sleep_for(kStep);
    const auto levels = ears.read();
    for (std::size_t i = 0; i < loudest.size(); ++i) {
      loudest[i].trouble = levels[i].trouble;
      loudest[i].level_dbfs = std::max(loudest[i].level_dbfs, levels[i].level_dbfs);
    }
  }
  return print(console, rows(inputs, loudest, console, "\n"));
}

Result<void> show_moving(std::span<const AudioDevice> inputs, InputLevels& ears,
                         const Console& console) {
  const Keys keys;
  const std::string back_up = fmt::format("\x1b[{}A", inputs.size());
  for (auto shown = 0ms; shown < kShown && !console.stop && !keys.end_pressed(); shown += kStep) {
    std::this_thread::sleep_for(kStep);
    constexpr std::string_view kClearToEnd = "\x1b[K\n";
    const std::string text = rows(inputs, ears.read(), console, kClearToEnd);
    if (auto ok = print(console, (shown > 0ms ? back_up : "") + text); !ok) return ok;
  }
  return {};
}

}  // namespace

Result<void> show_levels(std::span<const AudioDevice> devices, const Console& console) {
  std::vector<AudioDevice> inputs;
  std::copy_if(devices.begin(), devices.end(), std::back_inserter(inputs),
               [](const AudioDevice& device) { return device.input_channels > 0; });
  if (inputs.empty()) return {};
  auto ears = InputLevels::create(inputs);
  if (!ears) return tl::unexpected(ears.error());
  if (!console.out_is_terminal) return show_once(inputs, *ears, console);
  if (auto ok = print(console, "\nSpeak, and let the headset play something. Enter ends this.\n");
      !ok) {
    return ok;
  }
  return show_moving(inputs, *ears, console);
}

}  // namespace tonecue
