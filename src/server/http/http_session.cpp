#include "http_session.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "http_text.h"

namespace tonecue {
namespace {

constexpr std::size_t kBodyRoomBytes = std::size_t{64} * 1024;
constexpr std::size_t kUploadRoomBytes = std::size_t{128} * 1024;
constexpr std::size_t kFilePieceBytes = std::size_t{128} * 1024;
constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

HttpSession::HttpSession(std::unique_ptr<HttpWire> wire, HttpFloor& floor)
    : wire_(std::move(wire)), floor_(floor), errand_(floor.handlers) {
  floor_.sessions.push_back(this);
}

HttpSession::~HttpSession() {
  std::erase(floor_.sessions, this);
  leave_stream();
}

template <class Step>
HttpWire::Done HttpSession::after(Step step) {
  return [self = shared_from_this(), step](const Error& error, std::size_t bytes) {
    if (self->mode_ != Mode::closed) step(*self, error, bytes);
  };
}

template <class Way, class Step>
bool HttpSession::send_errand(bool is_new, Way way, Step step) {
  mode_ = Mode::asked;
  auto work = [self = shared_from_this(), way = std::move(way)] { way(self->errand_); };
  auto then = [self = shared_from_this(), step] {
    if (self->mode_ != Mode::closed) step(*self);
  };
  if (is_new) return floor_.workers->take(std::move(work), std::move(then));
  floor_.workers->go_on(std::move(work), std::move(then));
  return true;
}

void HttpSession::close() {
  leave_stream();
  mode_ = Mode::closed;
  wire_->close();
}

void HttpSession::limit_waiting() {
  wire_->set_deadline(HttpWire::Clock::now() +
                      std::chrono::milliseconds(floor_.config.request_timeout_ms));
}

// --- A request comes in.

void HttpSession::begin() {
  limit_waiting();
  wire_->begin(after([](HttpSession& self, const Error& error, std::size_t /*bytes*/) {
    error ? self.close() : self.read_head();
  }));
}

void HttpSession::read_head() {
  mode_ = Mode::reading;
  frame_ = {.keep_alive = false, .head_only = false, .secure = wire_->secure()};
  reader_.begin();
  limit_waiting();
  step();
}

void HttpSession::read_on() {
  wire_->read(reader_.room(), after([](HttpSession& self, const Error& error, std::size_t bytes) {
                error ? self.reader_.end() : self.reader_.add(bytes);
                self.step();
              }));
}

void HttpSession::step() {
  const bool is_upload = errand_.rule().has_value();
  switch (reader_.step()) {
    case HttpRequestReader::Step::more:
      return is_upload && !reader_.body().empty() ? take_piece(false) : read_on();
    case HttpRequestReader::Step::head:
      return take_head();
    case HttpRequestReader::Step::done:
      return is_upload && !reader_.body().empty() ? take_piece(true) : ask();
    case HttpRequestReader::Step::broken:
      errand_.drop_upload();
      frame_.keep_alive = false;
      const auto words = reader_.complaint();
      return words ? answer(*words) : close();
  }
}

void HttpSession::take_head() {
  frame_ = {.keep_alive = reader_.keep_alive(),
            .head_only = reader_.asks_for_head_alone(),
            .secure = wire_->secure()};
  auto head = reader_.head();
  if (!head) return refuse(plain_answer(400, "The address makes no sense."));
  if (auto refusal = floor_.guard->refuse(*head, wire_->local())) return refuse(*refusal);
  if (reader_.expects_what_is_unknown()) {
    return refuse(plain_answer(417, "This server knows 100-continue alone."));
  }
  head->remote = wire_->remote();
  head->secure = wire_->secure();
  errand_.begin(std::move(*head), frame_.head_only);
  if (!reader_.has_body()) return step();
  if (!floor_.handlers.upload_rule) return take_body();
  const bool taken =
      send_errand(true, std::mem_fn(&HttpErrand::judge), std::mem_fn(&HttpSession::take_judgement));
  if (!taken) turn_away();
}

void HttpSession::take_judgement() {
  mode_ = Mode::reading;
  return errand_.refusal() ? refuse(*errand_.refusal()) : take_body();
}

void HttpSession::take_body() {
  const auto& rule = errand_.rule();
  const std::uint64_t limit_bytes = rule ? rule->limit_bytes : floor_.config.body_limit_bytes;
  reader_.take_body(limit_bytes, rule ? kUploadRoomBytes : kBodyRoomBytes);
  limit_waiting();
  if (!reader_.waits_for_sign()) return step();
  send(std::make_shared<const std::string>(kGoOn));
}

// Nothing more is read while it goes to the disk: who sends waits, and memory holds two pieces.
void HttpSession::take_piece(bool is_last) {
  auto piece = std::make_shared<std::string>();
  piece->swap(reader_.body());
  send_errand(
      false, [piece](HttpErrand& errand) { errand.write(*piece); },
      [is_last](HttpSession& self) {
        self.mode_ = Mode::reading;
        if (self.errand_.refusal()) return self.refuse(*self.errand_.refusal());
        if (is_last) return self.ask();
        self.limit_waiting();
        self.read_on();
      });
}

// An upload that has come is not turned away.
void HttpSession::ask() {
  early_.clear();
  early_bytes_ = 0;
  const bool is_upload = errand_.rule().has_value();
  if (!is_upload) errand_.set_body(std::move(reader_.body()));
  const bool taken = send_errand(!is_upload, std::mem_fn(&HttpErrand::answer),
                                 std::mem_fn(&HttpSession::take_outcome));
  if (!taken) turn_away();
}

void HttpSession::take_outcome() {
  HttpErrand::Outcome outcome = errand_.take_outcome();
  if (const auto* response = std::get_if<HttpResponse>(&outcome)) return answer(*response);
  if (auto* file = std::get_if<FileAnswer>(&outcome)) return answer_with_file(std::move(*file));
  if (frame_.head_only) return answer({200, "text/event-stream", ""});
  begin_stream(std::get<EventStream>(outcome));
}

// --- An answer goes out.

// Without the body, which is not read.
void HttpSession::refuse(const HttpResponse& response) {
  if (reader_.has_body()) frame_.keep_alive = false;
  answer(response);
}

void HttpSession::turn_away() {
  HttpResponse response = plain_answer(503, "The server has too much to do; try again soon.");
  response.headers.emplace_back("Retry-After", "1");
  refuse(response);
}

void HttpSession::answer(const HttpResponse& response) {
  mode_ = frame_.keep_alive ? Mode::answering : Mode::last_answer;
  send(std::make_shared<const std::string>(answer_text(response, frame_)));
}

void HttpSession::answer_with_file(FileAnswer file) {
  if (!file.body) return answer(file.head);
  mode_ = frame_.keep_alive ? Mode::answering : Mode::last_answer;
  const std::string head = answer_head_text(file.head, file.body->left_bytes(), frame_);
  if (!frame_.head_only) file_ = std::move(file.body);
  send(std::make_shared<const std::string>(head));
}

void HttpSession::send(const Text& text) {
  const bool is_idle = outbox_.empty();
  if (!is_idle && outbox_bytes_ + text->size() > floor_.config.backlog_limit_bytes) return close();
  outbox_.push_back(text);
  outbox_bytes_ += text->size();
  if (is_idle) write();
}

// Time counts without progress, so that a slow line may take a long answer.
void HttpSession::write() {
  if (mode_ != Mode::stream) limit_waiting();
  wire_->write(std::string_view(*outbox_.front()).substr(sent_bytes_),
               after([](HttpSession& self, const Error& error, std::size_t bytes) {
                 if (error) return self.close();
                 self.sent_bytes_ += bytes;
                 if (self.sent_bytes_ < self.outbox_.front()->size()) return self.write();
                 self.outbox_bytes_ -= std::exchange(self.sent_bytes_, 0);
                 self.outbox_.pop_front();
                 self.outbox_.empty() ? self.all_sent() : self.write();
               }));
}

void HttpSession::all_sent() {
  if (file_) return send_file_piece();
  if (mode_ == Mode::reading) return step();
  if (mode_ == Mode::answering) return read_head();
  if (mode_ != Mode::last_answer) return;
  wire_->hang_up(after(
      [](HttpSession& self, const Error& /*error*/, std::size_t /*bytes*/) { self.close(); }));
}

void HttpSession::send_file_piece() {
  if (file_->left_bytes() == 0) {
    file_.reset();
    return all_sent();
  }
  auto piece = std::make_shared<std::string>();
  floor_.workers->go_on(
      [self = shared_from_this(), piece] {
        piece->resize(std::min<std::uint64_t>(kFilePieceBytes, self->file_->left_bytes()));
        piece->resize(self->file_->read(*piece));
      },
      [self = shared_from_this(), piece] {
        if (self->mode_ == Mode::closed) return;
        piece->empty() ? self->close() : self->send(piece);  // Less than was said: no way to tell.
      });
}

// --- A stream of events.

void HttpSession::begin_stream(const EventStream& start) {
  mode_ = Mode::stream;
  ++floor_.streams;
  after_id_ = start.after_id;
  wire_->set_deadline(std::nullopt);
  wire_->keep_send_buffer_small();
  send(std::make_shared<const std::string>(stream_head_text(frame_.secure) + "retry: 1000\n" +
                                           event_text(start.after_id, start.event, start.data)));
  await_end();
  if (early_bytes_ > floor_.config.backlog_limit_bytes) return close();
  for (const auto& [id, text] : std::exchange(early_, {})) deliver(id, text);
}

void HttpSession::deliver(std::uint64_t id, const Text& text) {
  if (mode_ == Mode::stream && id > after_id_) return send(text);
  // The handler is asked right now, and may not know of this one.
  if (mode_ != Mode::asked || early_bytes_ > floor_.config.backlog_limit_bytes) return;
  early_bytes_ += text->size();
  early_.emplace_back(id, text);
}

void HttpSession::beat(const Text& text) {
  if (mode_ == Mode::stream) send(text);
}

void HttpSession::leave_stream() {
  if (mode_ == Mode::stream) --floor_.streams;
}

// A reader says nothing any more, but may leave.
void HttpSession::await_end() {
  wire_->read(ignored_, after([](HttpSession& self, const Error& error, std::size_t /*bytes*/) {
                error ? self.close() : self.await_end();
              }));
}

}  // namespace tonecue
