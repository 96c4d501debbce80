#include "tonecue/turns/speaker_baseline.h"

#include <cmath>

#include <gtest/gtest.h>

namespace tonecue {
namespace {

// A voice that talks on, at one pitch and level, with a syllable every `syllable_hops`.
class Talker {
 public:
  void talk(SpeakerBaseline& baseline, float seconds, float f0_hz, float level_dbfs,
            int syllable_hops = 25) {
    for (int i = 0; i < static_cast<int>(std::lround(100.0F * seconds)); ++i) {
      FeatureFrame frame;
      frame.index = index_++;
      frame.f0_hz = f0_hz;
      frame.level_dbfs = level_dbfs;
      frame.syllable = i % syllable_hops == 0;
      baseline.process(frame, true);
    }
  }

  void pause(SpeakerBaseline& baseline, float seconds) {
    for (int i = 0; i < static_cast<int>(std::lround(100.0F * seconds)); ++i) {
      FeatureFrame frame;
      frame.index = index_++;
      baseline.process(frame, false);
    }
  }

 private:
  std::int64_t index_ = 0;
};

TEST(SpeakerBaseline, IsReadyAfterTwentySecondsOfSpeech) {
  SpeakerBaseline baseline;
  Talker talker;
  talker.talk(baseline, 10.0F, 120.0F, -26.0F);
  talker.pause(baseline, 30.0F);
  talker.talk(baseline, 9.9F, 120.0F, -26.0F);
  EXPECT_FALSE(baseline.ready());
  talker.talk(baseline, 0.2F, 120.0F, -26.0F);
  EXPECT_TRUE(baseline.ready());
}

TEST(SpeakerBaseline, IsNotReadyWithoutVoice) {
  SpeakerBaseline baseline;
  for (std::int64_t i = 0; i < 3000; ++i) {
    FeatureFrame frame;
    frame.index = i;
    frame.level_dbfs = -30.0F;
    baseline.process(frame, true);
  }
  EXPECT_FALSE(baseline.ready());
}

TEST(SpeakerBaseline, SaysNothingOfADepartureBeforeItIsReady) {
  SpeakerBaseline baseline;
  Talker talker;
  talker.talk(baseline, 10.0F, 120.0F, -26.0F);
  talker.talk(baseline, 5.0F, 180.0F, -16.0F);
  EXPECT_EQ(baseline.departure().f0_st, 0.0F);
  EXPECT_EQ(baseline.departure().level_db, 0.0F);
  EXPECT_EQ(baseline.departure().rate_ratio, 1.0F);
  EXPECT_NEAR(baseline.departure().rate_syl_per_s, 4.0F, 0.1F);
}

TEST(SpeakerBaseline, MeasuresHowTheVoiceDeparts) {
  SpeakerBaseline baseline;
  Talker talker;
  talker.talk(baseline, 30.0F, 120.0F, -26.0F, 25);
  talker.talk(baseline, 5.0F, 120.0F * std::exp2(4.0F / 12.0F), -18.0F, 20);
  const Departure& now = baseline.departure();
  EXPECT_NEAR(now.f0_st, 4.0F, 0.25F);
  EXPECT_NEAR(now.level_db, 8.0F, 0.5F);
  EXPECT_NEAR(now.rate_ratio, 1.25F, 0.05F);
  EXPECT_NEAR(now.rate_syl_per_s, 5.0F, 0.2F);
  EXPECT_NEAR(now.speech_s, 5.0F, 0.1F);
  EXPECT_NEAR(static_cast<float>(now.syllables), 25.0F, 1.0F);
}

TEST(SpeakerBaseline, DoesNotComeToCallARaisedVoiceUsual) {
  SpeakerBaseline baseline;
  Talker talker;
  talker.talk(baseline, 30.0F, 120.0F, -26.0F);
  talker.talk(baseline, 300.0F, 120.0F * std::exp2(4.0F / 12.0F), -18.0F);
  EXPECT_NEAR(baseline.departure().f0_st, 4.0F, 0.25F);
  EXPECT_NEAR(baseline.departure().level_db, 8.0F, 0.5F);
}

TEST(SpeakerBaseline, TellsWhatItComparesWithOnceItIsReady) {
  SpeakerBaseline baseline;
  Talker talker;
  talker.talk(baseline, 19.0F, 120.0F, -26.0F);
  EXPECT_FALSE(baseline.usual());
  talker.talk(baseline, 11.0F, 120.0F, -26.0F);
  talker.talk(baseline, 20.0F, 180.0F, -18.0F);  // Frozen by now.
  ASSERT_TRUE(baseline.usual());
  EXPECT_NEAR(baseline.usual()->f0_hz, 120.0F, 2.0F);
  EXPECT_NEAR(baseline.usual()->level_dbfs, -26.0F, 0.5F);
}

TEST(SpeakerBaseline, ForgetsHowTheVoiceWasLongAgo) {
  SpeakerBaseline baseline;
  Talker talker;
  talker.talk(baseline, 30.0F, 120.0F, -26.0F);
  talker.talk(baseline, 5.0F, 180.0F, -18.0F);
  talker.pause(baseline, 8.1F);  // One turn of the other party.
  EXPECT_EQ(baseline.departure().speech_s, 0.0F);
  EXPECT_EQ(baseline.departure().level_db, 0.0F);
}

}  // namespace
}  // namespace tonecue
