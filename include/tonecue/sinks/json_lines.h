/// @file
/// A call's events for another program.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "tonecue/alerts/open_alerts.h"
#include "tonecue/core/result.h"
#include "tonecue/pipeline/call_listener.h"
#include "tonecue/pipeline/listener_thread.h"
#include "tonecue/sinks/complaint.h"

namespace tonecue {

/// Writes each cue, alert, answer, notice, segment and overlap as one line of JSON (docs/events.md)
/// to a file, a named pipe or standard output. It never waits for a reader: a line that does not go
/// out at once is dropped whole, counted, and told to the reader by a line of its own as soon as
/// one goes out again. A named pipe keeps its place when the reader goes; standard output does not.
///
/// Threads: runs behind a ListenerThread; dropped_lines() may be asked by any thread.
class JsonLines : public CallListener {
 public:
  static constexpr Interest kInterest = {.segments = true};

  /// Writes the first line. A file is appended to, and made when it is not there.
  /// @param path  "-" for standard output.
  /// @param complain  Told once when lines cannot be written for another reason than a slow reader.
  /// @return `unwritable` when the path cannot be opened.
  static Result<JsonLines> create(const std::string& path, Complaint complain);

  void on_turn(const TurnFrame& frame) noexcept override;
  void on_cue(const CueChange& change) noexcept override;
  void on_alert(const Alert& alert) noexcept override;
  void on_answer(const AlertAnswer& answer) noexcept override;
  void on_notice(const DeviceNotice& notice) noexcept override;

  std::int64_t dropped_lines() const noexcept;

  JsonLines(JsonLines&&) noexcept;
  JsonLines& operator=(JsonLines&&) noexcept;
  ~JsonLines() override;  ///< Writes the last line.

 private:
  class Writer;
  explicit JsonLines(std::unique_ptr<Writer> writer) noexcept;
  std::unique_ptr<Writer> writer_;
  OpenAlerts open_;
};

}  // namespace tonecue
