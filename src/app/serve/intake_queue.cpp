#include "intake_queue.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <iterator>
#include <map>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "app/keep/call_intake.h"
#include "known_files.h"
#include "tonecue/audio/file_hash.h"
#include "tonecue/store/call_store.h"
#include "uploads.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;

using Clock = std::chrono::steady_clock;

constexpr std::chrono::hours kLongWait{1};

struct Task {
  std::int64_t job = 0;
  IntakeFile file{};
  std::optional<FileStamp> stamp{};  // Of a watched file; an upload is ours, and goes when done.
};

RecordingConfig recording_of(const IntakeFile& file) {
  RecordingConfig recording;
  recording.agent_channel = file.agent_channel == "right" ? Channel::right : Channel::left;
  return recording;
}

/// Whether what failed so is the recording's own fault, for as long as it is the same.
bool is_of_the_content(ErrorCode code) {
  return code == ErrorCode::corrupt || code == ErrorCode::unsupported ||
         code == ErrorCode::invalid_argument;
}

}  // namespace

class IntakeQueue::Impl {
 public:
  Impl(Store& store, IntakeQueueConfig config, std::function<void(const std::string&)> complain)
      : store_(store),
        config_(std::move(config)),
        complain_(std::move(complain)),
        known_(store_, config_.rules.makers.program_version, complain_) {}

  void start() {
    for (int i = 0; i < std::max(config_.threads, 1); ++i) threads_.emplace_back([this] { run(); });
  }

  Result<std::int64_t> submit(IntakeFile file);
  void resume();

  void watch(IntakeFile file, FileStamp stamp) {
    const std::lock_guard lock(mutex_);
    enqueue(std::move(file), std::move(stamp));
  }

  KnownFiles& known() noexcept { return known_; }

  std::vector<IntakeJob> jobs() const {
    const std::lock_guard lock(mutex_);
    std::vector<IntakeJob> newest;
    for (auto job = jobs_.rbegin(); job != jobs_.rend() && newest.size() < kMostJobs; ++job) {
      newest.push_back(job->second);
    }
    return newest;
  }

  bool idle() const {
    const std::lock_guard lock(mutex_);
    return waiting_.empty() && later_.empty() && busy_ == 0;
  }

  void stop() noexcept {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    work_.notify_all();
    for (std::thread& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
    known_.flush();
  }

 private:
  std::int64_t enqueue(IntakeFile file, std::optional<FileStamp> stamp);  // With the lock.
  enum class Lasts { now, as_long_as_the_file };                          // A failure.

  void run();
  void write_down_what_is_known(std::unique_lock<std::mutex>& lock);
  void take_up_later();
  void work_on(Task task);
  bool claim(Task& task, const std::string& sha256);
  void analyse(const Task& task, const std::string& sha256);
  void put_off(const Task& task, const std::string& sha256, const std::string& why);
  void end(const Task& task, const std::string& sha256, IntakeJob outcome, Lasts lasts);
  void remember(const Task& task, const std::string& sha256, const IntakeJob& outcome, Lasts lasts);
  void settle(const Task& task, IntakeJob outcome);
  void forget_old_jobs();
  fs::path incoming() const { return fs::path(store_.folder()) / "incoming"; }

  Store& store_;
  IntakeQueueConfig config_;
  std::function<void(const std::string&)> complain_;
  KnownFiles known_;

  mutable std::mutex mutex_;
  std::condition_variable work_;
  std::deque<Task> waiting_;
  std::deque<std::pair<Clock::time_point, Task>> later_;  // By time.
  std::map<std::int64_t, IntakeJob> jobs_;                // By number.
  std::map<std::string, std::vector<Task>> same_;         // By content that is analysed: its twins.
  std::int64_t last_job_ = 0;
  int busy_ = 0;
  std::atomic<bool> stopping_{false};
  std::vector<std::thread> threads_;
};

std::int64_t IntakeQueue::Impl::enqueue(IntakeFile file, std::optional<FileStamp> stamp) {
  IntakeJob job;
  job.id = ++last_job_;
  job.name = file.details.source;
  job.by = file.by;
  jobs_[job.id] = job;
  waiting_.push_back({job.id, std::move(file), std::move(stamp)});
  forget_old_jobs();
  work_.notify_one();
  return job.id;
}

/// Those that wait or are analysed are known by their tasks, and stay.
void IntakeQueue::Impl::forget_old_jobs() {
  std::size_t ended = 0;
  for (auto job = jobs_.rbegin(); job != jobs_.rend(); ++job) {
    using State = IntakeJob::State;
    const State state = job->second.state;
    if (state == State::waiting || state == State::analysing) continue;
    if (++ended <= kMostJobs) continue;
    jobs_.erase(std::next(job).base());
    return;  // One comes, one goes.
  }
}

Result<std::int64_t> IntakeQueue::Impl::submit(IntakeFile file) {
  auto place = keep_upload(file, incoming());
  if (!place) return tl::unexpected(place.error());
  file.path = std::move(*place);
  const std::lock_guard lock(mutex_);
  return enqueue(std::move(file), std::nullopt);
}

void IntakeQueue::Impl::resume() {
  for (IntakeFile& file : find_uploads(incoming())) {
    const std::lock_guard lock(mutex_);
    enqueue(std::move(file), std::nullopt);
  }
}

void IntakeQueue::Impl::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    take_up_later();
    if (stopping_) return;
    if (waiting_.empty() && known_.has_news()) {
      write_down_what_is_known(lock);
      continue;
    }
    if (waiting_.empty()) {
      work_.wait_for(lock, later_.empty() ? kLongWait : config_.retry_after);
      continue;
    }
    Task task = std::move(waiting_.front());
    waiting_.pop_front();
    ++busy_;
    lock.unlock();
    work_on(std::move(task));
    lock.lock();
    --busy_;
  }
}

/// In a pause: the disk is slow.
void IntakeQueue::Impl::write_down_what_is_known(std::unique_lock<std::mutex>& lock) {
  ++busy_;
  lock.unlock();
  known_.flush();
  lock.lock();
  --busy_;
}

/// What the store could not take some time ago.
void IntakeQueue::Impl::take_up_later() {
  const auto now = Clock::now();
  while (!later_.empty() && later_.front().first <= now) {
    waiting_.push_back(std::move(later_.front().second));
    later_.pop_front();
  }
}

void IntakeQueue::Impl::work_on(Task task) {
  const auto hash = hash_file(task.file.path);
  if (!hash) {
    IntakeJob failed;
    failed.state = IntakeJob::State::failed;
    failed.error = hash.error().message;
    return settle(task, failed);
  }
  if (claim(task, hash->sha256)) analyse(task, hash->sha256);
}

/// @return Whether it is to be analysed here: it is not stored, and nobody is at it.
bool IntakeQueue::Impl::claim(Task& task, const std::string& sha256) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto twin = same_.find(sha256); twin != same_.end()) {
      twin->second.push_back(std::move(task));
      return false;
    }
    same_[sha256];
  }
  IntakeJob outcome;
  const auto there = CallStore(store_).find_content(sha256);
  if (!there) {
    outcome.state = IntakeJob::State::failed;
    outcome.error = there.error().message;
  } else if (*there) {
    outcome.state = IntakeJob::State::known;
    outcome.call_id = **there;
  } else {
    const std::lock_guard lock(mutex_);
    jobs_[task.job].state = IntakeJob::State::analysing;
    return true;
  }
  end(task, sha256, outcome, Lasts::now);
  return false;
}

void IntakeQueue::Impl::analyse(const Task& task, const std::string& sha256) {
  IntakeCall call{task.file.path, recording_of(task.file), task.file.details};
  call.details.content_sha256 = sha256;
  const auto tell = [this, &task](float part) {
    const std::lock_guard lock(mutex_);
    jobs_[task.job].progress = std::clamp(part, 0.0F, 1.0F);
  };
  const auto taken = take_in(store_, config_.rules, call, stopping_, tell);
  IntakeJob outcome;
  auto lasts = Lasts::now;
  if (!taken && taken.error().code == ErrorCode::unwritable) {
    return put_off(task, sha256, taken.error().message);
  }
  if (!taken && taken.error().code == ErrorCode::exists) {
    outcome.state = IntakeJob::State::known;  // Another program was quicker.
    if (const auto there = CallStore(store_).find_content(sha256)) outcome.call_id = *there;
  } else if (!taken) {
    outcome.state = IntakeJob::State::failed;
    outcome.error = taken.error().message;
    if (is_of_the_content(taken.error().code)) lasts = Lasts::as_long_as_the_file;
  } else if (!*taken) {
    return;  // Stopped: it is taken up again by a later program.
  } else {
    outcome.state = IntakeJob::State::done;
    outcome.call_id = (*taken)->id;
    if (!(*taken)->sound_lost.empty()) complain_((*taken)->sound_lost);
    for (const std::string& warning : (*taken)->heard.warnings) complain_(warning);
  }
  end(task, sha256, outcome, lasts);
}

/// The disk is full, say: the recording is not guilty, and tried again.
void IntakeQueue::Impl::put_off(const Task& task, const std::string& sha256,
                                const std::string& why) {
  const std::lock_guard lock(mutex_);
  const auto when = Clock::now() + config_.retry_after;
  IntakeJob& job = jobs_[task.job];
  job.state = IntakeJob::State::waiting;
  if (job.error.empty()) complain_(fmt::format("{}: put off: {}", task.file.details.source, why));
  job.error = why;
  later_.emplace_back(when, task);
  for (Task& twin : same_[sha256]) later_.emplace_back(when, std::move(twin));
  same_.erase(sha256);
}

/// And its twins: to them it is known.
void IntakeQueue::Impl::end(const Task& task, const std::string& sha256, IntakeJob outcome,
                            Lasts lasts) {
  std::vector<Task> twins;
  {
    const std::lock_guard lock(mutex_);
    twins = std::move(same_[sha256]);
    same_.erase(sha256);
  }
  for (const Task& twin : twins) remember(twin, sha256, outcome, lasts);
  remember(task, sha256, outcome, lasts);
  settle(task, outcome);
  if (outcome.state == IntakeJob::State::done) outcome.state = IntakeJob::State::known;
  for (const Task& twin : twins) settle(twin, outcome);
}

void IntakeQueue::Impl::remember(const Task& task, const std::string& sha256,
                                 const IntakeJob& outcome, Lasts lasts) {
  const bool is_stored = outcome.state != IntakeJob::State::failed;
  if (!task.stamp || (!is_stored && lasts == Lasts::now)) return;
  known_.remember(*task.stamp, sha256, outcome.error);
}

void IntakeQueue::Impl::settle(const Task& task, IntakeJob outcome) {
  if (!task.stamp) {
    remove_upload(task.file.path);
  } else if (outcome.state == IntakeJob::State::failed) {
    // Most errors name the file themselves.
    const bool is_named = outcome.error.starts_with(task.file.path);
    complain_(
        fmt::format("not analysed: {}{}", is_named ? "" : task.file.path + ": ", outcome.error));
  }
  const std::lock_guard lock(mutex_);
  if (task.stamp && outcome.state == IntakeJob::State::known) {
    jobs_.erase(task.job);  // Moved or copied, or not remembered: nothing to tell.
    return;
  }
  IntakeJob& job = jobs_[task.job];
  job.state = outcome.state;
  job.call_id = outcome.call_id;
  job.error = outcome.error;
  job.progress = outcome.state == IntakeJob::State::done ? 1.0F : job.progress;
}

Result<IntakeQueue> IntakeQueue::create(Store& store, IntakeQueueConfig config,
                                        std::function<void(const std::string&)> complain) {
  auto impl = std::make_unique<Impl>(store, std::move(config), std::move(complain));
  try {
    impl->start();
  } catch (const std::system_error& error) {
    impl->stop();
    return failure(ErrorCode::device, std::string("cannot start a thread: ") + error.what());
  }
  return IntakeQueue(std::move(impl));
}

IntakeQueue::IntakeQueue(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
IntakeQueue::IntakeQueue(IntakeQueue&&) noexcept = default;
IntakeQueue& IntakeQueue::operator=(IntakeQueue&& other) noexcept {
  if (impl_) impl_->stop();
  impl_ = std::move(other.impl_);
  return *this;
}
IntakeQueue::~IntakeQueue() {
  if (impl_) impl_->stop();
}

Result<std::int64_t> IntakeQueue::submit(IntakeFile file) { return impl_->submit(std::move(file)); }
void IntakeQueue::watch(IntakeFile file, FileStamp stamp) {
  impl_->watch(std::move(file), std::move(stamp));
}
bool IntakeQueue::knows(const FileStamp& stamp) { return impl_->known().knows(stamp); }
void IntakeQueue::looked(const std::function<bool(std::string_view)>& may_be_there) {
  impl_->known().looked(may_be_there);
}
void IntakeQueue::resume() { impl_->resume(); }
std::vector<IntakeJob> IntakeQueue::jobs() const { return impl_->jobs(); }
bool IntakeQueue::idle() const { return impl_->idle(); }
void IntakeQueue::stop() noexcept { impl_->stop(); }

}  // namespace tonecue
