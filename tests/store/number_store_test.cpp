// What figures are counted from: each call once it is over, seen by whom it may be.
#include "tonecue/store/number_store.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "store/listed_calls.h"
#include "store/made_call.h"

namespace tonecue {
namespace {

using test::kEverything;
using test::ListedStore;

std::vector<CallNumbers> all_of(NumberStore& numbers, const Scope& scope = kEverything,
                                const CallFilter& filter = {}) {
  std::vector<CallNumbers> all;
  const auto ok =
      numbers.each_call(scope, filter, [&](const CallNumbers& call) { all.push_back(call); });
  EXPECT_TRUE(ok) << (ok ? "" : ok.error().message);
  return all;
}

Cue customer_cue(CueKind kind, std::int64_t start_ms) {
  return {.kind = kind,
          .party = Party::customer,
          .start_ms = start_ms,
          .end_ms = start_ms + 5000,
          .raised_at_ms = start_ms + 1000,
          .confidence = 0.8F};
}

AlertRecord alert(Delivery delivery, std::optional<Answer> answer = {}) {
  AlertRecord record{.text = "x", .delivery = delivery, .answer = {}};
  if (answer) record.answer = AlertAnswer{.answer = *answer};
  return record;
}

CallReport some_report() {
  CallReport report;
  report.duration_ms = 120'000;
  report.parties.agent.talk_s = 40.0F;
  report.parties.agent.interruptions = 3;
  report.parties.customer.talk_s = 60.0F;
  report.parties.customer.interruptions = 1;
  report.talk.both_s = 4.0F;
  report.talk.non_talk_s = 8.0F;
  report.distress.distressed_s = 5.0F;
  report.cues = {customer_cue(CueKind::raised_voice, 10'000),
                 customer_cue(CueKind::recovered, 20'000),
                 customer_cue(CueKind::raised_voice, 30'000),
                 customer_cue(CueKind::distress, 40'000), customer_cue(CueKind::recovered, 75'000)};
  report.alerts = {alert(Delivery::delivered, Answer::helpful), alert(Delivery::delivered),
                   alert(Delivery::delivered, Answer::wrong),
                   alert(Delivery::over_budget, Answer::not_now)};
  return report;
}

TEST(NumberStore, CountsACallOnceItIsOver) {
  const test::TempFolder folder;
  Store store = test::open_store(folder.path());
  CallStore calls(store);
  NumberStore numbers(store);
  auto writer = calls.begin(test::some_details(), test::some_makers(), {});
  ASSERT_TRUE(writer) << writer.error().message;
  EXPECT_TRUE(all_of(numbers).empty());
  ASSERT_TRUE(writer->finish(some_report()));
  const auto all = all_of(numbers);
  ASSERT_EQ(all.size(), 1U);
  const CallNumbers& call = all[0];
  EXPECT_EQ(call.duration_s, 120.0);
  EXPECT_EQ(call.both_voices_s, 120.0);
  EXPECT_EQ(call.agent_talk_s, 40.0);
  EXPECT_EQ(call.customer_talk_s, 60.0);
  EXPECT_EQ(call.agent_interruptions, 3);
  EXPECT_EQ(call.customer_interruptions, 1);
  EXPECT_EQ(call.overtalk_s, 4.0);
  EXPECT_EQ(call.silence_s, 8.0);
  EXPECT_EQ(call.distress_s, 5.0);
  EXPECT_EQ(call.recovered, true);
  EXPECT_EQ(call.calm_s, 45.0F);  // From the first after the recovery before: 30 s to 75 s.
  EXPECT_TRUE(call.live);
  EXPECT_EQ(call.alerts, 3);
  EXPECT_EQ(call.helpful, 1);
  EXPECT_EQ(call.wrong, 1);
  EXPECT_EQ(call.not_now, 0);
  EXPECT_TRUE(call.has(Party::customer, CueKind::distress));
  EXPECT_FALSE(call.has(Party::agent, CueKind::distress));
  ASSERT_TRUE(calls.remove(kEverything, call.call_id));
  EXPECT_TRUE(all_of(numbers).empty());
}

TEST(NumberStore, KnowsACallInWhichNobodyWasTold) {
  const test::TempFolder folder;
  Store store = test::open_store(folder.path());
  CallStore calls(store);
  CallDetails details = test::some_details();
  details.origin = CallOrigin::uploaded;
  ASSERT_TRUE(calls.add(details, test::some_makers(), some_report()));
  NumberStore numbers(store);
  const auto all = all_of(numbers);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_FALSE(all[0].live);
}

TEST(NumberStore, TakesNothingThatNeedsBothVoicesFromOne) {
  const test::TempFolder folder;
  Store store = test::open_store(folder.path());
  CallStore calls(store);
  CallReport report = some_report();
  report.present.agent = false;
  ASSERT_TRUE(calls.add(test::some_details(), test::some_makers(), report));
  NumberStore numbers(store);
  const auto all = all_of(numbers);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].both_voices_s, 0.0);
  EXPECT_EQ(all[0].customer_talk_s, 0.0);
  EXPECT_EQ(all[0].agent_interruptions, 0);
  EXPECT_EQ(all[0].silence_s, 0.0);
  EXPECT_EQ(all[0].duration_s, 120.0);
  EXPECT_EQ(all[0].distress_s, 5.0);
}

TEST(NumberStore, CountsACallThatWasCutShort) {
  const test::TempFolder folder;
  {
    Store store = test::open_store(folder.path());
    CallStore calls(store);
    ASSERT_TRUE(calls.begin(test::some_details(), test::some_makers(), some_report()));
    auto writing = store.impl().write();
    ASSERT_TRUE(writing);
    ASSERT_TRUE(writing->connection().execute("UPDATE calls SET written_ms = 1"));
    ASSERT_TRUE(writing->commit());
  }
  Store again = test::open_store(folder.path());
  NumberStore numbers(again);
  const auto all = all_of(numbers);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].agent_interruptions, 3);
}

// Into a store of rows: counted as they would be when they end.
void count(ListedStore& house) {
  house.execute("INSERT OR REPLACE INTO call_numbers SELECT * FROM numbers_of_calls");
}

TEST(NumberStore, ShowsOnlyWhatIsInScope) {
  ListedStore house;
  house.add({.agent = "ann", .team = "north", .queue = "one"});
  house.add({.agent = "bob", .team = "south", .queue = "one"});
  house.add({.agent = "cid", .team = ""});
  count(house);
  NumberStore numbers(house.store());
  EXPECT_EQ(all_of(numbers).size(), 3U);
  const Scope north{.reach = Scope::Reach::teams, .teams = {"north"}};
  ASSERT_EQ(all_of(numbers, north).size(), 1U);
  EXPECT_EQ(all_of(numbers, {.reach = Scope::Reach::own, .agent = "bob"}).size(), 1U);
  EXPECT_EQ(all_of(numbers, kEverything, {.queues = {"one"}}).size(), 2U);
  EXPECT_TRUE(all_of(numbers, kEverything, {.from_unix_ms = 1'001}).empty());
}

TEST(NumberStore, HoldsTheAgentsSideBackUntilTheyHaveSeenIt) {
  ListedStore house;
  house.add_person("ann", "ann");
  constexpr std::int64_t kLater = 4'000'000'000'000;
  const auto call = house.add({.agent = "ann",
                               .written_unix_ms = kLater,
                               .cues = {{Party::agent, CueKind::interruption, 0.9F},
                                        {Party::customer, CueKind::distress, 0.7F}}});
  count(house);
  const auto ids = house.cue_ids(call);
  const auto sue = house.add_person("sue");
  for (const auto id : ids) {
    house.execute("INSERT INTO verdicts VALUES (" + std::to_string(id) + ", " +
                  std::to_string(sue) + ", 0, 1)");
  }
  NumberStore numbers(house.store());
  EXPECT_FALSE(all_of(numbers).at(0).conduct_visible);
  EXPECT_TRUE(all_of(numbers, {.reach = Scope::Reach::own, .agent = "ann"}).at(0).conduct_visible);
  ASSERT_EQ(numbers.judged_cues(kEverything, {})->size(), 1U);
  EXPECT_EQ(numbers.judged_cues(kEverything, {})->at(0).kind, CueKind::distress);
  EXPECT_TRUE(numbers.confidences(kEverything, {}, CueKind::interruption)->empty());
  house.execute("UPDATE calls SET agent_seen = 1");
  EXPECT_TRUE(all_of(numbers).at(0).conduct_visible);
  EXPECT_EQ(numbers.judged_cues(kEverything, {})->size(), 2U);
  EXPECT_EQ(numbers.confidences(kEverything, {}, CueKind::interruption)->size(), 1U);
}

class Scores : public testing::Test {
 protected:
  Scores() {
    first = house.add({.team = "north"});
    second = house.add({.team = "south"});
    house.execute("UPDATE calls SET source = 'one.wav' WHERE id = " + std::to_string(first));
    count(house);
  }
  ScoreImport import_scores(const Scope& scope, const std::vector<ScoreEntry>& entries) {
    refused.clear();
    auto next_entry = entries.begin();
    const auto next = [&] {
      return next_entry == entries.end() ? std::nullopt : std::optional(*next_entry++);
    };
    const auto done = numbers.import_scores(scope, next, [&](int line, std::string_view why) {
      refused.push_back(std::to_string(line) + ": " + std::string(why));
    });
    EXPECT_TRUE(done) << done.error().message;
    return done.value_or(ScoreImport{});
  }

  ListedStore house;
  NumberStore numbers{house.store()};
  std::vector<std::string> refused;
  std::int64_t first = 0;
  std::int64_t second = 0;
};

TEST_F(Scores, FindTheirCallByIdOrSource) {
  const std::vector<ScoreEntry> entries = {
      {.call = std::string("one.wav"), .kind = "CSAT", .value = 4},
      {.call = second, .kind = "QA", .value = 87.5, .at_unix_ms = 5}};
  EXPECT_EQ(import_scores(kEverything, entries).added, 2);
  EXPECT_EQ(import_scores(kEverything, {entries[0]}).replaced, 1);
  EXPECT_EQ(numbers.scores(kEverything, {}, "CSAT")->at(first), 4.0);
  EXPECT_EQ(numbers.score_kinds(kEverything, {})->at("QA"), 1);
}

TEST_F(Scores, ThatFitNoCallAreCountedAndTheOthersAreTaken) {
  std::vector<ScoreEntry> entries = {{.call = first, .kind = "CSAT", .value = 4, .line = 2}};
  for (int line = 3; line < 20; ++line) {
    entries.push_back({.call = std::string("none.wav"), .kind = "CSAT", .value = 4, .line = line});
  }
  const ScoreImport done = import_scores(kEverything, entries);
  EXPECT_EQ(done.added, 1);
  EXPECT_EQ(done.without_call, 17);
  EXPECT_EQ(done.lines_without_call, (std::vector<int>{3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
  EXPECT_TRUE(refused.empty());
  EXPECT_EQ(numbers.scores(kEverything, {}, "CSAT")->at(first), 4.0);
}

TEST_F(Scores, OutOfScopeAreOfNoCall) {
  const Scope north{.reach = Scope::Reach::teams, .teams = {"north"}};
  const std::vector<ScoreEntry> entries = {{.call = second, .kind = "CSAT", .value = 4}};
  EXPECT_EQ(import_scores(north, entries).without_call, 1);
  EXPECT_EQ(house.integer_of("SELECT count(*) FROM scores"), 0);
  EXPECT_EQ(import_scores(kEverything, entries).added, 1);
  EXPECT_TRUE(numbers.scores(north, {}, "CSAT")->empty());
  EXPECT_TRUE(numbers.score_kinds(north, {})->empty());
}

TEST_F(Scores, AskForTheIdWhereSeveralCallsHaveASource) {
  house.execute("UPDATE calls SET source = 'one.wav'");
  const ScoreImport done = import_scores(
      kEverything, {{.call = std::string("one.wav"), .kind = "CSAT", .value = 4, .line = 2}});
  EXPECT_EQ(done.added, 0);
  EXPECT_EQ(refused, (std::vector<std::string>{"2: several calls have this source; give call_id"}));
}

TEST_F(Scores, OfOneKindAreOneForEachCallHoweverItIsNamed) {
  const ScoreImport done = import_scores(
      kEverything, {{.call = first, .kind = "CSAT", .value = 4, .line = 2},
                    {.call = first, .kind = "QA", .value = 5, .line = 3},
                    {.call = std::string("one.wav"), .kind = "CSAT", .value = 1, .line = 4}});
  EXPECT_EQ(done.added, 2);
  EXPECT_EQ(refused,
            (std::vector<std::string>{"4: this call has a score of this kind further up"}));
  EXPECT_EQ(numbers.scores(kEverything, {}, "CSAT")->at(first), 4.0);
}

TEST_F(Scores, OfOverAHundredKindsAreOfTheWrongColumn) {
  std::vector<ScoreEntry> entries;
  entries.reserve(102);
  for (int i = 0; i < 102; ++i) {
    entries.push_back({.call = first, .kind = std::to_string(i), .value = 4, .line = i + 2});
  }
  EXPECT_EQ(import_scores(kEverything, entries).added, 100);
  ASSERT_EQ(refused.size(), 2U);
  EXPECT_EQ(refused[0].find("102: there are over 100 kinds"), 0U) << refused[0];
}

TEST_F(Scores, LeaveOthersFreeToWriteWhileTheTableIsRead) {
  bool wrote = false;
  int given = 0;
  const auto next = [&]() -> std::optional<ScoreEntry> {
    if (++given > 1) return std::nullopt;
    wrote = CallStore(house.store()).remove(kEverything, first).has_value();
    return ScoreEntry{.call = second, .kind = "CSAT", .value = 4, .line = 2};
  };
  const auto done =
      numbers.import_scores(kEverything, next, [](int /*line*/, std::string_view /*why*/) {});
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_TRUE(wrote);
  EXPECT_EQ(done->added, 1);
}

TEST_F(Scores, OfACallThatIsDeletedMeanwhileAreOfNone) {
  int given = 0;
  const auto next = [&]() -> std::optional<ScoreEntry> {
    if (++given > 1) {
      EXPECT_TRUE(CallStore(house.store()).remove(kEverything, first));
      return std::nullopt;
    }
    return ScoreEntry{.call = first, .kind = "CSAT", .value = 4, .line = 2};
  };
  const auto done =
      numbers.import_scores(kEverything, next, [](int /*line*/, std::string_view /*why*/) {});
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->added, 0);
  EXPECT_EQ(done->without_call, 1);
}

TEST_F(Scores, GoWithTheirCall) {
  ASSERT_EQ(import_scores(kEverything, {{.call = first, .kind = "CSAT", .value = 4}}).added, 1);
  ASSERT_TRUE(CallStore(house.store()).remove(kEverything, first));
  EXPECT_EQ(house.integer_of("SELECT count(*) FROM scores"), 0);
}

}  // namespace
}  // namespace tonecue
