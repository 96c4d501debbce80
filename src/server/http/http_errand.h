/// @file
/// A request on its way through the handlers.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "http_file.h"
#include "http_upload_file.h"
#include "tonecue/server/http_message.h"

namespace tonecue {

/// The part of a request's life that may take its time: the handlers, and the disk.
///
/// Threads: of one at a time; the connection's, and in between a worker's.
class HttpErrand {
 public:
  using Outcome = std::variant<HttpResponse, EventStream, FileAnswer>;

  /// @param handlers  Outlive it.
  explicit HttpErrand(const HttpHandlers& handlers) : handlers_(handlers) {}

  /// @param head_only  HEAD.
  void begin(HttpRequest head, bool head_only);

  // --- May take their time. Nothing is thrown.

  /// Asks whether the body may be an upload: rule() or refusal().
  void judge() noexcept;

  /// Writes a piece of the upload; refusal() when that fails.
  void write(const std::string& piece) noexcept;

  /// Asks the handler, with the upload or with this body, and leaves nothing of the request.
  void answer() noexcept;

  // --- At once.

  const std::optional<UploadRule>& rule() const noexcept { return rule_; }
  const std::optional<HttpResponse>& refusal() const noexcept { return refusal_; }
  void set_body(std::string body) noexcept { request_.body = std::move(body); }
  void drop_upload() noexcept { upload_.reset(); }
  Outcome take_outcome() noexcept { return std::move(outcome_); }

 private:
  Outcome ask();

  const HttpHandlers& handlers_;
  HttpRequest request_{};
  bool head_only_ = false;
  std::optional<UploadRule> rule_;
  std::optional<UploadFile> upload_;
  std::optional<HttpResponse> refusal_;
  Outcome outcome_;
};

}  // namespace tonecue
