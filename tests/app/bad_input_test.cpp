#include <filesystem>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "app/calls.h"
#include "app/program_run.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;

using test::contains;
using test::run;
using test::Signal;

struct BadInput {
  std::string name;
  std::string file;
  std::function<void(const fs::path&)> make;
  std::string expected;
};

void cut_to_half(const fs::path& path) {
  test::write_recording(path, test::kWav16, kSampleRateHz,
                        {test::vowel(110.0F, 2000, -20.0F), test::silence(2000)});
  fs::resize_file(path, fs::file_size(path) / 2);
}

void with_channels(const fs::path& path, std::size_t channels, int sample_rate_hz, int ms) {
  test::write_recording(path, test::kWav16, sample_rate_hz,
                        std::vector<Signal>(channels, test::white_noise(ms, -30.0F)));
}

const std::vector<BadInput>& bad_inputs() {
  static const std::vector<BadInput> inputs = {
      {"Missing", "none.wav", [](const fs::path&) {}, "no such file"},
      {"Empty", "empty.wav", [](const fs::path& path) { test::write_bytes(path, ""); }, "is empty"},
      {"NotAudio", "letter.wav",
       [](const fs::path& path) { test::write_bytes(path, "Dear customer, thank you."); },
       "is not a recording"},
      {"ZeroFrames", "zero.wav", [](const fs::path& path) { with_channels(path, 2, 8000, 0); },
       "holds no audio"},
      {"ThreeChannels", "three.wav",
       [](const fs::path& path) { with_channels(path, 3, 8000, 100); }, "3 channels"},
      {"FourKilohertz", "four.wav", [](const fs::path& path) { with_channels(path, 2, 4000, 100); },
       "4000 Hz"},
      {"MonoWithoutParty", "mono.wav",
       [](const fs::path& path) { with_channels(path, 1, 8000, 100); }, "--party"},
      {"Truncated", "cut.wav", cut_to_half, "ends early"},
  };
  return inputs;
}

class BadInputTest : public testing::TestWithParam<BadInput> {
 protected:
  BadInputTest() { GetParam().make(folder_ / GetParam().file); }

  std::string path() const { return (folder_ / GetParam().file).string(); }

  test::TempFolder folder_;
};

TEST_P(BadInputTest, IsToldInOneLineWithStatusOne) {
  const auto analyzed = run({"analyze", path(), "--quiet"});
  EXPECT_EQ(analyzed.status, kFailed);
  EXPECT_EQ(analyzed.out, "");
  EXPECT_TRUE(test::is_one_complaint(analyzed.err)) << analyzed.err;
  EXPECT_TRUE(contains(analyzed.err, path())) << analyzed.err;
  EXPECT_TRUE(contains(analyzed.err, GetParam().expected)) << analyzed.err;
}

TEST_P(BadInputTest, DoesNotStopABatch) {
  const std::string good = test::short_call(folder_ / "good.wav");
  const auto batch = run({"analyze", path(), good, "--json", (folder_ / "out").string()});
  EXPECT_EQ(batch.status, kFailed);
  EXPECT_TRUE(contains(batch.out, good)) << batch.out;
  EXPECT_TRUE(contains(batch.err, GetParam().expected)) << batch.err;
  EXPECT_TRUE(contains(batch.err, "1 of 2 recordings")) << batch.err;
  EXPECT_TRUE(fs::exists(folder_ / "out/good.json"));
}

TEST_P(BadInputTest, IsToldByFramesAndReplayAlike) {
  if (GetParam().name == "MonoWithoutParty") return;  // `frames` always has one.
  EXPECT_EQ(run({"frames", path(), "--party", "agent"}).status, kFailed);
  EXPECT_EQ(run({"live", "--replay", path(), "--speed", "0"}).status, kFailed);
}

INSTANTIATE_TEST_SUITE_P(Files, BadInputTest, testing::ValuesIn(bad_inputs()),
                         [](const auto& input) { return input.param.name; });

TEST(BadInput, OfWhichAHalfIsThereIsAnalysedThatFar) {
  const test::TempFolder folder;
  cut_to_half(folder / "cut.wav");
  const auto analyzed = run({"analyze", (folder / "cut.wav").string(), "--json", "-"});
  EXPECT_EQ(analyzed.status, kFailed) << "not all of it could be analysed";
  EXPECT_TRUE(contains(analyzed.out, "\"duration_s\": 0.99") ||
              contains(analyzed.out, "\"duration_s\": 1.0"))
      << analyzed.out.substr(0, 300);
}

TEST(BadInput, WithSamplesThatAreNotNumbersIsAnalysedAndTold) {
  const test::TempFolder folder;
  Signal voice = test::vowel(110.0F, 1000, -20.0F);
  voice[100] = std::numeric_limits<float>::quiet_NaN();
  const auto path = folder / "broken.wav";
  test::write_recording(path, SF_FORMAT_WAV | SF_FORMAT_FLOAT, kSampleRateHz,
                        {voice, test::silence(1000)});
  const auto analyzed = run({"analyze", path.string(), "--json", "-"});
  EXPECT_EQ(analyzed.status, kDone);
  EXPECT_TRUE(contains(analyzed.err, "1 samples are not numbers")) << analyzed.err;
  EXPECT_FALSE(contains(analyzed.out, "nan")) << analyzed.out.substr(0, 300);
}

/// Root reads what nobody may, so these tests step down for their time.
class AsNobody {
 public:
  AsNobody() {
    if (was_root_) {
      EXPECT_EQ(::seteuid(65534), 0);
    }
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;
  ~AsNobody() {
    if (was_root_) {
      EXPECT_EQ(::seteuid(0), 0);
    }
  }

 private:
  bool was_root_ = ::geteuid() == 0;
};

TEST(BadInput, AFolderThatMayNotBeReadIsToldAndTheRestIsDone) {
  const test::TempFolder folder;
  fs::permissions(folder / ".", fs::perms(0755));
  fs::create_directory(folder / "locked");
  test::short_call(folder / "locked/secret.wav");
  const std::string good = test::short_call(folder / "good.wav");
  fs::permissions(folder / "locked", fs::perms::none);
  {
    const AsNobody nobody;
    const auto batch = run({"analyze", (folder / ".").string()});
    EXPECT_EQ(batch.status, kFailed);
    EXPECT_TRUE(contains(batch.err, "locked: cannot read this folder")) << batch.err;
    EXPECT_TRUE(contains(batch.out, "good.wav")) << batch.out;
  }
  fs::permissions(folder / "locked", fs::perms::owner_all);
}

}  // namespace
}  // namespace tonecue
