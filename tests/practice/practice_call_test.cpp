#include <algorithm>
#include <cmath>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/signals.h"
#include "tonecue/audio/file_source.h"
#include "tonecue/pipeline/call_recorder.h"
#include "tonecue/pipeline/call_session.h"
#include "tonecue/practice/practice_source.h"
#include "tonecue/report/agent_summary.h"
#include "tonecue/report/practice_result.h"
#include "tonecue/report/spoken_turns.h"

namespace tonecue {
namespace {

std::filesystem::path sample(const std::string& name) {
  return std::filesystem::path(TONECUE_SOURCE_DIR) / "audio_samples" / (name + ".flac");
}

PracticeScenario scenario_of(const std::string& name) {
  auto scenario = load_scenario(sample(name));
  EXPECT_TRUE(scenario) << scenario.error().message;
  return scenario ? *scenario : PracticeScenario{};
}

/// A microphone, and who speaks into it.
class Person : public AudioSource {
 public:
  virtual void hears(std::span<const float> /*customer*/) {}
};

/// Says a vowel at each of these times, in a room that is never wholly silent.
class MadeMicrophone : public Person {
 public:
  struct Words {
    int at_ms = 0;
    int length_ms = 0;
  };

  MadeMicrophone(int length_ms, const std::vector<Words>& said)
      : sound_(test::white_noise(length_ms, -65.0F, 3)), unused_(sound_.size(), 0.25F) {
    for (const Words& words : said) {
      const test::Signal voice = test::vowel(120.0F, words.length_ms, -24.0F);
      const std::size_t from = test::samples(words.at_ms);
      for (std::size_t i = 0; i < voice.size() && from + i < sound_.size(); ++i) {
        // Syllables: four a second.
        const double beat = std::sin(2.0 * 3.14159265 * 4.0 * static_cast<double>(i) / 8000.0);
        sound_[from + i] += voice[i] * static_cast<float>(0.55 + 0.45 * beat);
      }
    }
  }

  Result<CallBlock> read(int max_samples) override {
    const std::size_t count =
        std::min(static_cast<std::size_t>(max_samples), sound_.size() - position_);
    const CallBlock block{std::span(sound_).subspan(position_, count),
                          std::span(unused_).subspan(position_, count)};
    position_ += count;
    return block;
  }

 private:
  std::vector<float> sound_;
  std::vector<float> unused_;  // What a source gives for a party that it does not hear.
  std::size_t position_ = 0;
};

/// The agent of a recording, who answers when the customer has been silent for half a second.
class RecordedAgent : public Person {
 public:
  explicit RecordedAgent(const std::string& name) {
    auto source = FileSource::create(sample(name));
    EXPECT_TRUE(source) << source.error().message;
    constexpr int kAll = 200 * kSampleRateHz;
    const auto block = source->read(kAll);
    agent_.assign(block->agent.begin(), block->agent.end());
    auto session = CallSession::create({});
    CallRecorder recorder(source->info());
    session->push(*block, recorder);
    session->finish(recorder);
    turns_ = spoken_turns(recorder.report(*session, std::ssize(agent_)), Party::agent);
  }

  Result<CallBlock> read(int max_samples) override {
    block_.assign(static_cast<std::size_t>(max_samples), 0.0F);
    for (float& x : block_) {
      if (at_ < until_) x = agent_[at_++];
    }
    return CallBlock{block_, block_};
  }

  void hears(std::span<const float> customer) override {
    const bool silent = std::ranges::all_of(customer, [](float x) { return x == 0.0F; });
    silent_samples_ = silent && at_ == until_ ? silent_samples_ + customer.size() : 0;
    customer_spoke_ = customer_spoke_ || !silent;
    if (silent_samples_ < test::samples(500) || next_ == turns_.size() || !customer_spoke_) return;
    at_ = test::samples(static_cast<int>(turns_[next_].start_ms));
    until_ = test::samples(static_cast<int>(turns_[next_].end_ms));
    ++next_;
    customer_spoke_ = false;
  }

 private:
  std::vector<float> agent_;
  std::vector<SpokenTurn> turns_;
  std::vector<float> block_;
  std::size_t next_ = 0;
  std::size_t at_ = 0;
  std::size_t until_ = 0;
  std::size_t silent_samples_ = 0;
  bool customer_spoke_ = true;  // The agent greets first.
};

/// Keeps both voices, and lets the customer hear the agent.
class PractisedCall : public CallRecorder {
 public:
  explicit PractisedCall(PracticeSource& source)
      : CallRecorder({.path = "practice",
                      .duration_ms = {},
                      .sample_rate_hz = kSampleRateHz,
                      .present = {true, true}}),
        source_(source) {}

  void on_turn(const TurnFrame& frame) noexcept override {
    CallRecorder::on_turn(frame);
    source_.hear(frame);
  }

 private:
  PracticeSource& source_;
};

struct Heard {
  CallReport report;
  std::vector<float> customer;  // As the chain heard them.
  std::vector<float> headset;   // As the device played them, at 8 kHz.
  bool over = false;
};

/// Plays the call at once: after each block of 20 ms the device asks for as much.
Heard practise(const PracticeScenario& scenario, Person& microphone, int heard_after_ms) {
  CustomerVoice voice(scenario.clips, kSampleRateHz);
  PracticeSource source(microphone, scenario, voice, {.heard_after_ms = heard_after_ms});
  PractisedCall recorder(source);
  auto session = CallSession::create({});
  EXPECT_TRUE(session) << session.error().message;
  Heard heard;
  constexpr int kBlock = 160;
  while (true) {
    const auto block = source.read(kBlock);
    EXPECT_TRUE(block);
    if (!block || block->agent.empty()) break;
    heard.customer.insert(heard.customer.end(), block->customer.begin(), block->customer.end());
    microphone.hears(block->customer);
    session->push(*block, recorder);
    const std::size_t played = heard.headset.size();
    heard.headset.resize(played + block->agent.size());
    voice.render(std::span(heard.headset).subspan(played));
  }
  session->finish(recorder);
  heard.report = recorder.report(*session, std::ssize(heard.customer));
  heard.over = source.over();
  return heard;
}

TEST(PracticeScenario, HoldsTheLinesOfABundledCall) {
  const PracticeScenario scenario = scenario_of("interrupted");
  EXPECT_EQ(scenario.script.lines.size(), 8U) << "as audio_samples/interrupted.txt has them";
  ASSERT_EQ(scenario.clips.size(), scenario.script.lines.size());
  for (std::size_t i = 0; i < scenario.clips.size(); ++i) {
    const CustomerLine& line = scenario.script.lines[i];
    EXPECT_EQ(std::ssize(scenario.clips[i]), (line.end_ms - line.start_ms) * 8);
    EXPECT_EQ(scenario.clips[i].front(), 0.0F) << "no click";
    EXPECT_NEAR(scenario.clips[i].back(), 0.0F, 1e-6F);
  }
}

TEST(PracticeScenario, RefusesARecordingWithoutTwoSides) {
  const auto missing = load_scenario("no such call.wav");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
}

TEST(PracticeCall, TheChainHearsWhatTheHeadsetPlaysWhenItIsHeard) {
  const PracticeScenario scenario = scenario_of("interrupted");
  MadeMicrophone microphone(40'000, {{500, 2000}, {20'000, 2500}});
  constexpr int kLatencyMs = 80;
  const Heard heard = practise(scenario, microphone, kLatencyMs);

  // The device plays a line at the block after the decision, so 20 ms lie between at most.
  const auto first_sound = [](const std::vector<float>& sound) {
    return std::distance(sound.begin(),
                         std::ranges::find_if(sound, [](float x) { return x != 0; }));
  };
  const auto from = first_sound(heard.customer);
  const auto played = first_sound(heard.headset);
  ASSERT_LT(from, std::ssize(heard.customer));
  EXPECT_NEAR(static_cast<double>(from - played), kLatencyMs * 8, 20 * 8 + 1);
  const std::size_t length = scenario.clips[0].size() - 100;
  for (std::size_t i = 0; i < length; ++i) {
    ASSERT_EQ(heard.customer[static_cast<std::size_t>(from) + i],
              heard.headset[static_cast<std::size_t>(played) + i])
        << i;
  }
}

TEST(PracticeCall, TheFirstLineBeginsWhenTheGreetingIsOver) {
  const PracticeScenario scenario = scenario_of("interrupted");
  MadeMicrophone microphone(12'000, {{500, 2000}});
  const Heard heard = practise(scenario, microphone, 80);
  const auto customer =
      std::ranges::find(heard.report.segments, Party::customer, &SpeechSegment::party);
  ASSERT_NE(customer, heard.report.segments.end());
  EXPECT_GE(customer->start_ms, 2500 + 800);
  EXPECT_LE(customer->start_ms, 2500 + 800 + 400);
}

TEST(PracticeCall, AnAgentWhoSpeaksOverTheCustomerIsToldOfIt) {
  const PracticeScenario scenario = scenario_of("interrupted");
  // Line 1 sounds from about 3.4 s to 16.6 s.
  MadeMicrophone microphone(20'000, {{500, 2000}, {8000, 3000}});
  const Heard heard = practise(scenario, microphone, 80);
  EXPECT_EQ(practice_result(heard.report).interruptions, 1);
  const auto alert =
      std::ranges::find(heard.report.alerts, CueKind::interruption, &AlertRecord::cue);
  EXPECT_NE(alert, heard.report.alerts.end()) << "the policy decides whether it is shown";
}

TEST(PracticeCall, EndsWhenTheCustomerHasSaidAllThoughTheAgentSaysNothing) {
  const PracticeScenario scenario = scenario_of("interrupted");
  MadeMicrophone microphone(300'000, {});
  const Heard heard = practise(scenario, microphone, 80);
  EXPECT_TRUE(heard.over);
  EXPECT_LT(heard.report.duration_ms, 150'000);
  EXPECT_EQ(practice_result(heard.report).interruptions, 0);
}

// Of this recording the agent cuts in once; here the same words come when the customer is silent.
TEST(PracticeCall, WhoLetsTheCustomerFinishPractisesACallWithoutInterruptions) {
  const PracticeScenario scenario = scenario_of("distressed");
  RecordedAgent agent("distressed");
  const Heard heard = practise(scenario, agent, 80);
  EXPECT_TRUE(heard.over);
  const PracticeResult result = practice_result(heard.report);
  EXPECT_EQ(result.interruptions, 0);
  EXPECT_EQ(result.hard_moments, 1) << "the voice rises as it does in the recording";
  EXPECT_EQ(result.recovered, 1);
  ASSERT_TRUE(result.acknowledged_after_s);
  EXPECT_NEAR(*result.acknowledged_after_s, 0.6F, 0.3F);
  const AgentSummary summary = agent_summary(heard.report, Customer::recorded);
  EXPECT_NE(summary.well.find("you let them finish"), std::string::npos) << summary.well;
}

TEST(CustomerVoice, SoundsTheSameAtTheRateOfTheDevice) {
  const std::vector<CustomerClip> clips = {test::sine(440.0F, 500, -20.0F)};
  for (const int rate_hz : {16'000, 44'100, 48'000}) {
    CustomerVoice voice(clips, rate_hz);
    std::vector<float> sound(static_cast<std::size_t>(rate_hz));
    voice.play(0);
    for (std::size_t i = 0; i < sound.size(); i += 100)
      voice.render(std::span(sound).subspan(i, 100));
    double worst = 0.0;
    for (int i = rate_hz / 100; i < rate_hz * 48 / 100; ++i) {
      const double expected =
          0.1 * std::sqrt(2.0) * std::sin(2.0 * 3.14159265358979 * 440.0 * i / rate_hz);
      worst = std::max(
          worst, std::abs(expected - static_cast<double>(sound[static_cast<std::size_t>(i)])));
    }
    EXPECT_LT(worst, 0.001) << rate_hz << " Hz";
    for (std::size_t i = sound.size() * 52 / 100; i < sound.size(); ++i) ASSERT_EQ(sound[i], 0.0F);
  }
}

}  // namespace
}  // namespace tonecue
