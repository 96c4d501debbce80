#include "tonecue/pipeline/call_session.h"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/signals.h"
#include "tonecue/audio/file_source.h"
#include "tonecue/cues/distress_model.h"
#include "tonecue/pipeline/call_recorder.h"

namespace tonecue {
namespace {

using Samples = PerParty<std::vector<float>>;

Samples read_sample(const std::string& name) {
  const auto path = std::filesystem::path(TONECUE_SOURCE_DIR) / "audio_samples" / name;
  auto source = FileSource::create(path);
  EXPECT_TRUE(source) << source.error().message;
  Samples call;
  for (;;) {
    const auto block = source->read(4096);
    EXPECT_TRUE(block);
    if (!block || block->agent.empty()) return call;
    for (const Party party : kParties) {
      call[party].insert(call[party].end(), (*block)[party].begin(), (*block)[party].end());
    }
  }
}

CallReport analyze(const Samples& call, std::size_t block_samples = 800,
                   const SessionConfig& config = {}) {
  auto session = CallSession::create(config);
  EXPECT_TRUE(session) << session.error().message;
  CallRecorder recorder({.path = "made", .sample_rate_hz = kSampleRateHz});
  const std::size_t n = call.agent.size();
  for (std::size_t i = 0; i < n; i += block_samples) {
    const std::size_t length = std::min(block_samples, n - i);
    session->push(
        {std::span(call.agent).subspan(i, length), std::span(call.customer).subspan(i, length)},
        recorder);
  }
  session->finish(recorder);
  return recorder.report(*session, static_cast<std::int64_t>(n));
}

int count(const CallReport& report, CueKind kind, Party party) {
  return static_cast<int>(std::count_if(report.cues.begin(), report.cues.end(), [&](const Cue& c) {
    return c.kind == kind && c.party == party;
  }));
}

void expect_equal(const CallReport& a, const CallReport& b, const std::string& what) {
  ASSERT_EQ(a.segments.size(), b.segments.size()) << what;
  for (std::size_t i = 0; i < a.segments.size(); ++i) {
    EXPECT_EQ(a.segments[i].start_ms, b.segments[i].start_ms) << what;
    EXPECT_EQ(a.segments[i].end_ms, b.segments[i].end_ms) << what;
  }
  ASSERT_EQ(a.cues.size(), b.cues.size()) << what;
  for (std::size_t i = 0; i < a.cues.size(); ++i) {
    EXPECT_EQ(a.cues[i].kind, b.cues[i].kind) << what;
    EXPECT_EQ(a.cues[i].raised_at_ms, b.cues[i].raised_at_ms) << what;
    EXPECT_EQ(a.cues[i].confidence, b.cues[i].confidence) << what << ": to the bit";
  }
  ASSERT_EQ(a.alerts.size(), b.alerts.size()) << what;
  for (std::size_t i = 0; i < a.alerts.size(); ++i) {
    EXPECT_EQ(a.alerts[i].at_ms, b.alerts[i].at_ms) << what;
    EXPECT_EQ(a.alerts[i].text, b.alerts[i].text) << what;
  }
}

TEST(CallSession, GivesTheSameWhateverTheBlockSize) {
  const Samples call = read_sample("interrupted.flac");
  const CallReport whole = analyze(call, call.agent.size());
  ASSERT_FALSE(whole.cues.empty()) << "the comparison would be empty";
  for (const std::size_t block : {1U, 64U, 80U, 160U, 1000U, 8193U}) {
    expect_equal(whole, analyze(call, block), "blocks of " + std::to_string(block));
  }
}

TEST(CallSession, HearsTheBundledCallsAsTheyWereMade) {
  const CallReport calm = analyze(read_sample("calm.flac"));
  EXPECT_EQ(count(calm, CueKind::interruption, Party::agent), 0);
  EXPECT_EQ(count(calm, CueKind::distress, Party::customer), 0);

  const CallReport interrupted = analyze(read_sample("interrupted.flac"));
  EXPECT_EQ(count(interrupted, CueKind::interruption, Party::agent), 3);
  EXPECT_EQ(count(interrupted, CueKind::interruption, Party::customer), 0);

  const CallReport distressed = analyze(read_sample("distressed.flac"));
  EXPECT_GE(count(distressed, CueKind::raised_voice, Party::customer) +
                count(distressed, CueKind::distress, Party::customer),
            1);
  EXPECT_GE(count(distressed, CueKind::recovered, Party::customer), 1);
}

TEST(CallSession, SwapsWithTheParties) {
  Samples call = read_sample("interrupted.flac");
  std::swap(call.agent, call.customer);
  const CallReport swapped = analyze(call);
  EXPECT_EQ(count(swapped, CueKind::interruption, Party::customer), 3);
  EXPECT_EQ(count(swapped, CueKind::interruption, Party::agent), 0);
}

TEST(CallSession, RaisesNoCueForSilenceNoiseOrBrokenSamples) {
  const auto noise = test::white_noise(30'000, -45.0F);
  const std::vector<float> broken(240'000, std::numeric_limits<float>::quiet_NaN());
  for (const Samples& call :
       {Samples{test::silence(30'000), test::silence(30'000)},
        Samples{noise, test::white_noise(30'000, -30.0F, 2)}, Samples{broken, broken}}) {
    const CallReport report = analyze(call);
    EXPECT_TRUE(report.cues.empty()) << name(report.cues.front().kind);
    EXPECT_EQ(report.duration_ms, 30'000);
  }
}

TEST(CallSession, ToldNothingSaysNothing) {
  const CallReport report = analyze({});
  EXPECT_EQ(report.duration_ms, 0);
  EXPECT_TRUE(report.cues.empty());
  EXPECT_TRUE(report.track.agent.empty());
}

TEST(CallSession, NeverRaisesACueBeforeTheAudioThatProvesIt) {
  // Cut the call right after a cue was raised: what came before cannot depend on what follows.
  const Samples call = read_sample("interrupted.flac");
  const CallReport whole = analyze(call);
  ASSERT_FALSE(whole.cues.empty());
  for (const Cue& cue : whole.cues) {
    const auto samples = static_cast<std::size_t>(cue.raised_at_ms * kSampleRateHz / 1000);
    if (samples > call.agent.size()) continue;
    Samples until = call;
    for (const Party party : kParties) until[party].resize(samples);
    const CallReport cut = analyze(until);
    EXPECT_TRUE(std::any_of(
        cut.cues.begin(), cut.cues.end(),
        [&](const Cue& c) { return c.kind == cue.kind && c.raised_at_ms == cue.raised_at_ms; }))
        << name(cue.kind) << " at " << cue.raised_at_ms << " ms";
  }
}

TEST(CallRecorder, CountsTheFrameThatIsToldAgainAtTheEndOnce) {
  const auto session = CallSession::create({});
  ASSERT_TRUE(session) << session.error().message;
  CallRecorder recorder({.path = "made", .sample_rate_hz = kSampleRateHz});
  TurnFrame frame;
  frame.parties.customer.active = true;
  for (frame.index = 0; frame.index < 100; ++frame.index) recorder.on_turn(frame);
  frame.index = 99;
  frame.ended_segment.customer = SpeechSegment{Party::customer, 0, 1000};
  recorder.on_turn(frame);
  const CallReport report = recorder.report(*session, kSampleRateHz);
  EXPECT_FLOAT_EQ(report.distress.judged_s + report.distress.unknown_s, 1.0F);
  EXPECT_EQ(report.segments.size(), 1U) << "what the end closes is told";
}

TEST(CallSession, WithoutADistressModelHearsAllButDistressAndSaysSo) {
  SessionConfig untold;
  untold.judge_distress = false;
  const Samples call = read_sample("distressed.flac");
  const CallReport judged = analyze(call);
  const CallReport withheld = analyze(call, 800, untold);
  ASSERT_GT(count(judged, CueKind::distress, Party::customer), 0);
  EXPECT_FALSE(judged.distress.withheld());
  EXPECT_EQ(count(withheld, CueKind::distress, Party::customer), 0);
  EXPECT_TRUE(withheld.distress.withheld());
  EXPECT_EQ(withheld.distress.judged_s, 0.0F);
  EXPECT_EQ(withheld.distress.unknown_s, 0.0F) << "nobody asked";
  for (const TrackPoint& point : withheld.track.customer) EXPECT_FALSE(point.distress);
  EXPECT_EQ(count(withheld, CueKind::interruption, Party::agent),
            count(judged, CueKind::interruption, Party::agent));
  EXPECT_EQ(withheld.segments.size(), judged.segments.size());
}

TEST(CallSession, NamesTheFieldThatIsOutOfRange) {
  SessionConfig config;
  config.conduct.monologue_s = 1.0F;
  const auto session = CallSession::create(config);
  ASSERT_FALSE(session);
  EXPECT_NE(session.error().message.find("conduct.monologue_s"), std::string::npos);
}

TEST(CallSession, RefusesToListenForASubduedVoiceThatItsModelDoesNotTell) {
  SessionConfig config;
  config.distress.subdued = true;
  const auto session = CallSession::create(config);
  if (DistressWeights::built_in()->has_subdued()) {
    EXPECT_TRUE(session);
  } else {
    ASSERT_FALSE(session);
    EXPECT_EQ(session.error().code, ErrorCode::invalid_argument);
    EXPECT_NE(session.error().message.find("distress.subdued"), std::string::npos);
  }
}

}  // namespace
}  // namespace tonecue
