#include "audit_log_hash.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "secret_key.h"

namespace tonecue {
namespace {

void append(std::string& text, std::string_view field) {
  fmt::format_to(std::back_inserter(text), "{}:{},", field.size(), field);
}

unsigned char byte_at(std::string_view text, std::size_t i) noexcept {
  return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
}

// Bytes of the well-formed UTF-8 sequence that begins here (RFC 3629, 4); 0: there is none.
std::size_t sequence_size(std::string_view text, std::size_t i) noexcept {
  const unsigned first = byte_at(text, i);
  const unsigned second = byte_at(text, i + 1);
  const auto follows = [&](std::size_t k) { return (byte_at(text, i + k) & 0xC0U) == 0x80U; };
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const bool fits = (first != 0xE0 || second >= 0xA0) && (first != 0xED || second < 0xA0);
    return fits && follows(1) && follows(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool fits = (first != 0xF0 || second >= 0x90) && (first != 0xF4 || second < 0x90);
    return fits && follows(1) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

std::string one_line(std::string_view text) {
  std::string line;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t size = sequence_size(text, i);
    const bool control = byte_at(text, i) < 0x20 || byte_at(text, i) == 0x7F;
    const std::string_view piece = size == 0 || control ? "?" : text.substr(i, size);
    if (line.size() + piece.size() > kLongestAuditText) break;
    line += piece;
    i += std::max<std::size_t>(size, 1);
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
  return sha256_of(text);
}

AuditEvent fit_for_audit(AuditEvent event) {
  for (auto* field : {&event.who, &event.address, &event.action, &event.target, &event.detail}) {
    *field = one_line(*field);
  }
  return event;
}

}  // namespace tonecue
