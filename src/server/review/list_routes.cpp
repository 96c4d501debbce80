#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "call_entry_json.h"
#include "call_query.h"
#include "review_json.h"
#include "review_reply.h"

namespace tonecue {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kCreated = 201;
constexpr TextRule kViewName{.least_bytes = 1, .most_bytes = 80};
constexpr TextRule kViewQuery{.least_bytes = 0, .most_bytes = 2000};

HttpReply list_calls(ReviewDesk& desk, const ReviewRequest& request) {
  const auto question = read_call_question(request.http.query);
  if (!question) return failure_reply(desk, question.error());
  const auto page =
      desk.calls.list(request.viewer.scope, question->filter, question->limit, question->after);
  if (!page) return failure_reply(desk, page.error());
  Json calls = Json::array();
  for (const CallEntry& entry : page->calls) calls.push_back(call_entry_json(entry));
  return json_reply({{"calls", std::move(calls)},
                     {"next", page->next.empty() ? Json() : Json(page->next)},
                     {"total", page->total}});
}

HttpReply facets(ReviewDesk& desk, const ReviewRequest& request) {
  const auto facets = desk.calls.facets(request.viewer.scope);
  if (!facets) return failure_reply(desk, facets.error());
  return json_reply(
      {{"teams", facets->teams}, {"queues", facets->queues}, {"agents", facets->agents}});
}

// Views are one's own: nobody else sees them, and they show nothing by themselves.

HttpReply list_views(ReviewDesk& desk, const ReviewRequest& request) {
  const auto views = desk.reviews.views(request.viewer.person_id());
  if (!views) return failure_reply(desk, views.error());
  Json list = Json::array();
  for (const SavedView& view : *views) {
    list.push_back({{"id", view.id}, {"name", view.name}, {"query", view.query}});
  }
  return json_reply({{"views", std::move(list)}});
}

HttpReply save_view(ReviewDesk& desk, const ReviewRequest& request) {
  JsonFields fields(request.http.body);
  const std::string name = fields.text("name", kViewName);
  const std::string query = fields.text("query", kViewQuery);
  if (const auto ok = fields.result(); !ok) return failure_reply(desk, ok.error());
  const auto id = desk.reviews.save_view(request.viewer.person_id(), name, query);
  if (!id) return failure_reply(desk, id.error());
  return json_reply({{"id", *id}, {"name", name}, {"query", query}}, kCreated);
}

HttpReply remove_view(ReviewDesk& desk, const ReviewRequest& request) {
  const auto id = path_id(request);
  if (!id) return not_found_reply();
  if (const auto ok = desk.reviews.remove_view(request.viewer.person_id(), *id); !ok) {
    return failure_reply(desk, ok.error());
  }
  return done_reply();
}

constexpr std::array kRoutes = {
    Route{.method = "GET",
          .path = "/api/calls",
          .token_right = TokenRight::read,
          .answer = list_calls,
          .summary = "Calls that fit a filter, what needs a person first."},
    Route{.method = "GET",
          .path = "/api/facets",
          .token_right = TokenRight::read,
          .answer = facets,
          .summary = "Teams, queues and agents to choose among."},
    Route{.method = "GET",
          .path = "/api/views",
          .answer = list_views,
          .summary = "One's own saved filters."},
    Route{.method = "POST",
          .path = "/api/views",
          .answer = save_view,
          .summary = "Saves a filter; one of the same name is replaced."},
    Route{.method = "DELETE",
          .path = "/api/views/{view}",
          .answer = remove_view,
          .summary = "Forgets a saved filter."},
};

}  // namespace

std::span<const Route> list_routes() { return kRoutes; }

}  // namespace tonecue
