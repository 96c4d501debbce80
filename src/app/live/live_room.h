/// @file
/// What a live call needs besides its sound.
#pragma once

#include <memory>
#include <ostream>

#include "app/command_line/command_line.h"
#include "app/keep/live_store.h"
#include "tonecue/app/console.h"
#include "tonecue/app/sink_config.h"
#include "tonecue/core/result.h"
#include "tonecue/pipeline/call_session.h"
#include "tonecue/report/terminal_timeline.h"
#include "tonecue/sinks/terminal_view.h"

namespace tonecue {

struct LiveRoom {
  const LiveOptions& options;
  const Console& console;
  SessionConfig session;
  SinkConfig sinks;
  std::ostream& out;      ///< Where people read; the console's other stream when one is for data.
  bool terminal = false;  ///< `out` is one.
  std::shared_ptr<LiveStore> store{};  ///< Where the calls go; null: nowhere.
};

/// @return Why the configuration cannot be read, or the store cannot be opened.
Result<LiveRoom> make_room(const LiveOptions& options, const Console& console);

/// Sound comes as time passes; otherwise as fast as it can be read.
bool by_the_clock(const LiveOptions& options);

/// How a call is shown while it lasts, and told when it is over.
TerminalViewConfig view_of(const LiveRoom& room);
TerminalConfig text_of(const LiveRoom& room);

}  // namespace tonecue
