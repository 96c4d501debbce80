/// @file
/// How sure a figure is.
#pragma once

#include <functional>
#include <optional>
#include <span>

namespace tonecue {

/// A figure with its 95 % interval.
struct Estimate {
  double value = 0.0;
  double low = 0.0;
  double high = 0.0;

  bool leaves_out(double other) const noexcept { return other < low || other > high; }
};

/// A figure with its variance, and the degrees of freedom of that.
struct Spread {
  double value = 0.0;
  double variance = 0.0;
  double freedom = 0.0;
};

/// The point that |t| stays below in 95 % of cases. By integrating the density over atan(t / √n),
/// where it is a power of the cosine. @param freedom  At least 1.
double student_t_95(double freedom);

/// Value and Student's interval.
Estimate interval_of(const Spread& spread);

/// Of two that do not hang together: a - b, with Welch's degrees of freedom.
Spread difference(const Spread& a, const Spread& b);

/// Leaves one group out after the other: (G-1)/G Σ(without g - all)², G-1 degrees of freedom. The
/// delete-a-group jackknife, which respects that what is within a group is alike (Wolter,
/// "Introduction to Variance Estimation", 2007, ch. 4; MacKinnon, Nielsen & Webb 2023).
/// @param without  The figure of each set but one group; empty where there is none.
/// @return Empty where one is empty, or with fewer than two groups.
std::optional<Spread> leave_one_out(double all, int groups,
                                    const std::function<std::optional<double>(int)>& without);

/// Wilson's interval of a share (1927), which holds for few and for none. @param of  At least 1.
Estimate wilson(double count, double of);

}  // namespace tonecue
