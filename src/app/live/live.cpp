#include <ostream>
#include <utility>

#include <fmt/format.h>

#include "app/analyze/report_writer.h"
#include "app/commands.h"
#include "desk_options.h"
#include "live_end.h"
#include "live_line.h"
#include "live_room.h"
#include "live_shift.h"
#include "tonecue/report/call_json.h"

namespace tonecue {
namespace {

/// Tones are for ears: not for a recording that passes faster or slower than it was spoken.
bool wants_sound(const LiveOptions& options) {
  return !options.no_sound && (options.replay.empty() || options.speed == 1.0);
}

/// Whoever looks at a recording, on a machine without a headset perhaps, misses nothing.
bool misses_sound(const LiveOptions& options) {
  return options.replay.empty() || !options.output.empty();
}

/// A device has somebody sitting at it; a recording is looked at only when that was asked for.
bool wants_page(const LiveOptions& options) {
  return !options.no_page && (options.replay.empty() || options.open || options.port > 0);
}

void greet(const LiveRoom& room, const LiveLine& line, LiveDesk& desk) {
  if (by_the_clock(room.options)) room.out << line.greeting() << std::flush;
  if (!desk.no_sound_because().empty() && misses_sound(room.options)) {
    complain(room.console, "there will be no tones: " + desk.no_sound_because());
  }
  DeskServer* page = desk.page();
  if (page == nullptr) return;
  room.out << fmt::format("Your page: {}\n", page->url()) << std::flush;
  if (!room.options.open) return;
  const auto opened = desk.open_page();
  if (!opened) complain(room.console, opened.error().message);
}

Result<void> hear_one(const LiveRoom& room, LiveLine& line, LiveDesk& desk,
                      const LiveCallConfig& config) {
  auto call = hear_with_audience(room, line, line.source(), desk, config, {});
  if (!call) return tl::unexpected(call.error());
  store_end(room, *call);
  const LiveOptions& options = room.options;
  if (options.json.empty()) return {};
  return write_text(options.json, to_json(call->report), options.force, room.console);
}

Result<void> hear_line(const LiveRoom& room, LiveLine& line) {
  const LiveOptions& options = room.options;
  const auto desk = LiveDesk::create({.page = wants_page(options),
                                      .port = options.port,
                                      .sound = wants_sound(options),
                                      .output = options.output,
                                      .replay = !options.replay.empty(),
                                      .present = line.info().present,
                                      .quiet_start_s = room.session.alerts.quiet_start_s,
                                      .shift = room.options.shift});
  if (!desk) return tl::unexpected(desk.error());
  greet(room, line, **desk);
  LiveCallConfig config{.speed = options.replay.empty() ? 0.0 : options.speed,
                        .ends_by_silence = false,
                        .present = line.info().present,
                        .captured_at = [&] { return line.captured_at(); }};
  if (options.shift) return LiveShift(room, line, **desk, std::move(config)).hear();
  return hear_one(room, line, **desk, config);
}

Result<void> expect_room_for_json(const LiveOptions& options) {
  return options.shift ? make_json_folder(options.json)
                       : expect_writable_target(options.json, options.force);
}

}  // namespace

int live(const LiveOptions& given, const Console& console) {
  const auto filled = at_this_desk(given);
  if (!filled) return fail(console, filled.error());
  const LiveOptions& options = *filled;
  if (const auto ok = expect_room_for_json(options); !ok) return fail(console, ok.error());
  const auto room = make_room(options, console);
  if (!room) return fail(console, room.error());
  auto line = LiveLine::open(options);
  if (!line) return fail(console, line.error());
  const auto heard = hear_line(*room, **line);
  if (!heard) return fail(console, heard.error());
  return (*line)->whole() ? kDone : kFailed;
}

}  // namespace tonecue
