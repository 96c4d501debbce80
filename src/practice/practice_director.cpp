#include "tonecue/practice/practice_director.h"

#include <algorithm>
#include <utility>

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

constexpr std::int64_t hops(std::int64_t time_ms) noexcept { return time_ms / kHopMs; }

/// A breath between two words does not end what is being said.
constexpr std::int64_t kBreathHops = 300 / kHopMs;

}  // namespace

PracticeDirector::PracticeDirector(PracticeScript script, const PracticePace& pace)
    : script_(std::move(script)), pace_(pace) {}

std::optional<std::size_t> PracticeDirector::process(bool agent_active) noexcept {
  ++now_;
  follow(agent_active);
  if (over_ || now_ < sounding_until_) return std::nullopt;
  if (next_ < script_.lines.size() && due_within_answer(script_.lines[next_])) return begin_line();
  if (!answered(pace_.answer_after_ms) && !left_waiting()) return std::nullopt;
  skip_listeners_words();
  if (next_ < script_.lines.size()) return begin_line();
  over_ = answered(pace_.farewell_ms) || left_waiting();
  return std::nullopt;
}

void PracticeDirector::follow(bool agent_active) noexcept {
  if (!agent_active) return;
  const bool new_turn = agent_last_ == 0 || now_ - agent_last_ > hops(pace_.answer_after_ms);
  if (new_turn) agent_since_ = now_;
  agent_last_ = now_;
  if (now_ >= customer_done_) ++answer_;
}

bool PracticeDirector::due_within_answer(const CustomerLine& line) const noexcept {
  if (line.entry == CustomerEntry::after_agent || answer_ == 0) return false;
  const bool speaking = now_ - agent_last_ <= kBreathHops;
  return speaking && now_ - std::max(agent_since_, customer_done_) >= hops(line.after_onset_ms);
}

bool PracticeDirector::answered(int silence_ms) const noexcept {
  return answer_ >= hops(pace_.least_reply_ms) && now_ - agent_last_ >= hops(silence_ms);
}

bool PracticeDirector::left_waiting() const noexcept {
  return now_ - std::max(agent_last_, customer_done_) >= hops(pace_.patience_ms);
}

void PracticeDirector::skip_listeners_words() noexcept {
  while (next_ < script_.lines.size() &&
         script_.lines[next_].entry == CustomerEntry::beside_agent) {
    ++next_;
  }
}

std::size_t PracticeDirector::begin_line() noexcept {
  const CustomerLine& line = script_.lines[next_];
  sounding_until_ = now_ + hops(pace_.heard_after_ms + line.end_ms - line.start_ms);
  if (line.entry != CustomerEntry::beside_agent) {
    customer_done_ = sounding_until_;
    answer_ = 0;
  }
  return next_++;
}

}  // namespace tonecue
