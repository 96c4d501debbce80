/// @file
/// Figures over many calls: docs/figures.md.
#pragma once

#include "review_desk.h"
#include "route.h"
#include "tonecue/server/http_message.h"

namespace tonecue {

// Over time: figure_answers.cpp
HttpReply tell_figures(ReviewDesk& desk, const ReviewRequest& request);
HttpReply tell_own_figures(ReviewDesk& desk, const ReviewRequest& request);
HttpReply tell_exposure(ReviewDesk& desk, const ReviewRequest& request);

// Before and after a day: change_answers.cpp
HttpReply tell_change(ReviewDesk& desk, const ReviewRequest& request);

// Scores from outside: score_answers.cpp
HttpReply import_scores(ReviewDesk& desk, const ReviewRequest& request);
HttpReply tell_scores(ReviewDesk& desk, const ReviewRequest& request);

// What verdicts say: verdict_answers.cpp
HttpReply tell_agreement(ReviewDesk& desk, const ReviewRequest& request);
HttpReply tell_thresholds(ReviewDesk& desk, const ReviewRequest& request);
HttpReply export_verdicts(ReviewDesk& desk, const ReviewRequest& request);

}  // namespace tonecue
