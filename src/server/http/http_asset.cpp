#include "http_asset.h"

#include <utility>
#include <vector>

#include <fmt/format.h>

#include "http_text.h"
#include "tonecue/model/sha256.h"

namespace tonecue {

HttpAsset::HttpAsset(std::string_view bytes, std::string type)
    : bytes_(bytes), type_(std::move(type)) {
  constexpr std::size_t kDigits = 32;  // Enough to know one content from another by.
  etag_ = fmt::format("\"{}\"", sha256_hex(bytes).substr(0, kDigits));
}

HttpResponse HttpAsset::answer(const HttpRequest& request) const {
  std::vector<NameValue> headers = {{"ETag", etag_}, {"Cache-Control", "no-cache"}};
  if (names_etag(request.header("if-none-match"), etag_)) {
    return {304, "", "", std::move(headers)};
  }
  return {200, type_, std::string(bytes_), std::move(headers)};
}

}  // namespace tonecue
