#include "tonecue/cues/distress_model.h"

#include <algorithm>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "cues/distress_functionals.h"
#include "cues/made_customer.h"
#include "cues/sample_customer.h"
#include "support/signals.h"
#include "tonecue/cues/distress_clip_scorer.h"
#include "tonecue/cues/distress_config.h"

namespace tonecue {
namespace {

constexpr int kBabbleMs = 240;  // One syllable of babbling() and its gap.

struct Told {
  std::int64_t index = 0;
  DistressEstimate estimate;
};

std::vector<Told> tell(DistressModel& model, const test::Signal& signal, const PartyTurn& turn) {
  std::vector<Told> told;
  for (const CustomerFrame& frame : test::customer_frames(signal)) {
    if (const auto estimate = model.process(frame, turn)) told.push_back({frame->index, *estimate});
  }
  return told;
}

test::Signal seconds_of_babble(int seconds) {
  return test::babbling(130.0F, seconds * 1000 / kBabbleMs);
}

std::vector<Told> tell(DistressModel& model, const std::vector<CustomerFrame>& frames) {
  std::vector<Told> told;
  for (const CustomerFrame& frame : frames) {
    if (const auto estimate = model.process(frame, test::turn_of(frame))) {
      told.push_back({frame->index, *estimate});
    }
  }
  return told;
}

const std::vector<CustomerFrame>& calm_caller() {
  static const auto frames = test::customer_frames(test::sample_customer("calm.flac"));
  return frames;
}

TEST(DistressModel, FormsABaselineBeforeItAnswers) {
  auto model = DistressModel::create().value();
  float speech_s = 0.0F;
  int forming = 0;
  int answered = 0;
  for (const Told& now : tell(model, calm_caller())) {
    speech_s += now.estimate.speech_s;
    if (now.estimate.state == DistressState::baseline_forming) {
      ++forming;
      EXPECT_EQ(answered, 0) << "a usual that is known is not forgotten";
    }
    if (now.estimate.state == DistressState::ok) {
      ++answered;
      EXPECT_GE(speech_s, 4.0F);
      EXPECT_GE(now.estimate.usual_s, 4.0F);
    }
  }
  EXPECT_GE(forming, 7);
  EXPECT_GT(answered, 10);
}

TEST(DistressModel, GivesProbabilitiesOnlyWhenItKnows) {
  auto model = DistressModel::create().value();
  for (const Told& now : tell(model, calm_caller())) {
    if (now.estimate.state == DistressState::ok) {
      EXPECT_GT(now.estimate.agitated, 0.0F);
      EXPECT_LT(now.estimate.agitated, 1.0F);
      EXPECT_GT(now.estimate.distress, 0.0F);
      EXPECT_LT(now.estimate.distress, 1.0F);
    } else {
      EXPECT_EQ(now.estimate.agitated, 0.0F);
      EXPECT_EQ(now.estimate.distress, 0.0F);
    }
  }
}

TEST(DistressModel, TellsWhatSpeaksForAgitationWhereACueIsNear) {
  auto model = DistressModel::create().value();
  const auto names = distress_functional_names();
  int told = 0;
  for (const Told& now :
       tell(model, test::customer_frames(test::sample_customer("distressed.flac")))) {
    const DistressEstimate& estimate = now.estimate;
    const bool near = estimate.agitated >= kLeastRaiseProbability;
    EXPECT_EQ(estimate.reasons[0].name.empty(), !near) << estimate.agitated;
    for (const DistressReason& reason : estimate.reasons) {
      if (reason.name.empty()) continue;
      EXPECT_NE(std::ranges::find(names, reason.name), names.end()) << reason.name;
      ++told;
    }
  }
  EXPECT_GT(told, 30);
}

TEST(DistressModel, TellsWhatSpeaksForAgitationByTheSitesOwnScale) {
  const auto frames = test::customer_frames(test::sample_customer("distressed.flac"));
  auto shipped = DistressModel::create().value();
  const auto as_shipped = tell(shipped, frames);
  for (const LogOddsScale scale : {LogOddsScale{.slope = 1.3F, .offset = 2.0F},
                                   LogOddsScale{.slope = 0.7F, .offset = -2.0F}}) {
    auto model = DistressModel::create(*DistressWeights::built_in(), scale).value();
    const auto told = tell(model, frames);
    ASSERT_EQ(told.size(), as_shipped.size());
    int moved = 0;  // Estimates that only one of the two scales calls near a cue.
    for (std::size_t i = 0; i < told.size(); ++i) {
      const DistressEstimate& estimate = told[i].estimate;
      const DistressEstimate& before = as_shipped[i].estimate;
      ASSERT_EQ(estimate.state, before.state) << "a scale changes no usual";
      if (estimate.state != DistressState::ok) continue;
      EXPECT_EQ(estimate.agitated, rescaled(before.agitated, scale));
      EXPECT_EQ(estimate.distress, before.distress);
      const bool near = estimate.agitated >= kLeastRaiseProbability;
      EXPECT_EQ(estimate.reasons[0].name.empty(), !near) << estimate.agitated;
      moved += near != (before.agitated >= kLeastRaiseProbability) ? 1 : 0;
    }
    EXPECT_GT(moved, 5);
  }
}

TEST(DistressModel, DoesNotKnowASoundUnlikeAnyVoiceItHasHeard) {
  auto model = DistressModel::create().value();
  int out_of_range = 0;
  for (const Told& now : tell(model, seconds_of_babble(25), test::speaking())) {
    EXPECT_NE(now.estimate.state, DistressState::ok) << "one vowel, cut by a clock, is no speech";
    out_of_range += now.estimate.state == DistressState::out_of_range ? 1 : 0;
  }
  EXPECT_GT(out_of_range, 30);
}

TEST(DistressModel, LearnsNoUsualFromASoundItDoesNotKnow) {
  auto model = DistressModel::create().value();
  tell(model, seconds_of_babble(25), test::speaking());
  for (const Told& now : tell(model, calm_caller())) {
    if (now.estimate.state == DistressState::ok) break;
    if (now.estimate.state == DistressState::baseline_forming) return;
  }
  FAIL() << "the usual was that of the babble";
}

TEST(DistressModel, SaysNothingInTheCustomersSilence) {
  auto model = DistressModel::create().value();
  EXPECT_TRUE(tell(model, seconds_of_babble(5), PartyTurn{}).empty());
}

TEST(DistressModel, DoesNotKnowAVoicelessSound) {
  auto model = DistressModel::create().value();
  const auto told = tell(model, test::white_noise(5000, -30.0F), test::speaking());
  ASSERT_FALSE(told.empty());
  for (const Told& now : told) {
    EXPECT_EQ(now.estimate.state, DistressState::too_little_voice);
  }
}

TEST(DistressModel, DoesNotJudgeTheOtherPartysVoice) {
  auto model = DistressModel::create().value();
  PartyTurn turn;
  turn.bleed = true;
  const auto told = tell(model, seconds_of_babble(5), turn);
  ASSERT_FALSE(told.empty());
  for (const Told& now : told) EXPECT_EQ(now.estimate.state, DistressState::bleed);
}

TEST(DistressModel, DoesNotJudgeOverlappedSpeech) {
  auto model = DistressModel::create().value();
  PartyTurn turn = test::speaking();
  turn.alone = false;
  const auto told = tell(model, seconds_of_babble(25), turn);
  ASSERT_FALSE(told.empty());
  for (const Told& now : told) EXPECT_EQ(now.estimate.state, DistressState::too_little_voice);
}

TEST(DistressModel, DoesNotJudgeAVoiceThatTheLineHides) {
  auto model = DistressModel::create().value();
  const auto noise = test::customer_frames(test::white_noise(3000, -30.0F));
  test::Signal voice = seconds_of_babble(5);
  const auto hiss = test::white_noise(5000, -24.0F, 2);
  for (std::size_t i = 0; i < voice.size(); ++i) voice[i] += hiss[i];
  for (const CustomerFrame& frame : noise) model.process(frame, PartyTurn{});
  const auto told = tell(model, voice, test::speaking());
  ASSERT_FALSE(told.empty());
  EXPECT_NE(told.back().estimate.state, DistressState::noisy) << "11 dB are enough";

  model.reset();
  const auto loud = test::customer_frames(test::white_noise(3000, -20.0F));
  for (const CustomerFrame& frame : loud) model.process(frame, PartyTurn{});
  const auto hidden = tell(model, voice, test::speaking());
  ASSERT_FALSE(hidden.empty());
  EXPECT_EQ(hidden.back().estimate.state, DistressState::noisy);
}

TEST(DistressModel, IsNewAfterReset) {
  auto used = DistressModel::create().value();
  auto fresh = DistressModel::create().value();
  tell(used, test::customer_frames(test::sample_customer("distressed.flac")));
  used.reset();
  const auto first = tell(used, calm_caller());
  const auto second = tell(fresh, calm_caller());
  ASSERT_EQ(first.size(), second.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].index, second[i].index);
    EXPECT_EQ(first[i].estimate.state, second[i].estimate.state);
    EXPECT_EQ(first[i].estimate.agitated, second[i].estimate.agitated);
  }
}

std::optional<DistressClipScorer::Score> score(DistressClipScorer& scorer,
                                               const test::Signal& signal) {
  for (const CustomerFrame& frame : test::customer_frames(signal)) scorer.process(frame);
  return scorer.finish();
}

TEST(DistressClipScorer, DoesNotKnowSilenceOrAWordTooShort) {
  auto scorer = DistressClipScorer::create().value();
  EXPECT_FALSE(scorer.finish());
  EXPECT_FALSE(score(scorer, test::silence(2000)));
  EXPECT_FALSE(score(scorer, test::vowel(150.0F, 200, -25.0F)));
}

}  // namespace
}  // namespace tonecue
