// Groups of routes that have no answers yet.
#include "route.h"

namespace tonecue {

std::span<const Route> number_routes() { return {}; }

}  // namespace tonecue
