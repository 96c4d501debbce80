/// @file
/// A telephone line in virtual time.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "app/calls.h"
#include "support/signals.h"
#include "tonecue/audio/audio_source.h"
#include "tonecue/audio/file_source.h"

namespace tonecue::test {

inline constexpr int kCallS = 40;

/// Both voices, which come as fast as they are read; at given moments something happens.
class MadeLine : public AudioSource {
 public:
  MadeLine& silence(int seconds) { return add(seconds, {}); }

  /// The stretch of a bundled call in which the agent cuts in twice.
  MadeLine& call() { return add(kCallS, {true, true}); }
  MadeLine& agent_alone(int seconds) { return add(seconds, {true, false}); }
  MadeLine& customer_alone(int seconds) { return add(seconds, {false, true}); }

  /// Before the next that is added is heard.
  MadeLine& then(std::function<void()> act) {
    acts_.emplace(heard_.agent.size(), std::move(act));
    return *this;
  }
  /// In the midst of the last that was added.
  MadeLine& meanwhile(int seconds_before_its_end, std::function<void()> act) {
    acts_.emplace(heard_.agent.size() - samples(seconds_before_its_end * 1000), std::move(act));
    return *this;
  }

  Result<CallBlock> read(int max_samples) override {
    while (!acts_.empty() && acts_.begin()->first <= next_) {
      const auto act = acts_.extract(acts_.begin());
      act.mapped()();
    }
    const std::size_t count =
        std::min(static_cast<std::size_t>(max_samples), heard_.agent.size() - next_);
    const CallBlock block{std::span(heard_.agent).subspan(next_, count),
                          std::span(heard_.customer).subspan(next_, count)};
    next_ += count;
    return block;
  }
  std::span<const DeviceNotice> notices() noexcept override {
    told_ = std::exchange(notices_, {});
    return told_;
  }

  void tell(const DeviceNotice& notice) { notices_.push_back(notice); }
  double read_s() const { return static_cast<double>(next_) / kSampleRateHz; }

 private:
  MadeLine& add(int seconds, PerParty<bool> speaks) {
    static const PerParty<Signal> stretch = stretch_of_call();
    for (const Party party : kParties) {
      Signal voice = test::silence(seconds * 1000);
      if (speaks[party]) {
        for (std::size_t i = 0; i < voice.size(); ++i) {
          voice[i] = stretch[party][i % stretch[party].size()];
        }
      }
      heard_[party].insert(heard_[party].end(), voice.begin(), voice.end());
    }
    return *this;
  }
  static PerParty<Signal> stretch_of_call() {
    constexpr int kStartS = 30;
    auto source = FileSource::create(interrupted_call());
    EXPECT_TRUE(source) << source.error().message;
    const auto block = source->read((kStartS + kCallS) * kSampleRateHz);
    PerParty<Signal> voices;
    for (const Party party : kParties) {
      const auto part = (*block)[party].subspan(std::size_t{kStartS} * kSampleRateHz);
      voices[party].assign(part.begin(), part.end());
    }
    return voices;
  }

  PerParty<Signal> heard_;
  std::multimap<std::size_t, std::function<void()>> acts_;
  std::size_t next_ = 0;
  std::vector<DeviceNotice> notices_;
  std::vector<DeviceNotice> told_;
};

}  // namespace tonecue::test
