/// @file
/// A program that a test runs beside itself.
#pragma once

#include <array>
#include <chrono>
#include <csignal>
#include <optional>
#include <string>
#include <vector>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tonecue::test {

/// Runs, with all that it starts, until the object is gone; its standard output is read line by
/// line.
class ChildProgram {
 public:
  explicit ChildProgram(std::vector<std::string> command) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) return;
    std::vector<char*> arguments;
    arguments.reserve(command.size() + 1);
    for (std::string& word : command) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_ = fork();
    if (pid_ == 0) {
      setpgid(0, 0);  // With what it starts itself.
      dup2(ends[1], STDOUT_FILENO);
      close(ends[0]);
      close(ends[1]);
      execvp(arguments[0], arguments.data());
      _exit(127);
    }
    setpgid(pid_, pid_);  // Here too: whichever comes first.
    close(ends[1]);
    output_ = ends[0];
  }
  ChildProgram(const ChildProgram&) = delete;
  ChildProgram& operator=(const ChildProgram&) = delete;
  ~ChildProgram() {
    if (output_ >= 0) close(output_);
    if (pid_ <= 0) return;
    kill(-pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }

  /// The next line, or nothing when none comes in time.
  std::optional<std::string> line(std::chrono::milliseconds patience = std::chrono::seconds(10)) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    for (;;) {
      if (const auto end = read_.find('\n'); end != std::string::npos) {
        std::string line = read_.substr(0, end);
        read_.erase(0, end + 1);
        return line;
      }
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
          deadline - std::chrono::steady_clock::now());
      pollfd ready{.fd = output_, .events = POLLIN, .revents = 0};
      if (left.count() <= 0 || poll(&ready, 1, static_cast<int>(left.count())) <= 0) return {};
      std::array<char, 4096> bytes{};
      const ssize_t count = read(output_, bytes.data(), bytes.size());
      if (count <= 0) return {};
      read_.append(bytes.data(), static_cast<std::size_t>(count));
    }
  }

 private:
  pid_t pid_ = -1;
  int output_ = -1;
  std::string read_;
};

}  // namespace tonecue::test
