#include "store/audit/audit_log_hash.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "tonecue/model/sha256.h"
#include "tonecue/store/text_check.h"

namespace tonecue {
namespace {

void append(std::string& text, std::string_view field) {
  fmt::format_to(std::back_inserter(text), "{}:{},", field.size(), field);
}

// Bytes of the character that begins here; 0: none does, or one that breaks lines.
std::size_t character_size(std::string_view text) noexcept {
  constexpr std::size_t kLongest = 4;
  for (std::size_t size = 1; size <= std::min(kLongest, text.size()); ++size) {
    const std::string_view piece = text.substr(0, size);
    if (is_utf8(piece)) return has_control_characters(piece) ? 0 : size;
  }
  return 0;
}

std::string one_line(std::string_view text) {
  std::string line;
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    const std::string_view piece = size == 0 ? "?" : text.substr(0, size);
    if (line.size() + piece.size() > kLongestAuditText) break;
    line += piece;
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return line;
}

}  // namespace

std::string audit_sha256(std::string_view before_sha256, std::int64_t number,
                         const AuditEvent& event) {
  std::string text;
  append(text, before_sha256);
  append(text, std::to_string(number));
  append(text, std::to_string(event.at_unix_ms));
  for (const auto* field :
       {&event.who, &event.address, &event.action, &event.target, &event.detail}) {
    append(text, *field);
  }
  return sha256_hex(text);
}

AuditEvent fit_for_audit(AuditEvent event) {
  for (auto* field : {&event.who, &event.address, &event.action, &event.target, &event.detail}) {
    *field = one_line(*field);
  }
  return event;
}

}  // namespace tonecue
