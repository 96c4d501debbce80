#include "tonecue/store/need.h"

#include <gtest/gtest.h>

namespace tonecue {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;

Cue cue(Party party, CueKind kind, float confidence, std::int64_t start_ms = 0,
        std::int64_t end_ms = 0) {
  return {.kind = kind,
          .party = party,
          .start_ms = start_ms,
          .end_ms = end_ms,
          .raised_at_ms = end_ms,
          .confidence = confidence};
}

CallReport report_with(std::vector<Cue> cues) {
  CallReport report;
  report.cues = std::move(cues);
  return report;
}

Cue customer(CueKind kind, float confidence = 1.0F, std::int64_t start_ms = 0,
             std::int64_t end_ms = 0) {
  return cue(Party::customer, kind, confidence, start_ms, end_ms);
}

Cue agent(CueKind kind, float confidence = 1.0F) { return cue(Party::agent, kind, confidence); }

TEST(Need, OfAQuietCallIsNone) {
  const auto need = need_of(report_with(
      {customer(CueKind::fast_speech), customer(CueKind::recovered), agent(CueKind::slow_speech)}));
  EXPECT_EQ(need.customer, 0.0F);
  EXPECT_EQ(need.agent, 0.0F);
}

TEST(Need, GrowsALittleWithACustomerWhoCutsIn) {
  const Cue cuts_in = customer(CueKind::interruption, 0.8F);

  EXPECT_FLOAT_EQ(need_of(report_with({cuts_in, cuts_in})).customer, 0.4F);
  EXPECT_FLOAT_EQ(need_of(report_with(std::vector<Cue>(9, cuts_in))).customer, 1.0F);
}

TEST(Need, IsMoreWhereDistressDidNotCalm) {
  const Cue distress = customer(CueKind::distress, 1.0F, 1'000, 1'000);

  EXPECT_FLOAT_EQ(need_of(report_with({distress})).customer, 5.0F);
  EXPECT_FLOAT_EQ(
      need_of(report_with({distress, customer(CueKind::recovered, 1.0F, 9'000)})).customer, 3.0F);
}

TEST(Need, TakesARecoveryBeforeTheLastDistressForNone) {
  const auto report = report_with({customer(CueKind::distress, 1.0F, 1'000, 1'000),
                                   customer(CueKind::recovered, 1.0F, 5'000, 5'000),
                                   customer(CueKind::distress, 1.0F, 9'000, 9'000)});

  EXPECT_FLOAT_EQ(need_of(report).customer, 5.0F);
  EXPECT_EQ(recovered_in(report), false);
}

TEST(Need, GrowsByTheMinutesOfDistressUpToThree) {
  const auto of_minutes = [](std::int64_t minutes) {
    return need_of(report_with({customer(CueKind::distress, 1.0F, 0, minutes * kMinuteMs)}))
        .customer;
  };

  EXPECT_FLOAT_EQ(of_minutes(2), 7.0F);
  EXPECT_FLOAT_EQ(of_minutes(3), 8.0F);
  EXPECT_FLOAT_EQ(of_minutes(30), 8.0F);
}

TEST(Need, CountsACustomersRaisedVoiceOnlyWithoutDistress) {
  const Cue raised = customer(CueKind::raised_voice, 0.6F);

  EXPECT_FLOAT_EQ(need_of(report_with({raised, raised})).customer, 0.6F);
  EXPECT_FLOAT_EQ(need_of(report_with({raised, customer(CueKind::distress, 1.0F)})).customer, 5.0F);
}

TEST(Need, WeighsEachCueByItsConfidence) {
  EXPECT_FLOAT_EQ(need_of(report_with({customer(CueKind::distress, 0.5F, 0, kMinuteMs)})).customer,
                  2.5F + 0.5F);
  EXPECT_FLOAT_EQ(
      need_of(report_with({agent(CueKind::interruption, 0.5F), agent(CueKind::interruption, 0.7F)}))
          .agent,
      1.2F);
}

TEST(Need, BoundsWhatTheAgentsSideAddsUpTo) {
  std::vector<Cue> cues;
  for (const CueKind kind :
       {CueKind::interruption, CueKind::raised_voice, CueKind::long_silence, CueKind::monologue}) {
    cues.insert(cues.end(), 50, agent(kind));
  }
  const auto need = need_of(report_with(cues));

  EXPECT_FLOAT_EQ(need.agent, 3.0F + 1.0F + 1.5F + 0.5F);
  EXPECT_EQ(need.customer, 0.0F);
}

TEST(Need, TellsRecoveryOnlyWhereThereWasSomethingToRecoverFrom) {
  EXPECT_EQ(recovered_in(report_with({customer(CueKind::recovered)})), std::nullopt);
  EXPECT_EQ(recovered_in(report_with({agent(CueKind::raised_voice)})), std::nullopt);
  EXPECT_EQ(recovered_in(report_with({customer(CueKind::raised_voice, 1.0F, 1'000),
                                      customer(CueKind::recovered, 1.0F, 2'000)})),
            true);
}

CallEntry entry_with(const std::vector<std::pair<Party, CueKind>>& cues) {
  CallEntry entry;
  for (const auto& [party, kind] : cues) ++entry.cues[party][static_cast<std::size_t>(kind)];
  return entry;
}

TEST(NeedBecause, SaysTheGravestFirst) {
  CallEntry entry = entry_with({{Party::agent, CueKind::interruption},
                                {Party::agent, CueKind::interruption},
                                {Party::agent, CueKind::interruption},
                                {Party::agent, CueKind::interruption},
                                {Party::agent, CueKind::long_silence},
                                {Party::customer, CueKind::distress}});
  entry.recovered = false;
  entry.distressed_s = 130.0F;

  EXPECT_EQ(need_because(entry),
            (std::vector<std::string>{"distress that did not calm", "about 2 minutes of distress",
                                      "the customer was cut off 4 times", "a long silence"}));
}

TEST(NeedBecause, SaysWhenACallCameRight) {
  CallEntry entry = entry_with({{Party::customer, CueKind::distress}});
  entry.recovered = true;
  entry.distressed_s = 12.0F;

  EXPECT_EQ(need_because(entry), std::vector<std::string>{"distress that calmed"});
}

TEST(NeedBecause, LeavesOpenHowACallEndsThatStillRuns) {
  CallEntry entry = entry_with({{Party::customer, CueKind::distress}});
  entry.state = CallState::open;
  entry.recovered = false;

  EXPECT_EQ(need_because(entry), std::vector<std::string>{"distress that has not calmed so far"});
}

TEST(NeedBecause, HasWordsForEverythingThatFlagsACall) {
  for (const auto& [party, kind] :
       std::vector<std::pair<Party, CueKind>>{{Party::customer, CueKind::distress},
                                              {Party::customer, CueKind::raised_voice},
                                              {Party::customer, CueKind::interruption},
                                              {Party::agent, CueKind::interruption},
                                              {Party::agent, CueKind::raised_voice},
                                              {Party::agent, CueKind::long_silence},
                                              {Party::agent, CueKind::monologue}}) {
    EXPECT_EQ(need_because(entry_with({{party, kind}})).size(), 1U) << name(kind);
  }
  EXPECT_TRUE(need_because(entry_with({{Party::agent, CueKind::fast_speech}})).empty());
}

}  // namespace
}  // namespace tonecue
