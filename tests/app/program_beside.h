/// @file
/// The program, run beside a test.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <future>
#include <mutex>
#include <optional>
#include <ostream>
#include <sstream>
#include <streambuf>
#include <string>
#include <vector>

#include "tonecue/app/program.h"

namespace tonecue::test {

/// Text that one thread writes while another waits for it.
class HeardText : public std::streambuf {
 public:
  using Time = std::chrono::steady_clock::time_point;

  std::string text() const {
    const std::lock_guard lock(mutex_);
    return text_;
  }

  /// Waits until these words are there.
  /// @return When they were noticed; empty when they do not come.
  std::optional<Time> await(const std::string& words,
                            std::chrono::seconds patience = std::chrono::seconds(30)) {
    std::unique_lock lock(mutex_);
    const auto there = [&] { return text_.find(words) != std::string::npos; };
    if (!changed_.wait_for(lock, patience, there)) return {};
    return std::chrono::steady_clock::now();
  }

 protected:
  std::streamsize xsputn(const char* bytes, std::streamsize count) override {
    const std::lock_guard lock(mutex_);
    text_.append(bytes, static_cast<std::size_t>(count));
    changed_.notify_all();
    return count;
  }
  int_type overflow(int_type one) override {
    const char byte = traits_type::to_char_type(one);
    xsputn(&byte, 1);
    return one;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::string text_;
};

/// Runs `tonecue` on a thread of its own; neither stream is a terminal.
class ProgramBeside {
 public:
  explicit ProgramBeside(std::vector<std::string> arguments)
      : status_(std::async(std::launch::async, [this, given = std::move(arguments)] {
          // As run(). NOLINTNEXTLINE(concurrency-mt-unsafe)
          ::setenv("XDG_CONFIG_HOME", "/nonexistent", 0);
          std::vector<const char*> argv = {"tonecue"};
          for (const std::string& argument : given) argv.push_back(argument.c_str());
          std::ostream out_stream(&out);
          std::ostream err_stream(&err);
          return run_program(static_cast<int>(argv.size()), argv.data(),
                             {.out = out_stream, .err = err_stream, .stop = stop_});
        })) {}
  ProgramBeside(const ProgramBeside&) = delete;
  ProgramBeside& operator=(const ProgramBeside&) = delete;
  ~ProgramBeside() { stop_ = true; }

  /// Its own end, waited for.
  int status() { return status_.get(); }

  /// Ctrl-C.
  int stop() {
    stop_ = true;
    return status();
  }

  /// The address of the page, once it is printed; empty when it is not.
  std::string page_url() {
    const std::string before = "Your page: ";
    if (!out.await(before)) return {};
    const std::string text = out.text();
    const std::size_t begin = text.find(before) + before.size();
    return text.substr(begin, text.find('\n', begin) - begin);
  }

  HeardText out;
  HeardText err;

 private:
  std::atomic<bool> stop_{false};
  std::future<int> status_;  // Last: the program uses all of the above.
};

}  // namespace tonecue::test
