#include "tonecue/features/voice_activity_detector.h"

#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "support/model_text.h"
#include "support/signals.h"

namespace tonecue::test {
namespace {

VoiceActivityDetector detector() {
  auto created = VoiceActivityDetector::create();
  EXPECT_TRUE(created) << created.error().message;
  return std::move(*created);
}

std::vector<SpeechFrame> detect(VoiceActivityDetector& detector, const Signal& signal) {
  auto spectrum = SpectrumAnalyzer::create();
  const MelBands mel_bands;
  std::vector<SpeechFrame> frames;
  for_each_hop(signal, [&](Hop hop) {
    const auto& power = spectrum->process(hop);
    frames.push_back(detector.process(power, mel_bands.process(power)));
  });
  return frames;
}

std::vector<SpeechFrame> detect(const Signal& signal) {
  auto fresh = detector();
  return detect(fresh, signal);
}

float speech_share(const std::vector<SpeechFrame>& frames) {
  float share = 0.0F;
  for (const auto& frame : frames) share += frame.speech ? 1.0F : 0.0F;
  return share / static_cast<float>(frames.size());
}

// Speech-like: short vowels of changing pitch, with pauses between.
Signal syllables(float f0_hz, float level_dbfs) {
  Signal signal;
  for (const float step : {1.0F, 1.12F, 1.06F, 0.94F, 1.0F, 0.89F}) {
    auto syllable = vowel(f0_hz * step, 140, level_dbfs);
    for (std::size_t i = 0; i < syllable.size(); ++i) {  // Rises and falls.
      const float place = static_cast<float>(i) / static_cast<float>(syllable.size());
      syllable[i] *= std::sin(3.1416F * place);
    }
    signal = std::move(signal) + syllable + silence(40);
  }
  return signal;
}

Signal add(Signal first, const Signal& second) {
  for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i) first[i] += second[i];
  return first;
}

Signal key_clicks(int ms) {
  std::mt19937 random(7);
  std::normal_distribution<float> normal;
  auto signal = white_noise(ms, -65.0F);
  for (std::size_t at = 1000; at + 200 < signal.size(); at += 1300) {
    for (std::size_t i = 0; i < 200; ++i) {
      signal[at + i] += 0.1F * normal(random) * std::exp(-static_cast<float>(i) / 40.0F);
    }
  }
  return signal;
}

TEST(VoiceActivityDetector, HearsSpeechInMadeSyllables) {
  for (const float f0_hz : {100.0F, 150.0F, 220.0F}) {
    const auto quiet = white_noise(1000, -60.0F);
    const auto spoken = add(syllables(f0_hz, -25.0F), white_noise(1080, -60.0F));
    const auto frames = detect(quiet + spoken + quiet);
    const std::vector<SpeechFrame> before(frames.begin(), frames.begin() + 100);
    const std::vector<SpeechFrame> during(frames.begin() + 105, frames.begin() + 213);
    const std::vector<SpeechFrame> after(frames.begin() + 240, frames.end());
    EXPECT_EQ(speech_share(before), 0.0F) << f0_hz << " Hz";
    EXPECT_GT(speech_share(during), 0.6F) << f0_hz << " Hz";
    EXPECT_EQ(speech_share(after), 0.0F) << f0_hz << " Hz";
  }
}

TEST(VoiceActivityDetector, DoesNotCallNoiseTonesClicksOrSilenceSpeech) {
  const auto dual = add(sine(440.0F, 6000, -20.0F), sine(480.0F, 6000, -20.0F));
  const std::vector<std::pair<const char*, Signal>> sounds = {
      {"digital silence", silence(6000)},
      {"faint noise", white_noise(6000, -75.0F)},
      {"noise", white_noise(6000, -30.0F)},
      {"loud noise", white_noise(6000, -6.0F)},
      {"noise that begins", silence(2000) + white_noise(8000, -20.0F)},
      {"a steady tone", sine(425.0F, 6000, -15.0F)},
      {"ring-back", dual + silence(4000) + dual},
      {"a beep", silence(1000) + sine(1000.0F, 300, -10.0F) + silence(1000)},
      {"keys", key_clicks(6000)},
  };
  for (const auto& [name, sound] : sounds) {
    EXPECT_LE(speech_share(detect(sound)), 0.03F) << name;
  }
}

TEST(VoiceActivityDetector, HardlyMovesWithAGain) {
  const auto at = [](float level_dbfs) {
    return detect(white_noise(1000, level_dbfs - 35.0F) +
                  add(syllables(130.0F, level_dbfs), white_noise(1080, level_dbfs - 35.0F, 2)));
  };
  const auto reference = at(-26.0F);
  for (const float level_dbfs : {-45.0F, -35.0F, -15.0F}) {
    const auto frames = at(level_dbfs);
    float difference = 0.0F;
    for (std::size_t i = 0; i < frames.size(); ++i) {
      difference += std::abs(frames[i].prob - reference[i].prob);
    }
    EXPECT_LT(difference / static_cast<float>(frames.size()), 0.02F) << level_dbfs << " dBFS";
  }
}

TEST(VoiceActivityDetector, SwitchesByHysteresis) {
  const auto frames =
      detect(white_noise(500, -60.0F) + syllables(120.0F, -25.0F) + white_noise(500, -60.0F));
  bool speech = false;
  int switches = 0;
  for (const auto& frame : frames) {
    if (frame.speech != speech) {
      ++switches;
      EXPECT_TRUE(frame.speech ? frame.prob >= 0.6F : frame.prob < 0.5F) << frame.prob;
    }
    speech = frame.speech;
  }
  EXPECT_GE(switches, 2);
}

TEST(VoiceActivityDetector, TakesNanAndInfinityForSilence) {
  const auto speech = syllables(120.0F, -25.0F);
  auto holed = speech;
  auto broken = speech;
  for (std::size_t i = 3000; i < 3400; ++i) {
    holed[i] = 0.0F;
    broken[i] = i % 2 == 0 ? std::numeric_limits<float>::quiet_NaN()
                           : std::numeric_limits<float>::infinity();
  }
  const auto of_holed = detect(holed);
  const auto of_broken = detect(broken);
  for (std::size_t i = 0; i < of_holed.size(); ++i) {
    EXPECT_EQ(of_broken[i].prob, of_holed[i].prob) << "hop " << i;
  }
}

TEST(VoiceActivityDetector, GoesOnAfterPowerThatIsNotFinite) {
  auto bent = detector();
  PowerSpectrum power{};
  power.fill(std::numeric_limits<float>::infinity());
  MelLevels mel_db{};
  mel_db.fill(std::numeric_limits<float>::quiet_NaN());
  for (int i = 0; i < 10; ++i) EXPECT_LT(bent.process(power, mel_db).prob, 0.4F);
  EXPECT_GT(speech_share(detect(bent, syllables(120.0F, -25.0F))), 0.4F);
}

TEST(VoiceActivityDetector, KnowsItsOwnModelFileFromAnother) {
  const std::string own(VoiceActivityDetector::built_in_file());
  const auto model = ModelFile::parse(own);
  ASSERT_TRUE(model) << model.error().message;
  EXPECT_TRUE(VoiceActivityDetector::expect_fit(*model));
  struct Other {
    const char* what;
    const char* instead;
    const char* told;
  };
  for (const auto& [what, instead, told] :
       {Other{R"("name": "vad")", R"("name": "distress")", "is no speech detector"},
        Other{R"("definitions": )", R"("definitions": 77)", "definitions 77"},
        Other{"\"flux\"", "\"influx\"", "trained on other inputs"},
        Other{R"("numbers": {})", R"("numbers": {"cells": 1})", "'cells' is not known"},
        Other{R"("gru.bias_hh")", R"("gru.bias_hc")", "'gru.bias_hh' is missing"}}) {
    const auto other = ModelFile::parse(edited(own, what, instead));
    ASSERT_TRUE(other) << other.error().message;
    const auto fits = VoiceActivityDetector::expect_fit(*other);
    ASSERT_FALSE(fits) << told;
    EXPECT_NE(fits.error().message.find(told), std::string::npos) << fits.error().message;
  }
}

TEST(VoiceActivityDetector, IsANewOneAfterReset) {
  auto used = detector();
  detect(used, syllables(200.0F, -10.0F) + white_noise(300, -20.0F));
  used.reset();
  const auto signal = white_noise(500, -55.0F) + syllables(120.0F, -30.0F);
  const auto again = detect(used, signal);
  const auto first = detect(signal);
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(again[i].prob, first[i].prob) << "hop " << i;
    EXPECT_EQ(again[i].speech, first[i].speech) << "hop " << i;
  }
}

}  // namespace
}  // namespace tonecue::test
