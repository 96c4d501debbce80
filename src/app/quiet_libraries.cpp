#include "quiet_libraries.h"

#include <fcntl.h>
#include <unistd.h>

namespace tonecue {

QuietLibraries::QuietLibraries(const Console& console) {
  if (!console.err_is_own || !console.err_is_terminal) return;
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere < 0) return;
  before_ = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (before_ >= 0) ::dup2(nowhere, STDERR_FILENO);
  ::close(nowhere);
}

QuietLibraries::~QuietLibraries() {
  if (before_ < 0) return;
  ::dup2(before_, STDERR_FILENO);
  ::close(before_);
}

}  // namespace tonecue
