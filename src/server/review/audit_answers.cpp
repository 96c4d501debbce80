#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "people_answers.h"
#include "review_reply.h"
#include "tonecue/core/iso_time.h"

namespace tonecue {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t kUsualEntries = 100;
constexpr std::int64_t kMostEntries = 1000;

Json entry_json(const AuditEntry& entry) {
  return {{"number", entry.number},       {"at", iso_time(entry.event.at_unix_ms)},
          {"who", entry.event.who},       {"address", entry.event.address},
          {"action", entry.event.action}, {"target", entry.event.target},
          {"detail", entry.event.detail}, {"sha256", entry.sha256}};
}

}  // namespace

HttpReply list_audit(ReviewDesk& desk, const ReviewRequest& request) {
  const auto before =
      query_whole(request.http, "before", 1, std::numeric_limits<std::int64_t>::max(), 0);
  if (!before) return failure_reply(desk, before.error());
  const auto limit = query_whole(request.http, "limit", 1, kMostEntries, kUsualEntries);
  if (!limit) return failure_reply(desk, limit.error());
  const auto entries = desk.audit.list(*before, static_cast<int>(*limit));
  if (!entries) return failure_reply(desk, entries.error());
  // The pages after the first belong to the same look.
  if (*before == 0) {
    if (const auto ok = audit(desk, request, "audit.view", ""); !ok) {
      return failure_reply(desk, ok.error());
    }
  }
  Json list = Json::array();
  for (const AuditEntry& entry : *entries) list.push_back(entry_json(entry));
  return json_reply({{"entries", std::move(list)}});
}

HttpReply check_audit(ReviewDesk& desk, const ReviewRequest& request) {
  const auto check = desk.audit.verify();
  if (!check) return failure_reply(desk, check.error());
  const std::string found = check->first_broken ? fmt::format("broken at {}", *check->first_broken)
                                                : fmt::format("{} entries, whole", check->entries);
  if (const auto ok = audit(desk, request, "audit.check", "", found); !ok) {
    return failure_reply(desk, ok.error());
  }
  return json_reply({{"entries", check->entries},
                     {"head", check->head_sha256},
                     {"first_broken", check->first_broken ? Json(*check->first_broken) : Json()}});
}

}  // namespace tonecue
