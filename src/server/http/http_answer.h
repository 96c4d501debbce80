/// @file
/// An answer as it goes over the line.
#pragma once

#include <cstdint>
#include <string>

#include "tonecue/server/http_message.h"

namespace tonecue {

/// What the first lines of an answer depend on, besides the answer.
struct AnswerFrame {
  bool keep_alive = true;
  bool head_only = false;  ///< HEAD: says how long the body would be, and leaves it out.
  bool secure = false;     ///< Goes over TLS.
};

/// Status line, headers and body (RFC 9112).
std::string answer_text(const HttpResponse& response, const AnswerFrame& frame);

/// Status line and headers, for a body of this length that follows; the response's own stays out.
std::string answer_head_text(const HttpResponse& response, std::uint64_t body_bytes,
                             const AnswerFrame& frame);

/// Status line and headers of an event stream, which ends when the connection does.
std::string stream_head_text(bool secure);

}  // namespace tonecue
