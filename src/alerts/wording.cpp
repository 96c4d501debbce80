#include "tonecue/alerts/wording.h"

#include <utility>

namespace tonecue {

Wording Wording::defaults() {
  Wording wording;
  const auto agent = [&](CueKind kind, std::vector<std::string> sentences) {
    wording.set(kind, Party::agent, std::move(sentences));
  };
  const auto customer = [&](CueKind kind, std::vector<std::string> sentences) {
    wording.set(kind, Party::customer, std::move(sentences));
  };

  // The cue's own party: what this agent can do about their own conduct.
  agent(CueKind::interruption,
        {"Let them finish.", "Pause: give them the floor back.", "Hear them out, then answer."});
  agent(CueKind::raised_voice,
        {"A little softer.", "Breathe out, then lower your voice a little."});
  agent(CueKind::fast_speech, {"A little slower.", "Take a breath before the next sentence."});
  agent(CueKind::slow_speech, {"You can pick up the pace a little."});
  agent(CueKind::long_silence, {"Say what you are doing.", "Tell them how long it will take."});
  agent(CueKind::monologue, {"Ask an open question.", "Check in: \"How does that sound to you?\""});

  // The customer's cues: how to meet them. What a customer does is never corrected, so their
  // interruptions and pace raise no alert.
  customer(CueKind::long_silence,
           {"Ask if they need a moment.", "Reassure: \"Take your time, I am here.\""});
  customer(CueKind::raised_voice, {"Speak softly and slowly: \"I hear you.\"",
                                   "Let them say it all, then sum it up in one sentence."});
  // It was heard that the voice changed, not why: no sentence guesses what they feel.
  customer(CueKind::distress, {"Acknowledge it first: \"I hear how much this matters.\"",
                               "Listen first, then say back what matters to them.",
                               "Take it on: \"I am sorry about this. Here is what I will do.\""});
  customer(CueKind::recovered, {"It worked: they sound calmer.", "Well done: calmer now."});
  // The first word did not end it: now something to hold on to.
  wording.set_distress_stays({"Still upset: say what you will do, and when.",
                              "Stay with them: \"Let us take this one step at a time.\"",
                              "Ask: \"What would help you most right now?\""});
  return wording;
}

}  // namespace tonecue
