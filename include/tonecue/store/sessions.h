/// @file
/// Who is signed in, people and machines.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/store/people.h"
#include "tonecue/store/store.h"

namespace tonecue {

struct SignedIn {
  Person person{};
  std::string csrf{};  ///< Shown again with every change. Follows from the key, and not back.
};

/// The store keeps SHA-256 of the keys, not the keys. A session ends 12 h after it began, or after
/// 60 min without a request, or when the person is made inactive or gets another role or password.
///
/// Threads: as Store.
class Sessions {
 public:
  static constexpr std::int64_t kLongestMs = 12 * 3'600'000LL;
  static constexpr std::int64_t kLongestPauseMs = 60 * 60'000LL;

  explicit Sessions(Store& store) noexcept : store_(&store) {}

  /// @return Its key. Those that ended are forgotten on this occasion.
  Result<std::string> begin(std::int64_t person_id, std::int64_t now_unix_ms);

  /// Whose session it is, if it goes on. Counts as a request of it (written down once a minute).
  Result<std::optional<SignedIn>> find(std::string_view key, std::int64_t now_unix_ms) const;
  Result<void> end(std::string_view key);
  Result<void> end_all(std::int64_t person_id);

 private:
  Store* store_;
};

enum class TokenRight {
  upload,  ///< Hands in recordings, sees nothing.
  read,    ///< Sees what a supervisor of its teams sees, changes nothing.
};
std::string_view name(TokenRight right) noexcept;
std::optional<TokenRight> find_token_right(std::string_view name) noexcept;

struct MachineToken {
  std::int64_t id = 0;
  std::string name{};  ///< For people; [1, 80] bytes on one line.
  TokenRight right = TokenRight::upload;
  std::vector<std::string> teams{};  ///< Of what it may read; empty: everything. At most 100.
  std::int64_t created_unix_ms = 0;
  std::int64_t expires_unix_ms = 0;
  std::optional<std::int64_t> last_used_unix_ms{};  ///< To a minute.
};

Scope scope_of(const MachineToken& token);

struct MadeToken {
  std::int64_t id = 0;
  std::string key{};  ///< The token itself, "tonecue_...".
};

/// Threads: as Store.
class MachineTokens {
 public:
  explicit MachineTokens(Store& store) noexcept : store_(&store) {}

  /// @return The token, which is told once; `invalid_argument` naming the field.
  Result<MadeToken> create(const MachineToken& token);

  /// Whose key it is, unless its time is over.
  Result<std::optional<MachineToken>> find(std::string_view key, std::int64_t now_unix_ms) const;
  Result<std::vector<MachineToken>> list() const;  ///< The newest first, those that expired too.
  Result<void> revoke(std::int64_t id);            ///< `not_found`

 private:
  Store* store_;
};

}  // namespace tonecue
