/// @file
/// Alerts that can be heard.
#pragma once

#include <optional>

#include "tonecue/alerts/alert_tone.h"
#include "tonecue/pipeline/call_listener.h"
#include "tonecue/sinks/tone_player.h"

namespace tonecue {

/// Which tone an alert has.
/// @return Empty: none. Praise needs no sound.
std::optional<ToneShape> tone_of(const Alert& alert) noexcept;

/// Plays a tone for each alert that is delivered, 6 dB below the customer's voice. It does not
/// speak over the agent: unless the alert is critical, it waits until they pause for 200 ms, at
/// most 2 s, and then lets it be; the card is there. Of two alerts that wait, the newer has its
/// tone.
///
/// Real-time: neither allocates, locks nor throws; it may run on the analysis thread itself.
/// Threads: one object belongs to one thread, which is the one that calls TonePlayer::play().
class ToneSink final : public CallListener {
 public:
  /// @param player  Must outlive the sink.
  explicit ToneSink(TonePlayer& player) noexcept : player_(&player) {}

  void on_frame(const CallFrame& frame) noexcept override;
  void on_turn(const TurnFrame& frame) noexcept override;
  void on_alert(const Alert& alert) noexcept override;

  /// The customer's level while they speak, over about the last 10 s of it; empty before the first
  /// second.
  std::optional<float> speech_level_dbfs() const noexcept;

 private:
  void play(ToneShape shape) noexcept;

  TonePlayer* player_;
  float customer_power_ = 0.0F;  // Of the newest frame.
  float speech_power_ = 0.0F;
  int speech_hops_ = 0;        // Of the customer; no further than the memory.
  int agent_silent_hops_ = 0;  // No further than a pause.
  std::optional<ToneShape> waiting_;
  int waiting_hops_ = 0;
};

}  // namespace tonecue
