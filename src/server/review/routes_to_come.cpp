// Groups of routes that have no answers yet.
#include "route.h"

namespace tonecue {

std::span<const Route> list_routes() { return {}; }
std::span<const Route> call_routes() { return {}; }
std::span<const Route> opinion_routes() { return {}; }
std::span<const Route> intake_routes() { return {}; }
std::span<const Route> privacy_routes() { return {}; }

}  // namespace tonecue
