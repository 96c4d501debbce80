/// @file
/// What an admin asks for.
#pragma once

#include "review_desk.h"
#include "route.h"
#include "tonecue/server/http_message.h"

namespace tonecue {

// People: people_answers.cpp
HttpReply list_people(ReviewDesk& desk, const ReviewRequest& request);
HttpReply add_person(ReviewDesk& desk, const ReviewRequest& request);
HttpReply change_person(ReviewDesk& desk, const ReviewRequest& request);
HttpReply give_password(ReviewDesk& desk, const ReviewRequest& request);

// Machines: token_answers.cpp
HttpReply list_tokens(ReviewDesk& desk, const ReviewRequest& request);
HttpReply create_token(ReviewDesk& desk, const ReviewRequest& request);
HttpReply revoke_token(ReviewDesk& desk, const ReviewRequest& request);

// Who did what: audit_answers.cpp
HttpReply list_audit(ReviewDesk& desk, const ReviewRequest& request);
HttpReply check_audit(ReviewDesk& desk, const ReviewRequest& request);

}  // namespace tonecue
