/// @file
/// How well a rate is known from a few hours.
#pragma once

#include <span>

namespace tonecue {

/// What one call had of something that is counted.
struct Counted {
  int events = 0;
  double hours = 0.0;
};

struct RateInterval {
  double per_hour = 0.0;
  double low_per_hour = 0.0;   ///< 5 % lie below.
  double high_per_hour = 0.0;  ///< 5 % lie above.

  /// Events come in clumps, a whole lively call at a time: so many of them tell as much as one that
  /// came by itself. At least 1.
  double clump = 1.0;
};

/// The wider of a bootstrap over the calls, which sees the clumps, and Poisson's exact interval,
/// which knows that none in three hours does not mean none at all (the rule of three).
/// @param calls  At least one hour in all above 0.
RateInterval rate_interval(std::span<const Counted> calls);

/// How sure it is that the true rate is at most this: 1 less the chance to see so few events if it
/// were higher. [0, 1]
double certainty_at_most(double per_hour, std::span<const Counted> calls);

}  // namespace tonecue
