#include "tonecue/store/people.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "store/database/store_impl.h"
#include "store/people/password.h"
#include "store/people/person_row.h"
#include "tonecue/model/sha256.h"
#include "tonecue/store/audit_log.h"
#include "tonecue/store/call_details.h"
#include "tonecue/store/text_check.h"

namespace tonecue {
namespace {

constexpr std::size_t kLongestLogin = 80;
constexpr std::size_t kLongestName = 120;
constexpr std::size_t kMostTeams = 100;
constexpr std::array kRoles = {Role::agent, Role::supervisor, Role::admin};

bool is_login(std::string_view login) noexcept {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' ||
           c == '@';
  };
  return !login.empty() && login.size() <= kLongestLogin && std::ranges::all_of(login, fits);
}

tl::unexpected<Error> senseless(std::string message) {
  return failure(ErrorCode::invalid_argument, std::move(message));
}

Result<void> validate(const Person& person) {
  if (!is_login(person.login)) {
    return senseless(fmt::format(
        "login has 1 to {} lower-case letters, digits, dots, hyphens, underscores and at signs",
        kLongestLogin));
  }
  if (person.name.empty()) return senseless("name must not be empty");
  if (auto ok = expect_line("name", person.name, kLongestName); !ok) return ok;
  if (auto ok = expect_line("agent", person.agent, kLongestDetail); !ok) return ok;
  if (person.teams.size() > kMostTeams) {
    return senseless(
        fmt::format("teams are too many: {}, at most {}", person.teams.size(), kMostTeams));
  }
  for (const std::string& team : person.teams) {
    if (team.empty()) return senseless("teams: one of them is empty");
    if (auto ok = expect_line("teams", team, kLongestDetail); !ok) return ok;
  }
  return {};
}

Result<void> write_teams(const WriteTransaction& writing, std::int64_t id,
                         const std::vector<std::string>& teams) {
  Statement forget = writing.prepare("DELETE FROM person_teams WHERE person_id = ?1");
  forget.bind_all(id);
  if (auto ok = forget.run(); !ok) return ok;
  Statement add = writing.prepare("INSERT OR IGNORE INTO person_teams VALUES (?1, ?2)");
  for (const std::string& team : teams) {
    add.bind_all(id, team);
    if (auto ok = add.run(); !ok) return ok;
  }
  return {};
}

Result<std::int64_t> insert(const WriteTransaction& writing, const Person& person,
                            std::string_view hash) {
  {
    Statement add = writing.prepare(
        "INSERT INTO people (login, name, role, agent, password_hash, active, "
        "must_change_password) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    add.bind_all(person.login, person.name, name(person.role), person.agent, hash, person.active,
                 person.must_change_password);
    if (auto ok = add.run(); !ok) return tl::unexpected(ok.error());
  }
  const std::int64_t id = writing.connection().last_insert_id();
  if (auto ok = write_teams(writing, id, person.teams); !ok) return tl::unexpected(ok.error());
  return id;
}

// Somebody must be left who can let others in.
Result<void> expect_another_admin(const WriteTransaction& writing, std::int64_t id) {
  Statement others = writing.prepare(
      "SELECT count(*) FROM people WHERE role = 'admin' AND active = 1 AND id <> ?1");
  others.bind_all(id);
  const bool left = others.step() && others.integer(0) > 0;
  if (auto ok = others.result(); !ok) return ok;
  if (left) return {};
  return senseless("this is the last active admin: make another one first");
}

Result<void> sign_out(const WriteTransaction& writing, std::int64_t id,
                      std::string_view kept_session_key = {}) {
  Statement end = writing.prepare("DELETE FROM sessions WHERE person_id = ?1 AND key_sha256 <> ?2");
  end.bind_all(id, sha256_hex(kept_session_key));
  return end.run();
}

template <class Value>
Result<std::optional<Person>> find_where(Store& store, std::string_view condition,
                                         const Value& value) {
  auto reading = store.impl().read();
  if (!reading) return tl::unexpected(reading.error());
  return find_person(reading->connection(), condition, value);
}

}  // namespace

std::string_view name(Role role) noexcept {
  switch (role) {
    case Role::agent:
      return "agent";
    case Role::supervisor:
      return "supervisor";
    case Role::admin:
      return "admin";
  }
  return "";
}

std::optional<Role> find_role(std::string_view role) noexcept {
  for (const Role known : kRoles) {
    if (name(known) == role) return known;
  }
  return std::nullopt;
}

Scope scope_of(const Person& person) {
  switch (person.role) {
    case Role::admin:
      return {.reach = Scope::Reach::everything, .agent = person.agent, .teams = {}};
    case Role::supervisor:
      return {.reach = Scope::Reach::teams, .agent = person.agent, .teams = person.teams};
    case Role::agent:
      break;
  }
  return {.reach = Scope::Reach::own, .agent = person.agent, .teams = {}};
}

std::string login_meant(std::string_view typed) {
  std::string login(typed);
  std::ranges::transform(login, login.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return login;
}

Result<std::int64_t> People::count() const {
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());
  return reading->connection().integer_of("SELECT count(*) FROM people");
}

Result<std::int64_t> People::add(const Person& person, std::string_view password) {
  if (auto ok = validate(person); !ok) return tl::unexpected(ok.error());
  if (std::ranges::find(kProgramNames, person.login) != kProgramNames.end()) {
    return senseless(
        fmt::format("the login {} stands for the program itself in the audit log; choose another",
                    person.login));
  }
  if (auto ok = check_new_password(password); !ok) return tl::unexpected(ok.error());
  const auto hash = hash_password(password);
  if (!hash) return tl::unexpected(hash.error());
  auto writing = store_->impl().write();
  if (!writing) return tl::unexpected(writing.error());
  auto id = insert(*writing, person, *hash);
  if (!id && id.error().code == ErrorCode::exists) {
    return failure(ErrorCode::exists, fmt::format("the login {} is taken", person.login));
  }
  if (!id) return id;
  if (auto ok = writing->commit(); !ok) return tl::unexpected(ok.error());
  return id;
}

Result<void> People::change(const Person& person) {
  auto writing = store_->impl().write();
  if (!writing) return tl::unexpected(writing.error());
  const auto before = find_person(writing->connection(), "id = ?1", person.id);
  if (!before) return tl::unexpected(before.error());
  if (!*before) return failure(ErrorCode::not_found, "there is no such person");
  Person after = person;
  after.login = (*before)->login;
  if (auto ok = validate(after); !ok) return ok;
  const bool was_admin = (*before)->active && (*before)->role == Role::admin;
  const bool stays_admin = after.active && after.role == Role::admin;
  if (was_admin && !stays_admin) {
    if (auto ok = expect_another_admin(*writing, after.id); !ok) return ok;
  }
  {
    Statement update = writing->prepare(
        "UPDATE people SET name = ?2, role = ?3, agent = ?4, active = ?5 WHERE id = ?1");
    update.bind_all(after.id, after.name, name(after.role), after.agent, after.active);
    if (auto ok = update.run(); !ok) return ok;
  }
  if (auto ok = write_teams(*writing, after.id, after.teams); !ok) return ok;
  if (!after.active || after.role != (*before)->role) {
    if (auto ok = sign_out(*writing, after.id); !ok) return ok;
  }
  return writing->commit();
}

Result<void> People::set_password(std::int64_t id, std::string_view password, bool must_change,
                                  std::string_view kept_session_key) {
  if (auto ok = check_new_password(password); !ok) return ok;
  const auto hash = hash_password(password);
  if (!hash) return tl::unexpected(hash.error());
  auto writing = store_->impl().write();
  if (!writing) return tl::unexpected(writing.error());
  {
    Statement update = writing->prepare(
        "UPDATE people SET password_hash = ?2, must_change_password = ?3 WHERE id = ?1");
    update.bind_all(id, *hash, must_change);
    if (auto ok = update.run(); !ok) return ok;
  }
  if (writing->connection().changes() == 0) {
    return failure(ErrorCode::not_found, "there is no such person");
  }
  if (auto ok = sign_out(*writing, id, kept_session_key); !ok) return ok;
  return writing->commit();
}

Result<std::optional<Person>> People::check_password(std::string_view login,
                                                     std::string_view password) const {
  std::string hash(hash_of_nobody());
  std::optional<Person> person;
  {
    auto reading = store_->impl().read();
    if (!reading) return tl::unexpected(reading.error());
    auto found =
        find_person(reading->connection(), "login = ?1 AND active = 1", login_meant(login));
    if (!found) return found;
    person = std::move(*found);
    Statement ask = reading->prepare("SELECT password_hash FROM people WHERE id = ?1");
    ask.bind_all(person ? person->id : 0);
    if (ask.step()) hash = ask.text(0);
    if (auto ok = ask.result(); !ok) return tl::unexpected(ok.error());
  }
  const bool fits = password.size() <= kLongestPassword && fits_password(hash, password);
  if (!fits) return std::nullopt;
  return person;
}

Result<std::optional<Person>> People::find(std::int64_t id) const {
  return find_where(*store_, "id = ?1", id);
}

Result<std::optional<Person>> People::find_login(std::string_view login) const {
  if (login.size() > kLongestLogin) return std::nullopt;
  return find_where(*store_, "login = ?1", login_meant(login));
}

Result<std::vector<Person>> People::list() const {
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());
  return list_people(reading->connection());
}

Result<std::optional<FirstAdmin>> first_admin(Store& store) {
  const auto people = People(store).count();
  if (!people) return tl::unexpected(people.error());
  if (*people > 0) return std::nullopt;
  auto password = make_password();
  if (!password) return tl::unexpected(password.error());
  const auto hash = hash_password(*password);
  if (!hash) return tl::unexpected(hash.error());

  auto writing = store.impl().write();
  if (!writing) return tl::unexpected(writing.error());
  const auto now = writing->connection().integer_of("SELECT count(*) FROM people");
  if (!now) return tl::unexpected(now.error());
  if (*now > 0) return std::nullopt;  // Another process was quicker.
  const Person admin{
      .login = "admin", .name = "Admin", .role = Role::admin, .must_change_password = true};
  if (auto id = insert(*writing, admin, *hash); !id) return tl::unexpected(id.error());
  if (auto ok = writing->commit(); !ok) return tl::unexpected(ok.error());
  return FirstAdmin{admin.login, std::move(*password)};
}

}  // namespace tonecue
