// The agent sees what is told of them before anybody else does.

#include <algorithm>
#include <chrono>
#include <optional>

#include <gtest/gtest.h>

#include "store/listed_calls.h"
#include "tonecue/store/call_store.h"

namespace tonecue {
namespace {

using test::ids_of;
using test::kEverything;
using test::ListedCall;
using test::ListedStore;

constexpr std::int64_t kHourMs = 3'600'000;

std::int64_t hours_ago(std::int64_t hours) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count() - hours * kHourMs;
}

const Scope kSupervisor{.reach = Scope::Reach::teams, .teams = {"billing"}};
const Scope kAnn{.reach = Scope::Reach::own, .agent = "ann"};

struct Case {
  const char* what;
  Scope asker;
  std::string agent;
  bool seen = false;
  std::int64_t hours_since = 1;
  bool withheld = false;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {"a supervisor, an hour later", kSupervisor, "ann", false, 1, true},
      {"an admin, an hour later", kEverything, "ann", false, 1, true},
      {"a supervisor, once the agent has looked", kSupervisor, "ann", true, 1, false},
      {"a supervisor, after a day", kSupervisor, "ann", false, 25, false},
      {"the agent", kAnn, "ann", false, 1, false},
      {"an agent who may not sign in any more", kSupervisor, "gone", false, 1, false},
      {"an agent without an account", kSupervisor, "nobody", false, 1, false},
      {"a call of no agent", kSupervisor, "", false, 1, false},
      {"a supervisor who takes calls too, their own",
       {.reach = Scope::Reach::teams, .agent = "ann", .teams = {"billing"}},
       "ann",
       false,
       1,
       false},
      {"a supervisor who takes calls too, another's",
       {.reach = Scope::Reach::teams, .agent = "bob", .teams = {"billing"}},
       "ann",
       false,
       1,
       true},
  };
  return all;
}

// One call with both sides, flagged by the agent's alone.
ListedCall call_of(const Case& one) {
  return {.agent = one.agent,
          .need_customer = 0.0F,
          .need_agent = 2.0F,
          .agent_seen = one.seen,
          .written_unix_ms = hours_ago(one.hours_since),
          .cues = {{Party::agent, CueKind::interruption, 0.9F},
                   {Party::customer, CueKind::interruption, 0.6F},
                   {Party::agent, CueKind::monologue, 0.9F},
                   {Party::customer, CueKind::fast_speech, 0.6F}}};
}

class AgentFirst : public ::testing::TestWithParam<std::size_t> {
 protected:
  AgentFirst() {
    listed_.add_person("ann", "ann");
    listed_.add_person("bob", "bob");
    listed_.add_person("gone", "gone", false);
    listed_.add_person("eve", "");
    id_ = listed_.add(call_of(one_));
  }

  bool lists(const CallFilter& filter) {
    const auto page = CallStore(listed_.store()).list(one_.asker, filter, 10, {});
    EXPECT_TRUE(page) << one_.what;
    if (!page) return false;
    EXPECT_EQ(page->total, std::ssize(page->calls)) << one_.what;
    return !page->calls.empty();
  }

  const Case& one_ = cases()[GetParam()];
  ListedStore listed_{};
  std::int64_t id_ = 0;
};

TEST_P(AgentFirst, LeavesTheAgentsSideOutOfTheEntry) {
  const auto page = CallStore(listed_.store()).list(one_.asker, {}, 10, {});
  ASSERT_TRUE(page) << page.error().message;
  ASSERT_EQ(page->calls.size(), 1U) << one_.what;
  const CallEntry& entry = page->calls.front();
  int of_agent = 0;
  for (const int count : entry.cues.agent) of_agent += count;

  EXPECT_EQ(of_agent, one_.withheld ? 0 : 2) << one_.what;
  EXPECT_EQ(entry.cues.customer[static_cast<std::size_t>(CueKind::interruption)], 1) << one_.what;
  const auto told = [](const std::optional<float>& one) { return one.has_value(); };
  EXPECT_EQ(std::ranges::count_if(entry.confidence.agent, told), one_.withheld ? 0 : 2)
      << one_.what;
  EXPECT_EQ(std::ranges::count_if(entry.confidence.customer, told), 2) << one_.what;
  EXPECT_FLOAT_EQ(entry.need, one_.withheld ? 0.0F : 2.0F) << one_.what;
  EXPECT_EQ(entry.conduct_from_unix_ms.has_value(), one_.withheld) << one_.what;
  if (entry.conduct_from_unix_ms) {
    EXPECT_NEAR(static_cast<double>(*entry.conduct_from_unix_ms),
                static_cast<double>(hours_ago(one_.hours_since - 24)), 60'000.0);
  }
}

TEST_P(AgentFirst, LeavesTheAgentsSideOutOfFilters) {
  const bool visible = !one_.withheld;

  EXPECT_EQ(lists({.kinds = {CueKind::monologue}}), visible) << one_.what;
  EXPECT_EQ(lists({.kinds = {CueKind::monologue, CueKind::raised_voice}}), visible) << one_.what;
  EXPECT_EQ(lists({.kinds = {CueKind::interruption}, .least_confidence = 0.8F}), visible)
      << one_.what;
  EXPECT_EQ(lists({.least_confidence = 0.8F}), visible) << one_.what;
  EXPECT_EQ(lists({.flagged = true}), visible) << one_.what;
  EXPECT_EQ(lists({.flagged = false}), one_.withheld) << one_.what;

  EXPECT_TRUE(lists({.kinds = {CueKind::interruption}})) << one_.what << ": by the customer";
  EXPECT_TRUE(lists({.least_confidence = 0.6F})) << one_.what << ": of the customer";
  EXPECT_FALSE(lists({.kinds = {CueKind::distress}})) << one_.what;
}

TEST_P(AgentFirst, LeavesTheAgentsSideOutOfTheOrder) {
  const auto other = listed_.add({.agent = one_.agent, .need_customer = 1.0F});
  const CallStore calls(listed_.store());
  const std::vector<std::int64_t> expected =
      one_.withheld ? std::vector{other, id_} : std::vector{id_, other};
  const auto whole = calls.list(one_.asker, {}, 10, {});
  EXPECT_EQ(ids_of(whole), expected) << one_.what;

  const auto first = calls.list(one_.asker, {}, 1, {});
  ASSERT_TRUE(first);
  const auto second = calls.list(one_.asker, {}, 1, first->next);
  EXPECT_EQ(ids_of(first), std::vector{expected[0]}) << one_.what;
  EXPECT_EQ(ids_of(second), std::vector{expected[1]}) << one_.what;
  EXPECT_EQ(calls.next(one_.asker, {}, expected[0]).value(), expected[1]) << one_.what;
  EXPECT_EQ(calls.next(one_.asker, {}, expected[1]).value(), std::nullopt) << one_.what;
}

TEST_P(AgentFirst, TakesVerdictsOnTheAgentsSideOnlyFromWhoMaySeeIt) {
  const auto judge = listed_.add_person("judge");
  const auto cues = listed_.cue_ids(id_);
  ReviewStore reviews(listed_.store());

  const auto of_agent = reviews.give_verdict(one_.asker, judge, cues[0], CueVerdict::right);
  EXPECT_EQ(of_agent.has_value(), !one_.withheld) << one_.what;
  if (!of_agent) {
    EXPECT_EQ(of_agent.error().code, ErrorCode::not_found);
  }
  EXPECT_EQ(reviews.call_of_cue(one_.asker, cues[0]).has_value(), !one_.withheld) << one_.what;
  EXPECT_TRUE(reviews.give_verdict(one_.asker, judge, cues[1], CueVerdict::wrong)) << one_.what;
}

INSTANTIATE_TEST_SUITE_P(Askers, AgentFirst, ::testing::Range<std::size_t>(0, cases().size()));

TEST(AgentFirstHours, MayBeNone) {
  ListedStore listed;
  listed.add_person("ann", "ann");
  const auto id = listed.add({.need_agent = 1.0F, .written_unix_ms = hours_ago(0)});
  CallStore calls(listed.store());

  EXPECT_EQ(ids_of(calls.list(kSupervisor, {.flagged = true}, 10, {})).size(), 0U);
  calls.set_agent_first_h(0);
  EXPECT_EQ(ids_of(calls.list(kSupervisor, {.flagged = true}, 10, {})), std::vector{id});
}

}  // namespace
}  // namespace tonecue
