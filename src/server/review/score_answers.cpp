#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

constexpr std::array<std::string_view, 3> kKeys = {"kind", "from", "to"};

/// Lines that cannot be used: how many, and the first of them.
class BadLines {
 public:
  void add(int line, std::string_view why) {
    if (++count_ <= kMostLinesTold) told_.push_back(fmt::format("line {}: {}", line, why));
  }
  std::size_t count() const noexcept { return count_; }
  const std::vector<std::string>& told() const noexcept { return told_; }

 private:
  std::size_t count_ = 0;
  std::vector<std::string> told_{};
};

Result<std::string> text_of(const std::shared_ptr<HttpUpload>& upload) {
  std::string text;
  if (!upload) return text;  // Of an empty body there is no file.
  text.resize(upload->size_bytes());
  std::ifstream file(upload->path(), std::ios::binary);
  if (!file.read(text.data(), static_cast<std::streamsize>(text.size()))) {
    return failure(ErrorCode::unreadable, upload->path().string() + ": cannot be read");
  }
  return text;
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
  const auto text = text_of(request.http.upload);
  if (!text) return failure_reply(desk, text.error());
  auto table = ScoreTable::open(*text);
  if (!table) return failure_reply(desk, table.error());
  BadLines bad;
  const auto next = [&]() -> std::optional<ScoreEntry> {
    while (auto row = table->next()) {
      if (*row) return std::move(**row);
      bad.add(table->line(), row->error());
    }
    return std::nullopt;
  };
  const auto done = numbers_of(desk).import_scores(
      request.viewer.scope, next, [&](int line, std::string_view why) { bad.add(line, why); });
  if (!done) return failure_reply(desk, done.error());
  const std::string what = fmt::format("{} new, {} replaced", done->added, done->replaced);
  if (const auto ok = audit(desk, request, "scores.import", "", what); !ok) {
    return failure_reply(desk, ok.error());
  }
  return json_reply({{"taken", done->added + done->replaced},
                     {"new", done->added},
                     {"replaced", done->replaced},
                     {"without_call", done->without_call},
                     {"lines_without_call", done->lines_without_call},
                     {"bad", bad.count()},
                     {"problems", bad.told()}});
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
