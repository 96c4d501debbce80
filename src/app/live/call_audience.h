/// @file
/// Everybody who hears of one live call.
#pragma once

#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "live_desk.h"
#include "tonecue/app/console.h"
#include "tonecue/app/sink_config.h"
#include "tonecue/core/result.h"
#include "tonecue/pipeline/call_broadcast.h"
#include "tonecue/pipeline/call_recorder.h"
#include "tonecue/pipeline/listener_thread.h"
#include "tonecue/sinks/desktop_notifier.h"
#include "tonecue/sinks/json_lines.h"
#include "tonecue/sinks/terminal_view.h"
#include "tonecue/sinks/tone_sink.h"
#include "tonecue/sinks/webhook.h"

namespace tonecue {

/// The recorder, the terminal, the page, the headset and what the configuration names. By the
/// clock each that may be slow has a thread of its own, so none delays the call or another; a
/// recording that is read as fast as it can tells all of them itself, and nothing is dropped.
///
/// Threads: create(), finish() and the destructor belong to the owner; input() to the thread that
/// analyses.
class CallAudience {
 public:
  /// @param room_s  Sound comes as time passes, and this is how much of it waits for whoever is
  ///                slow, as of ListenerThread; 0: it comes as fast as it is read.
  /// @param desk, out     Outlive the audience.
  static Result<std::unique_ptr<CallAudience>> create(const RecordingInfo& info,
                                                      const SinkConfig& sinks, int room_s,
                                                      LiveDesk& desk, std::ostream& out,
                                                      const TerminalViewConfig& terminal);

  CallListener& input() noexcept { return broadcast_; }

  /// Somebody else who listens on the thread that analyses. Before the call.
  void add_direct(CallListener& listener) {
    listeners_.push_back(&listener);
    broadcast_ = CallBroadcast(listeners_);
  }

  /// Somebody else who may be slow, as those that create() knows. Before the call.
  /// @param listener  Outlives the audience.
  Result<void> add_slow(CallListener& listener, const Interest& interest, const char* name) {
    auto added = add(listener, interest, name);
    broadcast_ = CallBroadcast(listeners_);
    return added;
  }

  /// The call is over and its last event told: whoever is behind comes to the end.
  /// @return What was not told to somebody, one line each.
  std::vector<std::string> finish();

  /// After finish().
  CallRecorder& recorder() noexcept { return recorder_; }

  /// One line in the terminal, above what moves.
  void say(const std::string& line) { terminal_.say(line); }

 private:
  CallAudience(const RecordingInfo& info, int room_s, std::ostream& out,
               const TerminalViewConfig& terminal)
      : room_s_(room_s), recorder_(info), terminal_(out, terminal) {}

  Result<void> add(CallListener& listener, const Interest& interest, const char* name);
  Result<void> add_sinks(const SinkConfig& sinks);

  struct NamedThread {
    const char* name;
    ListenerThread thread;
  };

  int room_s_;
  CallRecorder recorder_;
  TerminalView terminal_;
  std::optional<ToneSink> tone_;
  std::optional<JsonLines> json_lines_;
  std::optional<DesktopNotifier> desktop_;
  std::optional<Webhook> webhook_;
  std::vector<NamedThread> threads_;
  std::vector<CallListener*> listeners_;
  CallBroadcast broadcast_{{}};
};

}  // namespace tonecue
