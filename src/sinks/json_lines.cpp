#include "tonecue/sinks/json_lines.h"

#include <atomic>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

#include "event_json.h"
#include "line_output.h"
#include "random_id.h"

namespace tonecue {

class JsonLines::Writer {
 public:
  Writer(LineOutput output, std::string place, Complaint complain)
      : output_(std::move(output)), place_(std::move(place)), complain_(std::move(complain)) {}

  void begin() {
    write("call", {{"schema", "tonecue.events/1"},
                   {"call", random_id()},
                   {"started_at", utc_time(std::chrono::system_clock::now())}});
  }
  void end() { write("end", {{"dropped_lines", dropped()}}); }

  void write(std::string_view event, const Json& fields) noexcept {
    Json json = {{"event", event}};
    json.update(fields);
    if (told_ < dropped()) write_line({{"event", "dropped"}, {"lines", dropped() - told_}}, true);
    write_line(json, false);
  }

  std::int64_t dropped() const noexcept { return dropped_.load(std::memory_order_relaxed); }

 private:
  void write_line(const Json& json, bool tells_dropped) noexcept {
    const LineOutput::Outcome outcome = output_.write(tonecue::one_line(json) + "\n");
    const int error = errno;
    if (outcome == LineOutput::Outcome::written) {
      if (tells_dropped) told_ = dropped();
      return;
    }
    if (!tells_dropped) dropped_.fetch_add(1, std::memory_order_relaxed);
    if (outcome == LineOutput::Outcome::broken && !std::exchange(complained_, true)) {
      complain_(place_ + ": JSON lines are lost: " + std::generic_category().message(error));
    }
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
  writer->begin();
  return JsonLines(std::move(writer));
}

JsonLines::JsonLines(std::unique_ptr<Writer> writer) noexcept : writer_(std::move(writer)) {}
JsonLines::JsonLines(JsonLines&&) noexcept = default;
JsonLines& JsonLines::operator=(JsonLines&&) noexcept = default;
JsonLines::~JsonLines() {
  if (writer_) writer_->end();
}

void JsonLines::on_turn(const TurnFrame& frame) noexcept {
  for (const Party party : kParties) {
    if (const auto& segment = frame.ended_segment[party]) {
      writer_->write("segment", event_json(*segment));
    }
    if (const auto& overlap = frame.ended_overlap[party]) {
      writer_->write("overlap", event_json(*overlap));
    }
  }
}

void JsonLines::on_cue(const CueChange& change) noexcept {
  writer_->write("cue", event_json(change));
  for (const ClearedAlert& cleared : open_.take(change)) {
    writer_->write("clear", event_json(cleared));
  }
}

void JsonLines::on_alert(const Alert& alert) noexcept {
  writer_->write("alert", event_json(alert));
  for (const ClearedAlert& cleared : open_.take(alert)) {
    writer_->write("clear", event_json(cleared));
  }
}

void JsonLines::on_answer(const AlertAnswer& answer) noexcept {
  writer_->write("answer", event_json(answer));
}

void JsonLines::on_notice(const DeviceNotice& notice) noexcept {
  writer_->write("notice", event_json(notice));
}

std::int64_t JsonLines::dropped_lines() const noexcept { return writer_->dropped(); }

}  // namespace tonecue
