#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "server/http/http_text.h"
#include "server/review/call_query.h"
#include "server/review/upload_query.h"
#include "tonecue/store/text_check.h"

namespace {

using tonecue::ErrorCode;
using tonecue::NameValue;

constexpr std::int64_t kNow = 1'800'000'000'000;

void expect(bool holds) {
  if (!holds) std::abort();
}

// One line for a person, without what would be code on a page or a second line in a log.
void expect_plain(const tonecue::Error& error) {
  expect(error.code == ErrorCode::invalid_argument);
  expect(!error.message.empty() && error.message.find_first_of("\r\n<&") == std::string::npos);
}

void expect_within(const tonecue::CallQuestion& question) {
  expect(question.limit >= 1 && question.limit <= tonecue::kMostCallsAtOnce);
  const tonecue::CallFilter& filter = question.filter;
  expect(!filter.least_confidence ||
         (*filter.least_confidence >= 0.0F && *filter.least_confidence <= 1.0F));
  expect(filter.kinds.size() <= static_cast<std::size_t>(tonecue::kCueKinds));
  expect(std::ranges::none_of(filter.teams, &std::string::empty));
}

}  // namespace

// Any bytes as the address of a request: read, or refused in one plain line.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto target = tonecue::parse_target(bytes);
  if (!target) return 0;
  for (const NameValue& field : target->query) {
    if (!tonecue::is_utf8(field.first) || !tonecue::is_utf8(field.second)) return 0;  // The router.
  }
  const auto question = tonecue::read_call_question(target->query);
  if (question) {
    expect_within(*question);
  } else {
    expect_plain(question.error());
  }
  const auto filter = tonecue::read_call_filter(target->query);
  if (!filter) expect_plain(filter.error());
  expect(!filter || question.has_value());
  const auto file = tonecue::read_upload_query(target->query, kNow);
  if (file) {
    expect(file->details.source.find_first_of("/\\") == std::string::npos);
  } else {
    expect_plain(file.error());
  }
  return 0;
}
