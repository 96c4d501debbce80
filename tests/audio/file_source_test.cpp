#include "tonecue/audio/file_source.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <ostream>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "audio/recordings.h"
#include "support/signals.h"
#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

using test::Signal;

constexpr int kWav16 = SF_FORMAT_WAV | SF_FORMAT_PCM_16;

/// A sine that lasts `ms` at any rate.
Signal tone(int rate_hz, double frequency_hz, int ms) {
  Signal signal(static_cast<std::size_t>(rate_hz) * static_cast<std::size_t>(ms) / 1000);
  for (std::size_t i = 0; i < signal.size(); ++i) {
    signal[i] = static_cast<float>(
        0.5 * std::sin(2.0 * std::numbers::pi * frequency_hz * static_cast<double>(i) / rate_hz));
  }
  return signal;
}

/// Error of the middle against a reference, in dB against the reference; `lag` samples late.
double error_db(const Signal& signal, const Signal& reference, std::size_t lag = 0) {
  constexpr std::size_t kEdge = 400;
  double error = 0.0;
  double power = 0.0;
  for (std::size_t i = kEdge; i + kEdge + lag < std::min(signal.size(), reference.size()); ++i) {
    const auto expected = static_cast<double>(reference[i]);
    const double difference = static_cast<double>(signal[i + lag]) - expected;
    error += difference * difference;
    power += expected * expected;
  }
  return 10.0 * std::log10(error / power + 1e-20);
}

FileSource open(const std::filesystem::path& path, const RecordingConfig& config = {}) {
  auto source = FileSource::create(path, config);
  EXPECT_TRUE(source) << source.error().message;
  return std::move(source.value());
}

struct Format {
  const char* name;
  int format;
  double error_db;          ///< What the coding may add.
  std::size_t extra_times;  ///< Coders may lengthen to whole blocks.
};

std::ostream& operator<<(std::ostream& out, const Format& format) { return out << format.name; }

class FileSourceOverFormats : public testing::TestWithParam<Format> {};

TEST_P(FileSourceOverFormats, ReadsOneVoice) {
  const test::TempFolder folder;
  const auto path = folder / "voice";
  const Signal voice = tone(8000, 440.0, 2000);
  test::write_recording(path, GetParam().format, 8000, {voice});

  auto source = open(path, {.party = Party::customer});
  EXPECT_FALSE(source.info().present.agent);
  EXPECT_TRUE(source.info().present.customer);
  const auto voices = test::read_all(source);

  ASSERT_GE(voices.customer.size(), voice.size());
  EXPECT_LE(voices.customer.size(), voice.size() + GetParam().extra_times);
  EXPECT_EQ(voices.agent, Signal(voices.customer.size(), 0.0F));
  double best_db = 0.0;  // An MP3 coder delays by an unknown part of its frames.
  for (std::size_t lag = 0; lag <= GetParam().extra_times; ++lag) {
    best_db = std::min(best_db, error_db(voices.customer, voice, lag));
  }
  EXPECT_LT(best_db, GetParam().error_db);
  EXPECT_FALSE(source.truncated());
  EXPECT_TRUE(source.warnings().empty());
}

INSTANTIATE_TEST_SUITE_P(
    Recordings, FileSourceOverFormats,
    testing::Values(Format{"wav_u8", SF_FORMAT_WAV | SF_FORMAT_PCM_U8, -35.0, 0},
                    Format{"wav_16", kWav16, -80.0, 0},
                    Format{"wav_24", SF_FORMAT_WAV | SF_FORMAT_PCM_24, -120.0, 0},
                    Format{"wav_32", SF_FORMAT_WAV | SF_FORMAT_PCM_32, -130.0, 0},
                    Format{"wav_float", SF_FORMAT_WAV | SF_FORMAT_FLOAT, -150.0, 0},
                    Format{"wavex_16", SF_FORMAT_WAVEX | SF_FORMAT_PCM_16, -80.0, 0},
                    Format{"rf64_16", SF_FORMAT_RF64 | SF_FORMAT_PCM_16, -80.0, 0},
                    Format{"wav_mu_law", SF_FORMAT_WAV | SF_FORMAT_ULAW, -30.0, 0},
                    Format{"wav_a_law", SF_FORMAT_WAV | SF_FORMAT_ALAW, -30.0, 0},
                    Format{"wav_gsm", SF_FORMAT_WAV | SF_FORMAT_GSM610, -15.0, 320},
                    Format{"flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, -80.0, 0},
                    Format{"ogg_vorbis", SF_FORMAT_OGG | SF_FORMAT_VORBIS, -20.0, 0},
                    Format{"ogg_opus", SF_FORMAT_OGG | SF_FORMAT_OPUS, -10.0, 0},
                    Format{"mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, -15.0, 2400}),
    [](const auto& tested) { return std::string(tested.param.name); });

class FileSourceOverRates : public testing::TestWithParam<int> {};

TEST_P(FileSourceOverRates, KeepsBothVoicesOnTheirClock) {
  const int rate_hz = GetParam();
  const test::TempFolder folder;
  const auto path = folder / "call.wav";
  test::write_recording(path, SF_FORMAT_WAV | SF_FORMAT_FLOAT, rate_hz,
                        {tone(rate_hz, 300.0, 1700), tone(rate_hz, 1100.0, 1700)});

  auto source = open(path);
  EXPECT_EQ(source.info().sample_rate_hz, rate_hz);
  EXPECT_EQ(source.info().duration_ms.value_or(0), 1700);
  const auto voices = test::read_all(source);

  EXPECT_EQ(voices.agent.size(), 13600U);
  EXPECT_LT(error_db(voices.agent, tone(8000, 300.0, 1700)), -50.0);
  EXPECT_LT(error_db(voices.customer, tone(8000, 1100.0, 1700)), -50.0);
}

INSTANTIATE_TEST_SUITE_P(Recordings, FileSourceOverRates,
                         testing::Values(8000, 12000, 16000, 22050, 24000, 32000, 44100, 48000));

TEST(FileSource, TakesTheAgentFromTheChannelThatIsNamed) {
  const test::TempFolder folder;
  const auto path = folder / "call.wav";
  const Signal left = test::white_noise(500, -20.0F, 1);
  const Signal right = test::white_noise(500, -20.0F, 2);
  test::write_recording(path, SF_FORMAT_WAV | SF_FORMAT_FLOAT, 8000, {left, right});

  auto source = open(path, {.agent_channel = Channel::right});
  const auto voices = test::read_all(source);

  EXPECT_EQ(voices.agent, right);
  EXPECT_EQ(voices.customer, left);
  EXPECT_TRUE(source.info().present.agent && source.info().present.customer);
}

TEST(FileSource, GivesTheSameSamplesForEveryReadSize) {
  const test::TempFolder folder;
  for (const int rate_hz : {8000, 22050, 44100}) {
    const auto path = folder / "call.flac";
    test::write_recording(path, SF_FORMAT_FLAC | SF_FORMAT_PCM_16, rate_hz,
                          {test::white_noise(3100, -20.0F, 1), test::white_noise(3100, -20.0F, 2)});
    auto whole = open(path);
    const auto expected = test::read_all(whole, 1'000'000);
    for (const int max_samples : {1, 64, 80, 160, 1000, 8193}) {
      auto source = open(path);
      const auto voices = test::read_all(source, max_samples);
      EXPECT_EQ(voices.agent, expected.agent) << rate_hz << " Hz in blocks of " << max_samples;
      EXPECT_EQ(voices.customer, expected.customer) << rate_hz << " Hz, " << max_samples;
    }
  }
}

TEST(FileSource, GivesWholeBlocksUntilTheEnd) {
  const test::TempFolder folder;
  const auto path = folder / "call.wav";
  test::write_recording(path, kWav16, 16000, {tone(16000, 300.0, 3000), tone(16000, 300.0, 3000)});
  auto source = open(path);
  for (int i = 0; i < 24000 / 8193; ++i) EXPECT_EQ(source.read(8193)->agent.size(), 8193U);
  EXPECT_EQ(source.read(8193)->agent.size(), 24000U % 8193U);
  EXPECT_TRUE(source.read(8193)->agent.empty());
  EXPECT_TRUE(source.read(8193)->agent.empty());
}

TEST(FileSource, ReadsWhatIsNoNumberAsSilenceAndTells) {
  const test::TempFolder folder;
  const auto path = folder / "call.wav";
  Signal agent = tone(8000, 300.0, 1000);
  const Signal customer = tone(8000, 500.0, 1000);
  agent[100] = std::numeric_limits<float>::quiet_NaN();
  agent[200] = std::numeric_limits<float>::infinity();
  agent[300] = -std::numeric_limits<float>::infinity();
  test::write_recording(path, SF_FORMAT_WAV | SF_FORMAT_FLOAT, 8000, {agent, customer});

  auto source = open(path);
  const auto voices = test::read_all(source);

  for (const std::size_t i : {100U, 200U, 300U}) EXPECT_EQ(voices.agent[i], 0.0F);
  EXPECT_EQ(voices.agent[101], agent[101]);
  EXPECT_EQ(voices.customer, customer);
  EXPECT_EQ(source.invalid_samples(), 3);
  ASSERT_EQ(source.warnings().size(), 1U);
  EXPECT_NE(source.warnings()[0].find("3 samples are not numbers"), std::string::npos);
  EXPECT_FALSE(source.truncated());
}

TEST(FileSource, ClipsWhatLiesOutsideFullScale) {
  const test::TempFolder folder;
  const auto path = folder / "call.wav";
  for (const int rate_hz : {8000, 16000}) {
    test::write_recording(path, SF_FORMAT_WAV | SF_FORMAT_FLOAT, rate_hz,
                          {Signal(8000, 1e30F), test::white_noise(1000, 6.0F)});
    auto source = open(path);
    const auto voices = test::read_all(source);
    for (const float sample : voices.agent) ASSERT_LE(std::abs(sample), 1.0F);
    for (const float sample : voices.customer) ASSERT_LE(std::abs(sample), 1.0F);
  }
}

// As scientific programs save what they read as 16-bit integers.
TEST(FileSource, TellsOfAFloatFileOnTheScaleOfIntegers) {
  const test::TempFolder folder;
  const auto path = folder / "call.wav";
  Signal agent = tone(8000, 300.0, 1000);
  for (float& sample : agent) sample *= 32768.0F;
  test::write_recording(path, SF_FORMAT_WAV | SF_FORMAT_FLOAT, 8000, {agent, agent});
  auto source = open(path);
  test::read_all(source);
  ASSERT_EQ(source.warnings().size(), 1U);
  const std::string warning = source.warnings().front();
  EXPECT_TRUE(warning.starts_with(path.string() + ": ")) << warning;
  EXPECT_NE(warning.find("more than twice full scale"), std::string::npos) << warning;
  EXPECT_NE(warning.find("save it again"), std::string::npos) << warning;
  EXPECT_EQ(warning.find('\n'), std::string::npos);
  EXPECT_FALSE(source.truncated());
}

TEST(FileSource, TakesTheOvershootOfADecoderInItsStride) {
  const test::TempFolder folder;
  const auto path = folder / "call.wav";
  Signal agent = tone(8000, 300.0, 1000);
  agent[100] = 1.9F;
  agent[200] = -1.9F;
  test::write_recording(path, SF_FORMAT_WAV | SF_FORMAT_FLOAT, 8000, {agent, agent});
  auto source = open(path);
  test::read_all(source);
  EXPECT_TRUE(source.warnings().empty()) << source.warnings().front();
}

// --- Files that end before their time

struct CutFormat {
  const char* name;
  int format;
};

std::ostream& operator<<(std::ostream& out, const CutFormat& format) { return out << format.name; }

class FileSourceOverCutFiles : public testing::TestWithParam<CutFormat> {};

TEST_P(FileSourceOverCutFiles, ReadsWhatIsThereAndTells) {
  const test::TempFolder folder;
  const auto path = folder / "cut";
  test::write_recording(
      path, GetParam().format, 8000,
      {test::white_noise(20'000, -20.0F, 1), test::white_noise(20'000, -20.0F, 2)});
  auto whole_source = open(path);
  const auto whole = test::read_all(whole_source);
  const std::string bytes = test::bytes_of(path);
  test::write_bytes(path, bytes.substr(0, bytes.size() / 2 + 100));

  auto source = open(path);
  EXPECT_FALSE(source.truncated()) << "told before the end was met";
  const auto voices = test::read_all(source);

  EXPECT_TRUE(source.truncated());
  EXPECT_GT(voices.agent.size(), whole.agent.size() / 2 - 16'000);
  EXPECT_LT(voices.agent.size(), whole.agent.size());
  const std::size_t same = voices.agent.size() - 2400;  // A decoder's last block may fade out.
  for (std::size_t i = 0; i < same; ++i) ASSERT_EQ(voices.agent[i], whole.agent[i]) << i;
  ASSERT_EQ(source.warnings().size(), 1U);
  EXPECT_NE(source.warnings()[0].find("ends early"), std::string::npos);
  EXPECT_EQ(source.warnings()[0].find('\n'), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Recordings, FileSourceOverCutFiles,
                         testing::Values(CutFormat{"wav_16", kWav16},
                                         CutFormat{"wav_mu_law", SF_FORMAT_WAV | SF_FORMAT_ULAW},
                                         CutFormat{"flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16},
                                         CutFormat{"ogg_vorbis", SF_FORMAT_OGG | SF_FORMAT_VORBIS},
                                         CutFormat{"mp3",
                                                   SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III}),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(FileSource, TellsHowMuchOfACutWavIsThere) {
  const test::TempFolder folder;
  const auto path = folder / "call.wav";
  test::write_recording(path, kWav16, 8000, {tone(8000, 300.0, 4000), tone(8000, 300.0, 4000)});
  test::write_bytes(path, test::bytes_of(path).substr(0, 44 + 32'000));

  auto source = open(path);
  EXPECT_EQ(test::read_all(source).agent.size(), 8000U);

  ASSERT_EQ(source.warnings().size(), 1U);
  EXPECT_EQ(source.warnings()[0],
            path.string() +
                ": ends early or is damaged; the 1.0 s of 4.0 s that could be read were analysed");
}

TEST(FileSource, SaysSoWhenACutFlacHoldsNoSoundAtAll) {
  const test::TempFolder folder;
  const auto path = folder / "call.flac";
  test::write_recording(path, SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 8000,
                        {test::white_noise(2000, -20.0F, 1), test::white_noise(2000, -20.0F, 2)});
  test::write_bytes(path, test::bytes_of(path).substr(0, 1000));

  auto source = FileSource::create(path);
  ASSERT_TRUE(source) << source.error().message;
  const auto block = source->read(80);
  ASSERT_FALSE(block);
  EXPECT_EQ(block.error().code, ErrorCode::corrupt);
  EXPECT_EQ(block.error().message,
            path.string() + ": ends before its first sound; copy or record it again");
}

TEST(FileSource, ReadsAWavThatWasWrittenToAPipeWithoutComplaint) {
  const test::TempFolder folder;
  const auto path = folder / "call.wav";
  test::write_recording(path, kWav16, 8000, {tone(8000, 300.0, 1000), tone(8000, 300.0, 1000)});
  std::string bytes = test::bytes_of(path);
  for (const std::string& size :
       {std::string("\xFF\xFF\xFF\xFF"), std::string("\x00\xF0\xFF\x7F", 4)}) {
    bytes.replace(4, 4, size).replace(40, 4, size);
    test::write_bytes(path, bytes);
    auto source = open(path);
    EXPECT_EQ(test::read_all(source).agent.size(), 8000U);
    EXPECT_TRUE(source.warnings().empty());
  }
}

// libsndfile guesses the length of an MP3 from its first frame: up to seconds too long or short.
TEST(FileSource, FindsTheLengthOfAnMp3AndDoesNotCallAWholeOneCut) {
  const test::TempFolder folder;
  const auto path = folder / "call.mp3";
  for (const int rate_hz : {8000, 16000, 44100}) {
    test::write_recording(path, SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, rate_hz,
                          {tone(rate_hz, 300.0, 20'000), tone(rate_hz, 500.0, 20'000)});
    auto source = open(path);
    EXPECT_NEAR(static_cast<double>(source.info().duration_ms.value_or(0)), 20'000.0, 250.0);
    const auto voices = test::read_all(source);
    EXPECT_NEAR(static_cast<double>(voices.agent.size()), 160'000.0, 2400.0);
    EXPECT_TRUE(source.warnings().empty()) << source.warnings()[0];
  }
}

TEST(FileSource, ReadsAFlacThatDoesNotTellItsLength) {
  const test::TempFolder folder;
  const auto path = folder / "call.flac";
  test::write_recording(path, SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 8000,
                        {tone(8000, 300.0, 1000), tone(8000, 300.0, 1000)});
  std::string bytes = test::bytes_of(path);
  // The number of samples: the last 36 bits before the checksum of the stream information.
  bytes[21] = static_cast<char>(bytes[21] & 0xF0);
  bytes.replace(22, 4, std::string(4, '\0'));
  test::write_bytes(path, bytes);

  auto source = open(path);
  EXPECT_FALSE(source.info().duration_ms);
  EXPECT_EQ(test::read_all(source).agent.size(), 8000U);
  EXPECT_TRUE(source.warnings().empty());
}

}  // namespace
}  // namespace tonecue
