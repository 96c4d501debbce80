#include "upload_query.h"

#include <set>
#include <string>
#include <string_view>

#include "query_fields.h"
#include "tonecue/core/iso_time.h"
#include "tonecue/store/call_details.h"
#include "tonecue/store/text_check.h"

namespace tonecue {
namespace {

// Clocks of recorders go wrong, but not by more than a day.
constexpr std::int64_t kMostAheadMs = 86'400'000;

std::string* text_of(IntakeFile& file, std::string_view key) noexcept {
  if (key == "name") return &file.details.source;
  if (key == "agent") return &file.details.agent;
  if (key == "team") return &file.details.team;
  if (key == "queue") return &file.details.queue;
  if (key == "caller_ref") return &file.details.caller_ref;
  if (key == "consent_ref") return &file.details.consent_ref;
  return nullptr;
}

Result<void> take_begin(IntakeFile& file, const std::string& value, std::int64_t now_unix_ms) {
  const auto began = parse_iso_time(value);
  if (!began) {
    return senseless(R"("started_at" must be a time with its zone, as 2026-11-22T08:30:00Z)");
  }
  if (*began > now_unix_ms + kMostAheadMs) return senseless("\"started_at\" lies in the future");
  file.details.started_unix_ms = *began;
  return {};
}

Result<void> take(IntakeFile& file, const std::string& key, const std::string& value,
                  std::int64_t now_unix_ms) {
  if (std::string* text = text_of(file, key)) {
    const bool is_caller = text == &file.details.caller_ref;
    auto fits = is_caller ? expect_caller_ref(value) : expect_line(key, value, kLongestDetail);
    if (!fits) return fits;
    *text = value;
    return {};
  }
  if (key == "started_at") {
    return value.empty() ? Result<void>() : take_begin(file, value, now_unix_ms);
  }
  if (key != "agent_channel")
    return senseless(
        "only name, agent, team, queue, caller_ref, "
        "consent_ref, started_at and agent_channel can be "
        "said of a recording");
  if (value != "left" && value != "right") {
    return senseless(R"("agent_channel" must be left or right)");
  }
  file.agent_channel = value;
  return {};
}

bool is_plain_name(std::string_view name) noexcept {
  return !name.empty() && name != "." && name != ".." &&
         name.find_first_of("/\\") == std::string_view::npos;
}

}  // namespace

Result<IntakeFile> read_upload_query(std::span<const NameValue> query, std::int64_t now_unix_ms) {
  IntakeFile file;
  file.details.started_unix_ms = now_unix_ms;
  file.details.origin = CallOrigin::uploaded;
  std::set<std::string_view> given;
  for (const auto& [key, value] : query) {
    if (auto ok = take(file, key, value, now_unix_ms); !ok) return tl::unexpected(ok.error());
    if (!given.insert(key).second) return said_twice(key);
  }
  if (!is_plain_name(file.details.source)) {
    return senseless("\"name\" must be the recording's name, without folders");
  }
  return file;
}

}  // namespace tonecue
