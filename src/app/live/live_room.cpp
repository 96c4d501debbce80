#include "live_room.h"

#include <utility>

#include "tonecue/app/config_file.h"

namespace tonecue {

Result<LiveRoom> make_room(const LiveOptions& options, const Console& console) {
  auto session = load_config(options.config);
  if (!session) return tl::unexpected(session.error());
  if (options.line_delay_ms) session->turns.line_delay_ms = *options.line_delay_ms;
  auto sinks = load_sink_config(options.config);
  if (!sinks) return tl::unexpected(sinks.error());
  std::shared_ptr<LiveStore> store;
  if (!options.keeping.folder.empty()) {
    auto opened = LiveStore::open(options.keeping, *session, options.config);
    if (!opened) return tl::unexpected(opened.error());
    store = std::make_shared<LiveStore>(std::move(*opened));
    *session = store->session();
  }
  const bool out_is_taken = options.json == "-" || sinks->json_lines == "-";
  return LiveRoom{.options = options,
                  .console = console,
                  .session = std::move(*session),
                  .sinks = std::move(*sinks),
                  .out = out_is_taken ? console.err : console.out,
                  .terminal = out_is_taken ? console.err_is_terminal : console.out_is_terminal,
                  .store = std::move(store)};
}

bool by_the_clock(const LiveOptions& options) {
  return options.replay.empty() || options.speed > 0.0;
}

// Asked again and again: who makes the window smaller during a call finds it tidy.
TerminalViewConfig view_of(const LiveRoom& room) {
  return {.live = room.terminal && by_the_clock(room.options),
          .colour = room.terminal && room.console.colour,
          .unicode = room.console.unicode,
          .width_columns = terminal_columns};
}

TerminalConfig text_of(const LiveRoom& room) {
  return {.width_columns = room.console.width_columns,
          .colour = room.terminal && room.console.colour,
          .unicode = room.console.unicode};
}

}  // namespace tonecue
