#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "server/desk/desk_json.h"
#include "server/http/http_text.h"

namespace {

bool is_one_line(std::string_view text) {
  return !text.empty() && text.find_first_of("\r\n") == std::string_view::npos;
}

void expect(bool holds) {
  if (!holds) std::abort();
}

std::string_view take_line(std::string_view& bytes) {
  const auto end = bytes.find('\n');
  const std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
  return line;
}

}  // namespace

// First line: the target of a request; second: its cookies; the rest: the body of an answer.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto target = tonecue::parse_target(take_line(bytes));
  if (target) expect(target->path.starts_with('/') && is_one_line(target->path));

  const std::string_view cookies = take_line(bytes);
  for (const std::string_view value : tonecue::cookie_values(cookies, "tonecue_key")) {
    expect(value.find(';') == std::string_view::npos && value.size() < cookies.size());
  }

  const auto answer = tonecue::parse_answer(bytes);
  if (!answer) {
    expect(is_one_line(answer.error().message));
    expect(is_one_line(tonecue::error_json(answer.error().message)));
    return 0;
  }
  expect(answer->alert_id >= 1);
  expect(answer->snooze_min == 0 || answer->answer == tonecue::Answer::not_now);
  expect(is_one_line(tonecue::answer_json(*answer)));
  return 0;
}
