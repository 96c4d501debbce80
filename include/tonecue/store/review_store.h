/// @file
/// What people say of calls.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/store/call_store.h"
#include "tonecue/store/scope.h"
#include "tonecue/store/store.h"

namespace tonecue {

enum class CueVerdict { right, wrong, unsure };
std::string_view name(CueVerdict verdict) noexcept;
std::optional<CueVerdict> find_cue_verdict(std::string_view name) noexcept;

struct GivenVerdict {
  std::int64_t cue_id = 0;
  std::int64_t person_id = 0;
  std::string person{};  ///< Their name.
  CueVerdict verdict = CueVerdict::unsure;
  std::int64_t at_unix_ms = 0;
};

struct Note {
  std::int64_t id = 0;
  std::int64_t call_id = 0;
  std::int64_t person_id = 0;
  std::string person{};
  std::int64_t written_unix_ms = 0;     ///< The text as it stands.
  std::optional<std::int64_t> at_ms{};  ///< Call time; empty: of the whole call.
  std::string text{};                   ///< UTF-8, [1, kLongestNote] bytes.
};
inline constexpr int kLongestNote = 4000;

/// A filter of the list under a name, for one person.
struct SavedView {
  std::int64_t id = 0;
  std::string name{};   ///< [1, 80] bytes.
  std::string query{};  ///< The list's query string; at most 2000 bytes.
};

/// Threads: as Store. Functions that take a Scope give `not_found` out of it.
class ReviewStore {
 public:
  explicit ReviewStore(Store& store) noexcept : store_(&store) {}

  /// As of CallStore: a cue that one may not see yet is not there to be judged.
  void set_agent_first_h(int hours) noexcept { agent_first_h_ = hours; }

  /// One per cue and person; another replaces it, none takes it back.
  Result<void> give_verdict(const Scope& scope, std::int64_t person_id, std::int64_t cue_id,
                            std::optional<CueVerdict> verdict);
  Result<std::vector<GivenVerdict>> verdicts(std::int64_t call_id) const;  ///< By cue, then time.

  /// @return The call of a cue; `not_found`.
  Result<std::int64_t> call_of_cue(const Scope& scope, std::int64_t cue_id) const;

  Result<Note> add_note(const Scope& scope, std::int64_t person_id, std::int64_t call_id,
                        std::optional<std::int64_t> at_ms, std::string_view text);
  Result<Note> change_note(std::int64_t person_id, std::int64_t note_id, std::string_view text);
  Result<void> remove_note(std::int64_t person_id, std::int64_t note_id);  ///< One's own only.
  Result<std::vector<Note>> notes(std::int64_t call_id) const;             ///< By call time.

  Result<void> set_reviewed(const Scope& scope, std::int64_t person_id, std::int64_t call_id,
                            bool reviewed);

  Result<std::vector<SavedView>> views(std::int64_t person_id) const;  ///< By name.
  Result<std::int64_t> save_view(std::int64_t person_id, std::string_view name,
                                 std::string_view query);  ///< Replaces one of that name.
  Result<void> remove_view(std::int64_t person_id, std::int64_t view_id);

 private:
  Store* store_;
  int agent_first_h_ = CallStore::kDefaultAgentFirstH;
};

}  // namespace tonecue
