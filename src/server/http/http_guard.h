/// @file
/// Who may ask at all, and what every answer forbids.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tonecue/server/http_message.h"

namespace tonecue {

/// Knows by which names this server is meant.
class HttpGuard {
 public:
  /// @param names  HttpConfig::host_names.
  HttpGuard(int port, bool secure, std::span<const std::string> names);

  /// Why this request goes no further, if so: it does not name exactly one host, or another one
  /// than this server (a page elsewhere whose own name was made to point at this machine: DNS
  /// rebinding), or it would change something and comes from a page of another origin.
  /// @param address  At which it came in: one of this machine's.
  std::optional<HttpResponse> refuse(const HttpRequest& request, std::string_view address) const;

 private:
  std::string with_port(std::string_view host, std::string_view port) const;

  std::string scheme_;        // "http://"
  std::string default_port_;  // Of the scheme; a browser leaves it out.
  std::string port_;
  std::vector<std::string> hosts_{};  // With the port.
};

/// One plain sentence.
HttpResponse plain_answer(int status, std::string sentence);

/// Headers of every answer: no foreign script, style, picture or frame, no guessing of types, no
/// address passed on, nothing lent to pages of other origins, no window of theirs to hold on to, no
/// microphone, camera or place. Over TLS also: come over TLS alone for a year.
const std::vector<NameValue>& protective_headers(bool secure);

}  // namespace tonecue
