/// @file
/// What an agent's desk keeps from call to call.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tonecue/alerts/alert.h"
#include "tonecue/audio/device_notice.h"
#include "tonecue/audio/device_output.h"
#include "tonecue/core/party.h"
#include "tonecue/core/result.h"
#include "tonecue/core/spsc_ring.h"
#include "tonecue/server/desk_server.h"
#include "tonecue/sinks/tone_player.h"
#include "web_browser.h"

namespace tonecue {

struct LiveDeskConfig {
  bool page = true;
  int port = 0;  ///< Of the page; 0: any free one.
  bool sound = true;
  std::string output;  ///< Headset, as choose_output() takes it; empty: the default.
  bool replay = false;
  PerParty<bool> present{true, true};
  int quiet_start_s = 30;  ///< As the alert policy has it.
  bool shift = false;      ///< Call after call.
};

/// What the agent asks for on the page.
struct DeskWish {
  enum class Kind { answer, wake, end_call };
  Kind kind = Kind::answer;
  AlertAnswer answer;
};

/// The page and the headset's tones.
///
/// Threads: belongs to one thread; take_wishes() and headset_notice() to the one that analyses.
class LiveDesk {
 public:
  /// @return Why the page cannot be served. A headset that cannot be opened is no reason to miss a
  /// call: no_sound_because() tells.
  static Result<std::unique_ptr<LiveDesk>> create(const LiveDeskConfig& config);

  DeskServer* page() noexcept { return page_ ? &*page_ : nullptr; }
  TonePlayer* tones() noexcept { return tones_.get(); }

  /// Empty when the tones can be heard, or are not wanted.
  const std::string& no_sound_because() const noexcept { return no_sound_because_; }

  /// Shows the page in the person's own browser.
  Result<void> open_page();

  /// The headset stopped to play since the last call, or plays again.
  /// @param now_ms  Of the call, or of the wait for one.
  ///
  /// Real-time: neither allocates nor waits.
  std::optional<DeviceNotice> headset_notice(std::int64_t now_ms) noexcept;

  /// All that was asked for since the last call; valid until the next.
  ///
  /// Real-time: neither allocates nor waits.
  std::span<const DeskWish> take_wishes() noexcept;

 private:
  static constexpr std::size_t kMostWishes = 64;  // Of a person, between two blocks of sound.

  LiveDesk() = default;
  Result<void> open_headset(const std::string& output);
  DeskActions actions();

  SpscRing<DeskWish> wishes_{kMostWishes};
  std::vector<DeskWish> taken_ = std::vector<DeskWish>(kMostWishes);
  std::optional<DeskServer> page_;
  std::unique_ptr<TonePlayer> tones_;  // Outlives the headset, which plays it.
  std::optional<DeviceOutput> headset_;
  bool headset_plays_ = true;
  std::chrono::steady_clock::time_point headset_lost_{};
  std::string no_sound_because_;
  std::optional<ForwardingPage> way_to_page_;
};

}  // namespace tonecue
