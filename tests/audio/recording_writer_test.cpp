#include "tonecue/audio/recording_writer.h"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <iterator>
#include <limits>
#include <string>
#include <utility>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "audio/recordings.h"
#include "tonecue/audio/file_source.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;

CallHop hop_of(const test::Signal& agent, const test::Signal& customer, std::size_t index) {
  CallHop hop{};
  std::copy_n(agent.begin() + static_cast<std::ptrdiff_t>(index * kHopSamples), kHopSamples,
              hop.agent.begin());
  std::copy_n(customer.begin() + static_cast<std::ptrdiff_t>(index * kHopSamples), kHopSamples,
              hop.customer.begin());
  return hop;
}

/// As a 16-bit recording has it.
test::Signal in_16_bit(test::Signal signal) {
  for (float& x : signal) x = std::round(x * 32768.0F) / 32768.0F;
  return signal;
}

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}

class RecordingWriterTest : public testing::Test {
 protected:
  test::TempFolder folder_;
};

TEST_F(RecordingWriterTest, GivesBothVoicesBackSampleForSample) {
  const test::Signal agent = in_16_bit(test::vowel(110.0F, 500, -20.0F));
  const test::Signal customer = in_16_bit(test::white_noise(500, -15.0F));
  auto writer = RecordingWriter::create(folder_ / "incoming");
  ASSERT_TRUE(writer) << writer.error().message;
  for (std::size_t i = 0; i < 50; ++i) ASSERT_TRUE(writer->write(hop_of(agent, customer, i)));
  const auto written = writer->finish(folder_ / "2026/11/12.flac");
  ASSERT_TRUE(written) << written.error().message;
  auto source = FileSource::create(folder_ / "2026/11/12.flac");
  ASSERT_TRUE(source) << source.error().message;
  EXPECT_EQ(source->info().sample_rate_hz, kSampleRateHz);
  const auto voices = test::read_all(*source);
  EXPECT_EQ(voices.agent, agent);
  EXPECT_EQ(voices.customer, customer);
}

TEST_F(RecordingWriterTest, TellsTheHashAndSizeOfTheFile) {
  auto writer = RecordingWriter::create(folder_ / ".");
  ASSERT_TRUE(writer);
  ASSERT_TRUE(writer->write({}));
  const auto written = writer->finish(folder_ / "12.flac");
  ASSERT_TRUE(written) << written.error().message;
  const auto again = hash_file(folder_ / "12.flac");
  ASSERT_TRUE(again);
  EXPECT_EQ(written->sha256, again->sha256);
  EXPECT_EQ(written->sha256.size(), 64U);
  EXPECT_EQ(static_cast<std::uintmax_t>(written->size_bytes), fs::file_size(folder_ / "12.flac"));
}

TEST_F(RecordingWriterTest, ClipsWhatIsTooLoudAndTakesWhatIsNoNumberForSilence) {
  CallHop hop{};
  hop.agent.fill(2.0F);
  hop.customer.fill(std::numeric_limits<float>::quiet_NaN());
  auto writer = RecordingWriter::create(folder_ / ".");
  ASSERT_TRUE(writer);
  ASSERT_TRUE(writer->write(hop));
  ASSERT_TRUE(writer->finish(folder_ / "loud.flac"));
  auto source = FileSource::create(folder_ / "loud.flac");
  ASSERT_TRUE(source);
  const auto voices = test::read_all(*source);
  EXPECT_FLOAT_EQ(voices.agent.front(), 32767.0F / 32768.0F);
  EXPECT_EQ(voices.customer.front(), 0.0F);
}

TEST_F(RecordingWriterTest, HasNoNameOfItsOwnUntilItIsWholeAndLeavesNothingWhenItIsDropped) {
  {
    auto writer = RecordingWriter::create(folder_ / "incoming");
    ASSERT_TRUE(writer);
    ASSERT_TRUE(writer->write({}));
    ASSERT_EQ(files_in(folder_ / "incoming"), 1U);
    EXPECT_EQ(fs::directory_iterator(folder_ / "incoming")->path().extension(), ".part");
  }
  EXPECT_EQ(files_in(folder_ / "incoming"), 0U);
}

TEST_F(RecordingWriterTest, KeepsNoFileOfACallWithoutSound) {
  auto writer = RecordingWriter::create(folder_ / ".");
  ASSERT_TRUE(writer);
  const auto refused = writer->finish(folder_ / "none.flac");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
  EXPECT_FALSE(fs::exists(folder_ / "none.flac"));
}

TEST_F(RecordingWriterTest, TellsAFolderThatItMayNotMake) {
  test::write_bytes(folder_ / "file", "x");
  const auto refused = RecordingWriter::create(folder_ / "file" / "in");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unwritable);
  EXPECT_NE(refused.error().message.find("file/in"), std::string::npos) << refused.error().message;
}

/// In a child, because the limit stays.
int write_under_a_limit(const fs::path& folder) {
  std::signal(SIGXFSZ, SIG_IGN);  // Over the limit is then an error of write(), as a full disk is.
  const rlimit limit{20'000, 20'000};
  if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 2;
  auto writer = RecordingWriter::create(folder);
  if (!writer) return 3;
  const test::Signal noise = test::white_noise(10'000, -10.0F);
  int failed_at = -1;
  for (std::size_t i = 0; i < 1000; ++i) {
    const auto written = writer->write(hop_of(noise, noise, i));
    if (!written && failed_at < 0) failed_at = static_cast<int>(i);
    if (written && failed_at >= 0) return 4;  // It said that it had stopped.
  }
  return writer->finish(folder / "full.flac") ? 5 : 0;
}

TEST_F(RecordingWriterTest, AFullDiskIsAnErrorAndLeavesNothing) {
  const fs::path folder = folder_ / "disk";
  const pid_t child = ::fork();
  if (child == 0) ::_exit(write_under_a_limit(folder));
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_FALSE(fs::exists(folder / "full.flac"));
}

TEST_F(RecordingWriterTest, WhatAKilledWriterLeftIsTakenAwayAndWhatIsWrittenNowIsNot) {
  const fs::path folder = folder_ / "incoming";
  const pid_t child = ::fork();
  if (child == 0) {
    auto writer = RecordingWriter::create(folder);
    ::_exit(writer && writer->write({}) ? 0 : 1);  // Without any destructor.
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
  auto writer = RecordingWriter::create(folder);
  ASSERT_TRUE(writer);
  test::write_bytes(folder / "recording-mine.flac", "no business of a writer");
  ASSERT_EQ(files_in(folder), 3U);
  EXPECT_EQ(remove_unfinished(folder), 1);
  EXPECT_TRUE(writer->write({}));
  EXPECT_TRUE(writer->finish(folder / "12.flac"));
}

TEST(HashFile, IsSha256) {
  const test::TempFolder folder;
  test::write_bytes(folder / "abc", "abc");
  const auto hash = hash_file(folder / "abc");
  ASSERT_TRUE(hash);
  EXPECT_EQ(hash->size_bytes, 3);
  // FIPS 180-2, B.1.
  EXPECT_EQ(hash->sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(HashFile, TellsWhatCannotBeRead) {
  const test::TempFolder folder;
  EXPECT_EQ(hash_file(folder / "none").error().code, ErrorCode::not_found);
  EXPECT_EQ(hash_file(folder / ".").error().code, ErrorCode::unreadable);
}

}  // namespace
}  // namespace tonecue
