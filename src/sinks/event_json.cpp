#include "event_json.h"

#include "random_id.h"
#include "tonecue/core/hop.h"
#include "tonecue/core/iso_time.h"
#include "tonecue/report/card_reason.h"
#include "tonecue/report/json_parts.h"
#include "tonecue/report/notice_words.h"
#include "tonecue/report/plain_words.h"
#include "tonecue/report/print_json.h"
#include "tonecue/report/rounded.h"

namespace tonecue {
namespace {

// To the second.
std::string utc_time(std::chrono::system_clock::time_point time) {
  return iso_time(std::chrono::floor<std::chrono::seconds>(time));
}

}  // namespace

Json event_json(const Alert& alert) {
  const bool delivered = alert.delivery == Delivery::delivered;
  return {{"id", delivered ? Json(alert.id) : Json()},
          {"at_s", ms_to_s(alert.at_ms)},
          {"cue", name(alert.cue.kind)},
          {"party", name(alert.cue.party)},
          {"title", title(alert.cue.kind)},
          {"text", alert.text},
          {"reason", card_reason(alert.cue)},
          {"critical", alert.critical},
          {"escalation", alert.escalation},
          {"confidence", thousandths(alert.cue.confidence)},
          {"delivery", name(alert.delivery)}};
}

Json event_json(const ClearedAlert& cleared) {
  return {{"id", cleared.id}, {"at_s", ms_to_s(cleared.at_ms)}};
}

Json event_json(const AlertAnswer& answer) {
  Json json = {
      {"alert", answer.alert_id}, {"answer", name(answer.answer)}, {"at_s", ms_to_s(answer.at_ms)}};
  if (answer.answer == Answer::not_now) json["snooze_min"] = answer.snooze_min;
  return json;
}

Json event_json(const DeviceNotice& notice) {
  return {{"kind", name(notice.kind)},
          {"party", notice_party(notice)},
          {"at_s", ms_to_s(notice.at_ms)},
          {"gap_s", ms_to_s(notice.gap_ms)},
          {"text", notice_words(notice)}};
}

Json event_json(const CueChange& change) {
  const Cue& cue = change.cue;
  return {{"phase", change.phase == CuePhase::raised ? "raised" : "ended"},
          {"kind", name(cue.kind)},
          {"party", name(cue.party)},
          {"start_s", ms_to_s(cue.start_ms)},
          {"end_s", change.phase == CuePhase::ended ? Json(ms_to_s(cue.end_ms)) : Json()},
          {"raised_at_s", ms_to_s(cue.raised_at_ms)},
          {"confidence", thousandths(cue.confidence)},
          {"evidence", evidence_tree<Json>(cue.evidence)}};
}

Json event_json(const SpeechSegment& segment) { return segment_tree<Json>(segment); }

Json event_json(const Overlap& overlap) { return overlap_tree<Json>(overlap); }

std::string event_line(std::string_view event, const Json& fields) {
  Json json = {{"event", event}};
  json.update(fields);
  return print_json(json) + "\n";
}

std::string call_line(std::chrono::system_clock::time_point started) {
  return event_line(
      "call",
      {{"schema", "tonecue.events/1"}, {"call", random_id()}, {"started_at", utc_time(started)}});
}

std::string end_line(std::int64_t dropped_lines) {
  return event_line("end", {{"dropped_lines", dropped_lines}});
}

std::string dropped_line(std::int64_t lines) { return event_line("dropped", {{"lines", lines}}); }

std::string webhook_body(std::string_view type, std::string_view call, const Json& data,
                         std::chrono::system_clock::time_point made) {
  Json json = {{"type", type}, {"timestamp", utc_time(made)}, {"data", data}};
  json["data"]["call"] = call;
  return print_json(json);
}

}  // namespace tonecue
