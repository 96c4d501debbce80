#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tonecue/app/stored_call.h"

// Any bytes are read or refused in one line; what is read is in order and within a call's length.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto call = tonecue::parse_stored_call(bytes, "fuzz.json");
  if (!call) {
    const std::string& message = call.error().message;
    if (message.empty() || message.find('\n') != std::string::npos) std::abort();
    return 0;
  }
  constexpr std::int64_t kLongestMs = 1'000'000'000;
  if (call->duration_ms < 0 || call->duration_ms > kLongestMs) std::abort();
  std::int64_t last_ms = 0;
  for (const tonecue::Cue& cue : call->cues) {
    if (cue.raised_at_ms < last_ms || cue.raised_at_ms > kLongestMs) std::abort();
    last_ms = cue.raised_at_ms;
  }
  for (const tonecue::SpeechSegment& segment : call->agent_speech) {
    if (segment.party != tonecue::Party::agent || segment.end_ms < segment.start_ms) std::abort();
  }
  return 0;
}
