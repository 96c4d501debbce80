/// @file
/// A practice call: a microphone, and a customer who answers it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tonecue/audio/audio_source.h"
#include "tonecue/audio/device_output.h"
#include "tonecue/practice/customer_voice.h"
#include "tonecue/practice/practice_director.h"
#include "tonecue/practice/practice_scenario.h"
#include "tonecue/turns/turn_frame.h"

namespace tonecue {

/// How much later than a line begins the microphone would hear it: for PracticePace.
int practice_latency_ms(const DeviceOutput& headset) noexcept;

/// Both sides of a practice call on one clock, that of the microphone: the agent as the microphone
/// hears them, the customer as the samples that are played, at the call time at which the agent
/// hears them. What follows cannot tell it from a real call.
///
///     PracticeSource source(microphone, scenario, voice);
///     // per block: read(), CallSession::push(), whose listener calls hear() for each turn frame.
///
/// Real-time: the constructor allocates, and read() where it is asked for more than before; nothing
/// else does. Threads: one object belongs to one thread, that of the analysis.
class PracticeSource : public AudioSource {
 public:
  /// @param microphone  Its agent is heard; its customer is not.
  /// @param scenario, voice  Outlive this; the voice plays the scenario's clips.
  /// @param pace  With `heard_after_ms`: how long after its decision a line lies on the
  /// microphone's time line, which is the latency of the output and that of the input.
  PracticeSource(AudioSource& microphone, const PracticeScenario& scenario, CustomerVoice& voice,
                 const PracticePace& pace = {});

  /// Ends when the microphone does, or when the customer has said all and the agent farewell.
  Result<CallBlock> read(int max_samples) override;
  std::span<const DeviceNotice> notices() noexcept override { return microphone_.notices(); }

  /// What the chain made of the agent's voice: each frame of the call, in order.
  void hear(const TurnFrame& frame) noexcept;

  /// The customer has said all and the agent farewell: the call did not break off.
  bool over() const noexcept { return director_.over(); }

 private:
  void fill_customer(std::size_t samples) noexcept;

  AudioSource& microphone_;
  const PracticeScenario& scenario_;
  CustomerVoice& voice_;
  std::int64_t heard_after_;  // Samples.
  PracticeDirector director_;
  std::vector<float> customer_;
  std::span<const float> sounding_;  // The line that is played.
  std::int64_t sounds_from_ = 0;     // Its place in the call, samples.
  std::int64_t position_ = 0;        // Samples given.
  std::int64_t heard_ = -1;          // Index of the newest frame.
};

}  // namespace tonecue
