#include "quiet_libraries.h"

#include <cerrno>
#include <cstddef>
#include <iostream>
#include <streambuf>
#include <string_view>

#include <fcntl.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#include <cstdint>

#include <sanitizer/common_interface_defs.h>
#endif

namespace tonecue {
namespace {

// What a sanitizer found is no library's chatter.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
void report_findings_to(int file) {
  // NOLINTNEXTLINE: the interface takes a file number for a pointer.
  __sanitizer_set_report_fd(reinterpret_cast<void*>(static_cast<std::intptr_t>(file)));
}
#else
void report_findings_to(int /*file*/) {}
#endif

/// Writes at once to where standard error was.
class FileBuffer : public std::streambuf {
 public:
  explicit FileBuffer(int file) : file_(file) {}

 protected:
  int_type overflow(int_type letter) override {
    if (traits_type::eq_int_type(letter, traits_type::eof())) return traits_type::not_eof(letter);
    const char one = traits_type::to_char_type(letter);
    return xsputn(&one, 1) == 1 ? letter : traits_type::eof();
  }

  std::streamsize xsputn(const char* text, std::streamsize length) override {
    std::string_view left(text, static_cast<std::size_t>(length));
    while (!left.empty()) {
      const ssize_t written = ::write(file_, left.data(), left.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) break;
      left.remove_prefix(static_cast<std::size_t>(written));
    }
    return length - static_cast<std::streamsize>(left.size());
  }

 private:
  int file_;
};

}  // namespace

class QuietLibraries::WayOut {
 public:
  /// @param file  The old standard error, by another number.
  explicit WayOut(int file) : file_(file), buffer_(file), before_(std::cerr.rdbuf(&buffer_)) {}
  WayOut(const WayOut&) = delete;
  WayOut& operator=(const WayOut&) = delete;
  ~WayOut() {
    std::cerr.rdbuf(before_);
    ::dup2(file_, STDERR_FILENO);
    report_findings_to(STDERR_FILENO);
    ::close(file_);
  }

 private:
  int file_;
  FileBuffer buffer_;
  std::streambuf* before_;
};

QuietLibraries::QuietLibraries(const std::ostream& err) {
  if (&err != &std::cerr) return;
  const int file = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (file < 0) return;  // It is closed: there is nothing to keep clean.
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere < 0) {
    ::close(file);
    return;
  }
  std::cerr.flush();
  ::dup2(nowhere, STDERR_FILENO);
  ::close(nowhere);
  report_findings_to(file);
  way_out_ = std::make_unique<WayOut>(file);
}

QuietLibraries::~QuietLibraries() = default;

}  // namespace tonecue
