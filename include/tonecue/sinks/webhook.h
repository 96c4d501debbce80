/// @file
/// A call's alerts sent to a server.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tonecue/alerts/open_alerts.h"
#include "tonecue/core/result.h"
#include "tonecue/pipeline/call_listener.h"
#include "tonecue/pipeline/listener_thread.h"
#include "tonecue/sinks/complaint.h"

namespace tonecue {

struct WebhookConfig {
  std::string url;             ///< https; or http on this machine itself.
  std::string secret;          ///< "whsec_" and base64, or plain text; 24 to 64 bytes.
  bool allow_private = false;  ///< Also addresses of a private network.
  bool allow_http = false;     ///< Also without TLS to another machine.
  std::chrono::milliseconds timeout{5'000};  ///< Of one attempt.
  /// Between attempts, each up to a fifth longer or shorter.
  std::vector<std::chrono::milliseconds> retry_after = {
      std::chrono::seconds(5), std::chrono::seconds(30), std::chrono::minutes(2)};
  int longest_queue = 64;  ///< Messages; then the oldest is dropped. [1, 10000]
};

struct WebhookCounts {
  std::int64_t sent = 0;      ///< Taken by the receiver.
  std::int64_t attempts = 0;  ///< Of all messages.
  std::int64_t given_up = 0;  ///< After the last attempt.
  std::int64_t dropped = 0;   ///< The queue was full, the receiver is gone (410), or the end came.
};

/// @return `invalid_argument` in one line when nothing may be sent there: no URL, a wrong scheme, a
/// name and password in it.
Result<void> check_webhook_url(const std::string& url, bool allow_http);

/// POSTs one JSON message for each delivered alert, its end, each answer and each notice, signed as
/// Standard Webhooks say (docs/webhook.md). Never any audio, nor a word of what was said.
///
/// A message that does not arrive is tried again, with the same id, so the receiver can tell a
/// repetition. Redirects are not followed and proxies not used; the address that the name resolves
/// to is checked before anything is sent there.
///
/// Threads: runs behind a ListenerThread, and sends on a thread of its own. counts() may be asked
/// by any thread, stop() belongs to the owner, after the ListenerThread's.
class Webhook : public CallListener {
 public:
  static constexpr Interest kInterest{};

  /// @param complain  Told once of each kind of trouble.
  /// @return `invalid_argument`, naming the field, when nothing can be sent so.
  static Result<Webhook> create(WebhookConfig config, Complaint complain);

  void on_cue(const CueChange& change) noexcept override;
  void on_alert(const Alert& alert) noexcept override;
  void on_answer(const AlertAnswer& answer) noexcept override;
  void on_notice(const DeviceNotice& notice) noexcept override;

  WebhookCounts counts() const noexcept;

  /// Tries once more what is queued, and ends. @return Whether all of it arrived.
  bool stop(std::chrono::milliseconds limit = std::chrono::seconds(5)) noexcept;

  Webhook(Webhook&&) noexcept;
  Webhook& operator=(Webhook&&) noexcept;
  ~Webhook() override;  ///< Stops.

 private:
  class Sender;
  explicit Webhook(std::unique_ptr<Sender> sender) noexcept;
  std::unique_ptr<Sender> sender_;
  OpenAlerts open_;
};

}  // namespace tonecue
