#include "route.h"

namespace tonecue {

std::vector<Route> all_review_routes() {
  std::vector<Route> routes;
  for (const auto group :
       {session_routes(), people_routes(), list_routes(), call_routes(), opinion_routes(),
        number_routes(), intake_routes(), privacy_routes(), page_routes()}) {
    routes.insert(routes.end(), group.begin(), group.end());
  }
  return routes;
}

}  // namespace tonecue
