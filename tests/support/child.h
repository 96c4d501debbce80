/// @file
/// Programs that run beside a test.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace tonecue::test {

/// Whether this program can be run from the PATH.
bool installed(const std::string& program);

/// A program beside the test. It ends with the object, and with the test when that ends badly.
class Child {
 public:
  /// @param command  Program and arguments; found on the PATH.
  /// @param output   Takes what it prints, errors too; empty: nobody does.
  explicit Child(std::vector<std::string> command, const std::filesystem::path& output = {});

  Child(Child&& from) noexcept;
  Child& operator=(Child&&) = delete;
  ~Child();

  pid_t pid() const noexcept { return pid_; }
  bool running();

  /// Waits for its own end.
  /// @return Its exit status; -1 when a signal ended it.
  int wait();

  /// Asks it to end (SIGTERM) and waits.
  void end();

 private:
  void note(int status) noexcept;

  pid_t pid_ = -1;  // -1: ended, and waited for.
  int exit_status_ = -1;
};

}  // namespace tonecue::test
