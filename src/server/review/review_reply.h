/// @file
/// What all answers of the review server are made with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "review_desk.h"
#include "route.h"
#include "tonecue/core/result.h"
#include "tonecue/server/http_message.h"

namespace tonecue {

/// What is no UTF-8 becomes U+FFFD.
HttpResponse json_reply(const nlohmann::ordered_json& json, int status = 200);
HttpResponse done_reply();  ///< 204

/// {"error": "one line"}
HttpResponse error_reply(int status, std::string_view sentence);

/// For a failure of the store or of what was asked for: 400, 404, 409; what is wrong inside is told
/// by a number alone (500, 503), and goes to the log.
HttpResponse failure_reply(ReviewDesk& desk, const Error& error);

/// An error that is not for the asker: its number in the answer, `detail` in the log.
HttpResponse fault_reply(ReviewDesk& desk, int status, std::string_view detail);

/// Writes down who did what; before an answer shows anything, and when what was asked for is done.
/// @param action  "call.view"; @param target  "call/12" or empty; @param detail  One line.
Result<void> audit(ReviewDesk& desk, const ReviewRequest& request, std::string_view action,
                   std::string_view target, std::string_view detail = {});

/// The same for what was refused; not more often than RefusalLog lets through.
void audit_refusal(ReviewDesk& desk, const ReviewRequest& request, std::string_view action,
                   std::string_view detail);

/// A path value that is the number of something: [1, 2^53), digits without leading zeros. Who gets
/// nothing answers not_found_reply(), as for a number that nothing has.
std::optional<std::int64_t> path_id(const ReviewRequest& request, std::size_t index = 0);
HttpResponse not_found_reply();

/// A query value that is a whole number in this range; `otherwise` when it is not there.
/// @return `invalid_argument`, naming it.
Result<std::int64_t> query_whole(const HttpRequest& request, std::string_view name,
                                 std::int64_t least, std::int64_t most, std::int64_t otherwise);

}  // namespace tonecue
