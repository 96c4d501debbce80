/// @file
/// What numbers in the database stand for.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "tonecue/alerts/alert.h"
#include "tonecue/core/party.h"
#include "tonecue/cues/cue.h"
#include "tonecue/store/review_store.h"
#include "tonecue/turns/leak_meter.h"
#include "tonecue/turns/turn_frame.h"

namespace tonecue {

template <class T>
struct StoredValue {
  T value;
  std::int64_t number;
};

/// For ever: a number that was ever given is never given to something else, whatever the order of
/// the enumerators becomes.
template <class T>
inline constexpr std::array<StoredValue<T>, 0> kStoredValues{};

template <>
inline constexpr auto kStoredValues<Party> =
    std::to_array<StoredValue<Party>>({{Party::agent, 0}, {Party::customer, 1}});

template <>
inline constexpr auto kStoredValues<CueKind> =
    std::to_array<StoredValue<CueKind>>({{CueKind::interruption, 0},
                                         {CueKind::raised_voice, 1},
                                         {CueKind::fast_speech, 2},
                                         {CueKind::slow_speech, 3},
                                         {CueKind::long_silence, 4},
                                         {CueKind::monologue, 5},
                                         {CueKind::distress, 6},
                                         {CueKind::recovered, 7}});

template <>
inline constexpr auto kStoredValues<Delivery> =
    std::to_array<StoredValue<Delivery>>({{Delivery::delivered, 0},
                                          {Delivery::cooling_down, 1},
                                          {Delivery::over_budget, 2},
                                          {Delivery::outdated, 3},
                                          {Delivery::quiet_start, 4},
                                          {Delivery::snoozed, 5},
                                          {Delivery::superseded, 6}});

template <>
inline constexpr auto kStoredValues<Answer> = std::to_array<StoredValue<Answer>>(
    {{Answer::helpful, 0}, {Answer::not_now, 1}, {Answer::wrong, 2}});

template <>
inline constexpr auto kStoredValues<BleedState> = std::to_array<StoredValue<BleedState>>(
    {{BleedState::clean, 0}, {BleedState::guarded, 1}, {BleedState::unusable, 2}});

template <>
inline constexpr auto kStoredValues<OverlapKind> =
    std::to_array<StoredValue<OverlapKind>>({{OverlapKind::backchannel, 0},
                                             {OverlapKind::terminal_overlap, 1},
                                             {OverlapKind::interruption, 2},
                                             {OverlapKind::attempt, 3},
                                             {OverlapKind::simultaneous_start, 4}});

template <>
inline constexpr auto kStoredValues<CueVerdict> = std::to_array<StoredValue<CueVerdict>>(
    {{CueVerdict::right, 0}, {CueVerdict::wrong, 1}, {CueVerdict::unsure, 2}});

template <class T>
constexpr std::int64_t stored(T value) noexcept {
  const auto& all = kStoredValues<T>;
  return std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.value == value; })
      ->number;
}

/// Empty for a number that stands for nothing.
template <class T>
constexpr std::optional<T> from_stored(std::int64_t number) noexcept {
  for (const auto& one : kStoredValues<T>) {
    if (one.number == number) return one.value;
  }
  return std::nullopt;
}

}  // namespace tonecue
