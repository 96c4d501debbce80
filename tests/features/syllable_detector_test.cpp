#include "tonecue/features/syllable_detector.h"

#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

namespace tonecue {
namespace {

MelLevels flat(float level_db) {
  MelLevels levels;
  levels.fill(level_db);
  return levels;
}

// One value per frame: syllables of `frames` frames, as loud as `loud_db`, with dips of `dip_db`.
std::vector<float> syllables(int count, int frames, float loud_db, float dip_db) {
  std::vector<float> levels_db;
  for (int i = 0; i < count * frames; ++i) {
    const double phase = 2.0 * std::numbers::pi * i / frames;
    levels_db.push_back(loud_db - dip_db * static_cast<float>(0.5 + 0.5 * std::cos(phase)));
  }
  levels_db.insert(levels_db.end(), 20, loud_db - dip_db);
  return levels_db;
}

constexpr VoiceEvidence kVoice{true, 1.0F, 0.95F};
constexpr VoiceEvidence kDoubt{true, 1.0F, 0.02F};  // A pitched sound, hardly speech.

int count_nuclei(SyllableDetector& detector, const std::vector<float>& levels_db,
                 const VoiceEvidence& evidence) {
  int nuclei = 0;
  for (const float level_db : levels_db) {
    nuclei += detector.process(flat(level_db), evidence) ? 1 : 0;
  }
  return nuclei;
}

int count_nuclei(const std::vector<float>& levels_db, const VoiceEvidence& evidence = kVoice) {
  SyllableDetector detector;
  return count_nuclei(detector, levels_db, evidence);
}

TEST(SyllableDetector, CountsSyllablesAtSlowAndFastRates) {
  EXPECT_EQ(count_nuclei(syllables(10, 40, -30.0F, 15.0F)), 10);
  EXPECT_EQ(count_nuclei(syllables(30, 20, -30.0F, 15.0F)), 30);
  EXPECT_EQ(count_nuclei(syllables(50, 13, -30.0F, 15.0F)), 50);
}

TEST(SyllableDetector, CountsAlikeOnAQuietLine) {
  EXPECT_EQ(count_nuclei(syllables(30, 20, -60.0F, 15.0F)), 30);
}

TEST(SyllableDetector, CountsAWeakSyllableBesideAStrongOne) {
  auto levels_db = syllables(5, 20, -30.0F, 15.0F);
  const auto weak = syllables(5, 20, -45.0F, 15.0F);
  levels_db.insert(levels_db.end(), weak.begin(), weak.end());
  EXPECT_EQ(count_nuclei(levels_db), 10);
}

TEST(SyllableDetector, DoesNotCountAVowelThatIsHeld) {
  EXPECT_EQ(count_nuclei(syllables(1, 200, -30.0F, 15.0F)), 1);
}

TEST(SyllableDetector, DoesNotCountRipples) {
  EXPECT_LE(count_nuclei(syllables(30, 20, -30.0F, 0.3F)), 1);
}

TEST(SyllableDetector, DoesNotCountWhatIsNotVoiced) {
  EXPECT_EQ(count_nuclei(syllables(30, 20, -30.0F, 15.0F), {false, 0.0F, 0.95F}), 0);
}

TEST(SyllableDetector, DoesNotCountSilence) {
  EXPECT_EQ(count_nuclei(std::vector<float>(500, kMelFloorDb)), 0);
}

TEST(SyllableDetector, ConfirmsANucleusSoonAfterItsPeak) {
  SyllableDetector detector;
  const auto levels_db = syllables(3, 40, -30.0F, 15.0F);
  std::vector<int> confirmed;
  for (std::size_t i = 0; i < levels_db.size(); ++i) {
    if (detector.process(flat(levels_db[i]), kVoice)) confirmed.push_back(static_cast<int>(i));
  }
  ASSERT_EQ(confirmed.size(), 3U);
  for (int k = 0; k < 3; ++k) {
    const int peak = 20 + 40 * k;
    EXPECT_GE(confirmed[static_cast<std::size_t>(k)], peak);
    EXPECT_LE(confirmed[static_cast<std::size_t>(k)], peak + SyllableDetector::kMostLatencyFrames);
  }
}

TEST(SyllableDetector, LooksForTheVoiceAtThePeakNotWhereItIsConfirmed) {
  SyllableDetector detector;
  const auto levels_db = syllables(1, 40, -30.0F, 15.0F);
  int nuclei = 0;
  for (std::size_t i = 0; i < levels_db.size(); ++i) {
    const bool voice = i >= 18 && i <= 22;
    nuclei += detector.process(flat(levels_db[i]), voice ? kVoice : VoiceEvidence{}) ? 1 : 0;
  }
  EXPECT_EQ(nuclei, 1);
}

TEST(SyllableDetector, DoesNotCountPitchedSoundsThatAreHardlySpeech) {
  EXPECT_EQ(count_nuclei(syllables(30, 20, -30.0F, 15.0F), kDoubt), 0);
}

TEST(SyllableDetector, AsksForLessOfSoundsThatAreModulatedAsSpeechIs) {
  constexpr VoiceEvidence kUnsure{true, 1.0F, 0.3F};
  EXPECT_EQ(count_nuclei(syllables(30, 20, -30.0F, 15.0F), kUnsure), 30);
  EXPECT_LE(count_nuclei(syllables(30, 20, -30.0F, 2.0F), kUnsure), 3);
}

TEST(SyllableDetector, CountsTheDoubtfulSyllablesBeforeAVoiceThatBecomesSure) {
  SyllableDetector detector;
  EXPECT_EQ(count_nuclei(detector, syllables(2, 20, -30.0F, 15.0F), kDoubt), 0);
  EXPECT_EQ(count_nuclei(detector, syllables(2, 20, -30.0F, 15.0F), kVoice), 4);
}

TEST(SyllableDetector, ForgetsDoubtfulSyllablesThatNoSureOneFollowsSoon) {
  SyllableDetector detector;
  EXPECT_EQ(count_nuclei(detector, syllables(3, 20, -30.0F, 15.0F), kDoubt), 0);
  const std::vector<float> pause(SyllableDetector::kLongestDoubtFrames, -45.0F);
  EXPECT_EQ(count_nuclei(detector, pause, kDoubt), 0);
  EXPECT_EQ(count_nuclei(detector, syllables(2, 20, -30.0F, 15.0F), kVoice), 2);
}

TEST(SyllableDetector, ForgetsAllWhenReset) {
  SyllableDetector detector;
  count_nuclei(detector, syllables(3, 20, -10.0F, 2.0F), kDoubt);
  detector.reset();
  EXPECT_EQ(count_nuclei(detector, syllables(10, 20, -50.0F, 15.0F), kVoice), 10);
}

}  // namespace
}  // namespace tonecue
