#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/commands.h"
#include "app/keep/keeping_rules.h"
#include "tonecue/core/unix_time.h"
#include "tonecue/store/audit_log.h"
#include "tonecue/store/people.h"

namespace tonecue {
namespace {

/// Who works on the folder itself needs no sign-in; the log says so.
Result<void> note(Store& store, const std::string& action, std::int64_t person,
                  const std::string& detail) {
  return AuditLog(store).add({.at_unix_ms = unix_ms_now(),
                              .who = "tonecue",
                              .action = action,
                              .target = fmt::format("person/{}", person),
                              .detail = detail + ", from the command line"});
}

/// Who takes calls is known by the name in them.
std::string name_for_people(const PeopleAddOptions& options) {
  if (!options.name.empty()) return options.name;
  return options.agent.empty() ? options.login : options.agent;
}

Result<std::string> add_to(Store& store, const PeopleAddOptions& options) {
  Person person;
  person.login = options.login;
  person.name = name_for_people(options);
  person.role = *find_role(options.role);
  person.agent = options.agent;
  person.teams = options.teams;
  person.must_change_password = true;
  auto password = make_password();
  if (!password) return password;
  const auto id = People(store).add(person, *password);
  if (!id) return tl::unexpected(id.error());
  const auto noted =
      note(store, "person.add", *id, fmt::format("{} as {}", options.login, options.role));
  if (!noted) return tl::unexpected(noted.error());
  return password;
}

Result<std::string> renew_in(Store& store, const std::string& login) {
  const auto person = People(store).find_login(login);
  if (!person) return tl::unexpected(person.error());
  if (!*person) {
    return failure(ErrorCode::not_found, fmt::format("there is nobody with the login '{}'; "
                                                     "'tonecue people list' shows all",
                                                     login));
  }
  auto password = make_password();
  if (!password) return password;
  constexpr bool kMustChange = true;
  const auto set = People(store).set_password((*person)->id, *password, kMustChange);
  if (!set) return tl::unexpected(set.error());
  const auto noted = note(store, "person.password", (*person)->id, "a new password");
  if (!noted) return tl::unexpected(noted.error());
  return password;
}

int tell_password(const Console& console, const std::string& login,
                  const Result<std::string>& password) {
  if (!password) return fail(console, password.error());
  const auto printed =
      print(console, fmt::format("{} signs in with the password {}\n"
                                 "It is not shown again, and must be changed at the first "
                                 "sign-in.\n",
                                 login, *password));
  return printed ? kDone : fail(console, printed.error());
}

/// How wide the columns of logins and of names are.
struct Widths {
  std::size_t login = 0;
  std::size_t name = 0;
};

Widths widths_of(const std::vector<Person>& people) {
  Widths widths;
  for (const Person& person : people) {
    widths.login = std::max(widths.login, person.login.size());
    widths.name = std::max(widths.name, person.name.size());
  }
  return widths;
}

std::string line_of(const Person& person, const Widths& widths) {
  return fmt::format("{:<{}}  {:<10}  {:<{}}  {}{}{}\n", person.login, widths.login,
                     name(person.role), person.name, widths.name, fmt::join(person.teams, ", "),
                     person.agent.empty() ? "" : fmt::format(" (agent {})", person.agent),
                     person.active ? "" : "  may not sign in");
}

}  // namespace

int add_person(const PeopleAddOptions& options, const Console& console) {
  auto store = open_store(options.folder, true);
  if (!store) return fail(console, store.error());
  return tell_password(console, options.login, add_to(*store, options));
}

int renew_password(const PeoplePasswordOptions& options, const Console& console) {
  auto store = open_store(options.folder, true);
  if (!store) return fail(console, store.error());
  return tell_password(console, options.login, renew_in(*store, options.login));
}

int list_people(const PeopleListOptions& options, const Console& console) {
  auto store = open_store(options.folder, true);
  if (!store) return fail(console, store.error());
  const auto people = People(*store).list();
  if (!people) return fail(console, people.error());
  std::string text;
  const Widths widths = widths_of(*people);
  for (const Person& person : *people) text += line_of(person, widths);
  if (text.empty()) text = "Nobody yet: 'tonecue serve' makes the first.\n";
  const auto printed = print(console, text);
  return printed ? kDone : fail(console, printed.error());
}

}  // namespace tonecue
