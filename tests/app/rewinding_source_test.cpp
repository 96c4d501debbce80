#include "app/live/rewinding_source.h"

#include <vector>

#include <gtest/gtest.h>

namespace tonecue {
namespace {

/// Counts: sample n of the agent is n, of the customer -n.
class Counting : public AudioSource {
 public:
  Result<CallBlock> read(int max_samples) override {
    for (const Party party : kParties) block_[party].clear();
    for (int i = 0; i < max_samples; ++i, ++next_) {
      block_.agent.push_back(static_cast<float>(next_));
      block_.customer.push_back(static_cast<float>(-next_));
    }
    return CallBlock{block_.agent, block_.customer};
  }
  std::span<const DeviceNotice> notices() noexcept override { return {&notice_, 1}; }

  DeviceNotice notice_{.at_ms = 5000};

 private:
  PerParty<std::vector<float>> block_;
  int next_ = 0;
};

/// Reads so many samples in blocks of 100 at most, and gives the agent's.
std::vector<int> read(RewindingSource& source, int samples) {
  std::vector<int> heard;
  while (static_cast<int>(heard.size()) < samples) {
    const auto block = source.read(std::min(100, samples - static_cast<int>(heard.size())));
    EXPECT_TRUE(block);
    for (std::size_t i = 0; i < block->agent.size(); ++i) {
      EXPECT_EQ(block->agent[i], -block->customer[i]);
      heard.push_back(static_cast<int>(block->agent[i]));
    }
  }
  return heard;
}

std::vector<int> count(int from, int to) {
  std::vector<int> numbers;
  for (int i = from; i < to; ++i) numbers.push_back(i);
  return numbers;
}

TEST(RewindingSource, PassesOnWhatComes) {
  Counting counting;
  RewindingSource source(counting, 150);
  EXPECT_EQ(read(source, 1000), count(0, 1000));
}

TEST(RewindingSource, GivesTheLastSamplesOnceMoreAndThenGoesOn) {
  Counting counting;
  RewindingSource source(counting, 150);
  read(source, 1000);
  source.rewind();
  EXPECT_EQ(source.rewound_samples(), 150);
  EXPECT_EQ(read(source, 400), count(850, 1250));
  EXPECT_EQ(source.rewound_samples(), 0);
}

TEST(RewindingSource, GivesNoMoreThanThereWas) {
  Counting counting;
  RewindingSource source(counting, 150);
  read(source, 70);
  source.rewind();
  EXPECT_EQ(read(source, 200), count(0, 200));
}

TEST(RewindingSource, RemembersTheEndOfABlockThatIsLongerThanItself) {
  Counting counting;
  RewindingSource source(counting, 30);
  read(source, 100);
  source.rewind();
  EXPECT_EQ(read(source, 60), count(70, 130));
}

TEST(RewindingSource, GivesNothingAgainFromBeforeItForgot) {
  Counting counting;
  RewindingSource source(counting, 150);
  read(source, 1000);
  source.forget();
  read(source, 70);
  source.rewind();
  EXPECT_EQ(source.samples_before(), 1000);
  EXPECT_EQ(read(source, 200), count(1000, 1200));
}

TEST(RewindingSource, TellsNoticesInTheTimeOfTheCall) {
  Counting counting;
  RewindingSource source(counting, 8000);
  read(source, 24'000);
  EXPECT_EQ(source.notices()[0].at_ms, 5000);
  source.rewind();  // The call began 1 s ago, 2 s after the source did.
  EXPECT_EQ(source.notices()[0].at_ms, 3000);
}

}  // namespace
}  // namespace tonecue
