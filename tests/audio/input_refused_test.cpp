#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "audio/devices/portaudio_port.h"
#include "audio/fake_port.h"

namespace tonecue {
namespace {

using test::made_device;

TEST(InputRefused, SaysWhatToDoAboutEachCause) {
  const std::vector<std::tuple<PaError, std::string, std::string>> causes = {
      {paDeviceUnavailable, "Device unavailable", "another program holds it for itself; end that"},
      {paUnanticipatedHostError, "Device or resource busy", "another program holds it for itself"},
      {paUnanticipatedHostError, "Permission denied", "this user may not record: allow it"},
      {paUnanticipatedHostError, "Access denied", "this user may not record: allow it"},
      {paInvalidDevice, "Invalid device", "it is not there; plug it in"},
      {paUnanticipatedHostError, "No such device", "it is not there; plug it in"},
      {paInvalidChannelCount, "Invalid number of channels", "it records fewer channels; choose"},
      {paInternalError, "Internal PortAudio error", "check that it is plugged in and that no"}};
  for (const auto& [error, reason, advice] : causes) {
    const Error told = input_refused(made_device(0, "headset"), error, reason);
    EXPECT_EQ(told.code, ErrorCode::device);
    std::string begin = "device 'headset' cannot be opened (";
    begin.append(reason).append("); ").append(advice);
    EXPECT_EQ(told.message.substr(0, begin.size()), begin);
    EXPECT_EQ(told.message.find('\n'), std::string::npos) << told.message;
  }
}

TEST(InputRefused, TellsARateThatCanBeTriedOtherwise) {
  const Error told = input_refused(made_device(0, "headset"), paInvalidSampleRate, "Invalid rate");
  EXPECT_EQ(told.code, ErrorCode::unsupported);
}

}  // namespace
}  // namespace tonecue
