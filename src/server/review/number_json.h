/// @file
/// Figures over many calls as JSON: docs/figures.md.
#pragma once

#include <optional>

#include <nlohmann/json_fwd.hpp>

#include "number_query.h"
#include "review_desk.h"
#include "tonecue/insight/figures.h"
#include "tonecue/insight/interval.h"
#include "tonecue/store/number_store.h"

namespace tonecue {

/// With what figures are counted at this desk.
NumberStore numbers_of(ReviewDesk& desk);

/// To four decimals; null where there is none.
nlohmann::ordered_json figure_json(std::optional<double> value);

/// Adds "low" and "high", null where there is no interval.
void add_bounds(nlohmann::ordered_json& json, const std::optional<Estimate>& estimate);

/// {"from": "2026-11-16", "to": "2026-11-23"}
nlohmann::ordered_json days_json(const DaySpan& days);

/// Adds "too_few", and the figures where it is not.
void add_figures(nlohmann::ordered_json& json, const CallGroup& group);

/// The same of one agent's own calls, without their number of agents.
void add_own_figures(nlohmann::ordered_json& json, const CallGroup& group);

/// {"calls": 5, "agents": 3}
nlohmann::ordered_json least_json();

}  // namespace tonecue
