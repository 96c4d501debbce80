/// @file
/// When the customer of a practice call speaks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "tonecue/practice/practice_script.h"

namespace tonecue {

struct PracticePace {
  int answer_after_ms = 800;  ///< Of the agent's silence. Longer than the pauses within most turns.
  int patience_ms = 6000;     ///< A customer who is left waiting speaks again after this.
  int least_reply_ms = 300;   ///< Less speech of the agent is no answer: a cough, a click.
  int farewell_ms = 2000;  ///< After the last line the call ends when the agent was silent so long.
  int heard_after_ms = 0;  ///< From the decision that a line begins until the agent hears it.
};

/// Follows the agent's voice and says when the customer's next line begins: when the agent has
/// answered and is silent, or has left the customer waiting. A customer who is spoken over speaks
/// on. Where the customer of the recording cut in, this one does, as long after the agent's first
/// word; if the agent has finished before, it is a line as any other. A listener's word that finds
/// no place in what the agent says is left out.
///
/// Real-time: the constructor allocates; nothing else does. Threads: one object, one thread.
class PracticeDirector {
 public:
  explicit PracticeDirector(PracticeScript script, const PracticePace& pace = {});

  /// Takes 10 ms of the call.
  /// @return The line, by its place in the script, that begins now.
  std::optional<std::size_t> process(bool agent_active) noexcept;

  /// The last line was said, and the agent has said farewell, or nothing more.
  bool over() const noexcept { return over_; }

 private:
  void follow(bool agent_active) noexcept;
  bool due_within_answer(const CustomerLine& line) const noexcept;
  bool answered(int silence_ms) const noexcept;
  bool left_waiting() const noexcept;
  void skip_listeners_words() noexcept;
  std::size_t begin_line() noexcept;

  PracticeScript script_;
  PracticePace pace_;
  std::size_t next_ = 0;
  bool over_ = false;
  std::int64_t now_ = 0;             // Hops, as all that follows.
  std::int64_t agent_since_ = 0;     // First of the agent's present turn.
  std::int64_t agent_last_ = 0;      // Newest in which the agent spoke; 0 before.
  std::int64_t answer_ = 0;          // How much the agent has said since the customer had finished.
  std::int64_t customer_done_ = 0;   // When the customer's last line ends; 0 before the first.
  std::int64_t sounding_until_ = 0;  // The same, with a listener's words.
};

}  // namespace tonecue
