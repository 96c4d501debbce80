#include "audio/timeline/sound_arrivals.h"

#include <cerrno>
#include <ctime>

namespace tonecue {

SoundArrivals::SoundArrivals(int inputs) : all_((1U << static_cast<unsigned>(inputs)) - 1U) {
  sem_init(&reasons_, 0, 0);
}

SoundArrivals::~SoundArrivals() { sem_destroy(&reasons_); }

void SoundArrivals::note(int input) noexcept {
  const unsigned bit = 1U << static_cast<unsigned>(input);
  const unsigned before = brought_.fetch_or(bit, std::memory_order_acq_rel);
  if ((before & bit) != 0 || (before | bit) == all_) wake();
}

void SoundArrivals::wake() noexcept { sem_post(&reasons_); }

/// What is brought from here on is a reason of its own, even when this look already finds it.
void SoundArrivals::wait(std::int64_t limit_ns) noexcept {
  constexpr std::int64_t kNsPerSecond = 1'000'000'000;
  timespec until{};
  clock_gettime(CLOCK_MONOTONIC, &until);
  const std::int64_t end_ns = until.tv_nsec + limit_ns;
  until.tv_sec += end_ns / kNsPerSecond;
  until.tv_nsec = end_ns % kNsPerSecond;
  while (sem_clockwait(&reasons_, CLOCK_MONOTONIC, &until) != 0 && errno == EINTR) {
  }
  while (sem_trywait(&reasons_) == 0) {  // One look serves all.
  }
  brought_.store(0, std::memory_order_release);
}

}  // namespace tonecue
