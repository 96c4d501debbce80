#include "query_fields.h"

#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "tonecue/store/call_details.h"
#include "tonecue/store/text_check.h"

namespace tonecue {

tl::unexpected<Error> senseless(std::string message) {
  return failure(ErrorCode::invalid_argument, std::move(message));
}

tl::unexpected<Error> said_twice(std::string_view key) {
  return senseless(fmt::format("\"{}\" can be said once only", key));
}

Result<void> take_one_of(std::vector<std::string>& list, std::string_view key,
                         const std::string& value) {
  constexpr std::size_t kMostValues = 100;  // More than a page offers to choose among.
  if (value.empty()) return {};
  if (list.size() == kMostValues) {
    return senseless(fmt::format("\"{}\" has more than {} values", key, kMostValues));
  }
  if (auto ok = expect_line(key, value, kLongestDetail); !ok) return ok;
  list.push_back(value);
  return {};
}

}  // namespace tonecue
