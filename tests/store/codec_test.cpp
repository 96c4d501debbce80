#include <array>
#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "store/codec/evidence_text.h"
#include "store/codec/stretch_codec.h"
#include "store/codec/trace_codec.h"
#include "store/database/static_names.h"
#include "store/database/stored_values.h"
#include "store/made_call.h"
#include "store/same_report.h"

namespace tonecue {
namespace {

std::string random_bytes(std::mt19937& random, std::size_t count) {
  std::string bytes;
  for (std::size_t i = 0; i < count; ++i) bytes.push_back(static_cast<char>(random() & 0xFFU));
  return bytes;
}

TEST(TraceCodec, GivesBackAnyNumberOfPoints) {
  const CallReport call = test::MadeCall(1).report(60'000);
  for (const std::size_t count : {0U, 1U, 2U, 7U, 599U, 600U}) {
    SCOPED_TRACE(count);
    const std::span points = std::span(call.track.customer).first(count);
    const auto kept = decode_trace(encode_trace(points));
    ASSERT_TRUE(kept) << kept.error().message;
    ASSERT_EQ(kept->size(), count);
    for (std::size_t i = 0; i < count; ++i) test::expect_near((*kept)[i], points[i]);
  }
}

TEST(TraceCodec, ChangesNothingTheSecondTime) {
  const CallReport call = test::MadeCall(2).report(60'000);
  const std::string once = encode_trace(call.track.agent);
  EXPECT_EQ(encode_trace(*decode_trace(once)), once);
}

TEST(TraceCodec, TakesNumbersThatAreNone) {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  constexpr float kInf = std::numeric_limits<float>::infinity();
  std::vector<TrackPoint> points = {{.peak = kNan,
                                     .level_dbfs = kNan,
                                     .f0_hz = kNan,
                                     .speaking = true,
                                     .distress = kNan,
                                     .syllables = -5},
                                    {.peak = kInf,
                                     .level_dbfs = kInf,
                                     .f0_hz = kInf,
                                     .speaking = true,
                                     .distress = kInf,
                                     .syllables = 99},
                                    {.peak = -1.0F,
                                     .level_dbfs = -kInf,
                                     .f0_hz = -3.0F,
                                     .speaking = false,
                                     .distress = -kInf,
                                     .syllables = 0},
                                    {.peak = 0.0F,
                                     .level_dbfs = 900.0F,
                                     .f0_hz = 1e9F,
                                     .speaking = true,
                                     .distress = 3.0F,
                                     .syllables = 2}};
  const auto kept = decode_trace(encode_trace(points));
  ASSERT_TRUE(kept) << kept.error().message;
  for (const TrackPoint& point : *kept) {
    EXPECT_TRUE(point.peak >= 0.0F && point.peak <= 1.0F) << point.peak;
    EXPECT_TRUE(point.level_dbfs >= -104.0F && point.level_dbfs <= 24.0F) << point.level_dbfs;
    if (point.distress) {
      EXPECT_TRUE(*point.distress >= 0.0F && *point.distress <= 1.0F);
    }
  }
}

TEST(TraceCodec, TakesNoBytesOfAnybodyElse) {
  std::mt19937 random(1);
  const CallReport call = test::MadeCall(3).report(60'000);
  const std::string whole = encode_trace(call.track.customer);
  EXPECT_FALSE(decode_trace(""));
  EXPECT_FALSE(decode_trace("\x02" + whole.substr(1)));              // Another format.
  EXPECT_FALSE(decode_trace("\x01\xff\xff\x03" + whole.substr(3)));  // Too many points.
  EXPECT_FALSE(decode_trace(whole.substr(0, 8)));
  // There is no check sum: whatever comes out of others, it ends and is no more than a minute.
  const auto expect_bounded = [](const std::string& bytes) {
    const auto points = decode_trace(bytes);
    EXPECT_TRUE(!points || points->size() <= kTracePoints);
  };
  for (std::size_t place = 0; place < whole.size(); ++place) {
    std::string changed = whole;
    changed[place] = static_cast<char>(random() & 0xFFU);
    expect_bounded(changed);
    expect_bounded(whole.substr(0, place));
  }
  for (int i = 0; i < 2000; ++i) expect_bounded(random_bytes(random, random() % 700));
}

TEST(StretchCodec, TakesNoBytesOfAnybodyElse) {
  std::mt19937 random(2);
  for (int i = 0; i < 2000; ++i) {
    const std::string bytes = random_bytes(random, random() % 100);
    std::vector<SpeechSegment> segments;
    std::vector<Overlap> overlaps;
    const auto one = decode_segments(bytes, segments);
    const auto two = decode_overlaps(bytes, overlaps);
    EXPECT_LE(segments.size() + overlaps.size(), bytes.size());
    EXPECT_TRUE(one || one.error().code == ErrorCode::corrupt);
    EXPECT_TRUE(two || two.error().code == ErrorCode::corrupt);
  }
}

TEST(EvidenceText, GivesBackEachNumberExactly) {
  std::mt19937 random(3);
  std::uniform_real_distribution<float> number(-50.0F, 50.0F);
  for (int i = 0; i < 1000; ++i) {
    Evidence evidence;
    for (const char* name : {"a", "level_db", "rate_ratio", "x9"})
      evidence.add(name, number(random));
    const auto kept = parse_evidence(evidence_text(evidence));
    ASSERT_TRUE(kept);
    for (std::size_t n = 0; n < 4; ++n) {
      EXPECT_EQ(kept->items()[n].name, evidence.items()[n].name);
      EXPECT_EQ(kept->items()[n].value, evidence.items()[n].value);
    }
  }
}

TEST(EvidenceText, KeepsThatANumberIsNotKnown) {
  Evidence evidence;
  evidence.add("level_db", std::numeric_limits<float>::quiet_NaN());
  const auto kept = parse_evidence(evidence_text(evidence));
  ASSERT_TRUE(kept);
  EXPECT_TRUE(std::isnan(kept->items()[0].value));
}

TEST(EvidenceText, TakesNoTextOfAnybodyElse) {
  for (const std::string text :
       {"", "[]", "1", "{", R"({"a":"b"})", R"({"a":{}})", R"({"A b":1})", R"({"":1})",
        R"({"a":1e300})", R"({"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1})"}) {
    const auto evidence = parse_evidence(text);
    ASSERT_FALSE(evidence) << text;
    EXPECT_EQ(evidence.error().code, ErrorCode::corrupt);
  }
  EXPECT_FALSE(parse_evidence(std::string(5000, '[')));
  EXPECT_FALSE(parse_evidence("{\"" + std::string(65, 'a') + "\":1}"));
}

TEST(StaticNames, AreNoMoreThanAProgramNeeds) {
  StaticNames names;
  const auto first = names.keep("made_up_0");
  ASSERT_TRUE(first);
  for (std::size_t i = 1; i < StaticNames::kMost; ++i) {
    EXPECT_TRUE(names.keep("made_up_" + std::to_string(i)));
  }
  EXPECT_FALSE(names.keep("one_more"));
  EXPECT_EQ(names.keep("made_up_0")->data(), first->data());
}

// These stand in databases: one that changes makes another call of every old one.
TEST(StoredValues, StayWhatTheyAre) {
  EXPECT_EQ(stored(Party::agent), 0);
  EXPECT_EQ(stored(Party::customer), 1);
  const std::array kinds = {CueKind::interruption, CueKind::raised_voice, CueKind::fast_speech,
                            CueKind::slow_speech,  CueKind::long_silence, CueKind::monologue,
                            CueKind::distress,     CueKind::recovered};
  static_assert(kinds.size() == kCueKinds);
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    EXPECT_EQ(stored(kinds[i]), static_cast<std::int64_t>(i));
  }
  const std::array deliveries = {Delivery::delivered, Delivery::cooling_down, Delivery::over_budget,
                                 Delivery::outdated,  Delivery::quiet_start,  Delivery::snoozed,
                                 Delivery::superseded};
  for (std::size_t i = 0; i < deliveries.size(); ++i) {
    EXPECT_EQ(stored(deliveries[i]), static_cast<std::int64_t>(i));
  }
  EXPECT_EQ(stored(Answer::helpful), 0);
  EXPECT_EQ(stored(Answer::not_now), 1);
  EXPECT_EQ(stored(Answer::wrong), 2);
  EXPECT_EQ(stored(BleedState::clean), 0);
  EXPECT_EQ(stored(BleedState::guarded), 1);
  EXPECT_EQ(stored(BleedState::unusable), 2);
  EXPECT_EQ(stored(OverlapKind::backchannel), 0);
  EXPECT_EQ(stored(OverlapKind::terminal_overlap), 1);
  EXPECT_EQ(stored(OverlapKind::interruption), 2);
  EXPECT_EQ(stored(OverlapKind::attempt), 3);
  EXPECT_EQ(stored(OverlapKind::simultaneous_start), 4);
  EXPECT_FALSE(from_stored<CueKind>(8));
  EXPECT_FALSE(from_stored<Party>(-1));
}

}  // namespace
}  // namespace tonecue
