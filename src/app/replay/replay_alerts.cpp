#include <algorithm>
#include <cctype>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "alert_replay.h"
#include "app/analyze/call_analysis.h"
#include "app/analyze/report_writer.h"
#include "app/commands.h"
#include "replay_tables.h"
#include "tonecue/app/config_file.h"

namespace tonecue {
namespace {

/// One of the program's by its name, else the [alerts] and [wording] of a configuration file.
Result<ReplayPolicy> find_policy(const std::string& choice, const SessionConfig& config) {
  if (const auto built_in = find_alert_policy(choice)) {
    return ReplayPolicy{choice, *built_in, config.wording};
  }
  std::error_code status;
  if (!std::filesystem::exists(choice, status)) {
    std::string names;
    for (const auto& policy : kAlertPolicies) names += fmt::format("{}, ", policy.name);
    return failure(
        ErrorCode::not_found,
        one_line(fmt::format("{}: is no policy; give {}or a configuration file", choice, names)));
  }
  const auto other = load_uncalibrated_config(choice);
  if (!other) return tl::unexpected(other.error());
  return ReplayPolicy{std::filesystem::path(choice).filename().string(), other->alerts,
                      other->wording};
}

bool is_report(const std::string& path) {
  std::string extension = std::filesystem::path(path).extension().string();
  std::ranges::transform(extension, extension.begin(), [](unsigned char letter) {
    return static_cast<char>(std::tolower(letter));
  });
  return extension == ".json";
}

class Replay {
 public:
  Replay(const ReplayAlertsOptions& options, const SessionConfig& config, const Console& console)
      : options_(options), config_(config), console_(console) {}

  /// A report of a call, or a recording, which is analysed first.
  Result<StoredCall> read(const std::string& path) const {
    if (is_report(path)) return load_stored_call(path);
    auto heard = analyze_call(path, options_.recording, config_, console_.stop, [](float) {});
    if (!heard) return tl::unexpected(heard.error());
    for (const std::string& warning : heard->warnings) complain(console_, warning);
    return stored_call(std::move(heard->report));
  }

  Result<ReplayedCall> replay(const std::string& path, const ReplayPolicy& policy) const {
    auto call = read(path);
    if (!call) return tl::unexpected(call.error());
    auto alerts = AlertPolicy::create(policy.alerts, policy.wording);
    if (!alerts) return tl::unexpected(alerts.error());
    const auto other = replay_call(*call, *std::move(alerts));
    ReplayedCall replayed{path, call->duration_ms, compare_alerts(call->alerts, other), {}};
    for (const ComparedAlert& alert : replayed.alerts) replayed.counts.add(alert);
    replayed.counts.hours = ms_to_s(call->duration_ms) / 3600.0;
    return replayed;
  }

 private:
  const ReplayAlertsOptions& options_;
  const SessionConfig& config_;
  const Console& console_;
};

Result<void> write_all(const ReplayAlertsOptions& options, const ReplayResult& result,
                       const Console& console) {
  if (options.csv != "-" && options.json != "-") {
    if (auto ok = print(console, to_text(result)); !ok) return ok;
  }
  if (!options.csv.empty()) {
    if (auto ok = write_text(options.csv, to_csv(result), options.force, console); !ok) return ok;
  }
  if (options.json.empty()) return {};
  return write_text(options.json, to_json(result), options.force, console);
}

}  // namespace

int replay_alerts(const ReplayAlertsOptions& options, const Console& console) {
  for (const std::string& target : {options.csv, options.json}) {
    const auto writable = expect_writable_target(target, options.force);
    if (!writable) return fail(console, writable.error());
  }
  const auto config = load_config(options.config);
  if (!config) return fail(console, config.error());
  auto policy = find_policy(options.policy, *config);
  if (!policy) return fail(console, policy.error());

  ReplayResult result{*std::move(policy), {}, {}};
  const Replay replay(options, *config, console);
  for (const std::string& path : options.inputs) {
    auto call = replay.replay(path, result.policy);
    if (console.stop) return interrupted(console);
    if (!call) {
      complain(console, call.error().message);
      continue;
    }
    result.total += call->counts;
    result.calls.push_back(*std::move(call));
  }
  if (!result.calls.empty()) {
    const auto written = write_all(options, result, console);
    if (!written) return fail(console, written.error());
  }
  return result.calls.size() == options.inputs.size() ? kDone : kFailed;
}

}  // namespace tonecue
