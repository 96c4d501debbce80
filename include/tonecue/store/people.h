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
  std::string name{};   ///< For people; [1, 120] bytes on one line.
  Role role = Role::agent;
  std::string agent{};               ///< Their name in CallDetails::agent; empty: takes no calls.
  std::vector<std::string> teams{};  ///< Of a supervisor, or the one of an agent; at most 100.
  bool active = true;
  bool must_change_password = false;
};

Scope scope_of(const Person& person);

/// The login that somebody means who typed this: people type a capital, too.
std::string login_meant(std::string_view typed);

/// Passwords are kept as argon2id hashes (libsodium, its interactive limits). Nothing tells an
/// unknown login, or that of somebody inactive, from a wrong password, nor does the time it takes.
///
/// Threads: as Store. Functions that take a password need about 100 ms and 64 MiB; two of them run
/// at once, others wait for their turn.
class People {
 public:
  static constexpr std::size_t kShortestPassword = 12;
  static constexpr std::size_t kLongestPassword = 256;

  explicit People(Store& store) noexcept : store_(&store) {}

  Result<std::int64_t> count() const;

  /// @return Their id; `exists` when the login is taken, `invalid_argument` naming the field.
  Result<std::int64_t> add(const Person& person, std::string_view password);

  /// All but login and password. Who is made inactive or gets another role is signed out
  /// everywhere. @return `not_found`; `invalid_argument` when it would leave no active admin.
  Result<void> change(const Person& person);

  /// Signs them out everywhere, but for the session of this key, if one is given. Whether the old
  /// password was right is for the caller to ask.
  Result<void> set_password(std::int64_t id, std::string_view password, bool must_change,
                            std::string_view kept_session_key = {});

  /// The active person of this login (in any case of letters) and password.
  Result<std::optional<Person>> check_password(std::string_view login,
                                               std::string_view password) const;

  Result<std::optional<Person>> find(std::int64_t id) const;
  Result<std::optional<Person>> find_login(std::string_view login) const;  ///< In any case.
  Result<std::vector<Person>> list() const;                                ///< By name.

 private:
  Store* store_;
};

/// A password to be told once: 20 letters and digits in groups, 100 bits.
Result<std::string> make_password();

struct FirstAdmin {
  std::string login{};
  std::string password{};  ///< Kept nowhere else; must be changed when signing in.
};

/// Makes the admin `admin` where there is nobody yet, so that somebody can sign in.
/// @return Nothing where there is somebody.
Result<std::optional<FirstAdmin>> first_admin(Store& store);

}  // namespace tonecue
