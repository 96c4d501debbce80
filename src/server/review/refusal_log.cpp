#include "refusal_log.h"

#include <algorithm>
#include <utility>

#include "sign_in_limit.h"

namespace tonecue {
namespace {

// A clock that was set back counts as time that has passed.
bool is_over(std::int64_t since_ms, std::int64_t now_ms) noexcept {
  return now_ms < since_ms || now_ms - since_ms >= RefusalLog::kEveryMs;
}

}  // namespace

std::optional<std::int64_t> RefusalLog::take(std::string_view address, std::int64_t now_ms) {
  std::string group = address_group(address);
  const std::scoped_lock lock(mutex_);
  if (!refusals_.contains(group) && refusals_.size() >= kMostAddresses) make_room();
  const auto [entry, added] = refusals_.try_emplace(std::move(group));
  Refusals& refusals = entry->second;
  if ((!added && !is_over(refusals.written_ms, now_ms)) || !take_place(now_ms)) {
    ++refusals.unwritten;
    return std::nullopt;
  }
  refusals.written_ms = now_ms;
  return std::exchange(refusals.unwritten, 0);
}

void RefusalLog::make_room() {
  refusals_.erase(std::ranges::min_element(
      refusals_, {}, [](const auto& entry) { return entry.second.written_ms; }));
}

bool RefusalLog::take_place(std::int64_t now_ms) {
  if (is_over(second_began_ms_, now_ms)) {
    second_began_ms_ = now_ms;
    written_this_second_ = 0;
  }
  if (written_this_second_ >= kMostAtOnce) return false;
  ++written_this_second_;
  return true;
}

}  // namespace tonecue
