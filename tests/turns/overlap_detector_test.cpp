#include "tonecue/turns/overlap_detector.h"

#include <cstdlib>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "turns/turn_diagrams.h"

namespace tonecue {
namespace {

// S speech, s soft speech, _ silence. Events, where the overlap begins: I interruption, b
// backchannel, t terminal overlap, a attempt, 2 simultaneous start. The parties swapped must give
// the same.
void expect_overlaps(std::string_view agent, std::string_view customer, std::string_view events) {
  EXPECT_EQ(test::drawn(test::hear(agent, customer).overlaps, agent.size()), events);
  EXPECT_EQ(test::drawn(test::hear(customer, agent).overlaps, agent.size()), events) << "swapped";
}

TEST(OverlapDetector, CallsAShortOverlapABackchannel) {
  expect_overlaps("SSSSSSSSSSSSSSSSSSSSSSSSSSSS____",   // holder
                  "__________SSS___________________",   // incomer
                  "          b                     ");  // events
}

TEST(OverlapDetector, CallsAnOverlapThatTakesTheFloorAnInterruption) {
  expect_overlaps("SSSSSSSSSSSSSSSSSSS_____________",   // holder
                  "__________SSSSSSSSSSSSSSSSSSSSS_",   // incomer
                  "          I                     ");  // events
}

TEST(OverlapDetector, HearsAnInterruptionThatUsesTheHoldersPause) {
  expect_overlaps("SSSSSSSSSSSSSSSS_SSSSSSSS_______",   // holder
                  "________________SSSSSSSSSSSSSSS_",   // incomer
                  "                 I              ");  // events
}

TEST(OverlapDetector, CallsAnOverlapWithTheEndOfATurnTerminal) {
  expect_overlaps("SSSSSSSSSSSSSSSSSS______________",   // holder
                  "________________SSSSSSSSSSSSSSS_",   // incomer
                  "                t               ");  // events
}

TEST(OverlapDetector, CallsLongSpeechThatGivesUpAnAttempt) {
  expect_overlaps("SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS",   // holder
                  "__________SSSSSSSSSSSSSS________________",   // incomer
                  "          a                             ");  // events
}

TEST(OverlapDetector, BlamesNobodyForStartingTogether) {
  expect_overlaps("SSSSSSSSSSSS________SSSSSSSSSSSSSSSSSS____",   // first
                  "_____________________SSSSSSSSSSSSSSSSSSS__",   // second
                  "                     2                    ");  // events
}

TEST(OverlapDetector, TakesAShortPauseForNoCommonSilence) {
  expect_overlaps("SSSSSSSSSSSSSSSSSSSSSSSSSSSSS__SSSSSSSSSSS______________",   // holder
                  "_______________________________SSSSSSSSSSSSSSSSSSSSSSS__",   // incomer
                  "                               I                        ");  // events
}

TEST(OverlapDetector, TellsAnOverlapThoughTheHolderAddsAWord) {
  expect_overlaps("SSSSSSSSSSSSSSSSSS____SSS_______",   // holder
                  "________________SSSSS___________",   // incomer
                  "                b               ");  // events
}

TEST(OverlapDetector, FindsNoOverlapInAnOrderlyCall) {
  expect_overlaps("SSSSSSSSSSSS____________SSSSSSSSSS______",   // one
                  "_____________SSSSSSSSSS_______________SS",   // the other
                  "                                        ");  // events
}

TEST(OverlapDetector, FindsNoOverlapInABackchannelWithinAPause) {
  expect_overlaps("SSSSSSSSSSSSSSSS______SSSSSSSSSSSSSSSS__",   // holder
                  "_________________SSS____________________",   // incomer
                  "                                        ");  // events
}

TEST(OverlapDetector, LaysAnOverlapInAPauseOnWhoeverDoesNotHaveTheFloor) {
  expect_overlaps("SSSSSSSSSSSSSSS______SSSSSSSSSSSSSSSSSSS__",   // holder
                  "_________________SSSSSSS__________________",   // incomer
                  "                     b                    ");  // events
}

TEST(OverlapDetector, KeepsABackchannelChainABackchannelEach) {
  expect_overlaps("SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS__",   // holder
                  "__________SSS_____SSS_____SSSS____________",   // incomer
                  "          b       b       b               ");  // events
}

TEST(OverlapDetector, WaitsLongerForASoftEntry) {
  const std::string holder(60, 'S');
  const std::string heard_before = "SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS____";  // Usual level.
  const auto silence = [](std::size_t marks) { return std::string(marks, '_'); };
  const auto raised_after_ms = [&](const std::string& entry) {
    const auto heard = test::hear(silence(heard_before.size()) + holder,
                                  heard_before + silence(20) + entry + silence(40 - entry.size()));
    return heard.raised_ms.empty() ? -1 : heard.raised_ms[0] - heard.interruptions[0].start_ms;
  };
  const auto loud_ms = raised_after_ms("SSSSSSSSSSSSS");
  const auto soft_ms = raised_after_ms("sssssssssssss");
  EXPECT_GE(loud_ms, 800);
  EXPECT_NEAR(static_cast<double>(soft_ms - loud_ms), 300.0, 30.0);  // 10 dB or more, 30 ms each.
}

TEST(OverlapDetector, HoldsPausesAgainstAnEntry) {
  const auto heard = test::hear("SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS",   // holder
                                "____________________SSS__SS__SSS___________");  // incomer
  EXPECT_TRUE(heard.interruptions.empty());
}

TEST(OverlapDetector, IsSoonerSureOfAnEntryThatTheHolderGivesWayTo) {
  const auto raised_ms = [](std::string_view holder) {
    const auto heard = test::hear(holder, "____________________SSSSSSSSSSSSSSSSSSSSSS");
    return heard.raised_ms.size() == 1 ? static_cast<double>(heard.raised_ms[0]) : 0.0;
  };
  EXPECT_NEAR(raised_ms("SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS______") -
                  raised_ms("SSSSSSSSSSSSSSSSSSSSSSSSSS________________"),
              150.0, 30.0);
}

TEST(OverlapDetector, TakesAFadingHolderForTheEndOfATurn) {
  const std::string_view incomer = "________________________________SSSSSSSSSSSSSSSSSSSS";
  EXPECT_EQ(
      test::hear("SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS_________________", incomer).raised_ms.size(),
      1U);
  EXPECT_TRUE(test::hear("SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSsss_________________", incomer)
                  .raised_ms.empty());
}

TEST(OverlapDetector, RaisesAnInterruptionWithItsNumbersWhileItHappens) {
  const auto heard = test::hear("SSSSSSSSSSSSSSSSSSSSSSSSSSS_____________",
                                "____________________SSSSSSSSSSSSSSSSSSS_");
  ASSERT_EQ(heard.interruptions.size(), 1U);
  const Interruption& cut = heard.interruptions.front();
  EXPECT_EQ(cut.starter, Party::customer);
  EXPECT_LE(std::abs(cut.start_ms - 2000), 20);  // The bleed guard takes a hop or two to open.
  EXPECT_GE(heard.raised_ms.front(), 2000 + 500);
  EXPECT_LE(heard.raised_ms.front(), 2000 + 1200);
  EXPECT_NEAR(cut.holder_turn_s, 2.0F, 0.02F);
  EXPECT_NEAR(cut.incomer_speech_s, 0.001F * static_cast<float>(heard.raised_ms.front() - 2000),
              0.03F);
  EXPECT_GT(cut.overlap_s, 0.3F);
  EXPECT_LE(cut.overlap_s, cut.incomer_speech_s);
}

TEST(OverlapDetector, TellsAnOverlapsEndByWhoStopsFirst) {
  const auto heard =
      test::hear("SSSSSSSSSSSSSSSSSSSSSSSSSSSS____", "__________SSS___________________");
  ASSERT_EQ(heard.overlaps.size(), 1U);
  EXPECT_LE(std::abs(heard.overlaps.front().start_ms - 1000), 20);
  EXPECT_EQ(heard.overlaps.front().end_ms, 1300);
}

TEST(OverlapDetector, ClosesAnOverlapWithTheCall) {
  expect_overlaps("SSSSSSSSSSSSSSSSSSSSSSSS",   // holder
                  "____________________SSSS",   // incomer
                  "                    b   ");  // events
}

}  // namespace
}  // namespace tonecue
