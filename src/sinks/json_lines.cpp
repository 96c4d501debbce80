#include "tonecue/sinks/json_lines.h"

#include <atomic>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

#include "event_json.h"
#include "line_output.h"

namespace tonecue {
namespace {

std::int64_t unix_ms(std::chrono::system_clock::time_point time) {
  return std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

}  // namespace

class JsonLines::Writer {
 public:
  Writer(LineOutput output, std::string place, Complaint complain)
      : output_(std::move(output)), place_(std::move(place)), complain_(std::move(complain)) {}

  void write(const std::string& line) noexcept {
    if (told_ < dropped() && try_to_write(dropped_line(dropped() - told_))) told_ = dropped();
    if (!try_to_write(line)) dropped_.fetch_add(1, std::memory_order_relaxed);
  }

  std::int64_t dropped() const noexcept { return dropped_.load(std::memory_order_relaxed); }

 private:
  bool try_to_write(const std::string& line) noexcept {
    const LineOutput::Outcome outcome = output_.write(line);
    const int error = errno;
    if (outcome == LineOutput::Outcome::broken && !std::exchange(complained_, true)) {
      complain_(place_ + ": JSON lines are lost: " + std::generic_category().message(error));
    }
    return outcome == LineOutput::Outcome::written;
  }

  LineOutput output_;
  std::string place_;
  Complaint complain_;
  std::atomic<std::int64_t> dropped_{0};
  std::int64_t told_ = 0;  // Of those dropped, known to the reader.
  bool complained_ = false;
};

Result<JsonLines> JsonLines::create(const std::string& path, Complaint complain) {
  auto output = LineOutput::open(path);
  if (!output) return tl::unexpected(output.error());
  auto writer = std::make_unique<Writer>(std::move(*output), path == "-" ? "standard output" : path,
                                         std::move(complain));
  writer->write(call_line(std::chrono::system_clock::now()));
  return JsonLines(std::move(writer));
}

JsonLines::JsonLines(std::unique_ptr<Writer> writer) noexcept : writer_(std::move(writer)) {}
JsonLines::JsonLines(JsonLines&&) noexcept = default;
JsonLines& JsonLines::operator=(JsonLines&&) noexcept = default;
JsonLines::~JsonLines() {
  if (writer_) writer_->write(end_line(writer_->dropped()));
}

void JsonLines::on_turn(const TurnFrame& frame) noexcept {
  for (const Party party : kParties) {
    if (const auto& segment = frame.ended_segment[party]) {
      writer_->write(event_line("segment", event_json(*segment)));
    }
    if (const auto& overlap = frame.ended_overlap[party]) {
      writer_->write(event_line("overlap", event_json(*overlap)));
    }
  }
}

void JsonLines::on_cue(const CueChange& change) noexcept {
  writer_->write(event_line("cue", event_json(change)));
  for (const ClearedAlert& cleared : open_.take(change)) {
    writer_->write(event_line("clear", event_json(cleared)));
  }
}

void JsonLines::on_alert(const Alert& alert) noexcept {
  const auto told = std::chrono::system_clock::now();
  Json line = event_json(alert);
  line["unix_ms"] = unix_ms(told);
  writer_->write(event_line("alert", line));
  for (const ClearedAlert& cleared : open_.take(alert)) {
    writer_->write(event_line("clear", event_json(cleared)));
  }
}

void JsonLines::on_answer(const AlertAnswer& answer) noexcept {
  writer_->write(event_line("answer", event_json(answer)));
}

void JsonLines::on_notice(const DeviceNotice& notice) noexcept {
  writer_->write(event_line("notice", event_json(notice)));
}

std::int64_t JsonLines::dropped_lines() const noexcept { return writer_->dropped(); }

}  // namespace tonecue
