#include "http_workers.h"

#include <csignal>
#include <utility>

namespace tonecue {
namespace {

// A handful of requests that take a second each is what a person still waits for.
constexpr std::size_t kMostWaitingPerThread = 16;

}  // namespace

HttpWorkers::HttpWorkers(int threads, std::function<void(Task)> bring_back)
    : most_waiting_(kMostWaitingPerThread * static_cast<std::size_t>(threads)),
      bring_back_(std::move(bring_back)) {
  try {
    for (int i = 0; i < threads; ++i) {
      threads_.push_back(start_thread([this] { run(); }));
    }
  } catch (...) {  // No more threads to be had.
    stop();
    throw;
  }
}

HttpWorkers::~HttpWorkers() { stop(); }

bool HttpWorkers::take(Task work, Task then) {
  if (!threads_.empty()) {
    const std::scoped_lock lock(mutex_);
    if (waiting_.size() >= most_waiting_) return false;
  }
  add(std::move(work), std::move(then));
  return true;
}

void HttpWorkers::go_on(Task work, Task then) { add(std::move(work), std::move(then)); }

void HttpWorkers::add(Task work, Task then) {
  if (most_waiting_ == 0) {
    work();
    return then();
  }
  {
    const std::scoped_lock lock(mutex_);
    if (stopped_) return;
    waiting_.push_back({std::move(work), std::move(then)});
  }
  changed_.notify_one();
}

void HttpWorkers::run() {
  while (true) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopped_ || !waiting_.empty(); });
      if (stopped_) return;
      job = std::move(waiting_.front());
      waiting_.pop_front();
    }
    do_now(std::move(job));
  }
}

// What the work holds goes before its outcome is brought back: the last to hold it is the server's
// thread.
void HttpWorkers::do_now(Job job) {
  job.work();
  job.work = nullptr;
  bring_back_(std::move(job.then));
}

void HttpWorkers::stop() noexcept {
  {
    const std::scoped_lock lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

std::thread start_thread(std::function<void()> act) {
  return std::thread([act = std::move(act)] {
    sigset_t all{};
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
    act();
  });
}

}  // namespace tonecue
