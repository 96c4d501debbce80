/// @file
/// A year of a call centre, made up: what the list of calls is measured on.
#pragma once

#include <cstdint>
#include <string>

#include "tonecue/store/store.h"

namespace tonecue::bench {

inline constexpr int kTeams = 8;
inline constexpr int kQueues = 30;
inline constexpr int kAgents = 400;
inline constexpr std::int64_t kDayMs = 24LL * 3'600'000;

std::string team_name(int team);
std::string queue_name(int queue);
std::string agent_name(int agent);

/// A word of notes; the smaller the number, the more often it is written.
std::string note_word(int number);

/// Fills an empty store with so many calls of five minutes over the year until `now_unix_ms`, 15
/// cues each, with people, notes, verdicts and reviews.
///
/// 64 calls are added through CallStore: the bundled call over and over, analysed, begun at other
/// moments of it. The others are copies of their rows by SQL with their own cues, people and
/// times, as adding each on its own would wait for the disk a hundred thousand times.
void fill(Store& store, int calls, std::int64_t now_unix_ms);

}  // namespace tonecue::bench
