#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "store/database/store_impl.h"
#include "store/list/call_filter_sql.h"
#include "store/list/call_list_entry.h"
#include "store/list/call_list_place.h"
#include "tonecue/store/call_store.h"

namespace tonecue {
namespace {

constexpr int kMostCalls = 200;

// The calls of a filter, in order, from one state of the database.
class CallQuery {
 public:
  CallQuery(const ReadTransaction& reading, CallFilterSql filter, CallOrder order)
      : reading_(&reading), filter_(std::move(filter)), order_(order) {}

  Result<std::vector<CallListPlace>> places(int limit,
                                            const std::optional<CallListPlace>& after) const {
    CallFilterSql filter = filter_;
    if (after) filter.require_after(*after);
    const std::string need = filter.visible_need();
    const std::string order = filter.order_by(order_);
    Statement calls = reading_->prepare(
        fmt::format("SELECT reviewed, {}, started_ms, id FROM calls WHERE {} ORDER BY {} LIMIT {}",
                    need, filter.where(), order, limit));
    filter.bind(calls);
    std::vector<CallListPlace> found;
    while (calls.step()) {
      found.push_back({.order = order_,
                       .reviewed = calls.flag(0),
                       .need = calls.real(1),
                       .started_unix_ms = calls.integer(2),
                       .id = calls.integer(3)});
    }
    if (auto ok = calls.result(); !ok) return tl::unexpected(ok.error());
    return found;
  }

  Result<std::int64_t> count() const {
    Statement calls = reading_->prepare("SELECT count(*) FROM calls WHERE " + filter_.where());
    filter_.bind(calls);
    const std::int64_t total = calls.step() ? calls.integer(0) : 0;
    if (auto ok = calls.result(); !ok) return tl::unexpected(ok.error());
    return total;
  }

 private:
  const ReadTransaction* reading_;
  CallFilterSql filter_;
  CallOrder order_;
};

Result<std::vector<std::string>> values_of(const ReadTransaction& reading, const Scope& scope,
                                           std::string_view column) {
  const auto filter = CallFilterSql::of_scope(scope, 0);
  Statement values = reading.prepare(
      fmt::format("SELECT DISTINCT {0} FROM call_groups WHERE {0} <> '' AND {1} ORDER BY {0}",
                  column, filter.where()));
  filter.bind(values);
  std::vector<std::string> found;
  while (values.step()) found.emplace_back(values.text(0));
  if (auto ok = values.result(); !ok) return tl::unexpected(ok.error());
  return found;
}

Result<std::optional<CallListPlace>> place_of(std::string_view after, CallOrder order) {
  if (after.empty()) return std::nullopt;
  auto place = parse_call_list_place(after);
  if (!place) return tl::unexpected(place.error());
  if (place->order != order) {
    return failure(ErrorCode::invalid_argument,
                   "this place is of a list in another order; ask for the first page");
  }
  return *place;
}

}  // namespace

Result<CallPage> CallStore::list(const Scope& scope, const CallFilter& filter, int limit,
                                 std::string_view after) const {
  if (limit < 1 || limit > kMostCalls) {
    return failure(ErrorCode::invalid_argument,
                   fmt::format("a page has 1 to {} calls, not {}", kMostCalls, limit));
  }
  const auto begin = place_of(after, filter.order);
  if (!begin) return tl::unexpected(begin.error());
  const AgentFirst first = agent_first(agent_first_h_);
  auto sql = CallFilterSql::create(scope, filter, first.cutoff_unix_ms());
  if (!sql) return tl::unexpected(sql.error());
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());

  const CallQuery query(*reading, std::move(*sql), filter.order);
  const auto total = query.count();
  if (!total) return tl::unexpected(total.error());
  auto places = query.places(limit + 1, *begin);  // One more: is there another page?
  if (!places) return tl::unexpected(places.error());
  CallPage page{.total = *total};
  if (std::ssize(*places) > limit) {
    places->pop_back();
    page.next = to_text(places->back());
  }
  for (const CallListPlace& place : *places) {
    auto entry = read_call_entry(*reading, scope, first, place.id);
    if (!entry) return tl::unexpected(entry.error());
    page.calls.push_back(std::move(*entry));
  }
  return page;
}

Result<std::optional<std::int64_t>> CallStore::next(const Scope& scope, const CallFilter& filter,
                                                    std::int64_t id) const {
  const AgentFirst first = agent_first(agent_first_h_);
  auto sql = CallFilterSql::create(scope, filter, first.cutoff_unix_ms());
  if (!sql) return tl::unexpected(sql.error());
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());

  CallFilterSql only_this = *sql;
  only_this.require_id(id);
  const auto here = CallQuery(*reading, std::move(only_this), filter.order).places(1, {});
  if (!here) return tl::unexpected(here.error());
  const auto begin = here->empty() ? std::nullopt : std::optional(here->front());
  const auto found = CallQuery(*reading, std::move(*sql), filter.order).places(1, begin);
  if (!found) return tl::unexpected(found.error());
  return found->empty() ? std::nullopt : std::optional(found->front().id);
}

Result<CallFacets> CallStore::facets(const Scope& scope) const {
  auto reading = store_->impl().read();
  if (!reading) return tl::unexpected(reading.error());
  auto teams = values_of(*reading, scope, "team");
  if (!teams) return tl::unexpected(teams.error());
  auto queues = values_of(*reading, scope, "queue");
  if (!queues) return tl::unexpected(queues.error());
  auto agents = values_of(*reading, scope, "agent");
  if (!agents) return tl::unexpected(agents.error());
  return CallFacets{
      .teams = std::move(*teams), .queues = std::move(*queues), .agents = std::move(*agents)};
}

}  // namespace tonecue
