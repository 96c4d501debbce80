#include "store/people/person_row.h"

#include <fmt/format.h>

namespace tonecue {
namespace {

template <class Value>
Result<std::optional<Person>> find(Connection& connection, std::string_view condition,
                                   const Value& value) {
  std::optional<Person> person;
  {
    Statement row = connection.prepare(
        fmt::format("SELECT {} FROM people WHERE {}", kPersonColumns, condition));
    row.bind_all(value);
    if (row.step()) person = person_of(row);
    if (auto ok = row.result(); !ok) return tl::unexpected(ok.error());
  }
  if (!person) return person;
  auto teams = teams_of_person(connection, person->id);
  if (!teams) return tl::unexpected(teams.error());
  person->teams = std::move(*teams);
  return person;
}

}  // namespace

// A role that is none of ours is the least of them: the table allows no other.
Person person_of(const Statement& row) {
  return {.id = row.integer(0),
          .login = std::string(row.text(1)),
          .name = std::string(row.text(2)),
          .role = find_role(row.text(3)).value_or(Role::agent),
          .agent = std::string(row.text(4)),
          .teams = {},
          .active = row.flag(5),
          .must_change_password = row.flag(6)};
}

Result<std::vector<std::string>> read_teams(Connection& connection, std::string_view list,
                                            std::int64_t id) {
  Statement rows = connection.prepare(list);
  rows.bind_all(id);
  std::vector<std::string> teams;
  while (rows.step()) teams.emplace_back(rows.text(0));
  if (auto ok = rows.result(); !ok) return tl::unexpected(ok.error());
  return teams;
}

Result<std::vector<std::string>> teams_of_person(Connection& connection, std::int64_t id) {
  return read_teams(connection, "SELECT team FROM person_teams WHERE person_id = ?1 ORDER BY team",
                    id);
}

Result<std::optional<Person>> find_person(Connection& connection, std::string_view condition,
                                          std::int64_t value) {
  return find(connection, condition, value);
}

Result<std::optional<Person>> find_person(Connection& connection, std::string_view condition,
                                          std::string_view value) {
  return find(connection, condition, value);
}

Result<std::vector<Person>> list_people(Connection& connection) {
  std::vector<Person> people;
  {
    Statement rows = connection.prepare(
        fmt::format("SELECT {} FROM people ORDER BY name COLLATE NOCASE, id", kPersonColumns));
    while (rows.step()) people.push_back(person_of(rows));
    if (auto ok = rows.result(); !ok) return tl::unexpected(ok.error());
  }
  for (Person& person : people) {
    auto teams = teams_of_person(connection, person.id);
    if (!teams) return tl::unexpected(teams.error());
    person.teams = std::move(*teams);
  }
  return people;
}

}  // namespace tonecue
