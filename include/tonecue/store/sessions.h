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
  std::string csrf{};  ///< Shown again with every change.
};

/// The store keeps SHA-256 of the keys, not the keys. A session ends 12 h after it began, or after
/// 60 min without a request, or when the person is made inactive or gets another password.
///
/// Threads: as Store.
class Sessions {
 public:
  explicit Sessions(Store& store) noexcept : store_(&store) {}

  Result<std::string> begin(std::int64_t person_id, std::int64_t now_unix_ms);  ///< Its key.
  Result<std::optional<SignedIn>> find(std::string_view key, std::int64_t now_unix_ms) const;
  Result<void> end(std::string_view key);
  Result<void> end_all(std::int64_t person_id);

 private:
  Store* store_;
};

enum class TokenRight { upload, read };
std::string_view name(TokenRight right) noexcept;
std::optional<TokenRight> find_token_right(std::string_view name) noexcept;

struct MachineToken {
  std::int64_t id = 0;
  std::string name{};  ///< For people.
  TokenRight right = TokenRight::upload;
  std::vector<std::string> teams{};  ///< Of what it may read; empty: everything.
  std::int64_t created_unix_ms = 0;
  std::int64_t expires_unix_ms = 0;
  std::optional<std::int64_t> last_used_unix_ms{};
};

class MachineTokens {
 public:
  explicit MachineTokens(Store& store) noexcept : store_(&store) {}

  /// @return The token itself, "tonecue_...", which is told once.
  Result<std::string> create(const MachineToken& token);
  Result<std::optional<MachineToken>> find(std::string_view key, std::int64_t now_unix_ms) const;
  Result<std::vector<MachineToken>> list() const;
  Result<void> revoke(std::int64_t id);

 private:
  Store* store_;
};

}  // namespace tonecue
