#include "desk_notice.h"

#include <cstdint>
#include <string_view>

#include <fmt/format.h>

#include "tonecue/core/hop.h"
#include "tonecue/report/plain_words.h"

namespace tonecue {
namespace {

// What the agent would look for on the desk.
std::string_view device(const DeviceNotice& notice) noexcept {
  if (notice.parties.agent && notice.parties.customer) return "headset";
  return notice.parties.agent ? "microphone" : "caller's sound";
}

std::string length(std::int64_t gap_ms) {
  constexpr std::int64_t kMinuteMs = 60'000;
  constexpr std::int64_t kExactUpToMs = 2'000;
  if (gap_ms >= kMinuteMs) return fmt::format("{} min", clock_time(gap_ms));
  return fmt::format("{:.{}f} s", ms_to_s(gap_ms), gap_ms < kExactUpToMs ? 1 : 0);
}

}  // namespace

std::string notice_text(const DeviceNotice& notice) {
  const std::string_view what = device(notice);
  const std::string when = clock_time(notice.at_ms);
  switch (notice.kind) {
    case DeviceNotice::Kind::lost:
      return fmt::format("The {} gives no sound since {}; tonecue waits for it.",
                         what == "caller's sound" ? "caller's side" : what, when);
    case DeviceNotice::Kind::returned:
      return fmt::format("The {} is back after {}.", what, length(notice.gap_ms));
    case DeviceNotice::Kind::gap:
      return fmt::format("The {} broke off for {} at {}; the call goes on.", what,
                         length(notice.gap_ms), when);
    case DeviceNotice::Kind::overrun:
      return fmt::format("The {} skipped a moment at {}: this computer was busy.", what, when);
  }
  return {};
}

}  // namespace tonecue
