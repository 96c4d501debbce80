#include "tonecue/audio/device.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tonecue/audio/device_source.h"

// Of a leak sanitizer, where the program is built with one.
extern "C" void __lsan_disable() __attribute__((weak));  // NOLINT: its name.
extern "C" void __lsan_enable() __attribute__((weak));   // NOLINT: its name.

namespace tonecue {
namespace {

/// The plug-ins that ALSA loads and unloads while it looks for devices leak as they load.
class ForeignLeaksIgnored {
 public:
  ForeignLeaksIgnored() {
    if (__lsan_disable != nullptr) __lsan_disable();
  }
  ForeignLeaksIgnored(const ForeignLeaksIgnored&) = delete;
  ForeignLeaksIgnored& operator=(const ForeignLeaksIgnored&) = delete;
  ~ForeignLeaksIgnored() {
    if (__lsan_enable != nullptr) __lsan_enable();
  }
};

AudioDevice device(int index, const std::string& name, int input_channels,
                   bool default_input = false) {
  return {.index = index,
          .name = name,
          .host_api = "ALSA",
          .input_channels = input_channels,
          .output_channels = 2,
          .default_rate_hz = 48000,
          .default_input = default_input};
}

const std::vector<AudioDevice> kDesk = {device(0, "speakers", 0), device(1, "headset", 1),
                                        device(2, "headset monitor", 2, true),
                                        device(3, "line in", 2)};

TEST(ChooseInput, TakesTheDefaultWhenNoneIsNamed) { EXPECT_EQ(choose_input(kDesk, "")->index, 2); }

TEST(ChooseInput, TakesAWholeNameBeforeAPart) {
  EXPECT_EQ(choose_input(kDesk, "headset")->index, 1);
}

TEST(ChooseInput, TakesAPartOfANameThatOnlyOneHas) {
  EXPECT_EQ(choose_input(kDesk, "line")->index, 3);
}

TEST(ChooseInput, NamesTheDevicesWhenAPartFitsSeveral) {
  const auto chosen = choose_input(kDesk, "head");
  ASSERT_FALSE(chosen);
  EXPECT_EQ(chosen.error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(chosen.error().message,
            "several recording devices fit 'head': 'headset', 'headset monitor'; give more of the "
            "name");
}

TEST(ChooseInput, DoesNotRecordFromWhatOnlyPlays) {
  const auto chosen = choose_input(kDesk, "speakers");
  ASSERT_FALSE(chosen);
  EXPECT_EQ(chosen.error().code, ErrorCode::not_found);
  EXPECT_EQ(chosen.error().message,
            "no recording device is called 'speakers'; there are 'headset', 'headset monitor', "
            "'line in'");
}

TEST(ChooseInput, AsksForANameWhenThereIsNoDefault) {
  const std::vector<AudioDevice> desk = {device(0, "headset", 1)};
  const auto chosen = choose_input(desk, "");
  ASSERT_FALSE(chosen);
  EXPECT_EQ(chosen.error().message, "no default recording device; name one of 'headset'");
}

TEST(ChooseInput, SaysWhatToDoWhenNothingRecords) {
  for (const auto& desk : {std::vector<AudioDevice>{}, {device(0, "speakers", 0)}}) {
    const auto chosen = choose_input(desk, "");
    ASSERT_FALSE(chosen);
    EXPECT_EQ(chosen.error().code, ErrorCode::not_found);
    EXPECT_NE(chosen.error().message.find("plug in a headset"), std::string::npos);
  }
}

TEST(ChooseInput, TakesANumber) {
  EXPECT_EQ(choose_input(kDesk, "3")->name, "line in");
  for (const char* number : {"0", "7", "-1"}) {
    const auto chosen = choose_input(kDesk, number);
    ASSERT_FALSE(chosen) << number;
    EXPECT_EQ(chosen.error().message, "no recording device has the number " + std::string(number) +
                                          "; there are 'headset', 'headset monitor', 'line in'");
  }
}

TEST(ChooseOutput, TakesTheDefaultANameOrANumber) {
  auto desk = kDesk;
  desk[3].output_channels = 0;
  desk[1].default_output = true;
  EXPECT_EQ(choose_output(desk, "")->index, 1);
  EXPECT_EQ(choose_output(desk, "speak")->index, 0);
  EXPECT_EQ(choose_output(desk, "2")->index, 2);
}

TEST(ChooseOutput, DoesNotPlayIntoWhatOnlyRecords) {
  auto desk = kDesk;
  desk[3].output_channels = 0;
  const auto chosen = choose_output(desk, "line");
  ASSERT_FALSE(chosen);
  EXPECT_EQ(chosen.error().message,
            "no playing device is called 'line'; there are 'speakers', 'headset', 'headset "
            "monitor'");
  desk = {desk[3]};
  EXPECT_EQ(choose_output(desk, "").error().code, ErrorCode::not_found);
}

TEST(Devices, AreListedWithoutAWordOnTheTerminal) {
  const ForeignLeaksIgnored scope;
  testing::internal::CaptureStderr();
  const auto list = devices();
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  ASSERT_TRUE(list) << list.error().message;
  for (std::size_t i = 0; i < list->size(); ++i) {
    EXPECT_EQ((*list)[i].index, static_cast<int>(i));
    EXPECT_FALSE((*list)[i].name.empty());
    EXPECT_FALSE((*list)[i].host_api.empty());
  }
}

TEST(DeviceSource, SaysSoWhenTheDeviceIsNotThere) {
  const ForeignLeaksIgnored scope;
  const auto source = DeviceSource::create({.device = "no such device anywhere"});
  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, ErrorCode::not_found);
  EXPECT_EQ(source.error().message.find('\n'), std::string::npos);
}

}  // namespace
}  // namespace tonecue
