#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audio/recordings.h"
#include "support/signals.h"
#include "tonecue/audio/file_source.h"

namespace tonecue {
namespace {

using test::Signal;

constexpr int kWav16 = SF_FORMAT_WAV | SF_FORMAT_PCM_16;

/// Refused in one line that begins with the path, says what is wrong, and says what to do.
void expect_refused(const std::filesystem::path& path, ErrorCode code, const std::string& what,
                    const std::string& what_to_do) {
  const auto source = FileSource::create(path);
  ASSERT_FALSE(source) << path;
  const std::string& message = source.error().message;
  EXPECT_EQ(source.error().code, code) << message;
  EXPECT_EQ(message.rfind(path.string() + ": ", 0), 0U) << message;
  EXPECT_NE(message.find(what), std::string::npos) << message;
  EXPECT_NE(message.find(what_to_do), std::string::npos) << message;
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
}

class BadRecording : public testing::Test {
 protected:
  std::filesystem::path with_bytes(const std::string& name, const std::string& bytes) const {
    test::write_bytes(folder_ / name, bytes);
    return folder_ / name;
  }
  std::filesystem::path recorded(const std::string& name, int sample_rate_hz, int channels,
                                 int ms = 500) const {
    test::write_recording(
        folder_ / name, kWav16, sample_rate_hz,
        std::vector<Signal>(static_cast<std::size_t>(channels), test::white_noise(ms, -20.0F)));
    return folder_ / name;
  }

  test::TempFolder folder_;
};

TEST_F(BadRecording, IsMissing) {
  expect_refused(folder_ / "none.wav", ErrorCode::not_found, "no such file", "check the name");
  const auto file = recorded("call.wav", 8000, 2);
  expect_refused(file / "inside.wav", ErrorCode::not_found, "no such file", "check the name");
}

TEST_F(BadRecording, IsAFolder) {
  std::filesystem::create_directory(folder_ / "calls");
  expect_refused(folder_ / "calls", ErrorCode::unsupported, "is a folder", "give a WAV");
}

TEST_F(BadRecording, IsANamedPipe) {
  const auto path = folder_ / "pipe.wav";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  expect_refused(path, ErrorCode::unsupported, "not a regular file", "save it");
}

TEST_F(BadRecording, IsEmpty) {
  expect_refused(with_bytes("call.wav", ""), ErrorCode::corrupt, "is empty", "record it again");
}

TEST_F(BadRecording, CannotBeOpened) {
  std::filesystem::create_symlink(folder_ / "loop.wav", folder_ / "loop.wav");
  expect_refused(folder_ / "loop.wav", ErrorCode::unreadable, "cannot be opened", "permissions");
}

TEST_F(BadRecording, MayNotBeRead) {
  const auto path = recorded("call.wav", 8000, 2);
  ASSERT_EQ(::chmod(path.c_str(), 0), 0);
  const uid_t self = ::geteuid();
  constexpr uid_t kNobody = 65534;
  if (self == 0 && ::seteuid(kNobody) != 0) GTEST_SKIP() << "root may read everything";
  expect_refused(path, ErrorCode::unreadable, "Permission denied", "check its permissions");
  ASSERT_EQ(::seteuid(self), 0);
}

TEST_F(BadRecording, IsNotAudio) {
  std::string utf16 = "\xFF\xFE";  // Begins as an MPEG frame does.
  for (const char letter : std::string(3000, 'a')) (utf16 += letter) += '\0';
  std::string zeros(5000, '\0');
  const std::vector<std::pair<std::string, std::string>> files{
      {"text.wav", "Dear customer, thank you for your call."},
      {"letter.mp3", utf16},
      {"one.wav", "R"},
      {"zeros.wav", zeros},
      {"page.ogg", "<html><body>404 Not Found</body></html>"},
      {"movie.wav", "RIFF    AVI LIST" + zeros}};
  for (const auto& [name, bytes] : files) {
    expect_refused(with_bytes(name, bytes), ErrorCode::unsupported,
                   "is not a recording that can be read", "give a WAV, FLAC, OGG or MP3");
  }
}

TEST_F(BadRecording, HasNoHeader) {
  std::mt19937 random(7);
  std::normal_distribution<double> quiet(0.0, 3.0);
  std::string noise = "\xFF\xFF";  // A sample of -1: the first bits of an MPEG frame.
  for (int i = 0; i < 20'000; ++i) {
    const auto sample = static_cast<std::uint16_t>(static_cast<int>(quiet(random)));
    noise += static_cast<char>(sample & 0xFF);
    noise += static_cast<char>(sample >> 8);
  }
  for (const std::string& bytes : {noise, std::string(20'000, '\xFF'), noise.substr(3)}) {
    for (const char* name : {"call.raw", "call.wav", "call.ulaw", "call.gsm", "call.au"}) {
      expect_refused(with_bytes(name, bytes), ErrorCode::unsupported, "not a recording",
                     "raw sound needs a WAV header");
    }
  }
}

TEST_F(BadRecording, HasABrokenHeader) {
  expect_refused(with_bytes("call.wav", std::string("RIFF\x24\0\0\0WAVEjunk", 16)),
                 ErrorCode::corrupt, "cannot be decoded (", "convert it to WAV");
  expect_refused(with_bytes("call.flac", "fLaC and nothing more"), ErrorCode::corrupt,
                 "cannot be decoded (", "convert it to WAV");
  expect_refused(with_bytes("call.ogg", "OggS and nothing more"), ErrorCode::corrupt,
                 "cannot be decoded (", "convert it to WAV");
}

TEST_F(BadRecording, HasACodecThatIsNotKnown) {
  std::string bytes = test::bytes_of(recorded("call.wav", 8000, 2));
  bytes[20] = '\x33';  // The codec's number in the format chunk.
  bytes[21] = '\x01';
  expect_refused(with_bytes("call.wav", bytes), ErrorCode::corrupt, "cannot be decoded (",
                 "convert it to WAV");
}

TEST_F(BadRecording, HoldsNoSamples) {
  expect_refused(recorded("call.wav", 8000, 2, 0), ErrorCode::corrupt, "holds no audio",
                 "record it again");
}

TEST_F(BadRecording, WasLeftUnfinishedByItsRecorder) {
  std::string bytes = test::bytes_of(recorded("call.wav", 8000, 2));
  bytes.replace(4, 4, std::string(4, '\0')).replace(40, 4, std::string(4, '\0'));
  expect_refused(with_bytes("call.wav", bytes), ErrorCode::corrupt, "16000 bytes follow",
                 "sox --ignore-length");
}

TEST_F(BadRecording, HasThreeChannels) {
  expect_refused(recorded("call.wav", 8000, 3), ErrorCode::unsupported, "has 3 channels",
                 "one per party");
}

TEST_F(BadRecording, HasARateBelowTelephonyOrAboveStudios) {
  expect_refused(recorded("low.wav", 4000, 2), ErrorCode::unsupported, "4000 Hz", "8000 to 48000");
  expect_refused(recorded("high.wav", 96000, 2), ErrorCode::unsupported, "96000 Hz",
                 "8000 to 48000");
}

TEST_F(BadRecording, IsMonoWithoutAParty) {
  expect_refused(recorded("call.wav", 8000, 1), ErrorCode::invalid_argument, "has one channel",
                 "--party agent or --party customer");
}

TEST_F(BadRecording, PrintsNothingBehindOurBack) {
  std::string noise = "\xFF\xFB";
  std::mt19937 random(3);
  for (int i = 0; i < 20'000; ++i) noise += static_cast<char>(random());
  const auto path = with_bytes("call.raw", noise);
  testing::internal::CaptureStderr();
  EXPECT_FALSE(FileSource::create(path));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace tonecue
