#include "tonecue/report/notice_words.h"

#include <fmt/format.h>

#include "tonecue/core/hop.h"
#include "tonecue/report/plain_words.h"

namespace tonecue {
namespace {

// A headset is one thing to the agent, whichever of its two sides went quiet.
std::string_view device_of(const DeviceNotice& notice) {
  if (notice.parties.agent && notice.parties.customer) return "headset";
  return notice.parties.agent ? "microphone" : "customer's side";
}

std::string length(std::int64_t gap_ms) {
  constexpr std::int64_t kMinuteMs = 60'000;
  if (gap_ms >= kMinuteMs) return clock_time(gap_ms) + " min";
  return gap_ms < 10'000 ? fmt::format("{:.1f} s", ms_to_s(gap_ms))
                         : fmt::format("{:.0f} s", ms_to_s(gap_ms));
}

}  // namespace

std::string notice_words(const DeviceNotice& notice) {
  const std::string_view device = device_of(notice);
  switch (notice.kind) {
    case DeviceNotice::Kind::lost:
      return fmt::format("The {} gives no sound since {}; tonecue waits for it.", device,
                         clock_time(notice.at_ms));
    case DeviceNotice::Kind::returned:
      return fmt::format("The {} is back after {}.", device, length(notice.gap_ms));
    case DeviceNotice::Kind::gap:
      return fmt::format("{} of the {} was lost at {}; the call goes on.", length(notice.gap_ms),
                         device, clock_time(notice.at_ms));
    case DeviceNotice::Kind::overrun:
      return fmt::format("The {} lost some sound at {}; the call goes on.", device,
                         clock_time(notice.at_ms));
  }
  return {};
}

std::string_view notice_party(const DeviceNotice& notice) noexcept {
  if (notice.parties.agent && notice.parties.customer) return "both";
  return notice.parties.agent ? "agent" : "customer";
}

}  // namespace tonecue
