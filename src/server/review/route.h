/// @file
/// One request that the review server answers.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/server/http_message.h"
#include "tonecue/store/people.h"
#include "tonecue/store/scope.h"
#include "tonecue/store/sessions.h"

namespace tonecue {

class ReviewDesk;  // review_desk.h: the stores and the settings that answers are made from.

/// Who must ask. Each includes those below it. Machines: see Route::token_right.
enum class Access {
  anyone,      ///< Without signing in.
  signed_in,   ///< Any person.
  supervisor,  ///< Supervisors and admins.
  admin,
};

/// Who asks: a person or a machine.
struct Viewer {
  std::optional<Person> person{};
  std::optional<MachineToken> token{};
  Scope scope{};              ///< What they may see.
  std::string who{};          ///< For the audit log.
  std::string csrf{};         ///< Of the session; empty of machines.
  std::string session_key{};  ///< As csrf.
  std::int64_t person_id() const noexcept { return person ? person->id : 0; }
};

struct ReviewRequest {
  const HttpRequest& http;
  std::vector<std::string> path_values{};  ///< Of the {…} in the route's path, in order; decoded.
  Viewer viewer{};
  std::int64_t now_unix_ms = 0;
};

/// A year of scores of a large site has some 100,000 lines, 4 MB.
inline constexpr std::uint64_t kLongestTableBytes = std::uint64_t{16} * 1024 * 1024;

/// What the body of a request must be, where it has one.
enum class RouteBody {
  json,  ///< application/json, read by JsonFields.
  csv,   ///< text/csv, at most kLongestTableBytes; comes as `file` does.
  file,  ///< Anything; comes as HttpRequest::upload, in the store's folder `incoming`.
};

/// A row of the table of all that can be asked. The router has checked access, the CSRF token, the
/// path and the type of the body before it calls `answer`. What `answer` throws is told as an error
/// with a number; its reason goes to ReviewActions::log.
struct Route {
  std::string_view method{};
  std::string_view path{};  ///< "/api/calls/{call}/notes"
  Access access = Access::signed_in;
  std::optional<TokenRight> token_right{};  ///< Machines with this right may ask, too.
  HttpReply (*answer)(ReviewDesk&, const ReviewRequest&) = nullptr;
  std::string_view summary{};  ///< One line, for the description of the interface.
  RouteBody body = RouteBody::json;
  bool before_password_change = false;  ///< Also for who must change their password first.
};

// Each group of routes lies in a file of its own.
std::span<const Route> session_routes();  // session_routes.cpp: sign in, out, me
std::span<const Route> people_routes();   // people_routes.cpp: people, tokens, audit
std::span<const Route> list_routes();     // list_routes.cpp: list, facets, views
std::span<const Route> call_routes();     // call_routes.cpp: one call, its sound, exports
std::span<const Route> opinion_routes();  // opinion_routes.cpp: verdicts, notes, reviewed
std::span<const Route> number_routes();   // number_routes.cpp: figures over time, agreement
std::span<const Route> intake_routes();   // intake_routes.cpp: uploads
std::span<const Route> privacy_routes();  // privacy_routes.cpp: retention, callers
std::span<const Route> page_routes();     // page_routes.cpp: the page and its files

/// All of them, in this order.
std::vector<Route> all_review_routes();

}  // namespace tonecue
