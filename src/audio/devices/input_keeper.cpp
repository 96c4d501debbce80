#include "audio/devices/input_keeper.h"

#include <algorithm>
#include <utility>

#include "audio/devices/open_input.h"

namespace tonecue {
namespace {

// While another input is well, the sound system is started anew at the third try in vain, and then
// every minute: each time costs the other one up to two seconds.
constexpr int kFirstRestartTry = 3;
constexpr int kTriesBetweenRestarts = 30;

std::int64_t ns(std::chrono::nanoseconds duration) { return duration.count(); }

}  // namespace

InputKeeper::InputKeeper(InputPort& port, std::vector<KeptInput> inputs, Events& events,
                         const CapturePatience& patience)
    : port_(port), events_(events), patience_(patience) {
  for (KeptInput& input : inputs) lines_.push_back({.kept = std::move(input)});
}

Result<void> InputKeeper::open(std::int64_t now_ns) {
  for (Line& line : lines_) {
    opening_ = static_cast<std::size_t>(&line - lines_.data());
    if (auto opened = open(line, now_ns); !opened) {
      for (Line& other : lines_) other.stream.reset();
      return opened;
    }
  }
  return {};
}

void InputKeeper::step(std::int64_t now_ns) {
  for (Line& line : lines_) {
    if (!line.lost) {
      if (has_fallen_silent(line, now_ns)) lose(line, now_ns);
    } else if (line.stream && line.kept.buffer->last_arrival_ns() > line.lost_ns) {
      welcome_back(line, now_ns);
    } else if (now_ns >= line.next_try_ns) {
      try_again(line, now_ns);
    }
  }
  port_.look_after_others();
}

Result<void> InputKeeper::open(Line& line, std::int64_t now_ns) {
  line.stream.reset();
  auto opened = open_input(port_, line.kept.device, line.kept.layout, *line.kept.buffer);
  if (!opened) return tl::unexpected(opened.error());
  line.stream = std::move(opened->stream);
  line.kept.layout.sample_rate_hz = opened->sample_rate_hz;
  line.opened_ns = now_ns;
  return {};
}

bool InputKeeper::has_fallen_silent(const Line& line, std::int64_t now_ns) const {
  if (!line.stream || !line.stream->running()) return true;
  const std::int64_t last_ns = line.kept.buffer->last_arrival_ns();
  return last_ns == 0 ? now_ns - line.opened_ns >= ns(patience_.first_block)
                      : now_ns - last_ns >= ns(patience_.next_block);
}

void InputKeeper::lose(Line& line, std::int64_t now_ns) {
  const std::int64_t last_ns = line.kept.buffer->last_arrival_ns();
  line.lost = true;
  line.lost_ns = last_ns != 0 ? last_ns : line.opened_ns;
  line.next_try_ns = now_ns;
  line.tries = 0;
  tell(InputEvent::Kind::lost, line, line.lost_ns);
}

void InputKeeper::welcome_back(Line& line, std::int64_t now_ns) {
  line.lost = false;
  tell(InputEvent::Kind::back, line, now_ns);
}

/// A stream that opens gets the time to give a first block before the next try.
void InputKeeper::try_again(Line& line, std::int64_t now_ns) {
  ++line.tries;
  const bool others_well =
      std::any_of(lines_.begin(), lines_.end(), [](const Line& other) { return !other.lost; });
  const bool restart_is_due =
      line.tries == kFirstRestartTry || line.tries % kTriesBetweenRestarts == 0;
  line.next_try_ns = now_ns + ns(patience_.first_block);
  if (open(line, now_ns) && !restart_is_due) return;
  line.next_try_ns = now_ns + ns(patience_.between_tries);
  if (!others_well || restart_is_due) start_anew(now_ns);
}

void InputKeeper::start_anew(std::int64_t now_ns) {
  for (Line& line : lines_) line.stream.reset();
  if (!port_.restart()) return;
  const auto devices = port_.list();
  if (!devices) return;
  for (Line& line : lines_) {
    const auto device = find_again(*devices, line.kept.device);
    if (!device) continue;
    line.kept.device = *device;
    if (open(line, now_ns)) line.next_try_ns = now_ns + ns(patience_.first_block);
  }
}

void InputKeeper::tell(InputEvent::Kind kind, const Line& line, std::int64_t at_ns) {
  events_.push({kind, static_cast<int>(&line - lines_.data()), at_ns});
}

}  // namespace tonecue
