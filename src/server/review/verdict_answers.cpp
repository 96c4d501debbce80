#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "number_answers.h"
#include "number_json.h"
#include "number_query.h"
#include "review_reply.h"
#include "tonecue/insight/agreement.h"
#include "tonecue/insight/threshold_advice.h"
#include "tonecue/report/csv.h"

namespace tonecue {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kOk = 200;
constexpr std::int64_t kVerdictDays = 365;  // Verdicts are few.
constexpr std::array<std::string_view, 4> kDayKeys = {"from", "to", "team", "queue"};
constexpr std::array<std::string_view, 5> kKindKeys = {"kind", "from", "to", "team", "queue"};

std::optional<CueKind> kind_named(std::string_view word) {
  if (word.empty()) return CueKind::distress;
  for (int i = 0; i < kCueKinds; ++i) {
    if (name(static_cast<CueKind>(i)) == word) return static_cast<CueKind>(i);
  }
  return std::nullopt;
}

struct KindQuestion {
  NumberQuestion question{};
  CueKind kind = CueKind::distress;
};

Result<KindQuestion> read_kind_question(const ReviewRequest& request) {
  auto question =
      read_number_question(request.http.query, kKindKeys, request.now_unix_ms, kVerdictDays);
  if (!question) return tl::unexpected(question.error());
  const auto kind = kind_named(question->kind);
  if (!kind) {
    return failure(ErrorCode::invalid_argument, R"("kind" must be a kind of cue, as "distress")");
  }
  return KindQuestion{std::move(*question), *kind};
}

Json precision_json(const std::vector<JudgedCue>& cues) {
  Json rows = Json::array();
  const auto kinds = precision_of(cues);
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const Precision& kind = kinds[i];
    const int all = kind.right + kind.wrong + kind.unsure;
    if (all == 0) continue;
    Json row = {{"kind", name(static_cast<CueKind>(i))},
                {"cues", all},
                {"right", kind.right},
                {"wrong", kind.wrong},
                {"unsure", kind.unsure}};
    row["precision"] = kind.share ? figure_json(kind.share->value) : Json();
    add_bounds(row, kind.share);
    rows.push_back(std::move(row));
  }
  return rows;
}

Result<std::vector<JudgedCue>> judged_of_kind(const NumberStore& numbers, const Scope& scope,
                                              const CallFilter& filter, CueKind kind) {
  auto cues = numbers.judged_cues(scope, filter);
  if (cues) std::erase_if(*cues, [&](const JudgedCue& cue) { return cue.kind != kind; });
  return cues;
}

Json steps_json(const ThresholdFigures& figures) {
  Json steps = Json::array();
  for (const ThresholdStep& step : figures.steps) {
    steps.push_back({{"threshold", figure_json(step.threshold)},
                     {"cues_kept", step.cues_kept},
                     {"right_kept", step.right_kept},
                     {"wrong_dropped", step.wrong_dropped}});
  }
  return steps;
}

Json advice_json(const std::optional<ThresholdAdvice>& advice) {
  if (!advice) return {};
  return {{"threshold", figure_json(advice->threshold)},
          {"fewer_share", figure_json(advice->fewer.value)},
          {"fewer_low", figure_json(advice->fewer.low)},
          {"fewer_high", figure_json(advice->fewer.high)},
          {"right_lost", advice->right_lost},
          {"right_lost_low", figure_json(advice->lost_share.low)},
          {"right_lost_high", figure_json(advice->lost_share.high)},
          {"wrong_dropped", advice->wrong_dropped}};
}

}  // namespace

HttpReply tell_agreement(ReviewDesk& desk, const ReviewRequest& request) {
  const auto question =
      read_number_question(request.http.query, kDayKeys, request.now_unix_ms, kVerdictDays);
  if (!question) return failure_reply(desk, question.error());
  const auto cues =
      numbers_of(desk).judged_cues(request.viewer.scope, question->filter(question->days));
  if (!cues) return failure_reply(desk, cues.error());
  const Agreement agreement = agreement_of(*cues);
  Json json = days_json(question->days);
  json["zone"] = LocalCalendar::zone_of(question->days.to);
  json["least"] = {{"cues", kLeastJudgedTwice}};
  json["too_few"] = agreement.too_few();
  json["cues"] = agreement.cues;
  json["calls"] = agreement.calls;
  json["reviewers"] = agreement.reviewers;
  json["pairs"] = agreement.pairs;
  json["mean_of_pairs"] = agreement.pairs > 1;
  json["agreed_share"] = agreement.too_few() ? Json() : figure_json(agreement.agreed_share);
  json["kappa"] = figure_json(agreement.kappa);
  add_bounds(json, agreement.interval);
  json["sentence"] = agreement_sentence(agreement);
  json["precision"] = precision_json(*cues);
  return json_reply(json);
}

HttpReply tell_thresholds(ReviewDesk& desk, const ReviewRequest& request) {
  const auto asked = read_kind_question(request);
  if (!asked) return failure_reply(desk, asked.error());
  Json json = {{"kind", name(asked->kind)}};
  if (asked->kind != CueKind::distress) {
    json["setting"] = nullptr;
    json["advice"] = nullptr;
    json["sentence"] =
        "no setting of this kind can be held against a cue's confidence: there is no advice";
    return json_reply(json);
  }
  const NumberStore numbers = numbers_of(desk);
  const CallFilter filter = asked->question.filter(asked->question.days);
  const auto judged = judged_of_kind(numbers, request.viewer.scope, filter, asked->kind);
  if (!judged) return failure_reply(desk, judged.error());
  const auto confidences = numbers.confidences(request.viewer.scope, filter, asked->kind);
  if (!confidences) return failure_reply(desk, confidences.error());
  const ThresholdFigures figures = threshold_figures(*confidences, *judged);
  json["setting"] = "[distress] raise_probability";
  json["least"] = {{"verdicts", kLeastVerdicts}};
  json["too_few"] = figures.too_few();
  json["cues"] = figures.cues;
  json["right"] = figures.right;
  json["wrong"] = figures.wrong;
  json["unsure"] = figures.unsure;
  json["steps"] = steps_json(figures);
  json["advice"] = advice_json(figures.advice);
  json["sentence"] = threshold_sentence(figures);
  return json_reply(json);
}

HttpReply export_verdicts(ReviewDesk& desk, const ReviewRequest& request) {
  const auto asked = read_kind_question(request);
  if (!asked) return failure_reply(desk, asked.error());
  const auto judged = judged_of_kind(numbers_of(desk), request.viewer.scope,
                                     asked->question.filter(asked->question.days), asked->kind);
  if (!judged) return failure_reply(desk, judged.error());
  if (const auto ok = audit(desk, request, "verdicts.export", "", name(asked->kind)); !ok) {
    return failure_reply(desk, ok.error());
  }
  std::string csv = "file,raised_at_s,verdict\r\n";
  for (const JudgedCue& cue : *judged) {
    if (cue.file.empty()) continue;  // Of a live call: there is no recording to go back to.
    for (const auto& [person, verdict] : cue.verdicts) {
      csv += fmt::format("{},{}.{:03},{}\r\n", csv_cell(cue.file), cue.raised_at_ms / 1000,
                         cue.raised_at_ms % 1000, name(verdict));
    }
  }
  return HttpResponse{kOk,
                      "text/csv; charset=utf-8",
                      std::move(csv),
                      {{"Content-Disposition", R"(attachment; filename="verdicts.csv")"}}};
}

}  // namespace tonecue
