#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "server/review/review_json.h"
#include "server/review/router_path.h"
#include "server/review/session_cookie.h"
#include "server/review/sign_in_limit.h"
#include "tonecue/store/text_check.h"

namespace {

using tonecue::is_utf8;

void expect(bool holds) {
  if (!holds) std::abort();
}

std::string_view take_line(std::string_view& bytes) {
  const auto end = bytes.find('\n');
  const std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
  return line;
}

bool is_plain(std::string_view text) {
  return is_utf8(text) && !tonecue::has_control_characters(text);
}

void read_path(std::string_view path) {
  for (const std::string_view pattern :
       {"/", "/api/calls/{call}", "/api/{a}/{b}/{c}", "/api/callers/{ref}/export"}) {
    const auto values = tonecue::match_path(pattern, path);
    if (!values) continue;
    const bool may_be_divided = pattern.find("{ref}") != std::string_view::npos;
    for (const std::string& value : *values) {
      expect(!value.empty() && value.size() <= 200 && value != "." && value != "..");
      expect((may_be_divided || value.find('/') == std::string::npos) && is_plain(value));
    }
  }
}

void read_headers(std::string_view cookie, std::string_view authorization) {
  const tonecue::HttpRequest request{
      .headers = {{"Cookie", std::string(cookie)}, {"Authorization", std::string(authorization)}}};
  for (const bool secure : {false, true}) {
    const auto keys = tonecue::session_keys(request, secure);
    expect(keys.size() <= 4);
    for (const std::string_view key : keys) expect(!key.empty() && key.size() <= 128);
  }
  expect(tonecue::bearer_token(request).size() <= 128);
  expect(!tonecue::address_group(cookie).empty() || cookie.empty() || cookie.front() == '%');
}

void read_body(std::string_view body) {
  tonecue::JsonFields fields(body);
  const auto name = fields.optional_text("name", {.least_bytes = 1, .most_bytes = 20});
  const auto note = fields.nullable_text("text", {.most_bytes = 50, .lines = true});
  const auto teams = fields.optional_texts("teams", 3, {.most_bytes = 10});
  const auto days = fields.whole("days", 1, 365);
  const auto at_s = fields.optional_number("at_s", 0.0, 1e6);
  fields.optional_flag("active");
  const auto result = fields.result();
  if (!result) {
    const std::string& message = result.error().message;
    expect(!message.empty() && message.size() < 200 && is_plain(message));
    expect(message.find('<') == std::string::npos);
    return;
  }
  expect(!name || (!name->empty() && name->size() <= 20 && is_utf8(*name)));
  expect(!note || (note->size() <= 50 && is_utf8(*note)));
  expect(!teams || teams->size() <= 3);
  expect(days >= 1 && days <= 365);
  expect(!at_s || (*at_s >= 0.0 && *at_s <= 1e6));
}

}  // namespace

// First line: the path of a request, as sent; second: its cookies; third: who it says it is; the
// rest: its body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  read_path(take_line(bytes));
  const std::string_view cookie = take_line(bytes);
  const std::string_view authorization = take_line(bytes);
  read_headers(cookie, authorization);
  read_body(bytes);
  return 0;
}
