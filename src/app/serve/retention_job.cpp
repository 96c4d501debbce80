#include "retention_job.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "tonecue/core/unix_time.h"
#include "tonecue/store/audit_log.h"
#include "tonecue/store/call_store.h"
#include "tonecue/store/data_age.h"

namespace tonecue {
namespace {

constexpr std::int64_t kMsPerDay = 86'400'000;
constexpr int kAtOnce = 200;
constexpr std::chrono::hours kBetween{1};

Result<std::int64_t> remove_calls(Store& store, std::int64_t before_unix_ms) {
  const Scope everything{.reach = Scope::Reach::everything};
  CallStore calls(store);
  std::int64_t removed = 0;
  while (true) {
    const auto old = DataAge(store).calls_before(before_unix_ms, kAtOnce);
    if (!old) return tl::unexpected(old.error());
    if (old->empty()) return removed;
    for (const std::int64_t id : *old) {
      const auto gone = calls.remove(everything, id);
      if (!gone && gone.error().code != ErrorCode::not_found) return tl::unexpected(gone.error());
      if (gone) ++removed;
    }
  }
}

/// Counts, and keeps the first failure.
void take(const Result<std::int64_t>& result, std::int64_t& count, std::optional<Error>& failed) {
  if (result) {
    count = *result;
  } else if (!failed) {
    failed = result.error();
  }
}

std::string describe(const Removed& removed, const std::optional<Error>& failed) {
  return fmt::format("removed: {} recordings, {} calls, {} entries of this log{}", removed.audio,
                     removed.calls, removed.audit, failed ? "; not all: " + failed->message : "");
}

std::string describe(const Retention& retention) {
  const auto days = [](int count) {
    return count == 0 ? std::string("for ever") : fmt::format("{} days", count);
  };
  return fmt::format("kept: recordings {}, calls {}, this log {}", days(retention.audio_days),
                     days(retention.calls_days), days(retention.audit_days));
}

}  // namespace

Result<Removed> remove_old(Store& store, const Retention& retention, std::int64_t now_unix_ms) {
  const auto before = [now_unix_ms](int days) { return now_unix_ms - days * kMsPerDay; };
  Removed removed;
  std::optional<Error> failed;
  if (retention.audio_days > 0) {
    take(DataAge(store).remove_audio_before(before(retention.audio_days)), removed.audio, failed);
  }
  if (retention.calls_days > 0) {
    take(remove_calls(store, before(retention.calls_days)), removed.calls, failed);
  }
  AuditLog audit(store);
  if (retention.audit_days > 0) {
    take(audit.forget_before(before(retention.audit_days), now_unix_ms), removed.audit, failed);
  }
  if (failed || removed.audio + removed.calls + removed.audit > 0) {
    const auto told = audit.add({.at_unix_ms = now_unix_ms,
                                 .who = "tonecue",
                                 .action = "retention.run",
                                 .detail = describe(removed, failed)});
    if (!told && !failed) failed = told.error();
  }
  if (failed) return tl::unexpected(*failed);
  return removed;
}

class RetentionJob::Impl {
 public:
  Impl(Store& store, const Retention& retention, std::function<void(const std::string&)> complain)
      : store_(store), retention_(retention), complain_(std::move(complain)) {}

  void start() {
    thread_ = std::thread([this] { run(); });
  }

  std::optional<std::int64_t> last_run_unix_ms() const noexcept {
    const std::int64_t last = last_run_unix_ms_;
    return last == kNever ? std::nullopt : std::optional(last);
  }

  void stop() noexcept {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wish_.notify_all();
    if (thread_.joinable()) thread_.join();
  }

 private:
  void run() {
    const auto told = AuditLog(store_).add({.at_unix_ms = unix_ms_now(),
                                            .who = "tonecue",
                                            .action = "retention.begin",
                                            .detail = describe(retention_)});
    if (!told) complain_(told.error().message);
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      lock.unlock();
      look();
      lock.lock();
      wish_.wait_for(lock, kBetween, [this] { return stopping_; });
    }
  }

  void look() {
    const std::int64_t now_unix_ms = unix_ms_now();
    const auto ended = CallStore(store_).end_abandoned(now_unix_ms);
    if (!ended) complain_(ended.error().message);
    const auto removed = remove_old(store_, retention_, now_unix_ms);
    if (!removed) complain_("what is too old could not all be removed: " + removed.error().message);
    last_run_unix_ms_ = now_unix_ms;
  }

  static constexpr std::int64_t kNever = -1;

  Store& store_;
  Retention retention_;
  std::function<void(const std::string&)> complain_;
  std::mutex mutex_;
  std::condition_variable wish_;
  bool stopping_ = false;
  std::atomic<std::int64_t> last_run_unix_ms_{kNever};
  std::thread thread_;
};

Result<RetentionJob> RetentionJob::start(Store& store, const Retention& retention,
                                         std::function<void(const std::string&)> complain) {
  auto impl = std::make_unique<Impl>(store, retention, std::move(complain));
  try {
    impl->start();
  } catch (const std::system_error& error) {
    return failure(ErrorCode::device, std::string("cannot start a thread: ") + error.what());
  }
  return RetentionJob(std::move(impl));
}

RetentionJob::RetentionJob(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
RetentionJob::RetentionJob(RetentionJob&&) noexcept = default;
RetentionJob::~RetentionJob() {
  if (impl_) impl_->stop();
}
void RetentionJob::stop() noexcept { impl_->stop(); }
std::optional<std::int64_t> RetentionJob::last_run_unix_ms() const noexcept {
  return impl_->last_run_unix_ms();
}

}  // namespace tonecue
