#include <algorithm>
#include <optional>
#include <random>

#include <gtest/gtest.h>

#include "store/listed_calls.h"
#include "tonecue/store/call_store.h"

namespace tonecue {
namespace {

using test::ids_of;
using test::kEverything;
using test::ListedStore;
using Ids = std::vector<std::int64_t>;

Ids list(ListedStore& listed, const CallFilter& filter, const Scope& scope = kEverything) {
  return ids_of(CallStore(listed.store()).list(scope, filter, 200, {}));
}

TEST(CallList, PutsWhatNeedsAPersonFirst) {
  ListedStore listed;
  const auto quiet = listed.add({.started_unix_ms = 9'000});
  const auto both = listed.add({.started_unix_ms = 1'000, .need_customer = 3, .need_agent = 3});
  const auto older = listed.add({.started_unix_ms = 1'000, .need_customer = 5});
  const auto newer = listed.add({.started_unix_ms = 2'000, .need_customer = 5});
  const auto reviewed = listed.add({.started_unix_ms = 9'000, .need_customer = 8});
  const auto reviewer = listed.add_person("eve");
  ASSERT_TRUE(ReviewStore(listed.store()).set_reviewed(kEverything, reviewer, reviewed, true));

  EXPECT_EQ(list(listed, {}), (Ids{both, newer, older, quiet, reviewed}));
}

TEST(CallList, GoesByTimeWhenAsked) {
  ListedStore listed;
  const auto middle = listed.add({.started_unix_ms = 2'000, .need_customer = 5});
  const auto first = listed.add({.started_unix_ms = 1'000});
  const auto last = listed.add({.started_unix_ms = 3'000});
  const auto with_last = listed.add({.started_unix_ms = 3'000});

  EXPECT_EQ(list(listed, {.order = CallOrder::newest}), (Ids{with_last, last, middle, first}));
  EXPECT_EQ(list(listed, {.order = CallOrder::oldest}), (Ids{first, middle, last, with_last}));
}

TEST(CallList, FiltersByEachField) {
  ListedStore listed;
  const auto plain = listed.add({.started_unix_ms = 1'000});
  const auto sales = listed.add({.started_unix_ms = 2'000,
                                 .agent = "bob",
                                 .team = "sales",
                                 .queue = "second",
                                 .need_customer = 5,
                                 .recovered = false,
                                 .cues = {{Party::customer, CueKind::distress, 0.7F}}});
  const auto calmed = listed.add({.started_unix_ms = 3'000,
                                  .agent = "cleo",
                                  .team = "support",
                                  .need_customer = 3,
                                  .recovered = true,
                                  .cues = {{Party::customer, CueKind::distress, 0.9F},
                                           {Party::agent, CueKind::monologue, 0.5F}}});
  const auto reviewer = listed.add_person("eve");
  ASSERT_TRUE(ReviewStore(listed.store()).set_reviewed(kEverything, reviewer, calmed, true));

  struct Case {
    const char* what;
    CallFilter filter;
    Ids expected;
  };
  const std::vector<Case> cases = {
      {"from", {.from_unix_ms = 2'000}, {sales, calmed}},
      {"to", {.to_unix_ms = 2'000}, {plain}},
      {"from and to", {.from_unix_ms = 1'500, .to_unix_ms = 2'500}, {sales}},
      {"team", {.teams = {"sales"}}, {sales}},
      {"teams", {.teams = {"sales", "support"}}, {sales, calmed}},
      {"team that is not there", {.teams = {"sales' OR 1=1 --"}}, {}},
      {"queue", {.queues = {"second"}}, {sales}},
      {"agent", {.agents = {"bob", "cleo"}}, {sales, calmed}},
      {"kind", {.kinds = {CueKind::distress}}, {sales, calmed}},
      {"either kind", {.kinds = {CueKind::monologue, CueKind::recovered}}, {calmed}},
      {"kind, sure enough",
       {.kinds = {CueKind::distress}, .least_confidence = 0.7F},
       {sales, calmed}},
      {"kind, surer", {.kinds = {CueKind::distress}, .least_confidence = 0.71F}, {calmed}},
      {"any kind, surer", {.least_confidence = 0.9F}, {calmed}},
      {"any kind at all", {.least_confidence = 0.0F}, {sales, calmed}},
      {"not reviewed", {.reviewed = false}, {sales, plain}},
      {"reviewed", {.reviewed = true}, {calmed}},
      {"did not recover", {.recovered = false}, {sales}},
      {"recovered", {.recovered = true}, {calmed}},
      {"flagged", {.flagged = true}, {sales, calmed}},
      {"not flagged", {.flagged = false}, {plain}},
      {"all at once",
       {.from_unix_ms = 1'000,
        .to_unix_ms = 9'000,
        .teams = {"sales"},
        .queues = {"second"},
        .agents = {"bob"},
        .kinds = {CueKind::distress},
        .least_confidence = 0.5F,
        .reviewed = false,
        .recovered = false,
        .flagged = true},
       {sales}},
  };
  for (const Case& one : cases) {
    const auto page = CallStore(listed.store()).list(kEverything, one.filter, 200, {});
    EXPECT_EQ(ids_of(page), one.expected) << one.what;
    ASSERT_TRUE(page);
    EXPECT_EQ(page->total, std::ssize(one.expected)) << one.what;
  }
}

TEST(CallList, KeepsToWhatTheAskerMaySee) {
  ListedStore listed;
  const auto billing = listed.add({.agent = "ann", .team = "billing", .need_customer = 3});
  const auto sales = listed.add({.agent = "bob", .team = "sales", .need_customer = 2});
  const auto nobodys = listed.add({.agent = "", .team = "", .need_customer = 1});
  const auto seen = [&](const Scope& scope) { return list(listed, {}, scope); };
  const auto teams = [](std::vector<std::string> names) {
    return Scope{.reach = Scope::Reach::teams, .teams = std::move(names)};
  };

  EXPECT_EQ(seen(kEverything), (Ids{billing, sales, nobodys}));
  EXPECT_EQ(seen(teams({"billing"})), Ids{billing});
  EXPECT_EQ(seen(teams({"billing", "sales"})), (Ids{billing, sales}));
  EXPECT_EQ(seen(teams({})), Ids{});
  EXPECT_EQ(seen(teams({""})), Ids{});
  EXPECT_EQ(seen({.reach = Scope::Reach::own, .agent = "bob"}), Ids{sales});
  EXPECT_EQ(seen({.reach = Scope::Reach::own, .agent = ""}), Ids{});
  EXPECT_EQ(list(listed, {.teams = {"sales"}}, teams({"billing"})), Ids{});
}

TEST(CallList, TellsOfACallWhatTheListShows) {
  ListedStore listed;
  const auto id = listed.add({.started_unix_ms = 5'000,
                              .need_customer = 5.0F,
                              .need_agent = 1.5F,
                              .recovered = false,
                              .cues = {{Party::customer, CueKind::distress},
                                       {Party::customer, CueKind::distress},
                                       {Party::agent, CueKind::interruption}}});
  listed.execute("UPDATE calls SET distressed_s = 12.5, peak_distress = 0.75, caller_ref = 'c7'");
  const auto writer = listed.add_person("eve");
  ReviewStore reviews(listed.store());
  ASSERT_TRUE(reviews.add_note(kEverything, writer, id, {}, "call them back"));

  const auto page = CallStore(listed.store()).list(kEverything, {}, 10, {});
  ASSERT_TRUE(page) << page.error().message;
  ASSERT_EQ(page->calls.size(), 1U);
  const CallEntry& entry = page->calls.front();
  EXPECT_EQ(entry.id, id);
  EXPECT_EQ(entry.details.started_unix_ms, 5'000);
  EXPECT_EQ(entry.details.agent, "ann");
  EXPECT_EQ(entry.details.caller_ref, "c7");
  EXPECT_EQ(entry.state, CallState::done);
  EXPECT_EQ(entry.duration_ms, 300'000);
  EXPECT_EQ(entry.cues.customer[static_cast<std::size_t>(CueKind::distress)], 2);
  EXPECT_EQ(entry.cues.agent[static_cast<std::size_t>(CueKind::interruption)], 1);
  EXPECT_FLOAT_EQ(entry.distressed_s, 12.5F);
  EXPECT_EQ(entry.peak_distress, 0.75F);
  EXPECT_EQ(entry.recovered, false);
  EXPECT_FLOAT_EQ(entry.need, 6.5F);
  EXPECT_FALSE(entry.reviewed);
  EXPECT_EQ(entry.notes, 1);
  EXPECT_FALSE(entry.audio);
  EXPECT_EQ(entry.conduct_from_unix_ms, std::nullopt);
}

std::optional<float> confidence_of(const CallEntry& entry, Party party, CueKind kind) {
  return entry.confidence[party][static_cast<std::size_t>(kind)];
}

TEST(CallList, TellsHowSureTheSurestCueOfEachKindIs) {
  ListedStore listed;
  const auto id = listed.add({.cues = {{Party::customer, CueKind::distress, 0.61F},
                                       {Party::customer, CueKind::distress, 0.839F},
                                       {Party::customer, CueKind::recovered, 1.0F},
                                       {Party::agent, CueKind::interruption, 0.7F},
                                       {Party::agent, CueKind::monologue, 0.0F}}});
  const auto entry = CallStore(listed.store()).entry(kEverything, id);
  ASSERT_TRUE(entry) << entry.error().message;

  EXPECT_EQ(confidence_of(*entry, Party::customer, CueKind::distress), 0.83F);
  EXPECT_EQ(confidence_of(*entry, Party::customer, CueKind::recovered), 1.0F);
  EXPECT_EQ(confidence_of(*entry, Party::agent, CueKind::interruption), 0.7F);
  EXPECT_EQ(confidence_of(*entry, Party::agent, CueKind::monologue), 0.0F);
  EXPECT_EQ(confidence_of(*entry, Party::agent, CueKind::distress), std::nullopt);
  EXPECT_EQ(confidence_of(*entry, Party::customer, CueKind::interruption), std::nullopt);
}

// What a row says and what the filter by confidence takes are the same.
TEST(CallList, TellsAConfidenceByWhichTheCallIsFound) {
  ListedStore listed;
  for (int percent = 0; percent <= 100; ++percent) {
    const float confidence = static_cast<float>(percent) / 100.0F;
    listed.add({.cues = {{Party::customer, CueKind::distress, confidence}}});
  }
  const auto page = CallStore(listed.store()).list(kEverything, {}, 200, {});
  ASSERT_TRUE(page) << page.error().message;
  ASSERT_EQ(page->calls.size(), 101U);
  for (const CallEntry& entry : page->calls) {
    const auto told = confidence_of(entry, Party::customer, CueKind::distress);
    ASSERT_TRUE(told) << entry.id;
    const Ids found = list(listed, {.least_confidence = told});
    EXPECT_NE(std::ranges::find(found, entry.id), found.end()) << *told;
  }
}

TEST(CallList, FollowsACueThatGetsSurerOrLessSure) {
  ListedStore listed;
  const auto id = listed.add({.cues = {{Party::customer, CueKind::distress, 0.6F},
                                       {Party::customer, CueKind::recovered, 1.0F}}});
  const CallFilter sure{.kinds = {CueKind::distress}, .least_confidence = 0.8F};
  EXPECT_EQ(list(listed, sure), Ids{});

  listed.execute("UPDATE cues SET confidence = 0.85 WHERE kind = 6");
  EXPECT_EQ(list(listed, sure), Ids{id});
  listed.execute("UPDATE cues SET confidence = 0.5 WHERE kind = 6");
  EXPECT_EQ(list(listed, sure), Ids{});
  EXPECT_EQ(list(listed, {.kinds = {CueKind::recovered}, .least_confidence = 1.0F}), Ids{id});
}

TEST(CallList, ForgetsACueThatIsTakenBack) {
  ListedStore listed;
  const auto id = listed.add({.cues = {{Party::customer, CueKind::distress, 0.9F},
                                       {Party::customer, CueKind::distress, 0.6F},
                                       {Party::customer, CueKind::recovered, 1.0F}}});
  const CallFilter distress{.kinds = {CueKind::distress}};
  const CallFilter sure{.kinds = {CueKind::distress}, .least_confidence = 0.8F};
  ASSERT_EQ(list(listed, sure), Ids{id});

  listed.execute("DELETE FROM cues WHERE kind = 6 AND confidence > 0.8");
  EXPECT_EQ(list(listed, sure), Ids{});
  EXPECT_EQ(list(listed, distress), Ids{id});
  listed.execute("DELETE FROM cues WHERE kind = 6");
  EXPECT_EQ(list(listed, distress), Ids{});
  EXPECT_EQ(list(listed, {.kinds = {CueKind::recovered}}), Ids{id});
}

// --- Pages

std::vector<Ids> all_pages(ListedStore& listed, const CallFilter& filter, int limit) {
  std::vector<Ids> pages;
  std::string after;
  do {
    const auto page = CallStore(listed.store()).list(kEverything, filter, limit, after);
    pages.push_back(ids_of(page));
    if (!page) break;
    after = page->next;
  } while (!after.empty());
  return pages;
}

TEST(CallList, GivesEachCallOnceOverAllPages) {
  constexpr int kSeed = 20261122;
  ListedStore listed;
  std::mt19937 random(kSeed);
  const auto below = [&](int limit) {
    return static_cast<int>(random() % static_cast<unsigned>(limit));
  };
  const auto reviewer = listed.add_person("eve");
  for (int i = 0; i < 60; ++i) {  // Few values, so that many calls are alike but for the id.
    const auto id = listed.add({.started_unix_ms = 1'000 + below(4),
                                .need_customer = 0.1F * static_cast<float>(below(3)),
                                .need_agent = 0.2F * static_cast<float>(below(3))});
    if (below(3) == 0) {
      ASSERT_TRUE(ReviewStore(listed.store()).set_reviewed(kEverything, reviewer, id, true));
    }
  }
  for (const CallOrder order : {CallOrder::need, CallOrder::newest, CallOrder::oldest}) {
    const CallFilter filter{.order = order};
    const Ids whole = list(listed, filter);
    for (const int limit : {1, 7, 59, 60, 61}) {
      Ids joined;
      for (const Ids& page : all_pages(listed, filter, limit)) {
        EXPECT_LE(std::ssize(page), limit);
        joined.insert(joined.end(), page.begin(), page.end());
      }
      EXPECT_EQ(joined, whole) << "order " << static_cast<int>(order) << ", pages of " << limit;
    }
  }
}

TEST(CallList, NeitherRepeatsNorHidesCallsWhenOthersComeIn) {
  ListedStore listed;
  Ids before;
  for (int i = 0; i < 6; ++i) {
    before.push_back(listed.add({.started_unix_ms = 1'000 - i, .need_customer = 5}));
  }
  const CallStore calls(listed.store());
  const auto first = calls.list(kEverything, {}, 3, {});
  ASSERT_TRUE(first);
  listed.add({.started_unix_ms = 9'000, .need_customer = 8});
  const auto second = calls.list(kEverything, {}, 3, first->next);

  EXPECT_EQ(ids_of(first), (Ids{before[0], before[1], before[2]}));
  EXPECT_EQ(ids_of(second), (Ids{before[3], before[4], before[5]}));
}

TEST(CallList, CountsTheCallsOfAllPages) {
  ListedStore listed;
  for (int i = 0; i < 5; ++i) listed.add({});
  const CallStore calls(listed.store());
  const auto first = calls.list(kEverything, {}, 2, {});
  ASSERT_TRUE(first);
  const auto second = calls.list(kEverything, {}, 2, first->next);
  ASSERT_TRUE(second);

  EXPECT_EQ(first->total, 5);
  EXPECT_EQ(second->total, 5);
}

TEST(CallList, RefusesWhatItCannotAnswer) {
  ListedStore listed;
  const CallStore calls(listed.store());
  const auto refused = [](const auto& result) {
    return !result && result.error().code == ErrorCode::invalid_argument;
  };

  EXPECT_TRUE(refused(calls.list(kEverything, {}, 0, {})));
  EXPECT_TRUE(refused(calls.list(kEverything, {}, 201, {})));
  EXPECT_TRUE(refused(calls.list(kEverything, {}, 10, "page 2")));
  EXPECT_TRUE(refused(calls.list(kEverything, {}, 10, "newest.1.2"))) << "of another order";
  EXPECT_TRUE(refused(calls.list(kEverything, {.least_confidence = 1.5F}, 10, {})));
  EXPECT_TRUE(refused(calls.list(kEverything, {.text = std::string(201, 'a')}, 10, {})));
  EXPECT_TRUE(refused(calls.next(kEverything, {.least_confidence = -0.1F}, 1)));
}

// --- The next call

TEST(CallList, GoesOnToTheCallThatFollows) {
  ListedStore listed;
  const auto first = listed.add({.need_customer = 8});
  const auto second = listed.add({.need_customer = 5});
  const auto last = listed.add({.need_customer = 3});
  const auto quiet = listed.add({});
  const CallStore calls(listed.store());
  const CallFilter flagged{.flagged = true};

  EXPECT_EQ(calls.next(kEverything, flagged, first).value(), second);
  EXPECT_EQ(calls.next(kEverything, flagged, second).value(), last);
  EXPECT_EQ(calls.next(kEverything, flagged, last).value(), std::nullopt);
  EXPECT_EQ(calls.next(kEverything, flagged, quiet).value(), first) << "it is not in the list";
  EXPECT_EQ(calls.next(kEverything, flagged, 999).value(), first);
}

TEST(CallList, GoesOnFromTheTopWhenTheCallLeftTheList) {
  ListedStore listed;
  const auto first = listed.add({.need_customer = 8});
  const auto second = listed.add({.need_customer = 5});
  const auto reviewer = listed.add_person("eve");
  ASSERT_TRUE(ReviewStore(listed.store()).set_reviewed(kEverything, reviewer, first, true));

  EXPECT_EQ(CallStore(listed.store()).next(kEverything, {.reviewed = false}, first).value(),
            second);
}

TEST(CallList, OffersTheTeamsQueuesAndAgentsOfTheAskersCalls) {
  ListedStore listed;
  listed.add({.agent = "bob", .team = "sales", .queue = "b"});
  listed.add({.agent = "bob", .team = "sales", .queue = "a"});
  listed.add({.agent = "ann", .team = "billing", .queue = "c"});
  listed.add({.agent = "", .team = "", .queue = ""});
  const CallStore calls(listed.store());

  const auto all = calls.facets(kEverything);
  ASSERT_TRUE(all);
  EXPECT_EQ(all->teams, (std::vector<std::string>{"billing", "sales"}));
  EXPECT_EQ(all->queues, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(all->agents, (std::vector<std::string>{"ann", "bob"}));
  const auto sales = calls.facets({.reach = Scope::Reach::teams, .teams = {"sales"}});
  ASSERT_TRUE(sales);
  EXPECT_EQ(sales->agents, std::vector<std::string>{"bob"});
  EXPECT_EQ(sales->queues, (std::vector<std::string>{"a", "b"}));
}

TEST(CallList, OffersOnlyWhatThereIs) {
  ListedStore listed;
  const auto moved = listed.add({.agent = "ann", .team = "billing"});
  const auto gone = listed.add({.agent = "bob", .team = "sales"});
  listed.add({.agent = "ann", .team = "billing"});
  const CallStore calls(listed.store());
  listed.execute("UPDATE calls SET agent = 'cleo' WHERE id = " + std::to_string(moved));
  listed.execute("DELETE FROM calls WHERE id = " + std::to_string(gone));

  const auto all = calls.facets(kEverything);
  ASSERT_TRUE(all);
  EXPECT_EQ(all->teams, std::vector<std::string>{"billing"});
  EXPECT_EQ(all->agents, (std::vector<std::string>{"ann", "cleo"}));
}

}  // namespace
}  // namespace tonecue
