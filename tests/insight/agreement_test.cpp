#include "tonecue/insight/agreement.h"

#include <gtest/gtest.h>

#include "tonecue/insight/threshold_advice.h"

namespace tonecue {
namespace {

constexpr CueVerdict kRight = CueVerdict::right;
constexpr CueVerdict kWrong = CueVerdict::wrong;
constexpr CueVerdict kUnsure = CueVerdict::unsure;

class Judged {
 public:
  Judged& add(int times, std::initializer_list<CueVerdict> verdicts, float confidence = 0.7F) {
    for (int i = 0; i < times; ++i) {
      JudgedCue cue{.call_id = ++call_, .kind = CueKind::distress, .confidence = confidence};
      std::int64_t person = 0;
      for (const CueVerdict verdict : verdicts) cue.verdicts.emplace_back(++person, verdict);
      cues.push_back(cue);
    }
    return *this;
  }
  std::vector<JudgedCue> cues{};

 private:
  std::int64_t call_ = 0;
};

// 20 both right, 15 both wrong, 5 and 10 apart: Cohen's kappa is 0.4, known from every textbook.
TEST(Agreement, IsCohensKappa) {
  const auto judged = Judged()
                          .add(20, {kRight, kRight})
                          .add(5, {kRight, kWrong})
                          .add(10, {kWrong, kRight})
                          .add(15, {kWrong, kWrong});
  const Agreement agreement = agreement_of(judged.cues);
  ASSERT_TRUE(agreement.kappa);
  EXPECT_NEAR(*agreement.kappa, 0.4, 1e-9);
  EXPECT_NEAR(agreement.agreed_share, 0.7, 1e-9);
  ASSERT_TRUE(agreement.interval);
  // The large-sample error of Fleiss, Cohen & Everitt (1969) is 0.127 here.
  EXPECT_NEAR(agreement.interval->low, 0.4 - 2.0096 * 0.127, 0.02);
  EXPECT_NEAR(agreement.interval->high, 0.4 + 2.0096 * 0.127, 0.02);
  EXPECT_EQ(agreement.pairs, 1);
}

TEST(Agreement, OfThreeIsTheMeanOfPairs) {
  auto judged = Judged().add(15, {kRight, kRight, kWrong}).add(15, {kWrong, kWrong, kRight});
  const Agreement agreement = agreement_of(judged.cues);
  ASSERT_TRUE(agreement.kappa);
  EXPECT_EQ(agreement.pairs, 3);
  EXPECT_NEAR(*agreement.kappa, (1.0 - 1.0 - 1.0) / 3.0, 1e-9);
  EXPECT_NE(agreement_sentence(agreement).find("mean of pairs"), std::string::npos);
}

TEST(Agreement, SaysNothingOfNineteenCuesOrOfOneVerdictThroughout) {
  EXPECT_FALSE(agreement_of(Judged().add(19, {kRight, kWrong}).cues).kappa);
  EXPECT_FALSE(agreement_of(Judged().add(40, {kRight, kRight}).cues).kappa);
  EXPECT_EQ(agreement_of(Judged().add(40, {kRight}).cues).cues, 0);
}

TEST(Precision, CountsMostVoicesAndKeepsTheUnsureApart) {
  const auto judged = Judged()
                          .add(6, {kRight, kRight, kWrong})
                          .add(2, {kWrong})
                          .add(3, {kRight, kWrong})
                          .add(1, {kUnsure});
  const Precision found = precision_of(judged.cues)[static_cast<std::size_t>(CueKind::distress)];
  EXPECT_EQ(found.right, 6);
  EXPECT_EQ(found.wrong, 2);
  EXPECT_EQ(found.unsure, 4);
  ASSERT_TRUE(found.share);
  EXPECT_EQ(found.share->value, 0.75);
}

std::vector<float> confidences_of(const std::vector<JudgedCue>& cues) {
  std::vector<float> all;
  all.reserve(cues.size());
  for (const JudgedCue& cue : cues) all.push_back(cue.confidence);
  return all;
}

TEST(ThresholdAdvice, IsTheHighestThatLosesOneInTenAtMost) {
  const auto judged = Judged()
                          .add(2, {kRight}, 0.65F)
                          .add(29, {kRight}, 0.85F)
                          .add(12, {kWrong}, 0.61F)
                          .add(8, {kWrong}, 0.71F)
                          .add(4, {kUnsure}, 0.6F);
  const ThresholdFigures figures = threshold_figures(confidences_of(judged.cues), judged.cues);
  ASSERT_TRUE(figures.advice);
  EXPECT_NEAR(figures.advice->threshold, 0.84, 1e-9);
  EXPECT_EQ(figures.advice->right_lost, 2);
  EXPECT_EQ(figures.advice->wrong_dropped, 20);
  EXPECT_NEAR(figures.advice->fewer.value, 26.0 / 55.0, 1e-9);
  EXPECT_EQ(figures.steps.front().threshold, 0.6);
  EXPECT_EQ(figures.steps.front().cues_kept, 55);
  EXPECT_EQ(threshold_sentence(figures).find(
                "at 0.84 you would have had 47 % fewer alerts and lost 2 of 31 right ones"),
            0U)
      << threshold_sentence(figures);
}

TEST(ThresholdAdvice, IsGivenForNoFewerThanTwentyVerdicts) {
  const auto judged =
      Judged().add(10, {kRight}, 0.9F).add(9, {kWrong}, 0.6F).add(30, {kUnsure}, 0.7F);
  const ThresholdFigures figures = threshold_figures(confidences_of(judged.cues), judged.cues);
  EXPECT_TRUE(figures.too_few());
  EXPECT_FALSE(figures.advice);
  EXPECT_EQ(threshold_sentence(figures).find("19 verdicts"), 0U);
}

TEST(ThresholdAdvice, StaysAwayWhereWrongOnesAreAsSureAsRightOnes) {
  const auto judged = Judged().add(20, {kRight}, 0.7F).add(20, {kWrong}, 0.7F);
  EXPECT_FALSE(threshold_figures(confidences_of(judged.cues), judged.cues).advice);
  EXPECT_FALSE(threshold_figures({}, {}).advice);
}

}  // namespace
}  // namespace tonecue
