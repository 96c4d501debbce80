#include "tonecue/report/call_json.h"

#include <cmath>
#include <optional>

#include "call_json_tree.h"
#include "tonecue/core/hop.h"
#include "tonecue/report/json_parts.h"
#include "tonecue/report/print_json.h"
#include "tonecue/report/rounded.h"

namespace tonecue {
namespace {

// "Don't know", by the reason.
Json unknown_json(const DistressSummary& distress) {
  Json reasons = Json::object();
  for (int i = 0; i < kDistressStates; ++i) {
    const auto state = static_cast<DistressState>(i);
    if (state == DistressState::ok) continue;
    reasons[std::string(name(state)) + "_s"] =
        thousandths(distress.unknown_by_s[static_cast<std::size_t>(i)]);
  }
  return reasons;
}

Json distress_json(const DistressSummary& distress) {
  const bool judged = distress.judged_s > 0.0F;
  const char* heard = distress.distressed_s > 0.0F ? "heard" : "not_heard";
  const char* unheard = distress.withheld() ? "withheld" : "unknown";
  return {
      {"state", judged ? heard : unheard},
      {"score", judged ? Json(thousandths(distress.peak_score)) : Json()},
      {"distressed_s", thousandths(distress.distressed_s)},
      {"judged_s", thousandths(distress.judged_s)},
      {"unknown_s", thousandths(distress.unknown_s)},
      {"unknown", unknown_json(distress)},
      {"model", {{"name", distress.judge.model}, {"sha256_begins", distress.judge.sha256_begins}}},
      {"site_calibrated", distress.judge.site_calibrated}};
}

Json party_json(const PartySummary& party) {
  return {
      {"talk_s", thousandths(party.talk_s)},
      {"talk_share", thousandths(party.talk_share)},
      {"syllables", party.syllables},
      {"speech_rate_syl_per_s", thousandths_or_null<Json>(party.speech_rate_syl_per_s)},
      {"articulation_rate_syl_per_s", thousandths_or_null<Json>(party.articulation_rate_syl_per_s)},
      {"f0_median_hz", thousandths_or_null<Json>(party.f0_median_hz)},
      {"f0_range_st", thousandths_or_null<Json>(party.f0_range_st)},
      {"level_dbfs", thousandths_or_null<Json>(party.level_dbfs)},
      {"interruptions", party.interruptions},
      {"interruptions_per_hour", thousandths_or_null<Json>(party.interruptions_per_hour)},
      {"given_back", party.given_back},
      {"given_back_median_s", thousandths_or_null<Json>(party.given_back_median_s)},
      {"backchannels", party.backchannels},
      {"longest_turn_s", thousandths(party.longest_turn_s)},
      {"response_gap_p10_ms", thousandths_or_null<Json>(party.response_gap_p10_ms)},
      {"response_gap_median_ms", thousandths_or_null<Json>(party.response_gap_median_ms)},
      {"response_gap_p90_ms", thousandths_or_null<Json>(party.response_gap_p90_ms)},
      {"bleed", name(party.bleed)},
      {"baseline_ready", party.baseline_ready}};
}

Json time_or_null(const std::optional<std::int64_t>& time_ms) {
  return time_ms ? Json(ms_to_s(*time_ms)) : Json();
}

Json talk_json(const CallReport& report) {
  if (!report.present.agent || !report.present.customer) return {};
  const TalkSummary& talk = report.talk;
  return {{"either_s", thousandths(talk.either_s)},
          {"sum_s", thousandths(talk.sum_s)},
          {"both_s", thousandths(talk.both_s)},
          {"overtalk_ratio", thousandths(talk.overtalk_ratio)},
          {"overtalk_incidents", talk.overtalk_incidents},
          {"agent_overtalk_incidents", talk.agent_overtalk_incidents},
          {"non_talk_s", thousandths(talk.non_talk_s)},
          {"non_talk_incidents", talk.non_talk_incidents}};
}

Json parties_json(const CallReport& report) {
  Json parties;
  for (const Party party : kParties) {
    const std::string key(name(party));
    parties[key] = report.present[party] ? party_json(report.parties[party]) : Json();
    if (!report.present[party]) continue;
    parties[key]["usual_ready_at_s"] = time_or_null(report.usual_ready_at_ms[party]);
    parties[key]["usual"] = usual_tree<Json>(report.usual[party]);
    if (party == Party::customer) parties[key]["distress"] = distress_json(report.distress);
  }
  return parties;
}

Json cue_json(const Cue& cue) {
  return {{"kind", name(cue.kind)},
          {"party", name(cue.party)},
          {"start_s", ms_to_s(cue.start_ms)},
          {"end_s", ms_to_s(cue.end_ms)},
          {"raised_at_s", ms_to_s(cue.raised_at_ms)},
          {"confidence", thousandths(cue.confidence)},
          {"evidence", evidence_tree<Json>(cue.evidence)}};
}

Json answer_json(const std::optional<AlertAnswer>& answer) {
  if (!answer) return {};
  return {{"said", name(answer->answer)},
          {"at_s", ms_to_s(answer->at_ms)},
          {"snooze_min", answer->snooze_min}};
}

Json alert_json(const AlertRecord& alert) {
  const bool delivered = alert.delivery == Delivery::delivered;
  Json json = {{"at_s", ms_to_s(alert.at_ms)},
               {"cue", name(alert.cue)},
               {"party", name(alert.party)},
               {"raised_at_s", ms_to_s(alert.raised_at_ms)},
               {"confidence", thousandths(alert.confidence)},
               {"escalation", alert.escalation},
               {"text", alert.text},
               {"delivered", delivered}};
  if (delivered) {
    json["id"] = alert.id;
    json["answer"] = answer_json(alert.answer);
  } else {
    json["reason"] = name(alert.delivery);
  }
  return json;
}

Json live_json(const LiveFacts& live) {
  Json devices = Json::array();
  for (const DeviceHealth& device : live.devices) {
    Json parties = Json::array();
    for (const Party party : kParties) {
      if (device.parties[party]) parties.push_back(name(party));
    }
    devices.push_back({{"name", device.name},
                       {"parties", parties},
                       {"sample_rate_hz", device.sample_rate_hz},
                       {"drift_ppm", std::round(device.drift_ppm)},
                       {"times_lost", device.times_lost},
                       {"gaps", device.gaps},
                       {"gap_s", ms_to_s(device.gap_ms)},
                       {"dropped_s", ms_to_s(device.dropped_ms)},
                       {"overruns", device.overruns}});
  }
  return {{"decision_median_ms", live.decision_median_ms},
          {"decision_p99_ms", live.decision_p99_ms},
          {"devices", devices}};
}

}  // namespace

Json call_json_tree(const CallReport& report) {
  Json json = {{"schema", "tonecue.call/1"},
               {"file", report.file},
               {"duration_s", ms_to_s(report.duration_ms)},
               {"sample_rate_hz", report.sample_rate_hz},
               {"line_delay_ms", report.line_delay_ms},
               {"parties", parties_json(report)},
               {"talk", talk_json(report)},
               {"segments", Json::array()},
               {"overlaps", Json::array()},
               {"cues", Json::array()},
               {"alerts", Json::array()}};
  for (const SpeechSegment& segment : report.segments) {
    json["segments"].push_back(segment_tree<Json>(segment));
  }
  for (const Overlap& overlap : report.overlaps) {
    json["overlaps"].push_back(overlap_tree<Json>(overlap));
  }
  for (const Cue& cue : report.cues) json["cues"].push_back(cue_json(cue));
  for (const AlertRecord& alert : report.alerts) json["alerts"].push_back(alert_json(alert));
  if (report.live) json["live"] = live_json(*report.live);
  return json;
}

std::string to_json(const CallReport& report) {
  return print_json(call_json_tree(report), 2) + "\n";
}

}  // namespace tonecue
