/// @file
/// Any text as the query of a question for figures; lines are "key=value".

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "server/review/number_query.h"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static constexpr std::array<std::string_view, 9> kKnown = {"from", "to", "team", "queue", "step",
                                                             "by",   "on", "days", "kind"};
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes as text.
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::vector<tonecue::NameValue> query;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const std::size_t equals = std::min(line.find('='), line.size());
    query.emplace_back(line.substr(0, equals), line.substr(std::min(equals + 1, line.size())));
  }
  constexpr std::int64_t kNow = 1'800'000'000'000;
  const auto question = tonecue::read_number_question(query, kKnown, kNow);
  if (!question) {
    if (question.error().message.find('\n') != std::string::npos) std::abort();
    return 0;
  }
  if (question->days.from >= question->days.to) std::abort();
  const auto filter = question->filter(question->days);
  if (*filter.from_unix_ms >= *filter.to_unix_ms) std::abort();
  return 0;
}
