#include "tonecue/sinks/webhook.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <random>
#include <system_error>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "event_json.h"
#include "http_post.h"
#include "random_id.h"
#include "tonecue/core/range.h"
#include "webhook_signature.h"

namespace tonecue {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kGone = 410;

struct Message {
  std::string id;
  std::string body;
  std::size_t attempts = 0;
  Clock::time_point due;
};

bool is_taken(int status) { return status >= 200 && status < 300; }

}  // namespace

// The queue between the listener's thread and the one that sends; one lock, held for a moment.
class Webhook::Sender {
 public:
  Sender(WebhookConfig config, const PostTarget& target, SecretKey key, Complaint complain)
      : config_(std::move(config)),
        key_(std::move(key)),
        complain_(std::move(complain)),
        post_(target) {}

  void start() {
    thread_ = std::thread([this] { run(); });
  }

  void add(std::string_view type, const Json& data) noexcept {
    Message message{"msg_" + random_id(),
                    webhook_body(type, call_, data, std::chrono::system_clock::now()), 0,
                    Clock::now()};
    bool full = false;
    {
      const std::lock_guard lock(mutex_);
      if (gone_ || stopping_) {
        ++counts_.dropped;
        return;
      }
      full = queue_.size() >= static_cast<std::size_t>(config_.longest_queue);
      if (full) {
        queue_.pop_front();
        ++counts_.dropped;
      }
      queue_.push_back(std::move(message));
    }
    changed_.notify_one();
    if (full) complain(Trouble::full, "its queue is full; the oldest messages are dropped");
  }

  WebhookCounts counts() const noexcept {
    const std::lock_guard lock(mutex_);
    return counts_;
  }

  bool stop(std::chrono::milliseconds limit) noexcept {
    if (thread_.joinable()) {
      {
        std::unique_lock lock(mutex_);
        stopping_ = true;
        changed_.notify_all();
        ended_.wait_for(lock, limit, [this] { return done_; });
      }
      cancel_ = true;  // What is on its way after the limit.
      changed_.notify_all();
      thread_.join();
    }
    const WebhookCounts counts = this->counts();
    return counts.dropped == 0 && counts.given_up == 0;
  }

 private:
  enum class Trouble { full, unsent, refused, gone, given_up, left };

  void run() noexcept {
    std::unique_lock lock(mutex_);
    while (auto message = next(lock)) {
      lock.unlock();
      const PostAnswer answer = send(*message);
      lock.lock();
      ++counts_.attempts;
      settle(std::move(*message), answer, lock);
    }
    const auto left = static_cast<std::int64_t>(queue_.size());
    counts_.dropped += left;
    queue_.clear();
    done_ = true;
    lock.unlock();
    ended_.notify_all();
    if (left > 0) complain(Trouble::left, fmt::format("{} messages were not sent in time", left));
  }

  // Waits for the message that is due first; nothing when there is no more to do.
  std::optional<Message> next(std::unique_lock<std::mutex>& lock) {
    for (;;) {
      if (cancel_ || (stopping_ && queue_.empty())) return std::nullopt;
      const auto first =
          std::min_element(queue_.begin(), queue_.end(),
                           [](const Message& a, const Message& b) { return a.due < b.due; });
      if (first == queue_.end()) {
        changed_.wait(lock);
      } else if (!stopping_ && first->due > Clock::now()) {
        const auto due = first->due;
        changed_.wait_until(lock, due);
      } else {
        Message message = std::move(*first);
        queue_.erase(first);
        return message;
      }
    }
  }

  PostAnswer send(const Message& message) {
    // The clock of this attempt: receivers refuse what is minutes old.
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const std::int64_t now_s = std::chrono::duration_cast<std::chrono::seconds>(now).count();
    return post_.send(
        message.body,
        {"Content-Type: application/json", "User-Agent: tonecue",
         "Expect:", "webhook-id: " + message.id, fmt::format("webhook-timestamp: {}", now_s),
         "webhook-signature: " + webhook_signature(key_, message.id, now_s, message.body)},
        config_.timeout, cancel_);
  }

  void settle(Message message, const PostAnswer& answer, std::unique_lock<std::mutex>& lock) {
    if (is_taken(answer.status)) {
      ++counts_.sent;
    } else if (answer.status == kGone) {
      gone_ = true;
      counts_.dropped += 1 + static_cast<std::int64_t>(queue_.size());
      queue_.clear();
      complain_unlocked(lock, Trouble::gone, "the receiver wants no more (410); none is sent");
    } else {
      try_again(std::move(message), answer, lock);
    }
  }

  void try_again(Message message, const PostAnswer& answer, std::unique_lock<std::mutex>& lock) {
    const std::string why =
        answer.status == 0 ? answer.problem : fmt::format("HTTP status {}", answer.status);
    if (stopping_) {  // Once more was all there is time for.
      ++counts_.given_up;
      complain_unlocked(lock, Trouble::given_up, "a message was given up: " + why);
    } else if (message.attempts >= config_.retry_after.size()) {
      ++counts_.given_up;
      complain_unlocked(
          lock, Trouble::given_up,
          fmt::format("a message was given up after {} attempts: {}", message.attempts + 1, why));
    } else {
      message.due = Clock::now() + jittered(config_.retry_after[message.attempts]);
      ++message.attempts;
      requeue(std::move(message));
      complain_unlocked(lock, answer.refused ? Trouble::refused : Trouble::unsent,
                        why + "; it is tried again");
    }
  }

  void requeue(Message message) {
    if (queue_.size() >= static_cast<std::size_t>(config_.longest_queue)) {
      ++counts_.dropped;  // This one is the oldest.
    } else {
      queue_.push_front(std::move(message));
    }
  }

  // So that a thousand desks do not come back to a restarted receiver in one moment.
  Clock::duration jittered(std::chrono::milliseconds wait) {
    std::uniform_real_distribution<double> factor(0.8, 1.2);
    return std::chrono::duration_cast<Clock::duration>(factor(random_) * wait);
  }

  void complain_unlocked(std::unique_lock<std::mutex>& lock, Trouble trouble,
                         const std::string& what) {
    lock.unlock();
    complain(trouble, what);
    lock.lock();
  }
  void complain(Trouble trouble, const std::string& what) {
    if (!complained_.at(static_cast<std::size_t>(trouble)).exchange(true)) {
      complain_("webhook: " + what);
    }
  }

  const WebhookConfig config_;
  const SecretKey key_;
  const Complaint complain_;
  const std::string call_ = random_id();

  mutable std::mutex mutex_;  // Of the next six.
  std::condition_variable changed_;
  std::condition_variable ended_;
  std::deque<Message> queue_;
  WebhookCounts counts_;
  bool stopping_ = false;
  bool gone_ = false;
  bool done_ = false;

  std::array<std::atomic<bool>, 6> complained_{};  // By Trouble.
  std::atomic<bool> cancel_{false};
  HttpPost post_;                                // Of the sending thread.
  std::mt19937 random_{std::random_device{}()};  // Likewise.
  std::thread thread_;
};

Result<void> check_webhook_url(const std::string& url, bool allow_http) {
  const auto target = post_target(url, allow_http, false);
  if (!target) return tl::unexpected(target.error());
  return {};
}

Result<Webhook> Webhook::create(WebhookConfig config, Complaint complain) {
  auto target = post_target(config.url, config.allow_http, config.allow_private);
  if (!target) return tl::unexpected(target.error());
  auto key = webhook_key(config.secret);
  if (!key) return tl::unexpected(key.error());
  if (const auto ok = expect_in_range(config.longest_queue, 1, 10'000, "longest_queue"); !ok) {
    return tl::unexpected(ok.error());
  }
  config.secret.clear();
  auto sender =
      std::make_unique<Sender>(std::move(config), *target, std::move(*key), std::move(complain));
  try {
    sender->start();
  } catch (const std::system_error& error) {
    return failure(ErrorCode::device, std::string("cannot start a thread: ") + error.what());
  }
  return Webhook(std::move(sender));
}

Webhook::Webhook(std::unique_ptr<Sender> sender) noexcept : sender_(std::move(sender)) {}
Webhook::Webhook(Webhook&&) noexcept = default;
Webhook& Webhook::operator=(Webhook&& other) noexcept {
  if (this != &other) {
    if (sender_) stop();
    sender_ = std::move(other.sender_);
    open_ = other.open_;
  }
  return *this;
}
Webhook::~Webhook() {
  if (sender_) stop();
}

void Webhook::on_cue(const CueChange& change) noexcept {
  for (const ClearedAlert& cleared : open_.take(change)) sender_->add("clear", event_json(cleared));
}

void Webhook::on_alert(const Alert& alert) noexcept {
  if (alert.delivery != Delivery::delivered) return;
  sender_->add("alert", event_json(alert));
  for (const ClearedAlert& cleared : open_.take(alert)) sender_->add("clear", event_json(cleared));
}

void Webhook::on_answer(const AlertAnswer& answer) noexcept {
  sender_->add("answer", event_json(answer));
}

void Webhook::on_notice(const DeviceNotice& notice) noexcept {
  sender_->add("notice", event_json(notice));
}

WebhookCounts Webhook::counts() const noexcept { return sender_->counts(); }

bool Webhook::stop(std::chrono::milliseconds limit) noexcept { return sender_->stop(limit); }

}  // namespace tonecue
