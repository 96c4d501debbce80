#include "tonecue/report/notice_words.h"

#include <gtest/gtest.h>

namespace tonecue {
namespace {

using Kind = DeviceNotice::Kind;

TEST(NoticeWords, SayWhichDeviceAndSinceWhen) {
  EXPECT_EQ(notice_words({Kind::lost, {true, false}, 12'300, 0}),
            "The microphone gives no sound since 0:12; tonecue waits for it.");
  EXPECT_EQ(notice_words({Kind::returned, {false, true}, 16'300, 4'000}),
            "The caller's side is back after 4 s.");
  EXPECT_EQ(notice_words({Kind::gap, {true, true}, 65'000, 260}),
            "The headset broke off for 0.3 s at 1:05; the call goes on.");
  EXPECT_EQ(notice_words({Kind::overrun, {true, false}, 5'000, 0}),
            "The microphone skipped a moment at 0:05: this computer was busy.");
  EXPECT_EQ(notice_words({Kind::wrong_rate, {false, true}, 5'000, 0}),
            "The caller's side does not keep its own rate, so sound is lost; choose another "
            "device.");
}

TEST(NoticeWords, TellOfTheDeviceThatPlaysTheTones) {
  EXPECT_EQ(notice_words({Kind::lost, {}, 12'300, 0}),
            "The headset plays no tones since 0:12; tonecue waits for it.");
  EXPECT_EQ(notice_words({Kind::returned, {}, 16'300, 4'000}),
            "The headset plays tones again after 4 s.");
}

TEST(NoticeWords, TellALongGapInMinutes) {
  EXPECT_EQ(notice_words({Kind::returned, {true, false}, 0, 125'000}),
            "The microphone is back after 2:05 min.");
  EXPECT_EQ(notice_words({Kind::returned, {true, false}, 0, 12'000}),
            "The microphone is back after 12 s.");
}

TEST(NoticeWords, NameThePartyAsTheJsonDoes) {
  EXPECT_EQ(notice_party({Kind::lost, {true, false}, 0, 0}), "agent");
  EXPECT_EQ(notice_party({Kind::lost, {false, true}, 0, 0}), "customer");
  EXPECT_EQ(notice_party({Kind::lost, {true, true}, 0, 0}), "both");
  EXPECT_EQ(notice_party({Kind::lost, {}, 0, 0}), "none");
}

}  // namespace
}  // namespace tonecue
