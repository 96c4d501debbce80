#include "tonecue/turns/speech_segmenter.h"

#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace tonecue {
namespace {

using Segments = std::vector<std::pair<std::int64_t, std::int64_t>>;

// Hops of speech, and as negative numbers of silence, in turn. The segments as pairs of hops.
Segments segments_of(std::initializer_list<int> runs) {
  SpeechSegmenter segmenter;
  Segments segments;
  const auto keep = [&segments](const std::optional<HopSpan>& span) {
    if (span) segments.emplace_back(span->start, span->end);
  };
  std::int64_t hop = 0;
  for (const int run : runs) {
    for (int i = 0; i < std::abs(run); ++i) keep(segmenter.process(hop++, run > 0));
  }
  keep(segmenter.flush());
  return segments;
}

TEST(SpeechSegmenter, EndsASegmentWithItsLastActiveHop) {
  EXPECT_EQ(segments_of({-10, 50, -100}), (Segments{{10, 60}}));
}

TEST(SpeechSegmenter, JoinsSpeechAcrossAShortPause) {
  EXPECT_EQ(segments_of({50, -29, 50, -100}), (Segments{{0, 129}}));
}

TEST(SpeechSegmenter, DividesSpeechAtALongPause) {
  EXPECT_EQ(segments_of({50, -30, 50, -100}), (Segments{{0, 50}, {80, 130}}));
}

TEST(SpeechSegmenter, IgnoresAClick) { EXPECT_EQ(segments_of({-20, 4, -100}), (Segments{})); }

TEST(SpeechSegmenter, DoesNotLetAClickMoveALaterOnset) {
  EXPECT_EQ(segments_of({2, -40, 60, -100}), (Segments{{42, 102}}));
}

TEST(SpeechSegmenter, StartsAWordAtItsFirstHopAcrossAStopConsonant) {
  EXPECT_EQ(segments_of({-10, 3, -8, 60, -50}), (Segments{{10, 81}}));
}

TEST(SpeechSegmenter, ClosesTheOpenSegmentWithTheCall) {
  EXPECT_EQ(segments_of({50, -5}), (Segments{{0, 50}}));
}

TEST(SpeechSegmenter, SaysWhenASegmentMayStartAndWhenItIsConfirmed) {
  SpeechSegmenter segmenter;
  for (std::int64_t hop = 0; hop < 10; ++hop) {
    segmenter.process(hop, true);
    EXPECT_EQ(segmenter.may_start(), hop == 0) << hop;
    EXPECT_EQ(segmenter.confirmed(), hop == 4) << hop;
    EXPECT_EQ(segmenter.speaking(), hop >= 4) << hop;
  }
}

TEST(SpeechSegmenter, TellsThePauseBeforeASegment) {
  SpeechSegmenter segmenter;
  for (std::int64_t hop = 0; hop < 120; ++hop) segmenter.process(hop, hop < 50 || hop >= 90);
  EXPECT_EQ(segmenter.start(), 90);
  EXPECT_EQ(segmenter.pause_before(), 41);  // Hop 49 was the last of speech.
}

}  // namespace
}  // namespace tonecue
