/// @file
/// Work on many things at once, told in order.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace tonecue {

/// Calls `work(i)` for each i below `count` on up to `jobs` threads, and `tell(i, result)` for each
/// in the order of i, one at a time, as early as that order allows.
template <class Work, class Tell>
void run_in_order(std::size_t count, int jobs, const Work& work, const Tell& tell) {
  using Outcome = decltype(work(std::size_t{0}));
  std::vector<std::optional<Outcome>> finished(count);
  std::atomic<std::size_t> next{0};
  std::size_t told = 0;
  std::mutex telling;

  const auto worker = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      Outcome outcome = work(i);
      const std::lock_guard lock(telling);
      finished[i] = std::move(outcome);
      for (; told < count && finished[told]; ++told) {
        tell(told, *finished[told]);
        finished[told].reset();
      }
    }
  };

  std::vector<std::jthread> helpers;
  const std::size_t threads = std::min(count, static_cast<std::size_t>(std::max(jobs, 1)));
  for (std::size_t i = 1; i < threads; ++i) helpers.emplace_back(worker);
  worker();
}

}  // namespace tonecue
