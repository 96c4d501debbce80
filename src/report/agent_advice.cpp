#include "agent_advice.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "tonecue/report/plain_words.h"
#include "tonecue/report/spoken_turns.h"

namespace tonecue {
namespace {

using Sentence = std::optional<std::string>;

/// "once", "twice", "3 times"
std::string times(std::ptrdiff_t count) {
  if (count == 1) return "once";
  return count == 2 ? "twice" : fmt::format("{} times", count);
}

std::ptrdiff_t count(const CallReport& report, CueKind kind, Party party) {
  return std::ranges::count_if(
      report.cues, [&](const Cue& cue) { return cue.kind == kind && cue.party == party; });
}

/// A voice that rose and waits longer for an answer hears a silence.
constexpr std::int64_t kSlowAnswerMs = 2000;

// ---- What went well

Sentence calmed(const CallStory& story) {
  const auto moment = std::ranges::find_if(
      story.moments, [](const HardMoment& m) { return m.recovered_after_ms.has_value(); });
  if (moment == story.moments.end() || story.customer == Customer::recorded) return std::nullopt;
  return fmt::format(
      "Their voice rose at {}; you stayed with them, and {:.0f} s later it was back near its "
      "usual.",
      clock_time(moment->start_ms), ms_to_s(*moment->recovered_after_ms));
}

Sentence answered_soon(const CallStory& story) {
  const bool all_soon =
      !story.moments.empty() && std::ranges::all_of(story.moments, [](const HardMoment& m) {
        return m.acknowledged_after_ms && *m.acknowledged_after_ms <= kSlowAnswerMs;
      });
  if (!all_soon) return std::nullopt;
  return fmt::format("When their voice rose you let them finish, and answered {:.1f} s later.",
                     ms_to_s(*story.moments.front().acknowledged_after_ms));
}

/// A voice within these of its usual is its usual: about half of what the summary calls a move.
bool kept_steady(const CallStory& story) {
  constexpr float kSteadyDb = 2.0F;
  constexpr float kSteadyPace = 0.08F;
  const auto& first = story.first;
  const auto& last = story.last;
  if (!first.level_dbfs || !last.level_dbfs || !first.pace_syl_per_s || !last.pace_syl_per_s) {
    return false;
  }
  return std::abs(*last.level_dbfs - *first.level_dbfs) <= kSteadyDb &&
         std::abs(*last.pace_syl_per_s / *first.pace_syl_per_s - 1.0F) <= kSteadyPace;
}

Sentence steady_beside_theirs(const CallStory& story) {
  if (story.moments.empty() || !kept_steady(story)) return std::nullopt;
  return "Your pace and level held steady while their voice rose.";
}

Sentence paused_when_told(const CallStory& story) {
  const PausedAlerts alerts = paused_alerts(story.report, 0, story.report.duration_ms);
  if (alerts.paused == 0 || alerts.paused < alerts.shown) return std::nullopt;
  return alerts.shown == 1
             ? std::string("You paused at once when a reminder came.")
             : fmt::format("You paused at once after all {} reminders.", alerts.shown);
}

Sentence let_them_finish(const CallStory& story) {
  constexpr std::size_t kEnoughTurns = 3;
  if (!hears_both(story.report)) return std::nullopt;
  const auto turns = spoken_turns(story.report, Party::customer).size();
  const bool cut_in = count(story.report, CueKind::interruption, Party::agent) > 0;
  if (cut_in || turns < kEnoughTurns) return std::nullopt;
  return fmt::format("You let them finish: {} turns, and not one was cut short.", turns);
}

Sentence gave_back(const CallStory& story) {
  constexpr float kSoonS = 3.0F;
  const PartySummary& agent = story.report.parties.agent;
  const bool soon = agent.interruptions > 0 && agent.given_back == agent.interruptions &&
                    agent.given_back_median_s && *agent.given_back_median_s <= kSoonS;
  if (!soon) return std::nullopt;
  return fmt::format("When you both spoke, you gave the floor back within {:.0f} s.",
                     std::ceil(*agent.given_back_median_s));
}

Sentence showed_listening(const CallStory& story) {
  const int backchannels = story.report.parties.agent.backchannels;
  if (backchannels < 2) return std::nullopt;
  return fmt::format("You showed that you were listening: a short \"mm-hm\", {}.",
                     times(backchannels));
}

Sentence waited(const CallStory& story) {
  // The mean gap between turns in ten languages (Stivers et al. 2009), and our judgement of what is
  // no wait yet.
  constexpr float kUnhurriedMs = 200.0F;
  constexpr float kPromptMs = 1000.0F;
  const auto& gap_ms = story.report.parties.agent.response_gap_median_ms;
  if (!gap_ms || *gap_ms < kUnhurriedMs || *gap_ms > kPromptMs) return std::nullopt;
  return fmt::format("You left {:.1f} s before you answered: time for them to finish, and no wait.",
                     *gap_ms / 1000.0F);
}

Sentence kept_talking(const CallStory& story) {
  if (!hears_both(story.report) || story.report.talk.non_talk_incidents > 0) return std::nullopt;
  return "You kept them with you: there was no silence of over 3 s.";
}

std::string gave_time(const CallStory& story) {
  const bool customer_heard = story.report.present.customer;
  const float talk_s = customer_heard ? story.report.parties.customer.talk_s : 0.0F;
  if (talk_s < 1.0F) return "You saw the call through to its end.";
  return fmt::format("You gave them room: they had {} of talking time.",
                     clock_time(std::llround(static_cast<double>(talk_s) * 1000.0)));
}

// ---- What to try

Sentence let_finish(const CallStory& story) {
  const auto cut_in = count(story.report, CueKind::interruption, Party::agent);
  if (cut_in == 0) return std::nullopt;
  return fmt::format(
      "Count one silent beat before you answer, so that they can finish: {} they were still "
      "speaking.",
      times(cut_in));
}

Sentence acknowledge(const CallStory& story) {
  const auto open = std::ranges::find_if(story.moments, [](const HardMoment& m) {
    return !m.recovered_after_ms ||
           (m.acknowledged_after_ms && *m.acknowledged_after_ms > kSlowAnswerMs);
  });
  if (open == story.moments.end()) return std::nullopt;
  return fmt::format(
      "When a voice rises, as at {}, begin with one short sentence that takes it up: \"I hear "
      "you.\"",
      clock_time(open->start_ms));
}

Sentence fill_silence(const CallStory& story) {
  const auto silences = count(story.report, CueKind::long_silence, Party::agent);
  if (silences == 0) return std::nullopt;
  return fmt::format(
      "Say what you are doing while you look something up: it was quiet for long {}.",
      times(silences));
}

Sentence slow_down(const CallStory& story) {
  constexpr float kFaster = 1.15F;
  const auto& first = story.first.pace_syl_per_s;
  const auto& last = story.last.pace_syl_per_s;
  const bool rose = first && last && *last >= kFaster * *first;
  if (!rose && count(story.report, CueKind::fast_speech, Party::agent) == 0) return std::nullopt;
  return "Take a breath before each sentence when the call gets busy: your pace went up.";
}

Sentence softer(const CallStory& story) {
  constexpr float kLouderDb = 3.0F;
  const auto& first = story.first.level_dbfs;
  const auto& last = story.last.level_dbfs;
  const bool rose = first && last && *last - *first >= kLouderDb;
  if (!rose && count(story.report, CueKind::raised_voice, Party::agent) == 0) return std::nullopt;
  return "Let your voice come down at the end of a sentence: it grew louder on the way.";
}

Sentence ask_back(const CallStory& story) {
  constexpr float kMuchShare = 0.65F;
  constexpr float kLongTurnS = 40.0F;
  if (!hears_both(story.report)) return std::nullopt;
  const auto& parties = story.report.parties;
  const float all_s = parties.agent.talk_s + parties.customer.talk_s;
  const bool much = parties.agent.talk_s > kMuchShare * all_s;
  if (!much && parties.agent.longest_turn_s < kLongTurnS) return std::nullopt;
  return fmt::format(
      "Check in after two or three sentences, \"How does that sound?\": your longest stretch was "
      "{:.0f} s.",
      parties.agent.longest_turn_s);
}

Sentence breathe(const CallStory& story) {
  constexpr float kHastyMs = 150.0F;
  const auto& gap_ms = story.report.parties.agent.response_gap_median_ms;
  if (!gap_ms || *gap_ms >= kHastyMs) return std::nullopt;
  return "Leave a breath before you answer: some have one more thing to say.";
}

}  // namespace

PausedAlerts paused_alerts(const CallReport& report, std::int64_t from_ms, std::int64_t to_ms) {
  constexpr std::int64_t kSoonMs = 3000;   // A sentence may be brought to its end.
  constexpr std::int64_t kPauseMs = 1000;  // More than a breath.
  const auto& track = report.track.agent;
  const auto silent = [&](std::int64_t time_ms) {
    const auto step = static_cast<std::size_t>(time_ms / kTrackStepMs);
    return step < track.size() && !track[step].speaking;
  };
  const auto paused_after = [&](std::int64_t at_ms) {
    std::int64_t silent_ms = 0;
    for (std::int64_t t = at_ms; t < at_ms + kSoonMs + kPauseMs; t += kTrackStepMs) {
      silent_ms = silent(t) ? silent_ms + kTrackStepMs : 0;
      if (silent_ms >= kPauseMs) return true;
    }
    return false;
  };
  PausedAlerts result;
  for (const AlertRecord& alert : report.alerts) {
    const bool at_once = alert.cue == CueKind::interruption || alert.cue == CueKind::distress;
    if (alert.delivery != Delivery::delivered || !at_once) continue;
    if (alert.at_ms < from_ms || alert.at_ms >= to_ms) continue;
    ++result.shown;
    if (paused_after(alert.at_ms)) ++result.paused;
  }
  return result;
}

std::string went_well(const CallStory& story) {
  for (const auto& rule : {calmed, answered_soon, steady_beside_theirs, let_them_finish, gave_back,
                           paused_when_told, showed_listening, waited, kept_talking}) {
    if (auto sentence = rule(story)) return *sentence;
  }
  return gave_time(story);
}

std::string to_try(const CallStory& story) {
  for (const auto& rule :
       {let_finish, acknowledge, fill_silence, slow_down, softer, ask_back, breathe}) {
    if (auto sentence = rule(story)) return *sentence;
  }
  return "Say back in one sentence what they asked for, before you answer it.";
}

}  // namespace tonecue
