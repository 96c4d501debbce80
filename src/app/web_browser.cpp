#include "web_browser.h"

#include <array>

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

namespace tonecue {
namespace {

#ifdef __APPLE__
constexpr const char* kOpener = "open";
#else
constexpr const char* kOpener = "xdg-open";
#endif

}  // namespace

Result<void> open_in_browser(const std::string& url) {
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  // A browser has much to say that is not the agent's business.
  for (const int output : {STDOUT_FILENO, STDERR_FILENO}) {
    posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY, 0);
  }
  std::string opener = kOpener;
  std::string address = url;
  const std::array<char*, 3> arguments{opener.data(), address.data(), nullptr};
  pid_t child = 0;
  const int error = posix_spawnp(&child, kOpener, &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) {
    return failure(ErrorCode::not_found,
                   "no browser could be opened (" + opener + " is missing); open " + url);
  }
  // Not waited for: it may run as long as the browser does.
  return {};
}

}  // namespace tonecue
