#include "team_in_scope.h"

#include <algorithm>

#include <fmt/format.h>

namespace tonecue {

Result<std::string> team_in_scope(const Scope& scope, const std::string& team) {
  if (scope.reach == Scope::Reach::everything) return team;
  if (team.empty() && scope.teams.size() == 1) return scope.teams.front();
  if (std::ranges::find(scope.teams, team) != scope.teams.end()) return team;
  if (scope.teams.empty()) {
    return failure(ErrorCode::invalid_argument,
                   "\"team\": you have no team yet; an admin can give you one");
  }
  return failure(ErrorCode::invalid_argument,
                 fmt::format("\"team\" must be one of yours: {}", fmt::join(scope.teams, ", ")));
}

}  // namespace tonecue
