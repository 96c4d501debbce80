#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "number_answers.h"
#include "number_json.h"
#include "number_query.h"
#include "review_reply.h"
#include "score_table.h"
#include "tonecue/insight/score_figures.h"

namespace tonecue {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kBadRequest = 400;
constexpr std::size_t kMostProblems = 100;
constexpr std::array<std::string_view, 3> kKeys = {"kind", "from", "to"};

HttpReply refuse(std::vector<std::string> problems) {
  const std::size_t count = problems.size();
  if (count > kMostProblems) problems.resize(kMostProblems);
  return json_reply({{"error", fmt::format("{} line{} cannot be used; nothing was imported", count,
                                           count == 1 ? "" : "s")},
                     {"problems", std::move(problems)}},
                    kBadRequest);
}

Json correlations_json(const ScoreFigures& figures) {
  Json rows = Json::array();
  for (const ScoreFigures::Correlated& one : figures.correlations()) {
    Json row = {{"name", one.name}, {"calls", one.calls}};
    row["rho"] = one.rho ? figure_json(one.rho->value) : Json();
    add_bounds(row, one.rho);
    rows.push_back(std::move(row));
  }
  return rows;
}

Json presences_json(const ScoreFigures& figures) {
  Json rows = Json::array();
  for (const ScoreFigures::Present& one : figures.presences()) {
    const PresenceFigures& found = one.figures;
    Json row = {{"cue", name(one.cue)}, {"party", name(one.party)}, {"too_few", found.too_few()}};
    if (!found.too_few()) {
      row["with"] = {{"calls", found.with}, {"mean", figure_json(found.with_mean)}};
      row["without"] = {{"calls", found.without}, {"mean", figure_json(found.without_mean)}};
      row["difference"] = figure_json(found.with_mean - found.without_mean);
      add_bounds(row, found.difference);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

HttpReply import_scores(ReviewDesk& desk, const ReviewRequest& request) {
  auto table = parse_scores(request.http.body);
  if (!table) return failure_reply(desk, table.error());
  if (!table->problems.empty()) return refuse(std::move(table->problems));
  auto done = numbers_of(desk).import_scores(request.viewer.scope, table->scores);
  if (!done) return failure_reply(desk, done.error());
  if (!done->problems.empty()) return refuse(std::move(done->problems));
  const std::string what = fmt::format("{} new, {} replaced", done->added, done->replaced);
  if (const auto ok = audit(desk, request, "scores.import", "", what); !ok) {
    return failure_reply(desk, ok.error());
  }
  return json_reply(
      {{"read", table->scores.size()}, {"new", done->added}, {"replaced", done->replaced}});
}

HttpReply tell_scores(ReviewDesk& desk, const ReviewRequest& request) {
  const auto question = read_number_question(request.http.query, kKeys, request.now_unix_ms);
  if (!question) return failure_reply(desk, question.error());
  const NumberStore numbers = numbers_of(desk);
  const Scope& scope = request.viewer.scope;
  const CallFilter filter = question->filter(question->days);
  const auto kinds = numbers.score_kinds(scope, filter);
  if (!kinds) return failure_reply(desk, kinds.error());
  Json json = days_json(question->days);
  json["kinds"] = Json::array();
  for (const auto& [kind, calls] : *kinds) {
    json["kinds"].push_back({{"kind", kind}, {"calls", calls}});
  }
  json["kind"] = nullptr;
  if (question->kind.empty()) return json_reply(json);

  const auto scores = numbers.scores(scope, filter, question->kind);
  if (!scores) return failure_reply(desk, scores.error());
  ScoreFigures figures;
  const auto visit = [&](const CallNumbers& call) {
    const auto score = scores->find(call.call_id);
    if (score != scores->end()) figures.add(call, score->second);
  };
  if (const auto ok = numbers.each_call(scope, filter, visit); !ok) {
    return failure_reply(desk, ok.error());
  }
  json["kind"] = question->kind;
  json["least"] = {{"calls", kLeastScored}, {"agents", kLeastAgents}};
  json["too_few"] = figures.too_few();
  if (figures.too_few()) return json_reply(json);
  json["calls"] = figures.calls();
  json["agents"] = figures.agents();
  json["mean"] = figure_json(figures.mean());
  json["measures"] = correlations_json(figures);
  json["presence"] = presences_json(figures);
  return json_reply(json);
}

}  // namespace tonecue
