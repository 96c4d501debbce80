#include <algorithm>
#include <filesystem>
#include <span>
#include <vector>

#include <gtest/gtest.h>

#include "tonecue/audio/file_source.h"
#include "tonecue/pipeline/call_recorder.h"
#include "tonecue/pipeline/call_session.h"

namespace tonecue {
namespace {

/// Remembers alerts and answers.
struct Ear : CallListener {
  void on_alert(const Alert& alert) noexcept override { alerts.push_back(alert); }
  void on_answer(const AlertAnswer& answer) noexcept override { answers.push_back(answer); }

  std::vector<Alert> shown() const {
    std::vector<Alert> shown;
    std::ranges::copy_if(alerts, std::back_inserter(shown),
                         [](const Alert& alert) { return alert.delivery == Delivery::delivered; });
    return shown;
  }

  std::vector<Alert> alerts;
  std::vector<AlertAnswer> answers;
};

/// The bundled call with three interruptions, at 44, 53 and 65 s, told without a quiet start.
class AnsweredCall : public testing::Test {
 protected:
  AnsweredCall() { config_.alerts = {.cool_down_s = 0, .quiet_start_s = 0}; }

  CallSession session(const AlertHistory& history = {}) {
    auto session = CallSession::create(config_, {true, true}, history);
    EXPECT_TRUE(session) << session.error().message;
    return std::move(*session);
  }

  /// Plays the call until so much of it was heard.
  void play_until(CallSession& session, double end_s) {
    const auto end = static_cast<std::int64_t>(end_s * kSampleRateHz);
    while (heard_ < end) {
      const auto block = source_->read(800);
      ASSERT_TRUE(block);
      if (block->agent.empty()) return;
      heard_ += static_cast<std::int64_t>(block->agent.size());
      session.push(*block, ear_);
    }
  }

  SessionConfig config_;
  Result<FileSource> source_ = FileSource::create(
      (std::filesystem::path(TONECUE_SOURCE_DIR) / "audio_samples" / "interrupted.flac").string());
  std::int64_t heard_ = 0;
  Ear ear_;
};

TEST_F(AnsweredCall, SnoozesForAsLongAsTheAgentAsks) {
  auto call = session();
  play_until(call, 48.0);
  ASSERT_EQ(ear_.shown().size(), 1U);
  call.answer({.alert_id = 1, .answer = Answer::not_now, .snooze_min = 2}, ear_);
  play_until(call, 200.0);
  call.finish(ear_);
  EXPECT_EQ(ear_.shown().size(), 1U);
  EXPECT_EQ(ear_.alerts.back().delivery, Delivery::snoozed);
  ASSERT_EQ(ear_.answers.size(), 1U);
  EXPECT_EQ(ear_.answers[0].at_ms, 48'000) << "call time, as a live listener has it";
  EXPECT_EQ(call.alert_history().snoozed_until_ms, 168'000);
}

TEST_F(AnsweredCall, WakesBeforeTheSnoozeIsOver) {
  auto call = session();
  play_until(call, 48.0);
  call.answer({.alert_id = 1, .answer = Answer::not_now, .snooze_min = 60}, ear_);
  call.wake();
  play_until(call, 200.0);
  EXPECT_EQ(ear_.shown().size(), 3U);
}

TEST_F(AnsweredCall, IgnoresAnAnswerToNoAlert) {
  auto call = session();
  play_until(call, 48.0);
  for (const int id : {-1, 0, 2, 1'000'000}) {
    call.answer({.alert_id = id, .answer = Answer::not_now, .snooze_min = 60}, ear_);
  }
  EXPECT_TRUE(ear_.answers.empty());
  play_until(call, 200.0);
  EXPECT_EQ(ear_.shown().size(), 3U);
}

TEST_F(AnsweredCall, SnoozesAnHourAtMost) {
  auto call = session();
  play_until(call, 48.0);
  call.answer({.alert_id = 1, .answer = Answer::not_now, .snooze_min = 100'000}, ear_);
  ASSERT_EQ(ear_.answers.size(), 1U);
  EXPECT_EQ(ear_.answers[0].snooze_min, kLongestSnoozeMin);
  call.answer({.alert_id = 1, .answer = Answer::helpful, .snooze_min = 10}, ear_);
  EXPECT_EQ(ear_.answers[1].snooze_min, 0) << "only 'not now' asks for quiet";
}

TEST_F(AnsweredCall, HandsWhatItToldToTheNextCall) {
  config_.alerts = {
      .budget_per_hour = 1, .distress_reserve = 0, .cool_down_s = 0, .quiet_start_s = 0};
  auto first = session();
  play_until(first, 48.0);
  first.finish(ear_);
  ASSERT_EQ(ear_.shown().size(), 1U);

  auto next = session(first.alert_history().begun_later(60'000));
  play_until(next, 200.0);
  EXPECT_EQ(ear_.shown().size(), 1U) << "the hour's one alert was told in the call before";
  EXPECT_EQ(ear_.alerts.back().delivery, Delivery::over_budget);
}

TEST_F(AnsweredCall, IsInTheReport) {
  CallRecorder recorder(source_->info());
  auto call = session();
  for (std::int64_t heard = 0;;) {
    const auto block = source_->read(800);
    ASSERT_TRUE(block);
    if (block->agent.empty()) break;
    call.push(*block, recorder);
    heard += static_cast<std::int64_t>(block->agent.size());
    if (heard == std::int64_t{50} * kSampleRateHz) {
      call.answer({.alert_id = 1, .answer = Answer::wrong}, recorder);
    }
  }
  call.finish(recorder);
  const CallReport report = recorder.report(call, std::int64_t{94} * kSampleRateHz);
  ASSERT_FALSE(report.alerts.empty());
  ASSERT_TRUE(report.alerts[0].answer);
  EXPECT_EQ(report.alerts[0].answer->answer, Answer::wrong);
  EXPECT_EQ(report.alerts[0].raised_at_ms, report.cues[0].raised_at_ms);
  EXPECT_EQ(report.alerts[0].confidence, report.cues[0].confidence);
  EXPECT_TRUE(report.usual_ready_at_ms.customer);
  EXPECT_TRUE(report.usual.customer);
}

}  // namespace
}  // namespace tonecue
