#include "router_path.h"

#include "tonecue/store/text_check.h"

namespace tonecue {
namespace {

constexpr std::size_t kLongestValue = 200;

// What stands before the next slash; `path` keeps what stands behind it.
std::string_view take_piece(std::string_view& path) noexcept {
  const auto slash = path.find('/');
  const std::string_view piece = path.substr(0, slash);
  path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  return piece;
}

bool is_value(std::string_view piece) noexcept {
  return !piece.empty() && piece.size() <= kLongestValue && piece != "." && piece != ".." &&
         is_utf8(piece) && !has_control_characters(piece);
}

}  // namespace

std::optional<std::vector<std::string_view>> match_path(std::string_view pattern,
                                                        std::string_view path) {
  std::vector<std::string_view> values;
  while (!pattern.empty() && !path.empty()) {
    const bool last_wanted = pattern.find('/') == std::string_view::npos;
    const bool last = path.find('/') == std::string_view::npos;
    const std::string_view wanted = take_piece(pattern);
    const std::string_view piece = take_piece(path);
    if (last_wanted != last) return std::nullopt;
    if (!wanted.starts_with('{')) {
      if (wanted != piece) return std::nullopt;
      continue;
    }
    if (!is_value(piece)) return std::nullopt;
    values.push_back(piece);
  }
  if (!pattern.empty() || !path.empty()) return std::nullopt;
  return values;
}

}  // namespace tonecue
