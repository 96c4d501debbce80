#include "support/child.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tonecue::test {
namespace {

constexpr int kNotFound = 127;  // As of a shell.

[[noreturn]] void become(const std::vector<char*>& arguments, const char* output) {
  // A test that crashes runs no destructor.
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  const int out = ::open(output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(out, STDERR_FILENO);
  ::execvp(arguments.front(), arguments.data());
  ::_exit(kNotFound);
}

}  // namespace

bool installed(const std::string& program) {
  const char* path = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe): before any thread.
  std::istringstream folders(path != nullptr ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');) {
    folder.append("/").append(program);
    if (::access(folder.c_str(), X_OK) == 0) return true;
  }
  return false;
}

Child::Child(std::vector<std::string> command, const std::filesystem::path& output) {
  // Everything that allocates comes before fork(): other threads may hold the heap's lock then.
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (std::string& argument : command) arguments.push_back(argument.data());
  arguments.push_back(nullptr);
  const std::string out = output.empty() ? "/dev/null" : output.string();
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("cannot start " + command.front());
  if (pid_ == 0) become(arguments, out.c_str());
}

Child::Child(Child&& from) noexcept
    : pid_(std::exchange(from.pid_, -1)), exit_status_(from.exit_status_) {}

Child::~Child() { end(); }

void Child::note(int status) noexcept {
  pid_ = -1;
  exit_status_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool Child::running() {
  int status = 0;
  if (pid_ > 0 && ::waitpid(pid_, &status, WNOHANG) == pid_) note(status);
  return pid_ > 0;
}

int Child::wait() {
  int status = 0;
  if (pid_ > 0 && ::waitpid(pid_, &status, 0) == pid_) note(status);
  return exit_status_;
}

void Child::end() {
  if (!running()) return;
  ::kill(pid_, SIGTERM);
  ::kill(pid_, SIGCONT);  // One that was halted takes the signal only when it goes on.
  wait();
}

}  // namespace tonecue::test
