/// @file
/// The moments before a call was known to be one.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "tonecue/audio/audio_source.h"

namespace tonecue {

/// Passes a source on, and can give its last seconds once more: a call is known for one only when
/// the customer was heard for a second, and its first words belong to it.
///
/// Threads: one object belongs to one thread.
class RewindingSource : public AudioSource {
 public:
  /// @param source  Outlives this.
  /// @param memory_samples  How much can be given again; at least 1.
  RewindingSource(AudioSource& source, int memory_samples);

  Result<CallBlock> read(int max_samples) override;

  /// Those of the source, in the time of the call that the last rewind() began.
  std::span<const DeviceNotice> notices() noexcept override;

  /// A call begins: next comes what was last read, as much of it as is remembered, and only then
  /// what is new.
  void rewind() noexcept;

  /// A call is over: what was heard until now belongs to it, and is not given again.
  void forget() noexcept { remembered_ = 0; }

  /// Samples of the source that came before what the last rewind() gives.
  std::int64_t samples_before() const noexcept { return begin_; }

  /// Samples that read() will give before it asks the source.
  int rewound_samples() const noexcept { return rewound_; }

 private:
  void remember(const CallBlock& block) noexcept;

  AudioSource* source_;
  PerParty<std::vector<float>> memory_;  // A ring.
  std::size_t next_ = 0;                 // Where the next sample goes.
  int remembered_ = 0;
  int rewound_ = 0;
  std::int64_t read_ = 0;   // Samples of the source, in all.
  std::int64_t begin_ = 0;  // Of these, those before the call.
  std::array<DeviceNotice, 64> notices_{};
};

}  // namespace tonecue
