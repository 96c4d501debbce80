/// @file
/// People as the interface tells them.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "tonecue/store/people.h"

namespace tonecue {

nlohmann::ordered_json person_json(const Person& person);

}  // namespace tonecue
