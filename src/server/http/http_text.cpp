#include "http_text.h"

#include <algorithm>
#include <charconv>

namespace tonecue {
namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kWeak = "W/";

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_control(char c) noexcept { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

bool is_letter_or_digit(char c) noexcept {
  return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9');
}

// What stands before the separator; `text` keeps what stands behind it.
std::string_view take_until(std::string_view& text, char separator) noexcept {
  const auto at = text.find(separator);
  const std::string_view head = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return head;
}

struct Cookie {
  std::string_view name;
  std::string_view value;
};

// The next one; what has no equals sign is passed over.
std::optional<Cookie> take_cookie(std::string_view& header) noexcept {
  while (!header.empty()) {
    std::string_view value = take_until(header, ';');
    const bool has_value = value.find('=') != std::string_view::npos;
    const std::string_view name = without_blanks(take_until(value, '='));
    if (has_value) return Cookie{name, without_blanks(value)};
  }
  return std::nullopt;
}

std::optional<std::string> decoded(std::string_view text, bool plus_is_space) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '+' && plus_is_space) c = ' ';
    if (c == '%') {
      const std::string_view digits = text.substr(i + 1, 2);
      unsigned value = 0;
      const auto end = digits.data() + digits.size();
      const auto read = std::from_chars(digits.data(), end, value, 16);
      if (digits.size() != 2 || read.ec != std::errc{} || read.ptr != end) return std::nullopt;
      c = static_cast<char>(value);
      i += 2;
    }
    if (is_control(c)) return std::nullopt;
    plain.push_back(c);
  }
  return plain;
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text) { return decoded(text, false); }

std::optional<HttpTarget> parse_target(std::string_view target) {
  if (target.empty() || target.front() != '/') return std::nullopt;
  const std::string_view path = take_until(target, '?');
  if (!percent_decoded(path)) return std::nullopt;
  HttpTarget result{std::string(path), {}};
  while (!target.empty()) {
    std::string_view value = take_until(target, '&');
    if (value.empty()) continue;
    auto plain_name = decoded(take_until(value, '='), true);
    auto plain_value = decoded(value, true);
    if (!plain_name || !plain_value) return std::nullopt;
    result.query.emplace_back(std::move(*plain_name), std::move(*plain_value));
  }
  return result;
}

std::string_view without_blanks(std::string_view text) noexcept {
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::vector<std::string_view> cookie_values(std::string_view header, std::string_view name) {
  std::vector<std::string_view> values;
  while (const auto cookie = take_cookie(header)) {
    if (cookie->name == name) values.push_back(cookie->value);
  }
  return values;
}

std::string_view cookie_value(const HttpRequest& request, std::string_view name) noexcept {
  std::string_view header = request.header("cookie");
  while (const auto cookie = take_cookie(header)) {
    if (cookie->name == name) return cookie->value;
  }
  return {};
}

bool names_etag(std::string_view header, std::string_view etag) noexcept {
  while (!header.empty()) {
    std::string_view tag = without_blanks(take_until(header, ','));
    if (tag.starts_with(kWeak)) tag.remove_prefix(kWeak.size());
    if (tag == etag || tag == "*") return true;
  }
  return false;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  constexpr std::string_view kPlain = "!#$&+-.^_`|~";
  std::string encoded;
  for (const char c : text) {
    if (is_letter_or_digit(c) || kPlain.find(c) != std::string_view::npos) {
      encoded.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded.push_back('%');
    encoded.push_back(kDigits[byte / kDigits.size()]);
    encoded.push_back(kDigits[byte % kDigits.size()]);
  }
  return encoded;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
  return std::ranges::equal(a, b, {}, lower, lower);
}

bool is_media_type(std::string_view header, std::string_view type) noexcept {
  return equal_ignoring_case(without_blanks(take_until(header, ';')), type);
}

std::string event_text(std::uint64_t id, std::string_view event, std::string_view data) {
  std::string text;
  text.reserve(event.size() + data.size() + 48);
  if (id > 0) text.append("id: ").append(std::to_string(id)).append("\n");
  text.append("event: ").append(event).append("\n");
  do {
    text.append("data: ").append(take_until(data, '\n')).append("\n");
  } while (!data.empty());
  return text.append("\n");
}

std::string_view HttpRequest::header(std::string_view name) const noexcept {
  const auto found = std::ranges::find_if(
      headers, [&](const NameValue& header) { return equal_ignoring_case(header.first, name); });
  return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

std::string_view HttpRequest::query_value(std::string_view name) const noexcept {
  const auto found = std::ranges::find(query, name, &NameValue::first);
  return found == query.end() ? std::string_view{} : std::string_view(found->second);
}

}  // namespace tonecue
