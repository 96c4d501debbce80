#include "tonecue/report/agent_summary.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "report/sample_call.h"

namespace tonecue {
namespace {

constexpr std::int64_t kTurnMs = 5000;
constexpr float kAgentDbfs = -25.0F;

/// Turns of 5 s without pause for three minutes: who has each is told by a letter, a or c.
CallReport call_of(std::string_view turns) {
  CallReport report;
  report.duration_ms = static_cast<std::int64_t>(turns.size()) * kTurnMs;
  for (std::size_t i = 0; i < turns.size(); ++i) {
    const Party party = turns[i] == 'a' ? Party::agent : Party::customer;
    const auto start_ms = static_cast<std::int64_t>(i) * kTurnMs;
    report.segments.push_back({party, start_ms + 200, start_ms + kTurnMs - 200});
    report.parties[party].talk_s += 4.6F;
  }
  test::draw_track(report);
  for (TrackPoint& point : report.track.agent) {
    if (!point.speaking) continue;
    point.level_dbfs = kAgentDbfs;
    point.syllables = 1;
  }
  return report;
}

CallReport even_call() { return call_of("acacacacacacacacac"); }

std::string told(const AgentSummary& summary, std::string_view name) {
  const auto number = std::ranges::find(summary.moved, name, &MovedNumber::name);
  return number == summary.moved.end() ? "" : number->from + " -> " + number->to;
}

/// Of the last third.
template <class Change>
void change_end(CallReport& report, Change change) {
  auto& track = report.track.agent;
  for (std::size_t i = track.size() * 2 / 3; i < track.size(); ++i) {
    if (track[i].speaking) change(track[i]);
  }
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(AgentSummary, SaysOfAStableCallThatItWasStable) {
  const AgentSummary summary = agent_summary(even_call());
  EXPECT_TRUE(summary.moved.empty());
  EXPECT_TRUE(has(summary.note, "stayed level")) << summary.note;
  EXPECT_FALSE(summary.well.empty());
  EXPECT_FALSE(summary.to_try.empty());
}

TEST(AgentSummary, TellsWhatMovedFromTheFirstThirdToTheLastInWordsAndUnits) {
  CallReport report = call_of("acacccaccacaaaacaa");
  change_end(report, [](TrackPoint& point) { point.level_dbfs = kAgentDbfs + 5.0F; });
  const AgentSummary summary = agent_summary(report);
  EXPECT_EQ(told(summary, "Your share of the talking"), "33 % -> 83 %");
  EXPECT_EQ(told(summary, "Your level"), "-25 dBFS -> -20 dBFS");
  EXPECT_EQ(summary.note, "Your other numbers stayed level.");
}

TEST(AgentSummary, TellsAFasterPaceAndWhatToDoAboutIt) {
  CallReport report = even_call();
  int step = 0;
  change_end(report, [&](TrackPoint& point) { point.syllables = 1 + (++step % 2); });
  const AgentSummary summary = agent_summary(report);
  EXPECT_EQ(told(summary, "Your pace"), "10.0 syllables/s -> 15.0 syllables/s");
  EXPECT_TRUE(has(summary.to_try, "breath")) << summary.to_try;
}

TEST(AgentSummary, LeavesOutWhatNobodyWouldNotice) {
  CallReport report = even_call();
  change_end(report, [](TrackPoint& point) { point.level_dbfs = kAgentDbfs + 2.5F; });
  EXPECT_EQ(told(agent_summary(report), "Your level"), "");
}

TEST(AgentSummary, TellsTheThreeLargestMovesOfMore) {
  CallReport report = call_of("acacccaccacaaaacaa");
  int step = 0;
  change_end(report, [&](TrackPoint& point) {
    point.level_dbfs = kAgentDbfs + 12.0F;
    point.syllables = 1 + (++step % 2);
  });
  for (const std::int64_t start_ms : {70'000, 75'000, 80'000, 85'000}) {
    report.cues.push_back(test::cue(CueKind::interruption, Party::agent, start_ms, start_ms + 900));
  }
  const AgentSummary summary = agent_summary(report);
  ASSERT_EQ(summary.moved.size(), 3U);
  EXPECT_EQ(summary.moved[1].name, "Your level") << "four steps of 3 dB, as four interruptions";
  EXPECT_NE(told(summary, "Your pace").empty(), told(summary, "Your share of the talking").empty())
      << "of the smaller two one is left out";
  EXPECT_EQ(told(summary, "Times you came in while they spoke"), "0 -> 4");
}

TEST(AgentSummary, PraisesFirstThatTheCustomerCameBack) {
  CallReport report = even_call();
  report.cues = {test::cue(CueKind::distress, Party::customer, 26'000, 36'000),
                 test::cue(CueKind::recovered, Party::customer, 50'000, 50'000)};
  const AgentSummary summary = agent_summary(report);
  EXPECT_TRUE(has(summary.well, "24 s later")) << summary.well;
  EXPECT_TRUE(has(summary.well, "0:26")) << summary.well;
}

TEST(AgentSummary, PraisesNobodyForWhatARecordingDoes) {
  CallReport report = even_call();
  report.cues = {test::cue(CueKind::distress, Party::customer, 26'000, 36'000),
                 test::cue(CueKind::recovered, Party::customer, 50'000, 50'000)};
  const AgentSummary summary = agent_summary(report, Customer::recorded);
  EXPECT_TRUE(has(summary.well, "answered 0.4 s later")) << summary.well;
}

TEST(AgentSummary, AsksToAcknowledgeAVoiceThatStayedHigh) {
  CallReport report = even_call();
  report.cues = {test::cue(CueKind::raised_voice, Party::customer, 66'000, 80'000)};
  const AgentSummary summary = agent_summary(report);
  EXPECT_TRUE(has(summary.to_try, "1:06")) << summary.to_try;
  EXPECT_TRUE(has(summary.to_try, "I hear you")) << summary.to_try;
}

TEST(AgentSummary, PraisesListeningAndAsksNotForWhatWasDone) {
  const AgentSummary calm = agent_summary(even_call());
  EXPECT_TRUE(has(calm.well, "let them finish: 9 turns")) << calm.well;

  CallReport report = even_call();
  report.cues = {test::cue(CueKind::interruption, Party::agent, 30'000, 31'000),
                 test::cue(CueKind::interruption, Party::agent, 60'000, 61'000)};
  report.parties.agent.interruptions = 2;
  const AgentSummary hasty = agent_summary(report);
  EXPECT_FALSE(has(hasty.well, "let them finish")) << hasty.well;
  EXPECT_TRUE(has(hasty.to_try, "twice they were still speaking")) << hasty.to_try;
}

TEST(AgentSummary, SaysWhenThereIsTooLittleToTell) {
  const AgentSummary brief = agent_summary(call_of("acacacac"));  // 40 s.
  EXPECT_TRUE(has(brief.note, "too little")) << brief.note;
  EXPECT_TRUE(brief.moved.empty());
  EXPECT_TRUE(brief.well.empty());
  EXPECT_TRUE(brief.to_try.empty());

  const AgentSummary silent = agent_summary(call_of("accccccccccccaccccccc"));
  EXPECT_TRUE(has(silent.note, "too little")) << "9 s of the agent's speech";
}

TEST(AgentSummary, CountsWhatTheAgentSaidOfTheReminders) {
  CallReport report = even_call();
  const auto alert = [&](int id, Delivery delivery, std::optional<Answer> answer) {
    AlertRecord record;
    record.at_ms = std::int64_t{1000} * id;
    record.id = id;
    record.delivery = delivery;
    if (answer) record.answer = AlertAnswer{id, *answer, 0, 0};
    report.alerts.push_back(record);
  };
  alert(1, Delivery::delivered, Answer::helpful);
  alert(2, Delivery::delivered, Answer::wrong);
  alert(3, Delivery::delivered, std::nullopt);
  alert(0, Delivery::over_budget, std::nullopt);
  const AgentSummary summary = agent_summary(report);
  EXPECT_EQ(summary.alerts, 3);
  EXPECT_EQ(summary.helpful, 1);
  EXPECT_EQ(summary.wrong, 1);
}

TEST(AgentSummary, JsonHoldsWhatThePageShows) {
  CallReport report = call_of("acacccaccacaaaacaa");
  const auto json = nlohmann::json::parse(agent_summary_json(agent_summary(report)));
  EXPECT_EQ(json["duration_s"], 90.0);
  ASSERT_FALSE(json["moved"].empty());
  EXPECT_EQ(json["moved"][0].size(), 3U);
  EXPECT_TRUE(json["well"].is_string());
  EXPECT_TRUE(json["try"].is_string());
  EXPECT_EQ(json["counts"], (nlohmann::json{{"alerts", 0}, {"helpful", 0}, {"wrong", 0}}));
}

TEST(AgentSummary, TextFitsEightLines) {
  CallReport report = call_of("acacccaccacaaaacaa");
  change_end(report, [](TrackPoint& point) { point.level_dbfs = kAgentDbfs + 9.0F; });
  const std::string text = agent_summary_text(agent_summary(report), {.width_columns = 100});
  EXPECT_LE(std::ranges::count(text, '\n'), 8) << text;
  EXPECT_TRUE(has(text, "For you alone")) << text;
}

// What a grade, a blame or a diagnosis would be told with.
TEST(AgentSummary, NeverGradesNorTellsFeelings) {
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    CallReport report = test::random_call(seed);
    report.duration_ms = std::max<std::int64_t>(report.duration_ms, kLeastSummaryMs);
    report.parties.agent.talk_s = 30.0F;
    const std::string text = agent_summary_text(agent_summary(report));
    for (const std::string_view word : {"score", "grade", "bad", "angry", "stress", "nervous",
                                        "feel", "should", "must", "stop", "don't", "emotion"}) {
      EXPECT_FALSE(has(text, word)) << "seed " << seed << ": " << text;
    }
  }
}

}  // namespace
}  // namespace tonecue
