#include "router_path.h"

#include <utility>

#include "server/http/http_text.h"
#include "tonecue/store/text_check.h"

namespace tonecue {
namespace {

constexpr std::size_t kLongestValue = 200;
constexpr std::string_view kAnyWord = "{ref}";

// What stands before the next slash; `path` keeps what stands behind it.
std::string_view take_piece(std::string_view& path) noexcept {
  const auto slash = path.find('/');
  const std::string_view piece = path.substr(0, slash);
  path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  return piece;
}

bool is_value(std::string_view wanted, std::string_view piece) noexcept {
  const bool divided = piece.find('/') != std::string_view::npos;
  return !piece.empty() && piece.size() <= kLongestValue && piece != "." && piece != ".." &&
         is_utf8(piece) && !has_control_characters(piece) && (!divided || wanted == kAnyWord);
}

}  // namespace

std::optional<std::vector<std::string>> match_path(std::string_view pattern,
                                                   std::string_view path) {
  std::vector<std::string> values;
  while (!pattern.empty() && !path.empty()) {
    const bool last_wanted = pattern.find('/') == std::string_view::npos;
    const bool last = path.find('/') == std::string_view::npos;
    const std::string_view wanted = take_piece(pattern);
    auto piece = percent_decoded(take_piece(path));
    if (!piece || last_wanted != last) return std::nullopt;
    if (!wanted.starts_with('{')) {
      if (wanted != *piece) return std::nullopt;
      continue;
    }
    if (!is_value(wanted, *piece)) return std::nullopt;
    values.push_back(std::move(*piece));
  }
  if (!pattern.empty() || !path.empty()) return std::nullopt;
  return values;
}

}  // namespace tonecue
