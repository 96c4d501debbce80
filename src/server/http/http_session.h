/// @file
/// One connection, from its first request to its end.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http_answer.h"
#include "http_errand.h"
#include "http_file.h"
#include "http_guard.h"
#include "http_request_reader.h"
#include "http_wire.h"
#include "http_workers.h"
#include "tonecue/server/http_server.h"

namespace tonecue {

class HttpSession;

/// What the sessions share; of the server's thread alone, but for the handlers, which the workers
/// call, and the counter.
struct HttpFloor {
  HttpConfig config;
  const HttpHandlers handlers;
  std::optional<HttpGuard> guard{};
  HttpWorkers* workers = nullptr;
  std::vector<HttpSession*> sessions{};
  std::atomic<int> streams{0};
};

/// Request, answer, request, … or, from some answer on, a stream of events. Keeps itself alive by
/// what it waits for.
///
/// Threads: the server's. While a worker has the request, nothing of it is touched here.
class HttpSession : public std::enable_shared_from_this<HttpSession> {
 public:
  /// Shared by all readers of one event.
  using Text = std::shared_ptr<const std::string>;

  /// @param floor  Outlives it.
  HttpSession(std::unique_ptr<HttpWire> wire, HttpFloor& floor);
  ~HttpSession();
  HttpSession(const HttpSession&) = delete;
  HttpSession& operator=(const HttpSession&) = delete;

  void begin();

  /// Sends an event, if this connection reads them and has not got it yet.
  void deliver(std::uint64_t id, const Text& text);

  /// Sends a sign of life, if it reads events.
  void beat(const Text& text);

  bool has_sent_all() const noexcept { return outbox_.empty(); }
  const std::string& remote() const noexcept { return wire_->remote(); }
  void close();

 private:
  enum class Mode {
    reading,      // A request comes in.
    asked,        // A worker has it.
    answering,    // An answer goes out; then the next request may come.
    last_answer,  // As above, but then it ends.
    stream,
    closed,
  };
  using Error = boost::system::error_code;

  // What follows a wait; not taken once the connection is closed.
  template <class Step>
  HttpWire::Done after(Step step);

  // Has the errand go a way, and goes on with `step`. @return false: the workers have too much.
  template <class Way, class Step>
  bool send_errand(bool is_new, Way way, Step step);

  void limit_waiting();
  void read_head();
  void read_on();
  void step();
  void take_head();
  void take_judgement();
  void take_body();
  void take_piece(bool is_last);
  void ask();
  void take_outcome();

  void refuse(const HttpResponse& response);
  void turn_away();
  void answer(const HttpResponse& response);
  void answer_with_file(FileAnswer file);
  void begin_stream(const EventStream& start);
  void leave_stream();
  void await_end();

  void send(const Text& text);
  void write();
  void all_sent();
  void send_file_piece();

  std::unique_ptr<HttpWire> wire_;
  HttpFloor& floor_;
  HttpRequestReader reader_;
  HttpErrand errand_;  // A worker's in Mode::asked.
  Mode mode_ = Mode::reading;
  AnswerFrame frame_;

  std::deque<Text> outbox_;
  std::size_t sent_bytes_ = 0;    // Of the first in it.
  std::size_t outbox_bytes_ = 0;  // Of all in it.
  std::optional<FilePart> file_;  // Goes out behind the outbox.

  std::vector<std::pair<std::uint64_t, Text>> early_;  // Published in Mode::asked.
  std::size_t early_bytes_ = 0;
  std::uint64_t after_id_ = 0;
  std::array<char, 1024> ignored_{};
};

}  // namespace tonecue
