#include <array>

#include "number_answers.h"
#include "route.h"

namespace tonecue {
namespace {

constexpr std::array kRoutes = {
    Route{.method = "GET",
          .path = "/api/numbers",
          .access = Access::supervisor,
          .token_right = TokenRight::read,
          .answer = tell_figures,
          .summary = "Figures of teams or queues over time."},
    Route{.method = "GET",
          .path = "/api/numbers/change",
          .access = Access::supervisor,
          .token_right = TokenRight::read,
          .answer = tell_change,
          .summary = "What changed on a day, with how sure that is."},
    Route{.method = "GET",
          .path = "/api/numbers/exposure",
          .access = Access::supervisor,
          .token_right = TokenRight::read,
          .answer = tell_exposure,
          .summary = "Minutes with distressed callers, for planning breaks."},
    Route{.method = "GET",
          .path = "/api/numbers/mine",
          .answer = tell_own_figures,
          .summary = "An agent's own weeks, for that agent."},
    Route{.method = "POST",
          .path = "/api/scores",
          .access = Access::supervisor,
          .answer = import_scores,
          .summary = "Imports scores of calls from outside.",
          .body = RouteBody::csv},
    Route{.method = "GET",
          .path = "/api/numbers/scores",
          .access = Access::supervisor,
          .token_right = TokenRight::read,
          .answer = tell_scores,
          .summary = "Scores against what was heard."},
    Route{.method = "GET",
          .path = "/api/agreement",
          .access = Access::supervisor,
          .token_right = TokenRight::read,
          .answer = tell_agreement,
          .summary = "How reviewers agree, and how often cues are right."},
    Route{.method = "GET",
          .path = "/api/thresholds",
          .access = Access::supervisor,
          .token_right = TokenRight::read,
          .answer = tell_thresholds,
          .summary = "What another threshold would have meant."},
    Route{.method = "GET",
          .path = "/api/verdicts.csv",
          .access = Access::supervisor,
          .token_right = TokenRight::read,
          .answer = export_verdicts,
          .summary = "Verdicts, as tonecue calibrate reads them."},
};

}  // namespace

std::span<const Route> number_routes() { return kRoutes; }

}  // namespace tonecue
