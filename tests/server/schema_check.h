/// @file
/// Whether a JSON value is what a schema says.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace tonecue::test {

/// What does not fit, each with its place; empty: all does. Knows of JSON Schema what the
/// description of the interface uses: $ref, oneOf, type, const, enum, properties, required,
/// additionalProperties, items, minimum, maximum, minLength, maxLength, pattern and the format
/// date-time. A word that it does not know does not fit either.
/// @param document  Where a $ref leads.
std::vector<std::string> misfits(const nlohmann::json& document, const nlohmann::json& schema,
                                 const nlohmann::json& value);

}  // namespace tonecue::test
