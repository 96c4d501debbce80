/// @file
/// One POST over HTTP.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "tonecue/core/result.h"

namespace tonecue {

/// Where messages may go.
struct PostTarget {
  std::string url;
  bool local_host = false;     ///< The URL names this machine itself.
  bool allow_private = false;  ///< Also addresses of a private network.
};

/// @return `invalid_argument` in one line when the URL is none, of another scheme than https (or
/// http, where that is allowed or the host is this machine), or holds a user's name.
Result<PostTarget> post_target(const std::string& url, bool allow_http, bool allow_private);

struct PostAnswer {
  int status = 0;        ///< Of HTTP; 0 when none came.
  std::string problem;   ///< Why none came, for a person.
  bool refused = false;  ///< The address is private; nothing was sent.
};

/// Posts to one target over a connection that is kept. Follows no redirect, uses no proxy, keeps
/// nothing of the answer but its status.
///
/// Threads: one object belongs to one thread.
class HttpPost {
 public:
  explicit HttpPost(PostTarget target);

  /// @param cancel  Looked at while it lasts (at least once a second): true ends it.
  PostAnswer send(const std::string& body, const std::vector<std::string>& headers,
                  std::chrono::milliseconds timeout, const std::atomic<bool>& cancel);

  HttpPost(const HttpPost&) = delete;
  HttpPost& operator=(const HttpPost&) = delete;
  ~HttpPost();

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
};

}  // namespace tonecue
