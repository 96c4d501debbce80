#include "tonecue/pipeline/listener_thread.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <string>
#include <system_error>
#include <thread>
#include <type_traits>
#include <utility>
#include <variant>

#include "tonecue/core/hop.h"
#include "tonecue/core/range.h"
#include "tonecue/core/spsc_ring.h"

namespace tonecue {
namespace {

using Clock = std::chrono::steady_clock;
using Event =
    std::variant<CallHop, CallFrame, TurnFrame, CueChange, Alert, AlertAnswer, DeviceNotice>;

// The page and the terminal draw ten times a second; a wake costs some 10 us of two threads.
constexpr int kHopsPerWake = 100 / kHopMs;

bool ends_something(const TurnFrame& frame) noexcept {
  return std::any_of(kParties.begin(), kParties.end(), [&](Party party) {
    return frame.ended_segment[party] || frame.ended_overlap[party] || frame.interruption[party] ||
           frame.outcome[party];
  });
}

// The rest is there whatever the stream does.
std::size_t ring_events(const Interest& interest, int room_s) {
  const int streams =
      (interest.hops ? 1 : 0) + (interest.frames ? 1 : 0) + (interest.turns ? 1 : 0);
  return static_cast<std::size_t>(ListenerThread::kRareEvents +
                                  std::int64_t{room_s} * kHopsPerSecond * streams);
}

/// std::visit() without its exception: an event is never without a value.
template <class Visitor>
void look_at(const Event& event, const Visitor& visitor) noexcept {
  const auto each = [&]<class... Kinds>(const std::variant<Kinds...>& any) {
    const auto one = [&](const auto* held) {
      if (held != nullptr) visitor(*held);
    };
    (one(std::get_if<Kinds>(&any)), ...);
  };
  each(event);
}

struct DropCounts {
  std::atomic<std::int64_t> hops{0};
  std::atomic<std::int64_t> frames{0};
  std::atomic<std::int64_t> turns{0};
  std::atomic<std::int64_t> rare{0};

  void count(const Event& event) noexcept {
    look_at(event, [this](const auto& one) { of(one).fetch_add(1, std::memory_order_relaxed); });
  }
  std::atomic<std::int64_t>& of(const CallHop& /*hop*/) noexcept { return hops; }
  std::atomic<std::int64_t>& of(const CallFrame& /*frame*/) noexcept { return frames; }
  std::atomic<std::int64_t>& of(const TurnFrame& frame) noexcept {
    return ends_something(frame) ? rare : turns;
  }
  template <class Rare>
  std::atomic<std::int64_t>& of(const Rare& /*event*/) noexcept {
    return rare;
  }
};

// Ctrl-C is the main thread's, and a pipe without a reader is an error of write(), not an end.
void block_signals() noexcept {
  sigset_t all{};
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace

class ListenerThread::Worker final : public CallListener {
 public:
  Worker(CallListener& listener, const Interest& interest, int room_s)
      : listener_(listener), interest_(interest), ring_(ring_events(interest, room_s)) {}

  void start() {
    thread_ = std::thread([this] { run(); });
  }

  bool stop(std::chrono::milliseconds limit) noexcept {
    if (!thread_.joinable()) return left_ == 0;
    deadline_ = Clock::now() + limit;
    stopping_.store(true, std::memory_order_release);
    wake();
    thread_.join();
    return left_ == 0;
  }

  DroppedEvents dropped() const noexcept {
    return {dropped_.hops.load(std::memory_order_relaxed),
            dropped_.frames.load(std::memory_order_relaxed),
            dropped_.turns.load(std::memory_order_relaxed),
            dropped_.rare.load(std::memory_order_relaxed)};
  }

  void on_hop(const CallHop& hop) noexcept override {
    if (interest_.hops) add_stream(hop);
    count_hop();
  }
  void on_frame(const CallFrame& frame) noexcept override {
    if (interest_.frames) add_stream(frame);
  }
  void on_turn(const TurnFrame& frame) noexcept override {
    if ((interest_.turns || interest_.segments) && ends_something(frame)) {
      add_rare(frame);
    } else if (interest_.turns) {
      add_stream(frame);
    }
  }
  void on_cue(const CueChange& change) noexcept override { add_rare(change); }
  void on_alert(const Alert& alert) noexcept override { add_rare(alert); }
  void on_answer(const AlertAnswer& answer) noexcept override { add_rare(answer); }
  void on_notice(const DeviceNotice& notice) noexcept override { add_rare(notice); }

 private:
  // The analysis thread's side.
  void add_stream(const Event& event) noexcept { add(event, kRareEvents); }
  void add_rare(const Event& event) noexcept {
    add(event, 0);
    wake();
  }
  void add(const Event& event, std::int64_t kept_free) noexcept {
    const bool taken = !stopping_.load(std::memory_order_acquire) &&
                       ring_.writable() > static_cast<std::size_t>(kept_free) && ring_.push(event);
    if (!taken) dropped_.count(event);
  }
  // A hop's own frame comes after it: one wake late does no harm, a second wake a hop would cost.
  void count_hop() noexcept {
    if (++hops_ % kHopsPerWake != 0) return;
    if (interest_.hops || interest_.frames || interest_.turns) wake();
  }

  void wake() noexcept {
    wakes_.fetch_add(1, std::memory_order_release);
    wakes_.notify_one();
  }

  // The listener's thread.
  void run() noexcept {
    block_signals();
    for (;;) {
      // Both are looked at before the queue: what comes after that wakes again.
      const std::uint32_t seen = wakes_.load(std::memory_order_acquire);
      const bool last = stopping_.load(std::memory_order_acquire);
      deliver_queued(last);
      if (last) return;
      wakes_.wait(seen, std::memory_order_acquire);
    }
  }
  void deliver_queued(bool last) noexcept {
    Event event;
    while (ring_.pop(event)) {
      if (!last && stopping_.load(std::memory_order_acquire)) last = true;
      if (last && Clock::now() >= deadline_) {
        dropped_.count(event);
        ++left_;
      } else {
        look_at(event, [this](const auto& one) { tell(one); });
      }
    }
  }
  void tell(const CallHop& hop) noexcept { listener_.on_hop(hop); }
  void tell(const CallFrame& frame) noexcept { listener_.on_frame(frame); }
  void tell(const TurnFrame& frame) noexcept { listener_.on_turn(frame); }
  void tell(const CueChange& change) noexcept { listener_.on_cue(change); }
  void tell(const Alert& alert) noexcept { listener_.on_alert(alert); }
  void tell(const AlertAnswer& answer) noexcept { listener_.on_answer(answer); }
  void tell(const DeviceNotice& notice) noexcept { listener_.on_notice(notice); }

  static_assert(std::is_trivially_copyable_v<Event>);

  CallListener& listener_;
  Interest interest_;
  SpscRing<Event> ring_;
  DropCounts dropped_;
  std::int64_t hops_ = 0;                // Of the analysis thread.
  std::atomic<std::uint32_t> wakes_{0};  // 32 bits: what a futex can wait on.
  std::atomic<bool> stopping_{false};    // Publishes deadline_.
  Clock::time_point deadline_{};
  std::int64_t left_ = 0;  // Written before the thread is joined.
  std::thread thread_;
};

Result<ListenerThread> ListenerThread::create(CallListener& listener, const Interest& interest,
                                              int room_s) {
  constexpr int kLongestRoomS = 60;
  if (const auto ok = expect_in_range(room_s, 1, kLongestRoomS, "room_s"); !ok) {
    return tl::unexpected(ok.error());
  }
  auto worker = std::make_unique<Worker>(listener, interest, room_s);
  try {
    worker->start();
  } catch (const std::system_error& error) {
    return failure(ErrorCode::device, std::string("cannot start a thread: ") + error.what());
  }
  return ListenerThread(std::move(worker));
}

ListenerThread::ListenerThread(std::unique_ptr<Worker> worker) noexcept
    : worker_(std::move(worker)) {}
ListenerThread::ListenerThread(ListenerThread&&) noexcept = default;
ListenerThread& ListenerThread::operator=(ListenerThread&& other) noexcept {
  if (this != &other) {
    if (worker_) worker_->stop(kUsualLimit);
    worker_ = std::move(other.worker_);
  }
  return *this;
}
ListenerThread::~ListenerThread() {
  if (worker_) worker_->stop(kUsualLimit);
}

CallListener& ListenerThread::input() noexcept { return *worker_; }

bool ListenerThread::stop(std::chrono::milliseconds limit) noexcept { return worker_->stop(limit); }

DroppedEvents ListenerThread::dropped() const noexcept { return worker_->dropped(); }

}  // namespace tonecue
