// The customer's voice is taken from what the headset plays, so each tone is heard there as well.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <numeric>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tonecue/alerts/alert_tone.h"
#include "tonecue/audio/file_source.h"
#include "tonecue/core/decibel.h"
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

/// What is told of a call, and in which frames the customer speaks.
class Listener : public CallRecorder {
 public:
  using CallRecorder::CallRecorder;
  void on_frame(const CallFrame& frame) noexcept override {
    CallRecorder::on_frame(frame);
    power_ += frame.voice.customer.speech ? db_to_power(frame.voice.customer.level_dbfs) : 0.0F;
    speech_.push_back(frame.voice.customer.speech);
  }
  const std::vector<bool>& speech() const { return speech_; }
  float speech_level_dbfs() const {
    return power_to_db(power_ /
                       static_cast<float>(std::count(speech_.begin(), speech_.end(), true)));
  }

 private:
  std::vector<bool> speech_;
  float power_ = 0.0F;
};

struct Heard {
  CallReport report;
  std::vector<bool> speech;
  float speech_level_dbfs;
};

Heard hear(const Samples& call) {
  auto session = CallSession::create({});
  EXPECT_TRUE(session) << session.error().message;
  Listener listener({.path = "made", .sample_rate_hz = kSampleRateHz});
  session->push({call.agent, call.customer}, listener);
  session->finish(listener);
  return {listener.report(*session, std::ssize(call.agent)), listener.speech(),
          listener.speech_level_dbfs()};
}

/// Hops at which the customer is silent for long enough to tell a tone from their voice, at least
/// three seconds from one to the next.
std::vector<std::size_t> pauses(const std::vector<bool>& speech) {
  constexpr std::size_t kBefore = 15;
  constexpr std::size_t kAfter = 50;
  std::vector<std::size_t> places;
  for (std::size_t hop = std::size_t{2} * kHopsPerSecond; hop + kAfter < speech.size(); hop += 5) {
    const auto at = speech.begin() + static_cast<std::ptrdiff_t>(hop);
    if (std::find(at - kBefore, at + kAfter, true) != at + kAfter) continue;
    places.push_back(hop);
    hop += std::size_t{3} * kHopsPerSecond;
  }
  return places;
}

void add_tone(Samples& call, ToneShape shape, std::size_t hop, float level_dbfs) {
  const auto tone = render_tone(shape, kSampleRateHz);
  const double power = std::inner_product(tone.begin(), tone.end(), tone.begin(), 0.0) /
                       static_cast<double>(tone.size());
  const float gain = db_to_amplitude(level_dbfs) / static_cast<float>(std::sqrt(power));
  for (std::size_t i = 0; i < tone.size() && hop * kHopSamples + i < call.customer.size(); ++i) {
    call.customer[hop * kHopSamples + i] += gain * tone[i];
  }
}

/// Of one kind and party, and told within one step in which distress is asked for.
bool alike(const Cue& a, const Cue& b) {
  return a.kind == b.kind && a.party == b.party && std::abs(a.raised_at_ms - b.raised_at_ms) <= 500;
}

constexpr std::array kShapes = {ToneShape::conduct, ToneShape::distress};
constexpr std::array kCalls = {"calm.flac", "distressed.flac", "interrupted.flac"};

TEST(ToneHeard, IsNoSpeechAndRaisesNoCueInTheCustomersPauses) {
  for (const char* name : kCalls) {
    const Samples call = read_sample(name);
    const Heard clean = hear(call);
    const auto places = pauses(clean.speech);
    ASSERT_GT(places.size(), 5U) << name;
    for (const ToneShape shape : kShapes) {
      Samples played = call;
      for (const std::size_t hop : places) {
        add_tone(played, shape, hop, tone_level_dbfs(clean.speech_level_dbfs));
      }
      const Heard heard = hear(played);
      for (const std::size_t hop : places) {
        const auto at = heard.speech.begin() + static_cast<std::ptrdiff_t>(hop);
        EXPECT_EQ(std::count(at, at + 45, true), 0) << name << ", " << hop * kHopMs << " ms";
      }
      const auto& before = clean.report.cues;
      const auto& after = heard.report.cues;
      EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin(), after.end(), alike))
          << name;
    }
  }
}

// One tone a call, where the customer speaks: it is part of their voice then, as any sound is.
TEST(ToneHeard, RaisesNoCueOverTheCustomersVoice) {
  for (const char* name : kCalls) {
    const Samples call = read_sample(name);
    const Heard clean = hear(call);
    for (const double share : {0.15, 0.35, 0.5, 0.65, 0.85}) {
      const auto at = clean.speech.begin() +
                      static_cast<std::ptrdiff_t>(share * static_cast<double>(clean.speech.size()));
      const auto spoken = std::find(at, clean.speech.end(), true);
      for (const ToneShape shape : kShapes) {
        Samples played = call;
        add_tone(played, shape, static_cast<std::size_t>(spoken - clean.speech.begin()),
                 tone_level_dbfs(clean.speech_level_dbfs));
        const auto cues = hear(played).report.cues;
        EXPECT_EQ(cues.size(), clean.report.cues.size()) << name << ", " << share;
        for (const Cue& cue : cues) {
          EXPECT_TRUE(std::any_of(
              clean.report.cues.begin(), clean.report.cues.end(),
              [&](const Cue& known) { return known.kind == cue.kind && known.party == cue.party; }))
              << name << ", " << share << ": " << tonecue::name(cue.kind);
        }
      }
    }
  }
}

}  // namespace
}  // namespace tonecue
