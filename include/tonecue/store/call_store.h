/// @file
/// Calls, kept.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/report/call_report.h"
#include "tonecue/store/call_details.h"
#include "tonecue/store/call_entry.h"
#include "tonecue/store/scope.h"
#include "tonecue/store/store.h"

namespace tonecue {

/// A call's sound, beside the database: FLAC, left the agent, right the customer.
struct KeptRecording {
  std::string path{};    ///< From the store's folder on: "recordings/2026/11/123.flac".
  std::string sha256{};  ///< 64 hex digits.
  std::int64_t size_bytes = 0;
};

struct KeptCall {
  CallEntry entry{};
  CallReport report{};  ///< Its track as drawing needs it: steps of 2 dB, 1/4 semitone and 1 %,
                        ///< of 4 dB and without F0 where the party does not speak.
  std::vector<std::int64_t> cue_ids{};  ///< Of report.cues, in its order.
  CallMakers makers{};
  std::optional<KeptRecording> recording{};
};

/// Writes a call down while it lasts.
///
/// Threads: one object belongs to one thread.
class CallWriter {
 public:
  std::int64_t call_id() const noexcept;

  /// Brings what is stored up to this state: what is new is added, cues that grew or ended and
  /// alerts that were answered are changed. Costs what has changed, not what there is. After a
  /// failure the next one brings all that is missing. @return `not_found` when the call was
  /// removed.
  Result<void> update(const CallReport& so_far);

  /// The last state, with the figures of the whole call. From here on the call is `done`.
  Result<void> finish(const CallReport& report);

  /// Destroyed without finish(): the call stays `open`, and becomes `cut_short` when a Store is
  /// opened and nobody has written to it for a minute.
  CallWriter(CallWriter&&) noexcept;
  CallWriter& operator=(CallWriter&&) noexcept;
  ~CallWriter();

 private:
  friend class CallStore;
  class Impl;
  explicit CallWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Threads: as Store.
class CallStore {
 public:
  /// The store outlives it.
  explicit CallStore(Store& store) noexcept : store_(&store) {}

  /// How long the agent's side of a call is the agent's alone: until they have opened it, at most
  /// so long. Only for agents who can sign in; others have nowhere to look.
  static constexpr int kDefaultAgentFirstH = 24;
  void set_agent_first_h(int hours) noexcept { agent_first_h_ = hours; }

  /// A whole call at once. Here and in begin() an entry of the audit log comes with it
  /// (`call.add`), unless it was uploaded: then there is one already. @return Its id; `exists` when
  /// a call of this content_sha256 is there.
  Result<std::int64_t> add(const CallDetails& details, const CallMakers& makers,
                           const CallReport& report);

  /// A call that begins now.
  Result<CallWriter> begin(const CallDetails& details, const CallMakers& makers,
                           const CallReport& so_far);

  /// What happens when a Store is opened, for programs that run for days: open calls that nobody
  /// has written to for a minute become `cut_short`.
  Result<void> end_abandoned(std::int64_t now_unix_ms);

  Result<std::optional<std::int64_t>> find_content(std::string_view sha256) const;

  /// Where the agent's side is the agent's alone, load() leaves out its cues, alerts, figures and
  /// the overlaps that it began; segments and track stay.
  /// @return `not_found` for a call out of scope, just as for one that is not there.
  Result<CallEntry> entry(const Scope& scope, std::int64_t id) const;
  Result<KeptCall> load(const Scope& scope, std::int64_t id) const;

  /// The sound alone, which a browser asks for many times; empty when it is not kept.
  Result<std::optional<KeptRecording>> recording(const Scope& scope, std::int64_t id) const;

  /// Agent, team, queue, caller, consent; nothing else of `details` changes.
  Result<void> change_details(const Scope& scope, std::int64_t id, const CallDetails& details);

  /// The agent of a call has opened it: from now on others see all of it.
  Result<void> mark_seen_by_agent(std::int64_t id);

  /// `recording.path` is there already.
  Result<void> keep_recording(std::int64_t id, const KeptRecording& recording);

  /// The call, all that hangs on it, and its recording's file. What was there is overwritten with
  /// zeros; the log beside the database (`tonecue.db-wal`) holds it until it is used anew.
  Result<void> remove(const Scope& scope, std::int64_t id);

  /// @param limit  [1, 200]
  /// @param after  CallPage::next; empty: the first page. @return `invalid_argument` when it is
  /// none.
  Result<CallPage> list(const Scope& scope, const CallFilter& filter, int limit,
                        std::string_view after) const;

  /// The call after this one in the order of the list; for a call that is not in it, its first.
  Result<std::optional<std::int64_t>> next(const Scope& scope, const CallFilter& filter,
                                           std::int64_t id) const;

  Result<CallFacets> facets(const Scope& scope) const;

  /// All calls of one caller; empty when there are none.
  Result<std::vector<std::int64_t>> calls_of_caller(const Scope& scope,
                                                    std::string_view caller_ref) const;

 private:
  Store* store_;
  int agent_first_h_ = kDefaultAgentFirstH;
};

}  // namespace tonecue
