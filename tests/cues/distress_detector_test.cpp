#include "tonecue/cues/distress_detector.h"

#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

constexpr int kHopsPerSign = 50;  // One sign is one update, half a second of speech.

/// What each sign tells: H high, m middling, l low, ? don't know, _ silence.
std::optional<DistressEstimate> estimate_of(char sign) {
  const auto known = [](float agitated) {
    return DistressEstimate{DistressState::ok, agitated, agitated, std::nullopt, 12.0F, 0.5F};
  };
  switch (sign) {
    case 'H':
      return known(0.95F);
    case 'm':
      return known(0.6F);
    case 'l':
      return known(0.05F);
    case '?':
      return DistressEstimate{DistressState::noisy, 0.0F, 0.0F, std::nullopt, 0.0F, 0.5F};
    default:
      return std::nullopt;
  }
}

/// One sign per half second: ^ raised, v ended, a dot for neither.
std::string cues_over(std::string_view signs, DistressDetector& detector, Cue* raised = nullptr) {
  std::string drawn;
  TurnFrame turn;
  for (const char sign : signs) {
    char mark = '.';
    for (int hop = 0; hop < kHopsPerSign; ++hop, ++turn.index) {
      CueChanges changes;
      const bool update = hop == kHopsPerSign - 1;
      detector.process(update ? estimate_of(sign) : std::nullopt, turn, changes);
      for (const CueChange& change : changes) {
        mark = change.phase == CuePhase::raised ? '^' : 'v';
        if (raised != nullptr) *raised = change.cue;
      }
    }
    drawn += mark;
  }
  return drawn;
}

constexpr DistressConfig kRaisedAtTwoThirds{.raise_probability = 0.67F};

std::string cues_over(std::string_view signs) {
  DistressDetector detector(kRaisedAtTwoThirds);
  return cues_over(signs, detector);
}

TEST(DistressDetector, SaysNothingOfAnOrdinaryCall) {
  EXPECT_EQ(cues_over("lllll__llmlll__lll?lll"),  //
            "......................");
}

TEST(DistressDetector, IgnoresASingleHighWindow) {
  EXPECT_EQ(cues_over("llllHlllllHllll"),  //
            "...............");
}

TEST(DistressDetector, RaisesOnSustainedAgitationAndEndsWithIt) {
  EXPECT_EQ(cues_over("llllHHHHHHHHllllll"),  //
            ".......^.......v..");
}

TEST(DistressDetector, HoldsThroughMiddlingWindows) {
  EXPECT_EQ(cues_over("llllHHHHmHmmHmmmmm"),  //
            ".......^..........");
}

TEST(DistressDetector, LearnsNothingFromWhatIsNotKnown) {
  EXPECT_EQ(cues_over("llllHH????????????"),  //
            "..................");
  EXPECT_EQ(cues_over("llllHHHHHH????????"),  //
            ".......^..........");
}

TEST(DistressDetector, KeepsTheEvidenceThroughAShortSilence) {
  EXPECT_EQ(cues_over("llllHHH____HHHHHHH"),  //
            "...........^......");
}

TEST(DistressDetector, EndsWhenTheCustomerHasSaidNothingForLong) {
  EXPECT_EQ(cues_over("llllHHHHHH______________________________l"),
            ".......^...............................v.");
}

TEST(DistressDetector, TellsWhenItBeganAndWhy) {
  DistressDetector detector(kRaisedAtTwoThirds);
  Cue cue;
  ASSERT_EQ(cues_over("llllHHHH", detector, &cue), ".......^");
  EXPECT_EQ(cue.kind, CueKind::distress);
  EXPECT_EQ(cue.party, Party::customer);
  EXPECT_EQ(cue.start_ms, 2000);
  EXPECT_EQ(cue.end_ms, 4000);
  EXPECT_GE(cue.raised_at_ms, 4000);
  EXPECT_GT(cue.confidence, 0.7F);
  ASSERT_FALSE(cue.evidence.items().empty());
  EXPECT_EQ(cue.evidence.items()[0].name, "probability");
  EXPECT_EQ(detector.agitation(), Agitation::present);
}

TEST(DistressDetector, HandsOnWhatSpokeForIt) {
  DistressDetector detector;
  CueChanges changes;
  TurnFrame turn;
  DistressEstimate estimate{DistressState::ok, 0.95F, 0.95F, std::nullopt, 12.5F, 3.0F};
  estimate.reasons[0] = {"f0_median_st", 4.1F};
  estimate.reasons[1] = {"hnr_mean_db", -2.5F};
  detector.process(estimate, turn, changes);
  ASSERT_EQ(changes.size(), 1U);
  const auto items = changes.begin()->cue.evidence.items();
  ASSERT_EQ(items.size(), 4U);
  EXPECT_EQ(items[0].name, "probability");
  EXPECT_EQ(items[1].name, "f0_median_st");
  EXPECT_FLOAT_EQ(items[1].value, 4.1F);
  EXPECT_EQ(items[2].name, "hnr_mean_db");
  EXPECT_EQ(items[3].name, "usual_s");
  EXPECT_FLOAT_EQ(items[3].value, 12.5F);
}

TEST(DistressDetector, TellsAgitationThatFadesFromNone) {
  DistressDetector detector;
  EXPECT_EQ(detector.agitation(), Agitation::none);
  cues_over("llllHHHHHH", detector);
  EXPECT_EQ(detector.agitation(), Agitation::present);
  cues_over("lll", detector);
  EXPECT_EQ(detector.agitation(), Agitation::fading) << "over, but not calm yet";
  cues_over("llllllll", detector);
  EXPECT_EQ(detector.agitation(), Agitation::none);
}

TEST(DistressDetector, EndsTheCueWithTheCall) {
  DistressDetector detector;
  CueChanges changes;
  cues_over("llllHHHH", detector);
  detector.finish(changes);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes.begin()->phase, CuePhase::ended);
  EXPECT_NE(detector.agitation(), Agitation::present);
}

}  // namespace
}  // namespace tonecue
