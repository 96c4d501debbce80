/// @file
/// Who may sign in, and as what.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/store/scope.h"
#include "tonecue/store/store.h"

namespace tonecue {

enum class Role {
  agent,       ///< Sees their own calls.
  supervisor,  ///< Sees the calls of their teams, gives verdicts, writes notes.
  admin,       ///< Sees all, manages people, tokens, deletion.
};
std::string_view name(Role role) noexcept;
std::optional<Role> find_role(std::string_view name) noexcept;

struct Person {
  std::int64_t id = 0;
  std::string login{};  ///< [1, 80] bytes, lower-case letters, digits, `.`, `-`, `_`, `@`.
  std::string name{};   ///< For people; [1, 120] bytes.
  Role role = Role::agent;
  std::string agent{};               ///< Their name in CallDetails::agent; empty: takes no calls.
  std::vector<std::string> teams{};  ///< Of a supervisor, or the one of an agent.
  bool active = true;
  bool must_change_password = false;
};

Scope scope_of(const Person& person);

/// Passwords are kept as argon2id hashes (libsodium, its interactive limits). Nothing tells an
/// unknown login from a wrong password, nor by time.
///
/// Threads: as Store; check_password() takes about 100 ms and 64 MiB: not many at once.
class People {
 public:
  static constexpr std::size_t kShortestPassword = 12;
  static constexpr std::size_t kLongestPassword = 256;

  explicit People(Store& store) noexcept : store_(&store) {}

  Result<std::int64_t> count() const;
  Result<std::int64_t> add(const Person& person, std::string_view password);
  Result<void> change(
      const Person& person);  ///< All but login and password; never the last admin's role.
  Result<void> set_password(std::int64_t id, std::string_view password, bool must_change);
  Result<std::optional<Person>> check_password(std::string_view login,
                                               std::string_view password) const;
  Result<std::optional<Person>> find(std::int64_t id) const;
  Result<std::vector<Person>> list() const;  ///< By name.

 private:
  Store* store_;
};

/// A password to be told once: 20 letters and digits in groups, 100 bits.
Result<std::string> make_password();

}  // namespace tonecue
