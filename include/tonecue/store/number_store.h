/// @file
/// What figures over many calls are counted from.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "tonecue/core/party.h"
#include "tonecue/core/result.h"
#include "tonecue/cues/cue.h"
#include "tonecue/store/call_entry.h"
#include "tonecue/store/call_store.h"
#include "tonecue/store/review_store.h"
#include "tonecue/store/scope.h"
#include "tonecue/store/store.h"

namespace tonecue {

/// One call that is over, in numbers. What needs both voices is 0 where one is missing.
struct CallNumbers {
  std::int64_t call_id = 0;
  std::int64_t started_unix_ms = 0;
  std::string_view agent{};  ///< These three: until the visitor returns.
  std::string_view team{};
  std::string_view queue{};
  bool conduct_visible = true;  ///< Else the agent's side must be left out: docs/review.md.
  double duration_s = 0.0;
  double both_voices_s = 0.0;  ///< duration_s of a call with both voices.
  double agent_talk_s = 0.0;
  double customer_talk_s = 0.0;
  int agent_interruptions = 0;     ///< The agent cut in.
  int customer_interruptions = 0;  ///< The customer cut in.
  double overtalk_s = 0.0;
  double silence_s = 0.0;   ///< Silences of both of over 3 s.
  double distress_s = 0.0;  ///< Within distress cues.
  std::optional<bool> recovered{};
  std::optional<float> calm_s{};  ///< From the customer's first hard cue since the recovery before
                                  ///< the last one, to the last one.
  bool live = false;              ///< Else nobody was told: alerts are what would have been said.
  int alerts = 0;                 ///< Delivered; and what was answered to them.
  int helpful = 0;
  int not_now = 0;
  int wrong = 0;
  PerParty<std::uint64_t> cue_bytes{};  ///< See has().

  bool has(Party party, CueKind kind) const noexcept {
    constexpr unsigned kBits = 8;  // schema/003_reviews.sql
    return ((cue_bytes[party] >> (kBits * static_cast<unsigned>(kind))) & 0xFFU) != 0;
  }
};

/// A cue that somebody judged.
struct JudgedCue {
  std::int64_t call_id = 0;
  std::string file{};  ///< The recording, as it was analysed; empty of a live call.
  CueKind kind = CueKind::interruption;
  std::int64_t raised_at_ms = 0;
  float confidence = 0.0F;
  std::vector<std::pair<std::int64_t, CueVerdict>> verdicts{};  ///< By person.
};

/// A score of a call, from outside.
struct ScoreEntry {
  std::variant<std::int64_t, std::string> call{};  ///< Its id, or its CallDetails::source.
  std::string kind{};
  double value = 0.0;
  std::optional<std::int64_t> at_unix_ms{};
  int line = 0;  ///< Of the table that it was read from.
};

struct ScoreImport {
  int added = 0;
  int replaced = 0;
  int without_call = 0;
  std::vector<int> lines_without_call{};  ///< The first of them, at most kMostLinesTold.
};

inline constexpr std::size_t kMostLinesTold = 10;

/// Of a filter only times, teams and queues count here, and calls that are over.
///
/// Threads: as Store.
class NumberStore {
 public:
  explicit NumberStore(Store& store) noexcept : store_(&store) {}

  /// As of CallStore.
  void set_agent_first_h(int hours) noexcept { agent_first_h_ = hours; }

  /// Every call of the filter, by its beginning.
  Result<void> each_call(const Scope& scope, const CallFilter& filter,
                         const std::function<void(const CallNumbers&)>& visit) const;

  /// By call, then by cue.
  Result<std::vector<JudgedCue>> judged_cues(const Scope& scope, const CallFilter& filter) const;

  /// Of every cue of this kind, judged or not.
  Result<std::vector<float>> confidences(const Scope& scope, const CallFilter& filter,
                                         CueKind kind) const;

  /// Gives the next score of a table; nothing at its end.
  using NextScore = std::function<std::optional<ScoreEntry>()>;

  /// Takes those that fit one call, all at once: after a failure none is there. Nobody waits for
  /// the table to be read, and as little is kept of it as there is to write.
  /// @param refuse  Told of a score that cannot be used, before the next one is asked for.
  Result<ScoreImport> import_scores(
      const Scope& scope, const NextScore& next,
      const std::function<void(int line, std::string_view why)>& refuse);

  /// How many calls have a score, by its kind.
  Result<std::map<std::string, std::int64_t>> score_kinds(const Scope& scope,
                                                          const CallFilter& filter) const;

  /// By call.
  Result<std::map<std::int64_t, double>> scores(const Scope& scope, const CallFilter& filter,
                                                std::string_view kind) const;

 private:
  Store* store_;
  int agent_first_h_ = CallStore::kDefaultAgentFirstH;
};

}  // namespace tonecue
