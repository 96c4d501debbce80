#include "store/list/call_filter_sql.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

#include <fmt/format.h>

#include "store/database/stored_values.h"
#include "store/list/surest_cues.h"

namespace tonecue {
namespace {

constexpr double kPercent = 100.0;
constexpr double kRounding = 0.001;

std::int64_t least_byte(std::optional<float> least_confidence) {
  const double percent = static_cast<double>(least_confidence.value_or(0.0F)) * kPercent;
  return 1 + static_cast<std::int64_t>(std::ceil(percent - kRounding));
}

std::vector<CueKind> all_kinds() {
  std::vector<CueKind> kinds;
  kinds.reserve(std::size(kStoredValues<CueKind>));
  for (const auto& [kind, number] : kStoredValues<CueKind>) kinds.push_back(kind);
  return kinds;
}

bool parts_words(char letter) {
  constexpr char kDelete = 0x7F;
  return (letter >= '\0' && letter <= ' ') || letter == kDelete;
}

// Each word in quotes, in which FTS5 knows no operators, as the beginning of a word; all of them.
std::string match_of(std::string_view text) {
  std::string match;
  bool inside = false;
  for (const char letter : text) {
    const bool is_part = !parts_words(letter);
    if (is_part && !inside) match += match.empty() ? "\"" : " \"";
    if (!is_part && inside) match += "\"*";
    if (is_part) match += letter == '"' ? std::string("\"\"") : std::string(1, letter);
    inside = is_part;
  }
  return inside ? match + "\"*" : match;
}

Result<void> check(const CallFilter& filter) {
  if (filter.least_confidence &&
      !(*filter.least_confidence >= 0.0F && *filter.least_confidence <= 1.0F)) {
    return failure(ErrorCode::invalid_argument, "least_confidence must lie in [0, 1]");
  }
  if (filter.text.size() > kLongestSearch) {
    return failure(ErrorCode::invalid_argument,
                   fmt::format("text to search for has {} bytes; at most {} are looked for",
                               filter.text.size(), kLongestSearch));
  }
  return {};
}

}  // namespace

CallFilterSql::CallFilterSql(const Scope& scope, std::int64_t conduct_cutoff_unix_ms)
    : asker_(scope.agent), conduct_cutoff_unix_ms_(conduct_cutoff_unix_ms) {
  require_scope(scope);
}

CallFilterSql CallFilterSql::of_scope(const Scope& scope, std::int64_t conduct_cutoff_unix_ms) {
  return {scope, conduct_cutoff_unix_ms};
}

Result<CallFilterSql> CallFilterSql::create(const Scope& scope, const CallFilter& filter,
                                            std::int64_t conduct_cutoff_unix_ms) {
  if (auto ok = check(filter); !ok) return tl::unexpected(ok.error());
  CallFilterSql sql(scope, conduct_cutoff_unix_ms);
  if (filter.from_unix_ms) sql.require("started_ms >= " + sql.place_of(*filter.from_unix_ms));
  if (filter.to_unix_ms) sql.require("started_ms < " + sql.place_of(*filter.to_unix_ms));
  sql.require_any_of("team", filter.teams);
  sql.require_any_of("queue", filter.queues);
  sql.require_any_of("agent", filter.agents);
  if (filter.reviewed) sql.require(*filter.reviewed ? "reviewed = 1" : "reviewed = 0");
  if (filter.recovered) sql.require(*filter.recovered ? "recovered = 1" : "recovered = 0");
  if (filter.flagged) {
    sql.require(fmt::format("{} {} 0.0", sql.visible_need(), *filter.flagged ? ">" : "<="));
  }
  if (!filter.kinds.empty() || filter.least_confidence) sql.require_cue(filter);
  if (const std::string match = match_of(filter.text); !match.empty()) sql.require_note(match);
  return sql;
}

std::string CallFilterSql::place_of(Value value) {
  values_.push_back(std::move(value));
  return fmt::format("?{}", values_.size());
}

const std::string& CallFilterSql::withheld() {
  if (withheld_.empty()) {
    withheld_ = fmt::format(
        "(agent_seen = 0 AND written_ms > {} AND agent <> '' AND agent <> {}"
        " AND agent IN (SELECT agent FROM people WHERE active = 1))",
        place_of(conduct_cutoff_unix_ms_), place_of(asker_));
  }
  return withheld_;
}

std::string CallFilterSql::visible_need() {
  return fmt::format("(need_customer + iif({}, 0.0, need_agent))", withheld());
}

void CallFilterSql::require_any_of(std::string_view column,
                                   const std::vector<std::string>& values) {
  if (values.empty()) return;
  std::vector<std::string> places;
  places.reserve(values.size());
  for (const std::string& value : values) places.push_back(place_of(value));
  require(fmt::format("{} IN ({})", column, fmt::join(places, ", ")));
}

void CallFilterSql::require_scope(const Scope& scope) {
  switch (scope.reach) {
    case Scope::Reach::everything:
      return;
    case Scope::Reach::teams:
      // A call of no team is nobody's but an admin's, even where a scope names the empty team.
      require("team <> ''");
      if (scope.teams.empty()) require("0");
      return require_any_of("team", scope.teams);
    case Scope::Reach::own:
      return require(fmt::format("agent <> '' AND agent = {}", place_of(scope.agent)));
  }
  require("0");
}

// Asks four kinds at once: their bytes, each alone in 16 bits, get so much added that bit 8 is set
// where there was enough.
void CallFilterSql::require_cue(const CallFilter& filter) {
  constexpr std::int64_t kLanes = 0x0001'0001'0001'0001;
  constexpr std::int64_t kByte = 0xFF;
  constexpr int kLaneBits = 16;
  const std::int64_t added = kLanes * (kByte + 1 - least_byte(filter.least_confidence));
  std::array<std::int64_t, 2> asked{};  // Of the even kinds and of the odd.
  for (const CueKind kind : filter.kinds.empty() ? all_kinds() : filter.kinds) {
    const std::int64_t number = stored(kind);
    asked[static_cast<std::size_t>(number % 2)] |= (kByte + 1) << (kLaneBits * (number / 2));
  }
  std::vector<std::string> customer;
  std::vector<std::string> agent;
  for (std::size_t odd = 0; odd < asked.size(); ++odd) {
    if (asked[odd] == 0) continue;
    const std::string enough =
        fmt::format(">> {}) & {}) + {}) & {}) <> 0", kBitsOfKind * static_cast<int>(odd),
                    kLanes * kByte, place_of(added), place_of(asked[odd]));
    customer.push_back("((((customer_cues " + enough);
    agent.push_back("((((agent_cues " + enough);
  }
  require(fmt::format("({} OR (({}) AND NOT {}))", fmt::join(customer, " OR "),
                      fmt::join(agent, " OR "), withheld()));
}

void CallFilterSql::require_note(std::string_view match) {
  require(
      fmt::format("id IN (SELECT call_id FROM notes WHERE id IN"
                  " (SELECT rowid FROM note_words WHERE note_words MATCH {}))",
                  place_of(std::string(match))));
}

void CallFilterSql::require_id(std::int64_t id) { require("id = " + place_of(id)); }

// The index of sources holds none that is empty.
void CallFilterSql::require_source(const std::string& source) {
  require("source <> '' AND source = " + place_of(source));
}

void CallFilterSql::require_after(const CallListPlace& place) {
  const std::string started = place_of(place.started_unix_ms);
  const std::string id = place_of(place.id);
  switch (place.order) {
    case CallOrder::need:
      return require(fmt::format("(reviewed, -{}, -started_ms, -id) > ({}, -{}, -{}, -{})",
                                 visible_need(), place_of(std::int64_t{place.reviewed ? 1 : 0}),
                                 place_of(place.need), started, id));
    case CallOrder::newest:
      return require(fmt::format("(started_ms, id) < ({}, {})", started, id));
    case CallOrder::oldest:
      return require(fmt::format("(started_ms, id) > ({}, {})", started, id));
  }
}

std::string CallFilterSql::order_by(CallOrder order) {
  switch (order) {
    case CallOrder::need:
      return fmt::format("reviewed, {} DESC, started_ms DESC, id DESC", visible_need());
    case CallOrder::newest:
      return "started_ms DESC, id DESC";
    case CallOrder::oldest:
      return "started_ms, id";
  }
  return "id";
}

std::string CallFilterSql::where() const {
  return terms_.empty() ? "1" : fmt::format("{}", fmt::join(terms_, " AND "));
}

void CallFilterSql::bind(Statement& statement) const {
  int place = 0;
  for (const Value& value : values_) {
    ++place;
    std::visit([&](const auto& of_type) { statement.bind(place, of_type); }, value);
  }
}

}  // namespace tonecue
