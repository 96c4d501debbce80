/// @file
/// People as they lie in the database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database/store_impl.h"
#include "tonecue/core/result.h"
#include "tonecue/store/people.h"

namespace tonecue {

inline constexpr std::string_view kPersonColumns =
    "people.id, people.login, people.name, people.role, people.agent, people.active, "
    "people.must_change_password";

/// The person in the first columns of the row, without the teams.
Person person_of(const Statement& row);

/// @param list  "SELECT team FROM … WHERE … = ?1"
Result<std::vector<std::string>> read_teams(Connection& connection, std::string_view list,
                                            std::int64_t id);
Result<std::vector<std::string>> teams_of_person(Connection& connection, std::int64_t id);

/// The only person that `condition` holds for; its ?1 is the value.
Result<std::optional<Person>> find_person(Connection& connection, std::string_view condition,
                                          std::int64_t value);
Result<std::optional<Person>> find_person(Connection& connection, std::string_view condition,
                                          std::string_view value);

Result<std::vector<Person>> list_people(Connection& connection);

}  // namespace tonecue
