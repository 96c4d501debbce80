#include "tonecue/report/notice_words.h"

#include <fmt/format.h>

#include "tonecue/core/hop.h"
#include "tonecue/report/plain_words.h"

namespace tonecue {
namespace {

// What the agent would look for on the desk.
std::string_view device_of(const DeviceNotice& notice) noexcept {
  if (notice.parties.agent && notice.parties.customer) return "headset";
  return notice.parties.agent ? "microphone" : "caller's side";
}

std::string length(std::int64_t gap_ms) {
  constexpr std::int64_t kMinuteMs = 60'000;
  constexpr std::int64_t kExactUpToMs = 2'000;
  if (gap_ms >= kMinuteMs) return clock_time(gap_ms) + " min";
  return fmt::format("{:.{}f} s", ms_to_s(gap_ms), gap_ms < kExactUpToMs ? 1 : 0);
}

bool plays_tones(const DeviceNotice& notice) noexcept {
  return !notice.parties.agent && !notice.parties.customer;
}

std::string words_of_tones(const DeviceNotice& notice) {
  if (notice.kind == DeviceNotice::Kind::returned) {
    return fmt::format("The headset plays tones again after {}.", length(notice.gap_ms));
  }
  return fmt::format("The headset plays no tones since {}; tonecue waits for it.",
                     clock_time(notice.at_ms));
}

}  // namespace

std::string notice_words(const DeviceNotice& notice) {
  if (plays_tones(notice)) return words_of_tones(notice);
  const std::string_view device = device_of(notice);
  const std::string when = clock_time(notice.at_ms);
  switch (notice.kind) {
    case DeviceNotice::Kind::lost:
      return fmt::format("The {} gives no sound since {}; tonecue waits for it.", device, when);
    case DeviceNotice::Kind::returned:
      return fmt::format("The {} is back after {}.", device, length(notice.gap_ms));
    case DeviceNotice::Kind::gap:
      return fmt::format("The {} broke off for {} at {}; the call goes on.", device,
                         length(notice.gap_ms), when);
    case DeviceNotice::Kind::overrun:
      return fmt::format("The {} skipped a moment at {}: this computer was busy.", device, when);
    case DeviceNotice::Kind::wrong_rate:
      return fmt::format(
          "The {} does not keep its own rate, so sound is lost; choose another device.", device);
  }
  return {};
}

std::string_view notice_party(const DeviceNotice& notice) noexcept {
  if (plays_tones(notice)) return "none";
  if (notice.parties.agent && notice.parties.customer) return "both";
  return notice.parties.agent ? "agent" : "customer";
}

}  // namespace tonecue
