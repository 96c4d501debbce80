/// @file
/// A listener that may be slow, on a thread of its own.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include "tonecue/core/result.h"
#include "tonecue/pipeline/call_listener.h"

namespace tonecue {

/// Which events of the steady stream a listener wants. What is rare comes to every one: cues,
/// alerts, answers, notices.
struct Interest {
  bool hops = false;
  bool frames = false;
  bool turns = false;     ///< All turn frames.
  bool segments = false;  ///< Turn frames in which a segment or an overlap is told as over.
};

/// Events that found the queue full, or that were left when the time of stop() was over.
struct DroppedEvents {
  std::int64_t hops = 0;
  std::int64_t frames = 0;
  std::int64_t turns = 0;
  std::int64_t rare = 0;  ///< Cues, alerts, answers, notices, and turn frames that end something.
};

/// Lets one listener take the time it needs: the events of a call are copied into a queue without
/// locks, and told to the listener on a thread of its own, in their order. A listener that blocks
/// delays nobody else; when its queue is full events are dropped and counted. Rare events find room
/// that the steady stream cannot take (kRareEvents), so an alert is not lost behind frames.
///
///     auto thread = ListenerThread::create(view, TerminalView::kInterest);
///     session->push(block, thread->input());
///     session->finish(thread->input());
///     thread->stop();
///
/// The stream wakes the thread every 100 ms, a rare event at once.
///
/// What the events point to must live until stop() is done: above all the session, whose wording
/// holds Alert::text.
///
/// Real-time: create() allocates (648 bytes an event: 2.7 MB for 10 s of all three streams, 83 kB
/// for rare events alone) and starts the thread. The input copies one event and wakes by
/// std::atomic's notify: a futex call when the thread sleeps, which waits for nothing. It takes no
/// lock and allocates nothing.
///
/// Threads: input() belongs to one thread, as CallSession calls it. stop() belongs to the owner,
/// who calls it when that thread has told its last event. dropped() may be asked by any. Every
/// signal is blocked on the listener's thread.
class ListenerThread {
 public:
  static constexpr std::int64_t kRareEvents = 128;

  /// @param listener  Called on the new thread only, until stop(); outlives this object.
  /// @param room_s  How long the listener may block before the stream is dropped; [1, 60].
  /// @return `invalid_argument` when `room_s` is out of range; `device` when no thread can be had.
  static Result<ListenerThread> create(CallListener& listener, const Interest& interest,
                                       int room_s = 10);

  /// What the analysis thread tells.
  CallListener& input() noexcept;

  /// Delivers what is queued, and ends the thread. Events that come later are dropped.
  /// @param limit  Then the rest is dropped; an event that the listener is still busy with is
  ///               waited for.
  /// @return Whether all was delivered. The second call does nothing.
  bool stop(std::chrono::milliseconds limit = kUsualLimit) noexcept;

  DroppedEvents dropped() const noexcept;

  ListenerThread(ListenerThread&&) noexcept;
  ListenerThread& operator=(ListenerThread&&) noexcept;
  ~ListenerThread();  ///< Stops, with the usual limit.

 private:
  static constexpr std::chrono::milliseconds kUsualLimit{2000};

  class Worker;
  explicit ListenerThread(std::unique_ptr<Worker> worker) noexcept;
  std::unique_ptr<Worker> worker_;
};

}  // namespace tonecue
