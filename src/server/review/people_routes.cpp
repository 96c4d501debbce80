#include <array>

#include "people_answers.h"
#include "route.h"

namespace tonecue {
namespace {

constexpr std::array kRoutes = {
    Route{.method = "GET",
          .path = "/api/people",
          .access = Access::admin,
          .answer = list_people,
          .summary = "Everybody who may sign in, or might."},
    Route{.method = "POST",
          .path = "/api/people",
          .access = Access::admin,
          .answer = add_person,
          .summary = "Adds somebody; tells their first password, once."},
    Route{.method = "PATCH",
          .path = "/api/people/{person}",
          .access = Access::admin,
          .answer = change_person,
          .summary = "Changes name, role, agent, teams, or whether they may sign in."},
    Route{.method = "POST",
          .path = "/api/people/{person}/password",
          .access = Access::admin,
          .answer = give_password,
          .summary = "Makes another password and tells it, once; their sessions end."},
    Route{.method = "GET",
          .path = "/api/tokens",
          .access = Access::admin,
          .answer = list_tokens,
          .summary = "The machines that may ask, without their tokens."},
    Route{.method = "POST",
          .path = "/api/tokens",
          .access = Access::admin,
          .answer = create_token,
          .summary = "Makes a token for a machine and tells it, once."},
    Route{.method = "DELETE",
          .path = "/api/tokens/{token}",
          .access = Access::admin,
          .answer = revoke_token,
          .summary = "Takes a token back."},
    Route{.method = "GET",
          .path = "/api/audit",
          .access = Access::admin,
          .answer = list_audit,
          .summary = "Who did what, the newest first."},
    Route{.method = "GET",
          .path = "/api/audit/check",
          .access = Access::admin,
          .answer = check_audit,
          .summary = "Whether the log of who did what is whole."},
};

}  // namespace

std::span<const Route> people_routes() { return kRoutes; }

}  // namespace tonecue
