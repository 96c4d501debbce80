#include "tonecue/store/call_details.h"

#include <array>
#include <utility>

#include "store/calls/details_check.h"
#include "tonecue/store/text_check.h"

namespace tonecue {

std::string_view name(CallOrigin origin) noexcept {
  switch (origin) {
    case CallOrigin::recording:
      return "recording";
    case CallOrigin::watched:
      return "watched";
    case CallOrigin::uploaded:
      return "uploaded";
    case CallOrigin::live:
      return "live";
  }
  return "";
}

std::string_view name(CallState state) noexcept {
  switch (state) {
    case CallState::open:
      return "open";
    case CallState::done:
      return "done";
    case CallState::cut_short:
      return "cut_short";
  }
  return "";
}

Result<void> validate(const CallDetails& details) {
  const std::array<std::pair<std::string_view, std::string_view>, 5> lines = {{
      {"agent", details.agent},
      {"team", details.team},
      {"queue", details.queue},
      {"consent_ref", details.consent_ref},
      {"source", details.source},
  }};
  for (const auto& [field, text] : lines) {
    if (auto ok = expect_line(field, text, kLongestDetail); !ok) return ok;
  }
  if (auto ok = expect_caller_ref(details.caller_ref); !ok) return ok;
  if (details.source.find('/') != std::string::npos) {
    return failure(ErrorCode::invalid_argument, "source must be a name without folders");
  }
  if (!details.content_sha256.empty() && !is_sha256(details.content_sha256)) {
    return failure(ErrorCode::invalid_argument, "content_sha256 must be 64 lower-case hex digits");
  }
  constexpr std::int64_t kYear3000Ms = 32'503'680'000'000;
  if (details.started_unix_ms < 0 || details.started_unix_ms > kYear3000Ms) {
    return failure(ErrorCode::invalid_argument, "started_unix_ms is not between 1970 and 3000");
  }
  return {};
}

}  // namespace tonecue
