#include "tonecue/alerts/alert_config.h"

#include <algorithm>

#include "tonecue/core/range.h"

namespace tonecue {

Result<void> validate(const AlertConfig& config) {
  const auto ranges = std::to_array<FieldRange<int>>({
      {config.budget_per_hour, 1, kMostAlertsPerHour, "alerts.budget_per_hour"},
      {config.distress_reserve, 0, config.budget_per_hour, "alerts.distress_reserve"},
      {config.cool_down_s, 0, 3600, "alerts.cool_down_s"},
      {config.longest_hold_s, 0, 60, "alerts.longest_hold_s"},
      {config.quiet_start_s, 0, 600, "alerts.quiet_start_s"},
      {config.escalate_after_s, 0, 600, "alerts.escalate_after_s"},
  });
  return expect_in_ranges<int>(ranges);
}

std::optional<AlertConfig> find_alert_policy(std::string_view name) noexcept {
  const auto* const found = std::ranges::find(kAlertPolicies, name, &NamedAlertConfig::name);
  if (found == kAlertPolicies.end()) return std::nullopt;
  return found->config;
}

}  // namespace tonecue
