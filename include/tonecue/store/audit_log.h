/// @file
/// Who looked at what, and who changed what.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/store/store.h"

namespace tonecue {

/// The program itself: its jobs, and the ways by which calls come in without a person: the watched
/// folder, `tonecue analyze`, `tonecue live`. Nobody can have such a login.
inline constexpr std::array<std::string_view, 4> kProgramNames = {"tonecue", "watch", "analyze",
                                                                  "live"};

struct AuditEvent {
  std::int64_t at_unix_ms = 0;
  std::string who{};      ///< Login, "token:NAME", or one of kProgramNames.
  std::string address{};  ///< Of the network; empty: none.
  std::string action{};   ///< "call.add", "call.view", "call.play", "verdict.give", ...
  std::string target{};   ///< "call/12", "person/3"; empty: none.
  std::string detail{};   ///< One line; never a password, key, or text of a note.
};

struct AuditEntry {
  std::int64_t number = 0;  ///< 1, 2, ... without holes.
  AuditEvent event{};
  std::string sha256{};  ///< Of this event and of the entry before.
};

/// Which entries; an empty field: any.
struct AuditFilter {
  std::string who{};
  std::string target{};
};

struct AuditCheck {
  std::int64_t entries = 0;
  std::string head_sha256{};                   ///< Of the newest; write it down elsewhere.
  std::optional<std::int64_t> first_broken{};  ///< Number of the first that does not fit.
};

/// Each entry carries the hash of the one before: who changes or takes out one breaks the chain
/// from there on. Who cuts off its end, or writes the whole chain anew, is found by a head that was
/// written down elsewhere before.
///
/// Threads: as Store; several processes may add at once.
class AuditLog {
 public:
  explicit AuditLog(Store& store) noexcept : store_(&store) {}

  /// Texts are kept as UTF-8 on one line of at most 500 bytes.
  Result<void> add(const AuditEvent& event);

  /// The newest first. @param before  Only those with a smaller number; 0: from the newest on.
  Result<std::vector<AuditEntry>> list(std::int64_t before, int limit,
                                       const AuditFilter& filter = {}) const;

  /// @param head_sha256  One that was written down; it must be in the chain. Empty: not asked.
  /// One that was forgotten by now is missed too: write down a newer one.
  Result<AuditCheck> verify(std::string_view head_sha256 = {}) const;

  /// Takes out what is older, when its time is over, and adds an entry (`audit.forget`) that says
  /// up to which number, and the hash there, so that the chain still has a beginning. The newest
  /// entry always stays.
  /// @return How many went.
  Result<std::int64_t> forget_before(std::int64_t unix_ms, std::int64_t now_unix_ms);

 private:
  Store* store_;
};

}  // namespace tonecue
