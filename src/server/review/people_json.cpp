#include "people_json.h"

#include <nlohmann/json.hpp>

namespace tonecue {

nlohmann::ordered_json person_json(const Person& person) {
  return {{"id", person.id},           {"login", person.login}, {"name", person.name},
          {"role", name(person.role)}, {"agent", person.agent}, {"teams", person.teams},
          {"active", person.active}};
}

}  // namespace tonecue
