/// @file
/// What the agent's page shows.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "tonecue/alerts/alert.h"
#include "tonecue/audio/device_notice.h"
#include "tonecue/pipeline/call_meters.h"
#include "tonecue/turns/turn_frame.h"

namespace tonecue {

/// The strip of turns on the page is this long.
inline constexpr std::int64_t kStripMs = 120'000;

/// A page that comes late sees the newest cards.
inline constexpr std::size_t kMostCards = 10;

struct Card {
  int id = 0;
  std::int64_t at_ms = 0;
  CueKind cue = CueKind::interruption;
  Party party = Party::agent;
  std::string text;
  std::string reason;  ///< The numbers behind it.
  bool critical = false;
  bool escalation = false;
  std::optional<std::int64_t> cleared_at_ms{};
  std::optional<Answer> answer{};
};

/// The first letter of the reason is a capital one.
Card card_of(const Alert& alert);

/// A call at this moment.
struct DeskMoment {
  CallMeters meters;
  std::optional<std::int64_t> snoozed_until_ms;
  bool quiet_start = false;
};

/// Everything that a page needs that comes now.
struct DeskState {
  bool waiting = false;  ///< For the first call of a shift.
  DeskMoment moment{};
  std::deque<SpeechSegment> segments{};        ///< Of the strip, oldest first.
  std::deque<Overlap> overlaps{};              ///< The same.
  std::deque<Card> cards{};                    ///< Oldest first.
  PerParty<std::optional<DeviceNotice>> lost;  ///< Devices that have not returned.
  std::optional<DeviceNotice> lost_headset;    ///< That plays the tones.
  std::string summary{};                       ///< JSON; empty before the end.

  void add(const SpeechSegment& segment);
  void add(const Overlap& overlap);
  void add(Card card);
  void add(const DeviceNotice& notice) noexcept;
  void set_moment(const DeskMoment& moment);

  /// What was of the last call goes; a device that is lost stays so, from the start on.
  void begin_call();

  /// Nothing when that card is no longer kept.
  Card* find_card(int id) noexcept;

  /// Devices that are lost, each told once.
  std::vector<DeviceNotice> open_notices() const;

 private:
  void forget_old();
};

}  // namespace tonecue
