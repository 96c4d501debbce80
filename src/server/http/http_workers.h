/// @file
/// Threads for what may take its time.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tonecue {

/// Each piece of work goes to one of the threads, or with none is done at once; `then` is called on
/// the server's thread when it is done.
///
/// Threads: take() and go_on() are the server's thread's; the rest belongs to who made it.
class HttpWorkers {
 public:
  using Task = std::function<void()>;

  /// @param threads     [0, 64]
  /// @param bring_back  Has a task done on the server's thread, soon.
  HttpWorkers(int threads, std::function<void(Task)> bring_back);
  ~HttpWorkers();
  HttpWorkers(const HttpWorkers&) = delete;
  HttpWorkers& operator=(const HttpWorkers&) = delete;

  /// Takes on something new. @return false: too much waits already.
  bool take(Task work, Task then);

  /// A further step of something that was taken on.
  void go_on(Task work, Task then);

  /// Ends when what is being done is. What waits is not done any more, and kept until the end of
  /// this, with all that it holds.
  void stop() noexcept;

 private:
  struct Job {
    Task work;
    Task then;
  };

  void add(Task work, Task then);
  void run();
  void do_now(Job job);

  const std::size_t most_waiting_;
  const std::function<void(Task)> bring_back_;
  std::mutex mutex_;  // For the two below.
  std::deque<Job> waiting_;
  bool stopped_ = false;
  std::condition_variable changed_;
  std::vector<std::thread> threads_;
};

/// A thread that leaves signals alone: Ctrl-C is the main thread's.
std::thread start_thread(std::function<void()> act);

}  // namespace tonecue
