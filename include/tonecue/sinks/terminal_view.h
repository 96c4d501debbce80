/// @file
/// A call in a terminal, while it lasts.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "tonecue/alerts/open_alerts.h"
#include "tonecue/pipeline/call_listener.h"
#include "tonecue/pipeline/listener_thread.h"

namespace tonecue {

struct TerminalViewConfig {
  bool live = false;    ///< Redraw in place: for a terminal that is not asked for plain text.
  bool colour = false;  ///< ANSI colour codes.
  bool unicode = true;  ///< Block characters; otherwise ASCII only.
  std::function<int()> width_columns;  ///< Asked at each redraw; used within [60, 120]. None: 80.
};

/// Two lines that move: of each voice the level, whether it speaks, pitch and pace against its
/// usual, its share of the talk. Below them the newest alert with its reason, as long as it is open
/// and takes to be read. What happens besides stays above, one line each, so that the terminal
/// afterwards tells the call.
///
/// Not live: a line for each delivered alert and each notice, as they come.
///
/// Threads: runs behind a ListenerThread. say() and end() may be called by any thread.
class TerminalView : public CallListener {
 public:
  static constexpr Interest kInterest = {.frames = true, .turns = true};

  /// @param out  Outlives the view, and is written by nobody else until end().
  TerminalView(std::ostream& out, TerminalViewConfig config);

  void on_frame(const CallFrame& frame) noexcept override;
  void on_turn(const TurnFrame& frame) noexcept override;
  void on_cue(const CueChange& change) noexcept override;
  void on_alert(const Alert& alert) noexcept override;
  void on_answer(const AlertAnswer& answer) noexcept override;
  void on_notice(const DeviceNotice& notice) noexcept override;

  /// A line of somebody else's, above what moves.
  void say(const std::string& line);

  /// Takes the moving lines away and leaves the cursor at the start of a line. What comes later is
  /// told in plain lines.
  void end();

  TerminalView(TerminalView&&) noexcept;
  TerminalView& operator=(TerminalView&&) noexcept;
  ~TerminalView() override;  ///< Ends.

 private:
  class Screen;
  std::unique_ptr<Screen> screen_;
  OpenAlerts open_;
};

}  // namespace tonecue
