#include "line_output.h"

#include <cerrno>
#include <climits>
#include <csignal>
#include <ctime>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tonecue {
namespace {

bool is_regular(int file) {
  struct stat status {};
  return fstat(file, &status) == 0 && S_ISREG(status.st_mode);
}

/// While it lives a pipe without a reader is an error of write(), not the end of the program.
class NoPipeSignal {
 public:
  NoPipeSignal() noexcept {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  NoPipeSignal(const NoPipeSignal&) = delete;
  NoPipeSignal& operator=(const NoPipeSignal&) = delete;
  ~NoPipeSignal() {
    const timespec at_once{};
    const int error = errno;
    while (sigtimedwait(&pipe_, nullptr, &at_once) == SIGPIPE) {
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    errno = error;
  }

 private:
  sigset_t pipe_{};
  sigset_t before_{};
};

}  // namespace

Result<LineOutput> LineOutput::open(const std::string& path) {
  if (path == "-") return LineOutput(STDOUT_FILENO, false, is_regular(STDOUT_FILENO));
  struct stat status {};
  const bool is_pipe = stat(path.c_str(), &status) == 0 && S_ISFIFO(status.st_mode);
  // Reading too keeps a pipe open while no reader is there (fifo(7)); nothing is ever read.
  const int way = is_pipe ? O_RDWR : O_WRONLY | O_APPEND | O_CREAT;
  constexpr mode_t kOwnerOnly = 0600;  // What is said of a call is not everybody's.
  const int file = ::open(path.c_str(), way | O_NONBLOCK | O_CLOEXEC, kOwnerOnly);
  if (file < 0) {
    return failure(ErrorCode::unwritable, path + ": cannot be opened for JSON lines: " +
                                              std::generic_category().message(errno));
  }
  return LineOutput(file, true, is_regular(file));
}

LineOutput::Outcome LineOutput::write(std::string_view line) noexcept {
  if (!is_file_) {
    if (line.size() > PIPE_BUF) return Outcome::no_room;  // Would go out in pieces.
    pollfd room{.fd = file_, .events = POLLOUT, .revents = 0};
    const int ready = poll(&room, 1, 0);
    if (ready == 0 || (ready < 0 && errno == EINTR)) return Outcome::no_room;
  }
  const NoPipeSignal guard;
  const ssize_t written = ::write(file_, line.data(), line.size());
  if (written == static_cast<ssize_t>(line.size())) return Outcome::written;
  if (written < 0 && (errno == EAGAIN || errno == EINTR)) return Outcome::no_room;
  if (written >= 0) errno = ENOSPC;
  return Outcome::broken;
}

LineOutput::LineOutput(LineOutput&& other) noexcept
    : file_(std::exchange(other.file_, -1)), owned_(other.owned_), is_file_(other.is_file_) {}

LineOutput& LineOutput::operator=(LineOutput&& other) noexcept {
  if (this != &other) {
    close();
    file_ = std::exchange(other.file_, -1);
    owned_ = other.owned_;
    is_file_ = other.is_file_;
  }
  return *this;
}

LineOutput::~LineOutput() { close(); }

void LineOutput::close() noexcept {
  if (owned_ && file_ >= 0) ::close(file_);
  file_ = -1;
}

}  // namespace tonecue
