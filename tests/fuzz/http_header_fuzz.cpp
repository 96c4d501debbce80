#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/http_guard.h"
#include "server/http/http_range.h"
#include "server/http/http_text.h"

namespace {

void expect(bool holds) {
  if (!holds) std::abort();
}

std::string_view take_line(std::string_view& bytes) {
  const auto end = bytes.find('\n');
  const std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
  return line;
}

void read_range(std::string_view header) {
  for (const std::uint64_t size : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1000}}) {
    const auto range = tonecue::choose_range(header, size);
    if (range.kind != tonecue::RangeChoice::Kind::part) continue;
    expect(range.size_bytes > 0 && range.first < size && range.size_bytes <= size - range.first);
  }
}

void read_cookies(const std::string& header) {
  const tonecue::HttpRequest request{
      .method = "GET", .path = "/", .query = {}, .headers = {{"Cookie", header}}, .body = {}};
  const auto values = tonecue::cookie_values(header, "key");
  const auto first = tonecue::cookie_value(request, "key");
  expect(values.empty() ? first.empty() : first == values.front());
}

// What is let through names this server.
void judge(const std::string& host, const std::string& origin) {
  const std::vector<std::string> names = {"calls.example"};
  const tonecue::HttpGuard guard(8443, true, names);
  const tonecue::HttpRequest request{.method = "POST",
                                     .path = "/",
                                     .query = {},
                                     .headers = {{"Host", host}, {"Origin", origin}},
                                     .body = {}};
  if (guard.refuse(request, "127.0.0.1")) return;
  expect(host.ends_with(":8443"));
  expect(origin.empty() || (origin.starts_with("https://") && origin.ends_with(":8443")));
}

}  // namespace

// Lines: a range, cookies, entity tags, a name, a host, an origin.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  read_range(take_line(bytes));
  read_cookies(std::string(take_line(bytes)));
  const std::string_view tags = take_line(bytes);
  if (tonecue::names_etag(tags, "\"tag\"")) {
    expect(tags.find("\"tag\"") != std::string_view::npos ||
           tags.find('*') != std::string_view::npos);
  }
  const std::string encoded = tonecue::percent_encoded(take_line(bytes));
  expect(encoded.find_first_of("\r\n\";, ") == std::string::npos);
  const std::string host(take_line(bytes));
  judge(host, std::string(take_line(bytes)));
  return 0;
}
