#include <chrono>
#include <ctime>
#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "commands.h"
#include "desk_options.h"
#include "live_call.h"
#include "live_line.h"
#include "report_writer.h"
#include "rewinding_source.h"
#include "tonecue/app/config_file.h"
#include "tonecue/app/sink_config.h"
#include "tonecue/report/agent_summary.h"
#include "tonecue/report/call_json.h"
#include "tonecue/report/plain_words.h"

namespace tonecue {
namespace {

/// Longer than the greeting that comes before a customer's first word.
constexpr int kMemorySamples = 20 * kSampleRateHz;

/// All that a call needs besides its sound.
struct LiveRoom {
  const LiveOptions& options;
  const Console& console;
  SessionConfig session;
  SinkConfig sinks;
  std::ostream& out;
  bool terminal = false;  // `out` is one, and nothing was asked that forbids to draw on it.
};

bool by_the_clock(const LiveOptions& options) {
  return options.replay.empty() || options.speed > 0.0;
}

TerminalViewConfig view_of(const LiveRoom& room) {
  return {.live = room.terminal && by_the_clock(room.options),
          .colour = room.terminal && room.console.colour,
          .unicode = room.console.unicode,
          .width_columns = [columns = room.console.width_columns] { return columns; }};
}

TerminalConfig text_of(const LiveRoom& room) {
  return {.width_columns = room.console.width_columns,
          .colour = room.terminal && room.console.colour,
          .unicode = room.console.unicode};
}

Result<LiveRoom> make_room(const LiveOptions& options, const Console& console) {
  auto session = load_config(options.config);
  if (!session) return tl::unexpected(session.error());
  if (options.line_delay_ms) session->turns.line_delay_ms = *options.line_delay_ms;
  auto sinks = load_sink_config(options.config);
  if (!sinks) return tl::unexpected(sinks.error());
  const bool out_is_taken = options.json == "-" || sinks->json_lines == "-";
  return LiveRoom{.options = options,
                  .console = console,
                  .session = std::move(*session),
                  .sinks = std::move(*sinks),
                  .out = out_is_taken ? console.err : console.out,
                  .terminal = out_is_taken ? console.err_is_terminal : console.out_is_terminal};
}

/// Tones are for ears: not for a recording that passes faster or slower than it was spoken.
bool wants_sound(const LiveOptions& options) {
  return !options.no_sound && (options.replay.empty() || options.speed == 1.0);
}

/// A device has somebody sitting at it; a recording is looked at only when that was asked for.
bool wants_page(const LiveOptions& options) {
  return !options.no_page && (options.replay.empty() || options.open || options.port > 0);
}

void greet(const LiveRoom& room, const LiveLine& line, LiveDesk& desk) {
  room.out << line.greeting();
  if (!desk.no_sound_because().empty()) {
    complain(room.console, "there will be no tones: " + desk.no_sound_because());
  }
  if (DeskServer* page = desk.page()) {
    room.out << fmt::format("Your page: {}\n", page->url());
    if (room.options.open) {
      if (const auto opened = desk.open_page(); !opened) {
        complain(room.console, opened.error().message);
      }
    }
  }
  room.out << std::flush;
}

/// Where this call's JSON goes: of a shift each call has a file of its own.
std::string json_target(const LiveOptions& options) {
  if (!options.shift || options.json.empty()) return options.json;
  const std::time_t now = std::time(nullptr);
  return (std::filesystem::path(options.json) /
          fmt::format("call_{:%Y-%m-%d_%H%M%S}.json", fmt::localtime(now)))
      .string();
}

/// The agent alone reads the summary: on their terminal and their page, and nowhere else.
Result<void> tell_end(const LiveRoom& room, LiveCall& call, const LiveLine& line, LiveDesk& desk) {
  for (const std::string& lost : call.lost) complain(room.console, lost);
  for (const std::string& warning : line.warnings()) complain(room.console, warning);
  room.out << fmt::format("{:>7}  The call is over: {}.\n", clock_time(call.report.duration_ms),
                          headline(call.report));
  if (call.latency.count() > 0) {
    call.report.live = LiveFacts{.decision_median_ms = call.latency.within_ms(0.5),
                                 .decision_p99_ms = call.latency.within_ms(0.99),
                                 .devices = line.health()};
    room.out << fmt::format(
        "         From microphone to decision: {} ms, 99 of 100 within {} ms.\n",
        call.report.live->decision_median_ms, call.report.live->decision_p99_ms);
  }
  const AgentSummary summary = agent_summary(call.report);
  room.out << '\n' << agent_summary_text(summary, text_of(room)) << std::flush;
  if (DeskServer* page = desk.page()) {
    if (auto told = page->set_summary(agent_summary_json(summary)); !told) return told;
  }
  const std::string target = json_target(room.options);
  if (target.empty()) return {};
  return write_text(target, to_json(call.report), room.options.force, room.console);
}

Result<void> hear_one(const LiveRoom& room, LiveLine& line, AudioSource& source, LiveDesk& desk,
                      const LiveCallConfig& config, AlertHistory& history) {
  auto audience = CallAudience::create(line.info(), room.sinks, by_the_clock(room.options), desk,
                                       room.out, view_of(room));
  if (!audience) return tl::unexpected(audience.error());
  auto call = hear_call(source, room.session, config, history, **audience, desk, room.console.stop);
  if (!call) return tl::unexpected(call.error());
  history = call->history;
  return tell_end(room, *call, line, desk);
}

/// Call after call, on a line that stays open.
Result<void> hear_shift(const LiveRoom& room, LiveLine& line, LiveDesk& desk,
                        LiveCallConfig config) {
  using Clock = std::chrono::steady_clock;
  RewindingSource source(line.source(), kMemorySamples);
  config.ends_by_silence = true;
  config.captured_at = [&]() -> std::optional<Clock::time_point> {
    if (source.rewound_samples() > 0) return {};
    return line.captured_at();
  };
  AlertHistory history;
  auto last_begin = Clock::now();
  while (!room.console.stop) {
    room.out << "Waiting for a call.\n" << std::flush;
    const auto called = wait_for_call(source, room.session, config, desk, room.console.stop);
    if (!called) return tl::unexpected(called.error());
    if (!*called) return {};
    source.rewind();
    const auto begin =
        Clock::now() - std::chrono::seconds(source.rewound_samples() / kSampleRateHz);
    const auto later = std::chrono::duration_cast<std::chrono::milliseconds>(begin - last_begin);
    history = history.begun_later(later.count());
    last_begin = begin;
    if (desk.page() != nullptr) desk.page()->begin_call(history.snoozed_until_ms);
    if (auto heard = hear_one(room, line, source, desk, config, history); !heard) return heard;
  }
  return {};
}

Result<void> hear_line(const LiveRoom& room, LiveLine& line) {
  const auto desk = LiveDesk::create({.page = wants_page(room.options),
                                      .port = room.options.port,
                                      .sound = wants_sound(room.options),
                                      .output = room.options.output,
                                      .replay = !room.options.replay.empty(),
                                      .present = line.info().present,
                                      .quiet_start_s = room.session.alerts.quiet_start_s,
                                      .shift = room.options.shift});
  if (!desk) return tl::unexpected(desk.error());
  greet(room, line, **desk);
  LiveCallConfig config{.speed = room.options.replay.empty() ? 0.0 : room.options.speed,
                        .ends_by_silence = false,
                        .present = line.info().present,
                        .captured_at = [&] { return line.captured_at(); }};
  if (room.options.shift) return hear_shift(room, line, **desk, std::move(config));
  AlertHistory history;
  return hear_one(room, line, line.source(), **desk, config, history);
}

}  // namespace

int live(const LiveOptions& given, const Console& console) {
  const auto filled = at_this_desk(given);
  if (!filled) return fail(console, filled.error());
  const LiveOptions& options = *filled;
  if (!options.shift) {
    const auto writable = expect_writable_target(options.json, options.force);
    if (!writable) return fail(console, writable.error());
  }
  const auto room = make_room(options, console);
  if (!room) return fail(console, room.error());
  auto line = LiveLine::open(options);
  if (!line) return fail(console, line.error());
  const auto heard = hear_line(*room, **line);
  if (!heard) return fail(console, heard.error());
  return (*line)->whole() ? kDone : kFailed;
}

}  // namespace tonecue
