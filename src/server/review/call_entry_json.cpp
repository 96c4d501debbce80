#include "call_entry_json.h"

#include <string>

#include <nlohmann/json.hpp>

#include "review_reply.h"
#include "tonecue/core/hop.h"
#include "tonecue/core/iso_time.h"
#include "tonecue/report/json_parts.h"
#include "tonecue/report/rounded.h"
#include "tonecue/store/need.h"

namespace tonecue {
namespace {

using Json = nlohmann::ordered_json;

Json counts_json(const CueCounts& counts) {
  Json json = Json::object();
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > 0) json[std::string(name(static_cast<CueKind>(i)))] = counts[i];
  }
  return json;
}

}  // namespace

Json call_entry_json(const CallEntry& entry) {
  const CallDetails& details = entry.details;
  return {
      {"id", entry.id},
      {"started_at", iso_time(details.started_unix_ms)},
      {"duration_s", ms_to_s(entry.duration_ms)},
      {"agent", details.agent},
      {"team", details.team},
      {"queue", details.queue},
      {"caller_ref", details.caller_ref},
      {"consent_ref", details.consent_ref},
      {"origin", name(details.origin)},
      {"source", details.source},
      {"state", name(entry.state)},
      {"cues",
       {{"agent", counts_json(entry.cues.agent)}, {"customer", counts_json(entry.cues.customer)}}},
      {"distressed_s", thousandths(entry.distressed_s)},
      {"peak_distress", thousandths_or_null<Json>(entry.peak_distress)},
      {"recovered", entry.recovered ? Json(*entry.recovered) : Json()},
      {"need", thousandths(entry.need)},
      {"need_because", need_because(entry)},
      {"reviewed", entry.reviewed},
      {"notes", entry.notes},
      {"audio", entry.audio},
      {"conduct_from",
       entry.conduct_from_unix_ms ? Json(iso_time(*entry.conduct_from_unix_ms)) : Json()}};
}

}  // namespace tonecue
