#include "call_json.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "call_entry_json.h"
#include "cue_error_rates.h"
#include "cue_thresholds.h"
#include "review_reply.h"
#include "tonecue/core/hop.h"
#include "tonecue/core/iso_time.h"
#include "tonecue/model/sha256.h"
#include "tonecue/report/call_json.h"
#include "tonecue/report/json_parts.h"
#include "tonecue/report/plain_words.h"
#include "tonecue/report/rounded.h"

namespace tonecue {
namespace {

using Json = nlohmann::ordered_json;

bool is_of(const GivenVerdict& verdict, std::int64_t person_id) noexcept {
  return person_id != 0 && verdict.person_id == person_id;
}

// The cues of a report, and what is told of them beside it.
Json cues_json(Json cues, const ReviewedCall& call, std::int64_t person_id, VerdictsTold told) {
  for (std::size_t i = 0; i < cues.size(); ++i) {
    const Cue& cue = call.kept.report.cues[i];
    cues[i]["id"] = call.kept.cue_ids[i];
    cues[i]["title"] = title(cue.kind);
    cues[i]["reason"] = describe(cue);
    cues[i]["verdicts"] = verdicts_json(call.verdicts, call.kept.cue_ids[i], person_id, told);
  }
  return cues;
}

// What to_json() prints: there is one place that knows how a report is told. Figures of the agent's
// side are null where the agent sees them first.
Json report_json(const KeptCall& call) {
  Json json = Json::parse(to_json(call.report));
  json["file"] = recording_name(call.report);  // Its folders are the recorder's affair.
  if (call.entry.conduct_from_unix_ms) {
    json["parties"]["agent"] = nullptr;
    json["talk"] = nullptr;  // Who came in on whom.
  }
  return json;
}

Json made_by_json(const KeptCall& call) {
  const DistressJudge& judge = call.report.distress.judge;
  return {{"program", call.makers.program_version},
          {"model", judge.model},
          {"model_sha256", judge.sha256_begins},
          {"site_calibrated", judge.site_calibrated},
          {"settings_sha256", sha256_hex(call.makers.settings_toml)}};
}

Json recording_json(const KeptCall& call) {
  if (!call.recording) return {};
  return {{"url", fmt::format("/api/calls/{}/audio", call.entry.id)},
          {"sha256", call.recording->sha256}};
}

// Draws as well, and is a third as long.
double tenths(float value) { return rounded(value, 1); }

Json usual_json(const CallReport& report, Party party) {
  Json json = usual_tree<Json>(report.usual[party]);
  if (json.is_null()) return json;
  json["ready_s"] = ms_to_s(report.usual_ready_at_ms[party].value_or(0));
  return json;
}

Json voice_json(const CallReport& report, Party party) {
  if (!report.present[party]) return {};
  Json peak = Json::array();
  Json level_dbfs = Json::array();
  Json f0_hz = Json::array();
  Json speaking = Json::array();
  Json distress = Json::array();
  for (const TrackPoint& point : report.track[party]) {
    peak.push_back(thousandths(point.peak));
    level_dbfs.push_back(tenths(point.level_dbfs));
    f0_hz.push_back(point.f0_hz ? Json(tenths(*point.f0_hz)) : Json());
    speaking.push_back(point.speaking ? 1 : 0);
    if (party == Party::customer) {
      distress.push_back(thousandths_or_null<Json>(point.distress));
    }
  }
  Json voice = {{"peak", std::move(peak)},
                {"level_dbfs", std::move(level_dbfs)},
                {"f0_hz", std::move(f0_hz)},
                {"speaking", std::move(speaking)}};
  if (party == Party::customer) voice["distress"] = std::move(distress);
  voice["usual"] = usual_json(report, party);
  return voice;
}

}  // namespace

Json verdicts_json(const std::vector<GivenVerdict>& verdicts, std::int64_t cue_id,
                   std::int64_t person_id, VerdictsTold told) {
  const bool told_all =
      told == VerdictsTold::all || std::ranges::any_of(verdicts, [&](const GivenVerdict& verdict) {
        return verdict.cue_id == cue_id && is_of(verdict, person_id);
      });
  Json json = Json::array();
  if (!told_all) return json;
  for (const GivenVerdict& verdict : verdicts) {
    if (verdict.cue_id != cue_id) continue;
    json.push_back({{"person", verdict.person},
                    {"verdict", name(verdict.verdict)},
                    {"at", iso_time(verdict.at_unix_ms)},
                    {"mine", is_of(verdict, person_id)}});
  }
  return json;
}

Json note_json(const Note& note, std::int64_t person_id) {
  return {{"id", note.id},
          {"at_s", note.at_ms ? Json(ms_to_s(*note.at_ms)) : Json()},
          {"text", note.text},
          {"person", note.person},
          {"written_at", iso_time(note.written_unix_ms)},
          {"mine", person_id != 0 && note.person_id == person_id}};
}

Json call_json(const ReviewedCall& call, std::int64_t person_id, VerdictsTold told) {
  const DistressJudge& judge = call.kept.report.distress.judge;
  Json report = report_json(call.kept);
  Json cues = std::move(report["cues"]);
  report.erase("cues");
  Json notes = Json::array();
  for (const Note& note : call.notes) notes.push_back(note_json(note, person_id));
  return {{"call", call_entry_json(call.kept.entry)},
          {"report", std::move(report)},
          {"cues", cues_json(std::move(cues), call, person_id, told)},
          {"notes", std::move(notes)},
          {"made_by", made_by_json(call.kept)},
          {"thresholds", cue_thresholds_json(call.kept.makers.settings_toml)},
          {"error_rates", cue_error_rates_json(judge.model, judge.site_calibrated)},
          {"recording", recording_json(call.kept)}};
}

Json track_json(const CallReport& report) {
  constexpr double kStepS = kTrackStepMs / 1000.0;
  return {{"step_s", kStepS},
          {"agent", voice_json(report, Party::agent)},
          {"customer", voice_json(report, Party::customer)}};
}

}  // namespace tonecue
