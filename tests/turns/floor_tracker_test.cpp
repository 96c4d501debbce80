#include "tonecue/turns/floor_tracker.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

struct Floor {
  std::string holders;  // One character per 100 ms: A, C or _.
  std::vector<FloorTracker::Turn> turns;
};

// One character per 100 ms: S speech, _ silence.
Floor follow(std::string_view agent, std::string_view customer) {
  FloorTracker tracker;
  PerParty<SpeechSegmenter> segments;
  Floor floor;
  for (std::size_t i = 0; i < agent.size() * 10; ++i) {
    const auto index = static_cast<std::int64_t>(i);
    const PerParty<bool> active{agent[i / 10] == 'S', customer[i / 10] == 'S'};
    for (const Party party : kParties) segments[party].process(index, active[party]);
    tracker.process(index, active, segments);
    if (tracker.ended_turn()) floor.turns.push_back(*tracker.ended_turn());
    if (i % 10 != 9) continue;
    floor.holders += !tracker.turn() ? '_' : tracker.turn()->party == Party::agent ? 'A' : 'C';
  }
  tracker.flush();
  if (tracker.ended_turn()) floor.turns.push_back(*tracker.ended_turn());
  return floor;
}

TEST(FloorTracker, GivesTheFloorToWhoTalksAlone) {
  EXPECT_EQ(follow("SSSSSSSSSS", "__________").holders, "______AAAA");
}

TEST(FloorTracker, LeavesTheFloorToTheHolderOverABackchannelInAPause) {
  EXPECT_EQ(follow("SSSSSSSSSS______SSSSS", "___________SSSS______").holders,
            "______AAAAAAAAAAAAAAA");
}

TEST(FloorTracker, PassesTheFloorOnceTheOtherTalksAlone) {
  EXPECT_EQ(follow("SSSSSSSSSS____________", "____________SSSSSSSSSS").holders,
            "______AAAAAAAAAAAACCCC");
}

TEST(FloorTracker, GivesNobodyTheFloorWhileBothTalk) {
  EXPECT_EQ(follow("SSSSSSSSSS", "SSSSSSSSSS").holders, "__________");
}

TEST(FloorTracker, EndsATurnInALongSilence) {
  const Floor floor = follow("SSSSSSSSSS________________________________",
                             "__________________________________________");
  EXPECT_EQ(floor.holders.substr(38, 4), "A___");
  ASSERT_EQ(floor.turns.size(), 1U);
  EXPECT_EQ(floor.turns[0].start, 0);
  EXPECT_EQ(floor.turns[0].end, 100);
}

TEST(FloorTracker, MeasuresTheGapBeforeAResponse) {
  const Floor floor = follow("SSSSSSSSSS________________",   //
                             "______________SSSSSSSSSS__");  //
  ASSERT_EQ(floor.turns.size(), 2U);
  EXPECT_EQ(floor.turns[0].response_gap, std::nullopt);
  EXPECT_EQ(floor.turns[1].party, Party::customer);
  EXPECT_EQ(floor.turns[1].response_gap, 40);
}

TEST(FloorTracker, HasNoGapWhereTheTurnsOverlap) {
  const Floor floor = follow("SSSSSSSSSSSS______________",   //
                             "__________SSSSSSSSSSSSSS__");  //
  ASSERT_EQ(floor.turns.size(), 2U);
  EXPECT_EQ(floor.turns[1].start, 100);
  EXPECT_EQ(floor.turns[1].response_gap, std::nullopt);
}

TEST(FloorTracker, CountsTheCommonSilence) {
  FloorTracker tracker;
  PerParty<SpeechSegmenter> segments;
  for (std::int64_t hop = 0; hop < 30; ++hop) tracker.process(hop, {hop < 10, hop < 20}, segments);
  EXPECT_EQ(tracker.both_silent_hops(), 10);
}

}  // namespace
}  // namespace tonecue
