/// @file
/// A voice's own usual, and how it departs from it now.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "tonecue/turns/turn_frame.h"
#include "tonecue/turns/voice_statistics.h"

namespace tonecue {

/// Learns a party's usual pitch, level and articulation rate from its first 30 s of clean speech
/// (talking alone), and compares the last 5 s of speech with them. It is ready after 20 s and is
/// frozen after 30 s: distress builds up over minutes, and a baseline that followed it would come
/// to call it usual; a frozen one can be told in words ("against this caller's first 30 s").
///
/// Real-time: no member allocates, locks or throws. Threads: one object, one thread.
class SpeakerBaseline {
 public:
  /// Takes one hop.
  /// @param clean  Whether the party talks, and talks alone.
  void process(const FeatureFrame& frame, bool clean) noexcept;

  bool ready() const noexcept;

  /// The usual level of this voice's speech; empty before 3 s of clean speech, refined until 30 s.
  /// Updated every 100 ms.
  const std::optional<float>& usual_level_dbfs() const noexcept { return usual_level_dbfs_; }

  /// The usual median F0; empty until ready().
  const std::optional<float>& usual_f0_hz() const noexcept { return usual_f0_hz_; }

  /// All that it compares with; empty until ready(). Updated every 100 ms.
  const std::optional<UsualVoice>& usual() const noexcept { return usual_voice_; }

  /// Updated every 100 ms. The rate, syllables and speech_s of the last 5 s of speech are there
  /// from the start; the differences to the usual only once ready().
  const Departure& departure() const noexcept { return departure_; }

 private:
  /// A hop of speech, and when it was.
  struct Moment {
    std::int64_t index = 0;
    VoiceSample sample;
  };

  static constexpr std::size_t kRecentHops = 500;  // 5 s.

  void remember(const Moment& moment) noexcept;
  void forget_before(std::int64_t index) noexcept;
  void count_syllable() noexcept;
  void update() noexcept;
  Departure compare() const noexcept;

  VoiceStatistics usual_;
  VoiceStatistics recent_;
  std::array<Moment, kRecentHops> moments_{};  // Ring of the hops in recent_.
  std::size_t oldest_ = 0;
  std::size_t size_ = 0;
  bool newest_in_usual_ = false;
  bool usual_changed_ = false;  // Since the last update.
  std::optional<float> usual_level_dbfs_;
  std::optional<UsualVoice> usual_voice_;
  std::optional<float> usual_f0_hz_;
  std::optional<float> usual_f0_st_;  // The same, above 55 Hz.
  Departure departure_;
};

}  // namespace tonecue
