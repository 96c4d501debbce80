/// @file
/// A file of a page, which lies in the program.
#pragma once

#include <string>
#include <string_view>

#include "tonecue/server/http_message.h"

namespace tonecue {

/// Is sent once, and again when a newer program has another: its ETag is the beginning of its
/// content's SHA-256.
class HttpAsset {
 public:
  /// @param bytes  Must outlive it. @param type  The media type.
  HttpAsset(std::string_view bytes, std::string type);

  /// The file, or 304 for who has it.
  HttpResponse answer(const HttpRequest& request) const;

 private:
  std::string_view bytes_;
  std::string type_;
  std::string etag_;
};

}  // namespace tonecue
