#include "folder_watch.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace tonecue {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// A file was written to its end, or came here, or a folder did. What is just being written to is
/// looked at every second anyway.
constexpr std::uint32_t kNews = IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ONLYDIR;

class Descriptor {
 public:
  explicit Descriptor(int fd) noexcept : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const noexcept { return fd_; }

 private:
  int fd_;
};

void drain(int fd) noexcept {
  std::array<char, 4096> bytes{};
  while (::read(fd, bytes.data(), bytes.size()) > 0) {
  }
}

}  // namespace

class FolderWatch::Impl {
 public:
  Impl(FolderWatchConfig config, FolderWatchActions actions)
      : config_(std::move(config)), actions_(std::move(actions)) {
    for (const std::string& folder : config_.folders) {
      folders_.emplace_back(folder, config_.whole, actions_.complain, actions_.knows);
    }
  }

  void start() {
    thread_ = std::thread([this] { run(); });
  }

  void stop() noexcept {
    const std::uint64_t one = 1;
    if (::write(wish_to_stop_.get(), &one, sizeof one) < 0) return;
    if (thread_.joinable()) thread_.join();
  }

 private:
  void run() {
    while (true) {
      const auto next = Clock::now() + look();
      if (!wait_for_news(next)) return;
      // A crowd of files comes one by one: they are looked at together.
      if (!wait(Clock::now() + config_.look_again / 4, false)) return;
      drain(news_.get());
    }
  }

  /// @return When to look again, news or none.
  Clock::duration look() {
    bool expecting = false;
    for (WholeFiles& folder : folders_) {
      for (WholeFile& file : folder.look(Clock::now())) tell(std::move(file));
      expecting = expecting || folder.expecting();
    }
    tell_what_is_there();
    for (const std::string& folder : config_.folders) ask_for_news(folder);
    return expecting ? config_.look_again : config_.look_every;
  }

  void tell_what_is_there() {
    const bool some_went = std::ranges::any_of(folders_, &WholeFiles::some_went);
    const bool first = std::exchange(first_look_, false);
    if (!actions_.looked || (!first && !some_went)) return;
    actions_.looked([this](std::string_view path) {
      return std::ranges::any_of(folders_, [&](const auto& each) { return each.may_hold(path); });
    });
  }

  void tell(WholeFile file) {
    IntakeFile found;
    found.path = file.path.string();
    found.details = std::move(file.sidecar.details);
    found.details.origin = CallOrigin::watched;
    found.details.source = file.path.filename().string();
    found.agent_channel = std::move(file.sidecar.agent_channel);
    found.by = "tonecue";
    actions_.found(std::move(found), std::move(file.stamp));
  }

  /// Of folders that are known already nothing changes; where there is no inotify (too many
  /// watches, a network drive) the look every ten seconds finds it.
  void ask_for_news(const fs::path& folder) const {
    ::inotify_add_watch(news_.get(), folder.c_str(), kNews);
    std::error_code status;
    for (fs::recursive_directory_iterator entry(folder, status);
         !status && entry != fs::recursive_directory_iterator{}; entry.increment(status)) {
      if (entry->is_directory(status) && !entry->is_symlink(status)) {
        ::inotify_add_watch(news_.get(), entry->path().c_str(), kNews);
      }
    }
  }

  bool wait_for_news(Clock::time_point until) { return wait(until, true); }

  /// @return Whether to go on.
  bool wait(Clock::time_point until, bool or_news) const {
    std::array<pollfd, 2> waits = {
        {{wish_to_stop_.get(), POLLIN, 0}, {or_news ? news_.get() : -1, POLLIN, 0}}};
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    ::poll(waits.data(), waits.size(), static_cast<int>(std::max<std::int64_t>(left, 0)));
    return (waits[0].revents & POLLIN) == 0;
  }

  FolderWatchConfig config_;
  FolderWatchActions actions_;
  std::vector<WholeFiles> folders_;
  bool first_look_ = true;
  Descriptor wish_to_stop_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
  Descriptor news_{::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)};
  std::thread thread_;
};

Result<FolderWatch> FolderWatch::start(FolderWatchConfig config, FolderWatchActions actions) {
  for (const std::string& folder : config.folders) {
    std::error_code status;
    if (fs::is_directory(folder, status)) continue;
    return failure(ErrorCode::not_found, folder + ": there is no such folder to watch");
  }
  auto impl = std::make_unique<Impl>(std::move(config), std::move(actions));
  try {
    impl->start();
  } catch (const std::system_error& error) {
    return failure(ErrorCode::device, std::string("cannot start a thread: ") + error.what());
  }
  return FolderWatch(std::move(impl));
}

FolderWatch::FolderWatch(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FolderWatch::FolderWatch(FolderWatch&&) noexcept = default;
FolderWatch::~FolderWatch() {
  if (impl_) impl_->stop();
}
void FolderWatch::stop() noexcept { impl_->stop(); }

}  // namespace tonecue
