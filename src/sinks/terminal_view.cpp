#include "tonecue/sinks/terminal_view.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "tonecue/pipeline/call_meters.h"
#include "tonecue/report/card_reason.h"
#include "tonecue/report/notice_words.h"
#include "tonecue/report/plain_words.h"
#include "voice_row.h"

namespace tonecue {
namespace {

using Clock = std::chrono::steady_clock;

// Ten a second, however fast a recording is replayed; half a frame less, so that none is missed.
constexpr auto kLeastRedraw = std::chrono::milliseconds(95);

constexpr int kUsualColumns = 80;
constexpr int kNarrowest = 60;
constexpr int kWidest = 120;

// As wide as the time before each line, and the two blanks after it.
constexpr int kIndent = 9;

/// An alert in words, since what the event points to may be gone when it is drawn.
struct Card {
  int id = 0;
  std::int64_t at_ms = 0;
  std::string text;
  std::string about;  // "Interruption, agent: you both spoke for 0.9 s"
  bool grave = false;
  bool praise = false;
  bool open = true;
};

std::string about(const Alert& alert) {
  const std::string reason = card_reason(alert.cue);
  return fmt::format("{}, {}{}{}", title(alert.cue.kind), name(alert.cue.party),
                     reason.empty() ? "" : ": ", reason);
}

std::string_view mark_of(const Card& card) {
  if (card.praise) return "+ ";
  return card.grave ? "! " : "> ";
}

std::string_view paint_of(const Card& card) {
  if (card.praise) return "1;32";
  return card.grave ? "1;31" : "1;35";  // As in the report: red, magenta.
}

}  // namespace

/// What is on the terminal. One lock: who says a line may be another thread.
class TerminalView::Screen {
 public:
  Screen(std::ostream& out, TerminalViewConfig config) : out_(out), config_(std::move(config)) {}

  void hear(const CallFrame& frame) {
    const std::lock_guard lock(mutex_);
    meters_.on_frame(frame);
  }

  void hear(const TurnFrame& frame) {
    const std::lock_guard lock(mutex_);
    meters_.on_turn(frame);
    if (!config_.live) return;
    retire_read_card();
    if (Clock::now() - drawn_at_ >= kLeastRedraw) draw();
  }

  void clear(std::span<const ClearedAlert> cleared) {
    const std::lock_guard lock(mutex_);
    for (const ClearedAlert& one : cleared) {
      if (card_ && card_->id == one.id) card_->open = false;
    }
  }

  void show(const Alert& alert) {
    const std::lock_guard lock(mutex_);
    Card card{.id = alert.id,
              .at_ms = alert.at_ms,
              .text = std::string(alert.text),
              .about = about(alert),
              .grave = alert.critical,
              .praise = alert.cue.kind == CueKind::recovered};
    if (!config_.live) {
      write(fmt::format("{:>7}  {}  ({}, {})\n", clock_time(alert.at_ms), alert.text,
                        title(alert.cue.kind), name(alert.cue.party)));
      return;
    }
    retire_card();
    card_ = std::move(card);
    draw();
  }

  void tell(std::int64_t at_ms, const std::string& what) {
    const std::lock_guard lock(mutex_);
    add_line(fmt::format("{:>7}  {}", clock_time(at_ms), what));
  }

  void say(const std::string& line) {
    const std::lock_guard lock(mutex_);
    add_line(line);
  }

  void end() {
    const std::lock_guard lock(mutex_);
    if (!config_.live) return;
    retire_card();
    write(taken_away());
    config_.live = false;
  }

 private:
  TerminalStyle style() const {
    const int columns = config_.width_columns ? config_.width_columns() : kUsualColumns;
    return {config_.colour, config_.unicode, std::clamp(columns, kNarrowest, kWidest)};
  }

  void write(const std::string& text) { out_ << text << std::flush; }

  // Up to the first moving line, and everything from there on is gone.
  std::string taken_away() {
    std::string text;
    if (moving_lines_ > 0) text = fmt::format("\r\x1b[{}A\x1b[J", moving_lines_);
    moving_lines_ = 0;
    return text;
  }

  void add_line(const std::string& line) {
    write(taken_away() + line + '\n');
    if (config_.live) draw();
  }

  // Each line is overwritten where it stands, then cleared to its end: nothing flickers. A terminal
  // that became narrower cuts a line rather than break it (?7l), so the count of lines stays right.
  void draw() {
    drawn_at_ = Clock::now();
    const std::vector<std::string> lines = moving();
    std::string text = "\x1b[?7l";
    if (moving_lines_ > 0) text += fmt::format("\r\x1b[{}A", moving_lines_);
    for (const std::string& line : lines) text += line + "\x1b[K\n";
    text += "\x1b[J\x1b[?7h";
    moving_lines_ = lines.size();
    write(text);
  }

  std::vector<std::string> moving() const {
    const TerminalStyle look = style();
    const CallMeters& meters = meters_.meters();
    std::vector<std::string> lines = {voice_row(meters, Party::agent, look),
                                      voice_row(meters, Party::customer, look)};
    if (!card_) {
      lines.push_back(look.painted("2", fmt::format("{:>7}", clock_time(meters.time_ms))));
      lines.emplace_back();
      return lines;
    }
    const int columns = look.width_columns - 1 - kIndent;
    const std::string text = cut_to_columns(card_->text, columns - 2, look);
    lines.push_back(fmt::format("{:>7}  {}{}", clock_time(meters.time_ms),
                                look.painted(paint_of(*card_), mark_of(*card_)),
                                card_->open ? look.painted("1", text) : text));
    for (const std::string& part : two_lines(card_->about, columns - 2, look)) {
      lines.push_back(std::string(kIndent + 2, ' ') + look.painted("2", part));
    }
    return lines;
  }

  void retire_read_card() {
    if (!card_ || card_->open) return;
    if (meters_.meters().time_ms - card_->at_ms >= kLeastShownMs) retire_card();
  }

  // Into the lines that stay.
  void retire_card() {
    if (!card_) return;
    const TerminalStyle look = style();
    const std::string line =
        fmt::format("{:>7}  {}{}  ({})", clock_time(card_->at_ms), mark_of(*card_), card_->text,
                    card_->about.substr(0, card_->about.find(':')));
    card_.reset();
    write(taken_away() + cut_to_columns(line, look.width_columns - 1, look) + '\n');
    draw();
  }

  std::mutex mutex_;
  std::ostream& out_;
  TerminalViewConfig config_;
  CallMeterReader meters_;
  std::optional<Card> card_;
  std::size_t moving_lines_ = 0;
  Clock::time_point drawn_at_{};
};

TerminalView::TerminalView(std::ostream& out, TerminalViewConfig config)
    : screen_(std::make_unique<Screen>(out, std::move(config))) {}
TerminalView::TerminalView(TerminalView&&) noexcept = default;
TerminalView& TerminalView::operator=(TerminalView&& other) noexcept {
  if (this != &other) {
    if (screen_) screen_->end();
    screen_ = std::move(other.screen_);
    open_ = other.open_;
  }
  return *this;
}
TerminalView::~TerminalView() {
  if (screen_) screen_->end();
}

void TerminalView::on_frame(const CallFrame& frame) noexcept { screen_->hear(frame); }

void TerminalView::on_turn(const TurnFrame& frame) noexcept { screen_->hear(frame); }

void TerminalView::on_cue(const CueChange& change) noexcept { screen_->clear(open_.take(change)); }

void TerminalView::on_alert(const Alert& alert) noexcept {
  if (alert.delivery != Delivery::delivered) return;
  screen_->show(alert);
  screen_->clear(open_.take(alert));
}

void TerminalView::on_answer(const AlertAnswer& answer) noexcept {
  if (answer.answer != Answer::not_now || answer.snooze_min == 0) return;
  screen_->tell(answer.at_ms, fmt::format("No alerts for {} min.", answer.snooze_min));
}

void TerminalView::on_notice(const DeviceNotice& notice) noexcept {
  screen_->tell(notice.at_ms, notice_words(notice));
}

void TerminalView::say(const std::string& line) { screen_->say(line); }

void TerminalView::end() { screen_->end(); }

}  // namespace tonecue
