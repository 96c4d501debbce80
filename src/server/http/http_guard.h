/// @file
/// Who may ask at all, and what every answer forbids.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tonecue/server/http_message.h"

namespace tonecue {

/// Knows by which names this server is meant.
class HttpGuard {
 public:
  HttpGuard(const std::string& address, int port);

  /// Why this request goes no further, if so: it does not name exactly one host, or another one
  /// than this server (a page elsewhere whose own name was made to point at this machine: DNS
  /// rebinding), or it would change something and comes from a page of another origin.
  std::optional<HttpResponse> refuse(const HttpRequest& request) const;

 private:
  std::vector<std::string> hosts_;  // With the port.
};

/// One plain sentence.
HttpResponse plain_answer(int status, std::string sentence);

/// Headers of every answer: no foreign script, style, picture or frame, no guessing of types, no
/// address passed on, nothing lent to pages of other origins.
const std::vector<NameValue>& protective_headers();

}  // namespace tonecue
