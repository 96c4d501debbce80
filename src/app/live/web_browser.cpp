#include "web_browser.h"

#include <array>
#include <cstdlib>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <unistd.h>

namespace tonecue {
namespace {

#ifdef __APPLE__
constexpr const char* kOpener = "open";
#else
constexpr const char* kOpener = "xdg-open";
#endif

// Made with mode 0600.
Result<std::string> new_private_file() {
  const auto folder = std::filesystem::temp_directory_path();
  std::string path = (folder / "tonecue-XXXXXX.html").string();
  constexpr int kSuffix = 5;  // ".html"
  const int file = mkstemps(path.data(), kSuffix);
  if (file < 0) {
    return failure(ErrorCode::unwritable,
                   "the page cannot be opened: no file can be made in " + folder.string());
  }
  close(file);
  return path;
}

}  // namespace

ForwardingPage::~ForwardingPage() {
  if (path_.empty()) return;
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

Result<ForwardingPage> ForwardingPage::create(const std::string& url) {
  auto path = new_private_file();
  if (!path) return tl::unexpected(path.error());
  ForwardingPage page(std::move(*path));
  const std::string text = fmt::format(
      "<!doctype html><meta charset=\"utf-8\"><title>tonecue</title>\n"
      "<meta http-equiv=\"refresh\" content=\"0; url={0}\"><a href=\"{0}\">tonecue</a>\n",
      url);
  std::FILE* file = std::fopen(page.path().c_str(), "w");
  const bool written =
      file != nullptr && std::fwrite(text.data(), 1, text.size(), file) == text.size();
  const bool closed = file != nullptr && std::fclose(file) == 0;
  if (!written || !closed) {
    return failure(ErrorCode::unwritable, "the page cannot be opened: " + page.path() +
                                              " cannot be written; is the disk full?");
  }
  return page;
}

Result<void> open_in_browser(const std::string& path) {
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  // A browser has much to say that is not the agent's business, and nothing to ask.
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  for (const int output : {STDOUT_FILENO, STDERR_FILENO}) {
    posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY, 0);
  }
  // The Ctrl-C that ends the call is for this program; it would end the browser as well.
  posix_spawnattr_t attributes{};
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&attributes, 0);
  std::string opener = kOpener;
  std::string target = path;
  const std::array<char*, 3> arguments{opener.data(), target.data(), nullptr};
  pid_t child = 0;
  const int error = posix_spawnp(&child, kOpener, &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) {
    return failure(ErrorCode::not_found, "no browser can be opened here: " + opener +
                                             " is missing; open the address yourself");
  }
  // Not waited for: it may run as long as the browser does.
  return {};
}

}  // namespace tonecue
