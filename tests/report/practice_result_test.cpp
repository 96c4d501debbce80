#include "tonecue/report/practice_result.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "report/sample_call.h"

namespace tonecue {
namespace {

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

CallReport hard_call() {
  CallReport report = test::short_call();
  report.parties.agent.articulation_rate_syl_per_s = 4.83F;
  report.parties.agent.level_dbfs = -24.2F;
  report.parties.agent.response_gap_median_ms = 640.0F;
  report.parties.customer.talk_s = 3.0F;
  report.cues.push_back(test::cue(CueKind::distress, Party::customer, 1300, 2400));
  report.cues.push_back(test::cue(CueKind::recovered, Party::customer, 2900, 2900));
  return report;
}

TEST(PracticeResult, HoldsTheAgentsFigures) {
  const PracticeResult result = practice_result(hard_call());
  EXPECT_EQ(result.interruptions, 1);
  EXPECT_EQ(result.alerts, 1) << "one of the two was held back";
  EXPECT_NEAR(result.talk_share, 1.0F / 3.0F, 1e-4F);
  EXPECT_EQ(result.hard_moments, 1);
  EXPECT_EQ(result.recovered, 1);
  EXPECT_NEAR(result.recovered_after_s.value_or(0.0F), 1.6F, 1e-4F);
}

TEST(PracticeResult, ComesBackFromItsFile) {
  const PracticeAttempt attempt{"distressed", practice_result(hard_call())};
  const std::string json = practice_json(attempt, hard_call());
  EXPECT_EQ(nlohmann::json::parse(json)["call"]["schema"], "tonecue.call/1");
  const auto again = parse_practice_json(json, "first.json");
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->scenario, "distressed");
  EXPECT_EQ(practice_json(*again, hard_call()), json);
}

TEST(PracticeResult, FileHoldsNothingOfTheAgentsOwnSummary) {
  CallReport report = hard_call();
  report.duration_ms = 120'000;
  report.parties.agent.talk_s = 60.0F;
  const std::string json = practice_json({"x", practice_result(report)}, report);
  for (const std::string_view key : {"\"moved\"", "\"well\"", "\"try\""}) {
    EXPECT_FALSE(has(json, key)) << key;
  }
}

TEST(PracticeResult, RefusesWhatIsNoAttemptInOneLine) {
  for (const char* text :
       {"", "[]", "{}", R"({"schema": "tonecue.call/1"})", R"({"schema": "tonecue.practice/1"})",
        R"({"schema": "tonecue.practice/1", "scenario": "a", "result": {}})"}) {
    const auto parsed = parse_practice_json(text, "old.json");
    ASSERT_FALSE(parsed) << text;
    EXPECT_TRUE(parsed.error().message.starts_with("old.json: ")) << parsed.error().message;
    EXPECT_FALSE(has(parsed.error().message, "\n"));
  }
  std::string json = practice_json({"x", practice_result(hard_call())}, hard_call());
  json.replace(json.find("\"alerts\": 1"), 11, "\"alerts\": -1");
  const auto parsed = parse_practice_json(json, "old.json");
  ASSERT_FALSE(parsed);
  EXPECT_TRUE(has(parsed.error().message, "result.alerts")) << parsed.error().message;
}

TEST(PracticeResult, SetsTwoAttemptsSideBySide) {
  const PracticeAttempt now{"distressed", practice_result(hard_call())};
  PracticeAttempt earlier = now;
  earlier.result.interruptions = 4;
  const std::string both = practice_text(now, earlier);
  EXPECT_TRUE(has(both, "earlier")) << both;
  EXPECT_TRUE(has(both, "1 x               4 x")) << both;
  EXPECT_FALSE(has(practice_text(now), "earlier"));
  earlier.scenario = "calm";
  EXPECT_TRUE(has(practice_text(now, earlier), "another call")) << practice_text(now, earlier);
}

}  // namespace
}  // namespace tonecue
