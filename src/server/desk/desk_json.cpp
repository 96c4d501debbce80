#include "desk_json.h"

#include <array>
#include <optional>
#include <span>

#include <nlohmann/json.hpp>

#include "tonecue/core/hop.h"
#include "tonecue/report/json_parts.h"
#include "tonecue/report/notice_words.h"
#include "tonecue/report/plain_words.h"
#include "tonecue/report/print_json.h"
#include "tonecue/report/rounded.h"

namespace tonecue {
namespace {

using Json = nlohmann::ordered_json;

// A meter of a hundredth is finer than any eye.
double hundredths(float value) { return rounded(value, 2); }

Json or_null(const std::optional<std::int64_t>& time_ms) {
  return time_ms ? Json(ms_to_s(*time_ms)) : Json();
}

Json voice_tree(const CallMeters& meters, Party party) {
  const VoiceMeter& voice = meters.voices[party];
  const auto if_usual = [&](float value) {
    return voice.usual_known ? Json(hundredths(value)) : Json();
  };
  return {
      {"speaking", voice.speaking},
      {"speaking_since_s", voice.speaking ? Json(ms_to_s(voice.speaking_since_ms)) : Json()},
      {"level_dbfs", hundredths(voice.level_dbfs)},
      {"usual_known", voice.usual_known},
      {"level_db", if_usual(voice.level_db)},
      {"f0_st", if_usual(voice.f0_st)},
      {"rate_ratio", if_usual(voice.rate_ratio)},
      {"rate_syl_per_s", voice.rate_syl_per_s ? Json(hundredths(*voice.rate_syl_per_s)) : Json()},
      {"talk_s", hundredths(voice.talk_s)},
      {"talk_share", hundredths(meters.talk_share(party))}};
}

Json moment_tree(const DeskMoment& moment) {
  return {{"time_s", ms_to_s(moment.meters.time_ms)},
          {"snoozed_until_s", or_null(moment.snoozed_until_ms)},
          {"both_silent_s", hundredths(moment.meters.both_silent_s)},
          {"quiet_start", moment.quiet_start},
          {"agent", voice_tree(moment.meters, Party::agent)},
          {"customer", voice_tree(moment.meters, Party::customer)}};
}

Json card_tree(const Card& card) {
  return {{"id", card.id},
          {"at_s", ms_to_s(card.at_ms)},
          {"cue", name(card.cue)},
          {"party", name(card.party)},
          {"title", title(card.cue)},
          {"text", card.text},
          {"reason", card.reason},
          {"critical", card.critical},
          {"escalation", card.escalation},
          {"cleared_at_s", or_null(card.cleared_at_ms)},
          {"answer", card.answer ? Json(name(*card.answer)) : Json()}};
}

Json notice_tree(const DeviceNotice& notice) {
  return {{"kind", name(notice.kind)},
          {"party", notice_party(notice)},
          {"at_s", ms_to_s(notice.at_ms)},
          {"text", notice_words(notice)}};
}

template <class Values, class ToTree>
Json list(const Values& values, const ToTree& to_tree) {
  Json trees = Json::array();
  for (const auto& value : values) trees.push_back(to_tree(value));
  return trees;
}

std::optional<Answer> answer_named(const Json& value) {
  for (const Answer answer : {Answer::helpful, Answer::not_now, Answer::wrong}) {
    if (value == name(answer)) return answer;
  }
  return std::nullopt;
}

// A whole number that an int holds.
std::optional<int> whole_number(const Json& value) {
  constexpr std::int64_t kMost = 1'000'000'000;
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() > kMost) return std::nullopt;
  return value.get<int>();
}

tl::unexpected<Error> senseless(std::string message) {
  return failure(ErrorCode::invalid_argument, std::move(message));
}

Result<int> snooze_of(const Json& value, Answer answer) {
  if (answer != Answer::not_now) return senseless(R"("snooze_min" goes with "not_now" only)");
  const auto snooze_min = whole_number(value);
  for (const int offered_min : {2, 10, 60}) {
    if (snooze_min == offered_min) return offered_min;
  }
  return senseless("\"snooze_min\" must be 2, 10 or 60");
}

}  // namespace

std::string hello_json(const DeskConfig& config, const DeskState& state) {
  const Json strip = {{"segments", list(state.segments, segment_tree<Json>)},
                      {"overlaps", list(state.overlaps, overlap_tree<Json>)}};
  const Json hello = {
      {"version", config.version},
      {"parties", {{"agent", config.present.agent}, {"customer", config.present.customer}}},
      {"sound", config.sound},
      {"replay", config.replay},
      {"waiting", state.waiting},
      {"time_s", ms_to_s(state.moment.meters.time_ms)},
      {"strip", strip},
      {"cards", list(state.cards, card_tree)},
      {"notices", list(state.open_notices(), notice_tree)},
      {"state", moment_tree(state.moment)},
      {"summary", state.summary.empty() ? Json() : Json::parse(state.summary)}};
  return print_json(hello);
}

std::string moment_json(const DeskMoment& moment) { return print_json(moment_tree(moment)); }

std::string segment_json(const SpeechSegment& segment) {
  return print_json(segment_tree<Json>(segment));
}

std::string overlap_json(const Overlap& overlap) { return print_json(overlap_tree<Json>(overlap)); }

std::string card_json(const Card& card) { return print_json(card_tree(card)); }

std::string clear_json(int id, std::int64_t at_ms) {
  return print_json(Json{{"id", id}, {"at_s", ms_to_s(at_ms)}});
}

std::string answer_json(const AlertAnswer& answer) {
  return print_json(Json{{"alert", answer.alert_id},
                         {"answer", name(answer.answer)},
                         {"at_s", ms_to_s(answer.at_ms)}});
}

std::string notice_json(const DeviceNotice& notice) { return print_json(notice_tree(notice)); }

std::string error_json(std::string_view message) { return print_json(Json{{"error", message}}); }

Result<AlertAnswer> parse_answer(std::string_view body) {
  const Json json = Json::parse(body, nullptr, false);
  if (!json.is_object()) return senseless("the body must be one JSON object");
  for (const auto& item : json.items()) {
    const std::string& key = item.key();
    if (key != "alert" && key != "answer" && key != "snooze_min") {
      return senseless(R"(only "alert", "answer" and "snooze_min" are known here)");
    }
  }
  const auto alert = json.contains("alert") ? whole_number(json["alert"]) : std::nullopt;
  if (!alert || *alert == 0) return senseless("\"alert\" must be the number of an alert");
  const auto answer = json.contains("answer") ? answer_named(json["answer"]) : std::nullopt;
  if (!answer) return senseless(R"("answer" must be "helpful", "not_now" or "wrong")");
  AlertAnswer result{.alert_id = *alert, .answer = *answer};
  if (json.contains("snooze_min")) {
    const auto snooze_min = snooze_of(json["snooze_min"], *answer);
    if (!snooze_min) return tl::unexpected(snooze_min.error());
    result.snooze_min = *snooze_min;
  }
  return result;
}

Result<std::string> on_one_line(std::string_view json_object) {
  const Json json = Json::parse(json_object, nullptr, false);
  if (!json.is_object()) return senseless("the summary must be a JSON object");
  return print_json(json);
}

}  // namespace tonecue
