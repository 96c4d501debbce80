// Against the contract with the page, field by field (docs/desk_page.md).
#include "server/desk/desk_json.h"

#include <limits>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace tonecue {
namespace {

using nlohmann::json;

DeskMoment two_voices() {
  DeskMoment moment;
  moment.snoozed_until_ms = 203'400;
  moment.meters.time_ms = 83'400;
  moment.meters.both_silent_s = 0.2501F;
  moment.meters.voices.agent = {.speaking = true,
                                .speaking_since_ms = 80'100,
                                .level_dbfs = -23.104F,
                                .usual_known = true,
                                .level_db = 1.2F,
                                .f0_st = -0.4F,
                                .rate_ratio = 1.1F,
                                .rate_syl_per_s = 4.6F,
                                .talk_s = 41.7F};
  moment.meters.voices.customer.talk_s = 20.85F;
  return moment;
}

Card a_card() {
  return {.id = 3,
          .at_ms = 83'400,
          .cue = CueKind::interruption,
          .party = Party::agent,
          .text = "Let them finish.",
          .reason = "You both spoke for 0.9 s",
          .critical = true};
}

TEST(DeskJson, TellsTheMomentInTheUnitsOfTheContract) {
  EXPECT_EQ(json::parse(moment_json(two_voices())), json::parse(R"({
    "time_s": 83.4, "snoozed_until_s": 203.4, "both_silent_s": 0.25, "quiet_start": false,
    "agent": {"speaking": true, "speaking_since_s": 80.1, "level_dbfs": -23.1,
              "usual_known": true, "level_db": 1.2, "f0_st": -0.4, "rate_ratio": 1.1,
              "rate_syl_per_s": 4.6, "talk_s": 41.7, "talk_share": 0.5},
    "customer": {"speaking": false, "speaking_since_s": null, "level_dbfs": -100.0,
                 "usual_known": false, "level_db": null, "f0_st": null, "rate_ratio": null,
                 "rate_syl_per_s": null, "talk_s": 20.85, "talk_share": 0.25}})"));
}

TEST(DeskJson, SaysNullWhereThereIsNothing) {
  const json moment = json::parse(moment_json({.meters = {}, .snoozed_until_ms = {}}));
  EXPECT_TRUE(moment["snoozed_until_s"].is_null());
  EXPECT_EQ(moment["agent"]["talk_share"], 0.0);
  DeskMoment odd = two_voices();
  odd.meters.voices.agent.level_db = std::numeric_limits<float>::quiet_NaN();
  EXPECT_TRUE(json::parse(moment_json(odd))["agent"]["level_db"].is_null());
}

TEST(DeskJson, TellsSegmentsAndOverlaps) {
  EXPECT_EQ(segment_json({Party::customer, 80'100, 82'300}),
            R"({"party":"customer","start_s":80.1,"end_s":82.3})");
  EXPECT_EQ(overlap_json({Party::agent, OverlapKind::simultaneous_start, 1'000, 1'010}),
            R"({"starter":"agent","kind":"simultaneous_start","start_s":1.0,"end_s":1.01})");
}

TEST(DeskJson, TellsACard) {
  EXPECT_EQ(json::parse(card_json(a_card())), json::parse(R"({
    "id": 3, "at_s": 83.4, "cue": "interruption", "party": "agent", "title": "Interruption",
    "text": "Let them finish.", "reason": "You both spoke for 0.9 s", "critical": true,
    "escalation": false, "cleared_at_s": null, "answer": null})"));
  Card over = a_card();
  over.cleared_at_ms = 90'200;
  over.answer = Answer::not_now;
  const json told = json::parse(card_json(over));
  EXPECT_EQ(told["cleared_at_s"], 90.2);
  EXPECT_EQ(told["answer"], "not_now");
}

TEST(DeskJson, KeepsWordingInAnyLanguageAndMendsBrokenBytes) {
  Card card = a_card();
  card.text = "Höre zu: \"erst\" zuhören.\n\x07";
  EXPECT_EQ(json::parse(card_json(card))["text"], card.text);
  EXPECT_EQ(card_json(card).find('\n'), std::string::npos);
  card.text = "broken \xC3( end";
  EXPECT_EQ(json::parse(card_json(card))["text"], "broken \xEF\xBF\xBD( end");
}

TEST(DeskJson, TellsWhatBecomesOfACard) {
  EXPECT_EQ(clear_json(3, 90'200), R"({"id":3,"at_s":90.2})");
  EXPECT_EQ(answer_json({.alert_id = 3, .answer = Answer::helpful, .at_ms = 91'000}),
            R"({"alert":3,"answer":"helpful","at_s":91.0})");
  EXPECT_EQ(error_json("why \"so\""), R"({"error":"why \"so\""})");
}

TEST(DeskJson, TellsNotices) {
  const DeviceNotice notice{
      .kind = DeviceNotice::Kind::lost, .parties = {true, true}, .at_ms = 12'000, .gap_ms = 0};
  EXPECT_EQ(json::parse(notice_json(notice)), json::parse(R"({
    "kind": "lost", "party": "both", "at_s": 12.0,
    "text": "The headset gives no sound since 0:12; tonecue waits for it."})"));
}

TEST(DeskJson, TellsALatePageThatTheHeadsetPlaysNoTones) {
  const DeviceNotice lost{.kind = DeviceNotice::Kind::lost, .at_ms = 12'000};
  DeskState state;
  state.add(lost);
  state.begin_call();
  const json hello = json::parse(hello_json({}, state));
  ASSERT_EQ(hello["notices"].size(), 1U);
  EXPECT_EQ(hello["notices"][0]["party"], "none");
  EXPECT_EQ(hello["notices"][0]["at_s"], 0.0);
  state.add(DeviceNotice{.kind = DeviceNotice::Kind::returned, .at_ms = 16'000});
  EXPECT_TRUE(state.open_notices().empty());
}

TEST(DeskJson, TellsALatePageEverything) {
  DeskState state;
  state.set_moment(two_voices());
  state.add(SpeechSegment{Party::agent, 80'000, 82'000});
  state.add(Overlap{Party::customer, OverlapKind::backchannel, 81'000, 81'300});
  state.add(a_card());
  state.add(DeviceNotice{
      .kind = DeviceNotice::Kind::lost, .parties = {true, false}, .at_ms = 12'000, .gap_ms = 0});
  const DeskConfig config{.version = "0.1.0", .present = {true, false}, .replay = true};
  const json hello = json::parse(hello_json(config, state));
  std::set<std::string> keys;
  for (const auto& item : hello.items()) keys.insert(item.key());
  EXPECT_EQ(keys,
            (std::set<std::string>{"version", "parties", "sound", "replay", "waiting", "time_s",
                                   "strip", "cards", "notices", "state", "summary"}));
  EXPECT_EQ(hello["version"], "0.1.0");
  EXPECT_EQ(hello["parties"], json::parse(R"({"agent": true, "customer": false})"));
  EXPECT_EQ(hello["sound"], true);
  EXPECT_EQ(hello["replay"], true);
  EXPECT_EQ(hello["waiting"], false);
  EXPECT_EQ(hello["time_s"], 83.4);
  EXPECT_EQ(hello["strip"]["segments"][0]["start_s"], 80.0);
  EXPECT_EQ(hello["strip"]["overlaps"][0]["kind"], "backchannel");
  EXPECT_EQ(hello["cards"][0], json::parse(card_json(a_card())));
  EXPECT_EQ(hello["notices"][0]["kind"], "lost");
  EXPECT_EQ(hello["state"], json::parse(moment_json(two_voices())));
  EXPECT_TRUE(hello["summary"].is_null());
  state.summary = R"({"duration_s":612.0})";
  EXPECT_EQ(json::parse(hello_json(config, state))["summary"]["duration_s"], 612.0);
}

TEST(DeskJson, SaysEmptyListsBeforeAnythingHappened) {
  const json hello = json::parse(hello_json({}, {}));
  EXPECT_EQ(hello["strip"], json::parse(R"({"segments": [], "overlaps": []})"));
  EXPECT_EQ(hello["cards"], json::array());
  EXPECT_EQ(hello["notices"], json::array());
}

TEST(DeskAnswer, IsReadAsTheAgentGaveIt) {
  const auto helpful = parse_answer(R"({"alert": 3, "answer": "helpful"})");
  ASSERT_TRUE(helpful);
  EXPECT_EQ(helpful->alert_id, 3);
  EXPECT_EQ(helpful->answer, Answer::helpful);
  const auto not_now = parse_answer(R"({"snooze_min": 60, "answer": "not_now", "alert": 1})");
  ASSERT_TRUE(not_now);
  EXPECT_EQ(not_now->answer, Answer::not_now);
  EXPECT_EQ(not_now->snooze_min, 60);
  EXPECT_EQ(parse_answer(R"({"alert": 1, "answer": "not_now"})")->snooze_min, 0);
}

TEST(DeskAnswer, IsRefusedInOneLineWhenItMakesNoSense) {
  for (const char* body :
       {"", "{", "[]", "3", "null", R"({"alert": 3})", R"({"answer": "helpful"})",
        R"({"alert": "3", "answer": "wrong"})", R"({"alert": 3.5, "answer": "wrong"})",
        R"({"alert": 0, "answer": "wrong"})", R"({"alert": -1, "answer": "wrong"})",
        R"({"alert": 99999999999999999999, "answer": "wrong"})", R"({"alert": 3, "answer": "bad"})",
        R"({"alert": 3, "answer": 1})", R"({"alert": 3, "answer": "helpful", "snooze_min": 2})",
        R"({"alert": 3, "answer": "not_now", "snooze_min": 3})",
        R"({"alert": 3, "answer": "not_now", "snooze_min": null})",
        R"({"alert": 3, "answer": "not_now", "snooze_min": "2"})",
        R"({"alert": 3, "answer": "wrong", "more": 1})"}) {
    const auto answer = parse_answer(body);
    ASSERT_FALSE(answer) << body;
    EXPECT_EQ(answer.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(answer.error().message.find('\n'), std::string::npos);
    EXPECT_FALSE(answer.error().message.empty());
  }
}

}  // namespace
}  // namespace tonecue
