/// @file
/// Tells a party's own sound from the other party's voice leaking into their channel.
#pragma once

#include <array>
#include <cstddef>

#include "tonecue/features/feature_frame.h"
#include "tonecue/turns/leak_meter.h"

namespace tonecue {

/// Guards one channel ("near") against the voice of the other ("far"), band by band: learns how
/// much weaker the far voice arrives here, and how loud the room is. While that leak stands out of
/// the room noise, it believes in own sound only where the channel stands above what the two
/// explain; otherwise it leaves the matter to the speech detector. The delay of the leak is covered
/// up to 70 ms by taking the far voice's highest level of that time, so that it need not be known.
///
///     BleedGuard guard;                                    // the agent's microphone
///     guard.process(agent.mel_db, customer.mel_db);
///     const bool speaks = agent.speech && guard.own_sound();
///
/// It cannot cover a leak less than 8 dB below the voice itself, longer paths (network echo of 100
/// ms and more), or a leak whose level jumps. Swap the arguments to guard the other channel.
///
/// Real-time: process() neither allocates, locks nor throws. Threads: one object, one thread.
class BleedGuard {
 public:
  using BandLevels = std::array<float, kMelBands>;

  /// Takes the band levels of one frame of both channels, in dB; NaN reads as the floor.
  void process(const BandLevels& near_db, const BandLevels& far_db) noexcept;

  /// Whether the leak cannot explain what this channel carries.
  bool own_sound() const noexcept { return above_ || !leak_expected_; }

  /// Whether the leak stands out of this channel's room noise.
  bool leak_expected() const noexcept { return leak_expected_; }

  /// What the other voice does to this channel, over the call.
  BleedState state() const noexcept { return leak_meter_.state(); }

  /// How far the channel stands above leak and noise: mean over the bands, dB, [-5, 25].
  float margin_db() const noexcept { return margin_db_; }

 private:
  /// The levels of the last hops.
  template <std::size_t kHops>
  class History {
   public:
    void fill(const BandLevels& levels) noexcept { rows_.fill(levels); }
    void push(const BandLevels& levels) noexcept {
      newest_ = (newest_ + 1) % kHops;
      rows_[newest_] = levels;
    }
    const BandLevels& newest() const noexcept { return rows_[newest_]; }
    const BandLevels& oldest() const noexcept { return rows_[(newest_ + 1) % kHops]; }

    /// Mean over the newest hops.
    BandLevels mean(std::size_t hops) const noexcept;
    /// Highest level of each band.
    BandLevels peak() const noexcept;

   private:
    std::array<BandLevels, kHops> rows_{};
    std::size_t newest_ = 0;
  };

  static constexpr std::size_t kShortHops = 3;  // What the leak is learned on.
  static constexpr std::size_t kLongHops = 5;   // What is compared: steadier.
  static constexpr std::size_t kDelayHops = 8;  // 0 to 70 ms.

  void start(const BandLevels& near_db, const BandLevels& far_db) noexcept;
  void follow_noise(const BandLevels& near_db, const BandLevels& far_db) noexcept;
  void learn_leak(const BandLevels& near_db, const BandLevels& far_peak_db) noexcept;
  bool far_speaks() const noexcept;
  void compare(const BandLevels& near_db, const BandLevels& far_peak_db) noexcept;

  History<kLongHops> near_;
  History<kDelayHops> far_;
  History<kLongHops> explained_;
  BandLevels near_noise_db_{};
  BandLevels far_noise_db_{};
  BandLevels leak_gain_db_{};
  LeakMeter leak_meter_;
  bool started_ = false;
  float margin_db_ = 0.0F;
  bool above_ = false;  // The margin is wide.
  bool leak_expected_ = false;
};

}  // namespace tonecue
