/// @file
/// The agent's page in a browser, and the program behind it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "tonecue/alerts/alert.h"
#include "tonecue/core/party.h"
#include "tonecue/core/result.h"
#include "tonecue/pipeline/call_listener.h"

namespace tonecue {

/// The files of the page; static storage.
struct DeskAssets {
  std::string_view html;
  std::string_view script;
  std::string_view style;
  std::string_view icon;  ///< SVG.
};

/// The page that the program brings along.
DeskAssets built_in_desk();

/// What the agent asks for. Called on the server's thread: hand it on without waiting.
struct DeskActions {
  std::function<void(const AlertAnswer&)> answer;  ///< Its call time is not set yet.
  std::function<void()> wake;                      ///< No snooze any more.
  std::function<void()> end;                       ///< The call is over.
};

struct DeskConfig {
  std::string version{};  ///< Of the program.
  int port = 0;           ///< [0, 65535]; 0: any free one.
  PerParty<bool> present = {true, true};
  bool sound = true;       ///< The headset tones are on.
  bool replay = false;     ///< A recording is played; no device is there.
  int quiet_start_s = 30;  ///< As the alert policy has it; 0: none.
};

/// Serves the agent's page at 127.0.0.1, to this machine alone, and tells it what happens in the
/// call (docs/desk_page.md has the whole contract): ten times a second the state of both voices, by
/// call time, and at once each card, what becomes of it, and what devices do. A page that comes
/// late or comes back gets everything it needs in its first event; after the call it still finds
/// the last state and the summary.
///
/// Who opens the page shows a random key of 128 bits once, and has it as a cookie from then on.
///
///     auto desk = DeskServer::create({.version = "0.1.0"}, built_in_desk(), actions);
///     print("Your page: {}", desk->url());
///     session.push(block, *desk);
///
/// Real-time: none; it belongs behind a ListenerThread.
/// Threads: the listener's functions belong to one thread, set_summary() may come from any. Between
/// those and the server's thread stands one lock, held while the page's data are changed or told.
class DeskServer : public CallListener {
 public:
  /// Listens from here on. The actions outlive it.
  /// @return What HttpServer::create() fails with; `unreadable` when the system gives no random
  /// numbers.
  static Result<DeskServer> create(const DeskConfig& config, const DeskAssets& assets,
                                   DeskActions actions);

  /// The address to open, with the key: for the agent alone.
  std::string url() const;
  int port() const noexcept;

  /// How many pages are open now.
  int pages() const noexcept;

  /// Another call begins, on a line that stays open: pages that are open begin anew, devices that
  /// are lost stay so. Called while none of the listener's functions is.
  /// @param snoozed_until_ms  What is left of a snooze, in the new call's time.
  void begin_call(std::optional<std::int64_t> snoozed_until_ms = {});

  /// The call is over, and this is how it went.
  /// @param summary  The JSON object of the event `summary`.
  /// @return `invalid_argument` when it is none.
  Result<void> set_summary(std::string_view summary);

  /// Closes every connection and ends the server's thread; the actions are not called any more.
  void stop() noexcept;

  void on_frame(const CallFrame& frame) noexcept override;
  void on_turn(const TurnFrame& frame) noexcept override;
  void on_cue(const CueChange& change) noexcept override;
  void on_alert(const Alert& alert) noexcept override;
  void on_answer(const AlertAnswer& answer) noexcept override;
  void on_notice(const DeviceNotice& notice) noexcept override;

  DeskServer(DeskServer&&) noexcept;
  DeskServer& operator=(DeskServer&&) noexcept;
  ~DeskServer() override;  ///< Stops.

 private:
  class Desk;
  explicit DeskServer(std::unique_ptr<Desk> desk);
  std::unique_ptr<Desk> desk_;
};

}  // namespace tonecue
