/// @file
/// The numbers of verdicts in the database: schema/003_reviews.sql.
#pragma once

#include <cstdint>
#include <optional>

#include "stored_values.h"
#include "tonecue/store/review_store.h"

namespace tonecue {

template <>
inline constexpr auto kStoredValues<CueVerdict> = std::to_array<StoredValue<CueVerdict>>(
    {{CueVerdict::right, 0}, {CueVerdict::wrong, 1}, {CueVerdict::unsure, 2}});

}  // namespace tonecue
