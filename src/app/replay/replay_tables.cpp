#include "replay_tables.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/config/config_keys.h"
#include "tonecue/app/console.h"
#include "tonecue/core/hop.h"
#include "tonecue/report/csv.h"
#include "tonecue/report/plain_words.h"
#include "tonecue/report/print_json.h"

namespace tonecue {
namespace {

using Json = nlohmann::ordered_json;
using Outcome = std::optional<AlertRecord>;

constexpr int kIndent = 2;

std::string what(const ComparedAlert& alert) {
  return fmt::format("{}, {}", alert.escalation ? "Distress that stays" : title(alert.cue),
                     name(alert.party));
}

// "told 1:02", "no: over budget"
std::string cell(const Outcome& outcome) {
  if (!outcome) return "-";
  if (is_told(outcome)) return fmt::format("told {}", clock_time(outcome->at_ms));
  std::string reason(name(outcome->delivery));
  std::ranges::replace(reason, '_', ' ');
  return "no: " + reason;
}

double per_hour(int alerts, double hours) { return hours > 0.0 ? alerts / hours : 0.0; }

std::string line(std::string_view at, std::string_view cue, std::string_view given,
                 std::string_view other) {
  std::string text = fmt::format("  {:>7}  {:<34}  {:<18}  {}", at, cue, given, other);
  text.erase(text.find_last_not_of(' ') + 1);
  return text + '\n';
}

std::string call_text(const ReplayedCall& call, std::string_view policy) {
  std::string text = fmt::format("{}  {}\n", one_line(call.file), clock_time(call.duration_ms));
  if (call.alerts.empty()) return text + "  Nothing to tell.\n\n";
  text += line("", "", "given", policy);
  for (const ComparedAlert& alert : call.alerts) {
    text += line(clock_time(alert.raised_at_ms), what(alert), cell(alert.given), cell(alert.other));
  }
  return text +
         line("", "alerts", std::to_string(call.counts.given), std::to_string(call.counts.other)) +
         '\n';
}

std::string csv_cells(const Outcome& outcome) {
  if (!outcome) return ",,";
  return fmt::format("{},{:.3f},{}", is_told(outcome) ? "yes" : "no", ms_to_s(outcome->at_ms),
                     name(outcome->delivery));
}

Json outcome_json(const Outcome& outcome) {
  if (!outcome) return {};
  Json json = {
      {"at_s", ms_to_s(outcome->at_ms)}, {"delivered", is_told(outcome)}, {"text", outcome->text}};
  if (!is_told(outcome)) json["reason"] = name(outcome->delivery);
  return json;
}

Json counts_json(const AlertCounts& counts) {
  return {{"hours", counts.hours},
          {"given", counts.given},
          {"other", counts.other},
          {"both", counts.both},
          {"given_per_hour", per_hour(counts.given, counts.hours)},
          {"other_per_hour", per_hour(counts.other, counts.hours)}};
}

Json policy_json(const ReplayPolicy& policy) {
  Json json = {{"name", policy.name}};
  for (const auto& key : kAlertKeys) json[std::string(key.name)] = policy.alerts.*key.member;
  return json;
}

}  // namespace

std::string to_text(const ReplayResult& result) {
  const std::string policy = one_line(result.policy.name);
  std::string text;
  for (const ReplayedCall& call : result.calls) text += call_text(call, policy);
  const AlertCounts& total = result.total;
  text += fmt::format(
      "{} {}, {:.2f} h: {} given ({:.1f} an hour), {} with {} ({:.1f} an hour); {} in both, {} "
      "only "
      "as given, {} only with {}.\n",
      result.calls.size(), result.calls.size() == 1 ? "call" : "calls", total.hours, total.given,
      per_hour(total.given, total.hours), total.other, policy, per_hour(total.other, total.hours),
      total.both, total.given - total.both, total.other - total.both, policy);
  return text + std::string(kReplayIsApproximate) + '\n';
}

std::string to_csv(const ReplayResult& result) {
  std::string text =
      "file,cue,party,raised_at_s,escalation,given,given_at_s,given_outcome,other,other_at_s,"
      "other_outcome\n";
  for (const ReplayedCall& call : result.calls) {
    for (const ComparedAlert& alert : call.alerts) {
      text += fmt::format("{},{},{},{:.3f},{},{},{}\n", csv_cell(call.file), name(alert.cue),
                          name(alert.party), ms_to_s(alert.raised_at_ms),
                          alert.escalation ? "yes" : "no", csv_cells(alert.given),
                          csv_cells(alert.other));
    }
  }
  return text;
}

std::string to_json(const ReplayResult& result) {
  Json json = {{"schema", "tonecue.replay_alerts/1"},
               {"policy", policy_json(result.policy)},
               {"note", kReplayIsApproximate},
               {"calls", Json::array()},
               {"total", counts_json(result.total)}};
  for (const ReplayedCall& call : result.calls) {
    Json alerts = Json::array();
    for (const ComparedAlert& alert : call.alerts) {
      alerts.push_back({{"cue", name(alert.cue)},
                        {"party", name(alert.party)},
                        {"raised_at_s", ms_to_s(alert.raised_at_ms)},
                        {"escalation", alert.escalation},
                        {"given", outcome_json(alert.given)},
                        {"other", outcome_json(alert.other)}});
    }
    json["calls"].push_back({{"file", call.file},
                             {"duration_s", ms_to_s(call.duration_ms)},
                             {"alerts", alerts},
                             {"total", counts_json(call.counts)}});
  }
  return print_json(json, kIndent) + '\n';
}

}  // namespace tonecue
