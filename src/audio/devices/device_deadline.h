/// @file
/// A sound system may keep who asks it for ever.
#pragma once

#include <chrono>
#include <future>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>

namespace tonecue {

/// How long opening and starting may take. The slowest seen took 2 s, the wake-up of a sound server
/// included; one that never starts (a sink's device opened as a source) waits in the sound system,
/// with its lock held, until the program ends.
inline constexpr std::chrono::seconds kLongestOpening{10};

/// Does something on a thread of its own. When the time is over that thread is left to itself.
/// @param task  Holds (shares) all that it uses: it may outlive the caller.
/// @return What the task gave; nothing when it took too long, and what it gives is then dropped.
template <class Task>
auto within(std::chrono::milliseconds limit, Task task)
    -> std::optional<std::invoke_result_t<Task&>> {
  std::packaged_task<std::invoke_result_t<Task&>()> work(std::move(task));
  auto result = work.get_future();
  std::thread worker(std::move(work));
  if (result.wait_for(limit) != std::future_status::ready) {
    worker.detach();
    return std::nullopt;
  }
  worker.join();
  return result.get();
}

}  // namespace tonecue
