/// @file
/// A CallReport as rows of the database.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "store/database/database.h"
#include "tonecue/core/result.h"
#include "tonecue/report/call_report.h"
#include "tonecue/store/call_details.h"

namespace tonecue {

/// A cue as it is stored.
struct StoredCue {
  std::int64_t id = 0;
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
  float confidence = 0.0F;
  std::string evidence;
};

/// What the database holds of a call, so that only what differs is written. Copyable: it is true
/// once its transaction is committed.
struct StoredRows {
  /// Which cue of the call it is, however it grows: kind, party, when it was raised, and how many
  /// such there were before.
  using CueKey = std::tuple<CueKind, Party, std::int64_t, int>;

  std::map<CueKey, StoredCue> cues;
  std::vector<AlertRecord> alerts;
  std::map<std::int64_t, std::size_t> stretches;                // Hash by chunk.
  std::map<std::pair<Party, std::size_t>, std::size_t> traces;  // Hash by party and chunk.
  PerParty<std::size_t> points{};                               // Of the track.
};

/// How much is compared.
enum class Extent {
  grown,  ///< Of the track only what came since the last time, and its last minute.
  whole,
};

/// Adds a call without a report, which update_call() brings. @return Its id.
Result<std::int64_t> insert_call(Connection& connection, const CallDetails& details,
                                 std::string_view program, std::int64_t settings_id,
                                 std::int64_t now_unix_ms);

/// @return The id of this configuration, which is kept once.
Result<std::int64_t> settings_id_of(Connection& connection, const std::string& toml);

/// Brings the rows of a call from `rows` to `report`, and tells it in `rows`.
/// @return `not_found` when the call was removed meanwhile.
Result<void> update_call(Connection& connection, std::int64_t id, CallState state,
                         const CallReport& report, Extent extent, std::int64_t now_unix_ms,
                         StoredRows& rows);

/// @return `corrupt` when somebody else has written there.
Result<CallReport> read_report(Connection& connection, std::int64_t id,
                               std::vector<std::int64_t>& cue_ids);

}  // namespace tonecue
