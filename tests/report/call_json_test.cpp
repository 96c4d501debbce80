#include "tonecue/report/call_json.h"

#include <limits>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "report/sample_call.h"

namespace tonecue {
namespace {

using nlohmann::json;

TEST(ToJson, KeepsTheContract) {
  const json call = json::parse(to_json(test::short_call()));
  EXPECT_EQ(call["schema"], "tonecue.call/1");
  EXPECT_EQ(call["file"], "short.wav");
  EXPECT_EQ(call["duration_s"], 3.0);
  EXPECT_EQ(call["sample_rate_hz"], 8000);
  EXPECT_EQ(call["segments"][1], json::parse(R"({"party":"customer","start_s":1.2,"end_s":2.4})"));
  EXPECT_EQ(call["overlaps"][0], json::parse(R"({"starter":"agent","kind":"interruption",
                                                 "start_s":2.0,"end_s":2.4})"));
  EXPECT_EQ(call["cues"][0], json::parse(R"({"kind":"interruption","party":"agent","start_s":2.0,
      "end_s":2.4,"raised_at_s":2.8,"confidence":0.75,
      "evidence":{"overlap_s":0.4,"holder_turn_s":0.8}})"));
}

TEST(ToJson, TellsWhyAnAlertWasNotShown) {
  const json alerts = json::parse(to_json(test::short_call()))["alerts"];
  EXPECT_EQ(alerts[0], json::parse(R"({"at_s":2.6,"cue":"interruption","party":"agent",
                                       "raised_at_s":0.0,"confidence":0.0,"escalation":false,
                                       "text":"Let them finish.","delivered":true,
                                       "id":0,"answer":null})"));
  EXPECT_EQ(alerts[1]["delivered"], false);
  EXPECT_EQ(alerts[1]["reason"], name(Delivery::over_budget));
}

TEST(ToJson, TellsWhatTheAgentSaidOfAnAlert) {
  CallReport report = test::short_call();
  report.alerts[0].id = 1;
  report.alerts[0].escalation = true;
  report.alerts[0].answer = AlertAnswer{1, Answer::not_now, 10, 2900};
  const json alert = json::parse(to_json(report))["alerts"][0];
  EXPECT_EQ(alert["id"], 1);
  EXPECT_EQ(alert["escalation"], true);
  EXPECT_EQ(alert["answer"], json::parse(R"({"said":"not_now","at_s":2.9,"snooze_min":10})"));
}

TEST(ToJson, TellsWhenEachUsualWasKnown) {
  CallReport report = test::short_call();
  report.usual_ready_at_ms.customer = 1510;
  report.usual.customer = {.f0_hz = 178.8371F, .level_dbfs = -25.5F, .rate_syl_per_s = 4.6F};
  const json parties = json::parse(to_json(report))["parties"];
  EXPECT_TRUE(parties["agent"]["usual_ready_at_s"].is_null());
  EXPECT_EQ(parties["customer"]["usual_ready_at_s"], 1.51);
  EXPECT_TRUE(parties["agent"]["usual"].is_null());
  EXPECT_EQ(parties["customer"]["usual"],
            (json{{"f0_hz", 178.837}, {"level_dbfs", -25.5}, {"rate_syl_per_s", 4.6}}));
}

TEST(ToJson, HasEveryPartyValueAndNullWhereItIsNotKnown) {
  const json parties = json::parse(to_json(test::short_call()))["parties"];
  for (const char* key :
       {"talk_s", "talk_share", "syllables", "speech_rate_syl_per_s", "articulation_rate_syl_per_s",
        "f0_median_hz", "f0_range_st", "level_dbfs", "interruptions", "backchannels",
        "longest_turn_s", "response_gap_median_ms"}) {
    EXPECT_TRUE(parties["agent"].contains(key)) << key;
    EXPECT_TRUE(parties["customer"].contains(key)) << key;
  }
  EXPECT_EQ(parties["agent"]["f0_median_hz"], 181.235);
  EXPECT_TRUE(parties["customer"]["f0_median_hz"].is_null());
  EXPECT_TRUE(parties["customer"]["articulation_rate_syl_per_s"].is_null());
}

TEST(ToJson, NeverPutsDistressOnTheAgent) {
  CallReport report = test::short_call();
  report.distress = {4.0F, 2.0F, 0.8F, 3.0F};
  report.distress.unknown_by_s[static_cast<std::size_t>(DistressState::noisy)] = 1.5F;
  report.distress.unknown_by_s[static_cast<std::size_t>(DistressState::out_of_range)] = 0.5F;
  report.distress.judge = {"research", "0123456789ab", true};
  const json parties = json::parse(to_json(report))["parties"];
  EXPECT_FALSE(parties["agent"].contains("distress"));
  EXPECT_EQ(parties["customer"]["distress"],
            json::parse(R"({"state":"heard","score":0.8,"distressed_s":3.0,"judged_s":4.0,
                            "unknown_s":2.0,
                            "unknown":{"baseline_forming_s":0.0,"too_little_voice_s":0.0,
                                       "noisy_s":1.5,"bleed_s":0.0,"out_of_range_s":0.5},
                            "model":{"name":"research","sha256_begins":"0123456789ab"},
                            "site_calibrated":true})"));
}

TEST(ToJson, SaysThatItDoesNotKnowWhenNoSpeechCouldBeJudged) {
  CallReport report = test::short_call();
  report.distress = {0.0F, 2.0F, 0.0F, 0.0F};
  report.distress.judge.model = "research";
  const json distress = json::parse(to_json(report))["parties"]["customer"]["distress"];
  EXPECT_EQ(distress["state"], "unknown");
  EXPECT_TRUE(distress["score"].is_null());
}

TEST(ToJson, SaysThatNoModelJudgedACallerWhoWasNotTold) {
  CallReport report = test::short_call();
  report.distress = {};
  const json distress = json::parse(to_json(report))["parties"]["customer"]["distress"];
  EXPECT_EQ(distress["state"], "withheld");
  EXPECT_TRUE(distress["score"].is_null());
  EXPECT_EQ(distress["judged_s"], 0.0);
}

TEST(ToJson, GivesNullForAPartyThatIsNotOnTheRecording) {
  CallReport report = test::short_call();
  report.present.agent = false;
  const json parties = json::parse(to_json(report))["parties"];
  EXPECT_TRUE(parties["agent"].is_null());
  EXPECT_TRUE(parties["customer"].is_object());
}

TEST(ToJson, StaysValidWithWildNamesAndNumbers) {
  CallReport report = test::short_call();
  report.file = "caf\xE9 \"q\"\n\x01.wav";
  report.cues[0].confidence = std::numeric_limits<float>::quiet_NaN();
  const json call = json::parse(to_json(report));
  EXPECT_EQ(call["file"], "caf\xEF\xBF\xBD \"q\"\n\x01.wav");
  EXPECT_TRUE(call["cues"][0]["confidence"].is_null());
}

}  // namespace
}  // namespace tonecue
