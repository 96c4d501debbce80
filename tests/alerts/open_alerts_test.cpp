#include "tonecue/alerts/open_alerts.h"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace tonecue {
namespace {

Cue cue_of(CueKind kind, Party party, std::int64_t raised_at_ms, std::int64_t end_ms = 0) {
  Cue cue;
  cue.kind = kind;
  cue.party = party;
  cue.start_ms = raised_at_ms - 400;
  cue.end_ms = end_ms;
  cue.raised_at_ms = raised_at_ms;
  return cue;
}

class OpenAlertsTest : public testing::Test {
 protected:
  using Cleared = std::vector<std::pair<int, std::int64_t>>;  // Id, at_ms.

  Cleared raise(const Cue& cue) { return list(open_.take(CueChange{CuePhase::raised, cue})); }
  Cleared end(const Cue& cue) { return list(open_.take(CueChange{CuePhase::ended, cue})); }
  Cleared alert(int id, const Cue& cue, std::int64_t at_ms,
                Delivery delivery = Delivery::delivered) {
    Alert alert;
    alert.id = id;
    alert.at_ms = at_ms;
    alert.cue = cue;
    alert.delivery = delivery;
    return list(open_.take(alert));
  }

  const Cue silence_ = cue_of(CueKind::long_silence, Party::agent, 9'000, 12'000);
  const Cue distress_ = cue_of(CueKind::distress, Party::customer, 10'000, 40'000);

 private:
  static Cleared list(std::span<const ClearedAlert> cleared) {
    Cleared pairs;
    for (const ClearedAlert& one : cleared) pairs.emplace_back(one.id, one.at_ms);
    return pairs;
  }
  OpenAlerts open_;
};

TEST_F(OpenAlertsTest, ClearsAnAlertWhenItsCueEnds) {
  EXPECT_EQ(raise(silence_), Cleared{});
  EXPECT_EQ(alert(1, silence_, 9'010), Cleared{});
  EXPECT_EQ(end(silence_), (Cleared{{1, 12'000}}));
  EXPECT_EQ(end(silence_), Cleared{}) << "once";
}

TEST_F(OpenAlertsTest, ClearsAtOnceWhatIsDeliveredAfterItsCueEnded) {
  raise(silence_);
  EXPECT_EQ(end(silence_), Cleared{});
  EXPECT_EQ(alert(1, silence_, 13'000), (Cleared{{1, 13'000}}));
}

TEST_F(OpenAlertsTest, ClearsNoAlertBeforeItWasDelivered) {
  raise(silence_);
  alert(1, silence_, 12'300);
  EXPECT_EQ(end(silence_), (Cleared{{1, 12'300}})) << "the end is told later than it was";
}

TEST_F(OpenAlertsTest, ClearsAnAlertAndItsEscalationTogether) {
  raise(distress_);
  alert(1, distress_, 10'000);
  alert(2, distress_, 30'000);
  EXPECT_EQ(end(distress_), (Cleared{{1, 40'000}, {2, 40'000}}));
}

TEST_F(OpenAlertsTest, KeepsKindsAndPartiesApart) {
  const Cue agent_loud = cue_of(CueKind::raised_voice, Party::agent, 5'000, 6'000);
  const Cue customer_loud = cue_of(CueKind::raised_voice, Party::customer, 5'000, 7'000);
  alert(1, agent_loud, 5'000);
  alert(2, customer_loud, 5'000);
  alert(3, distress_, 10'000);
  EXPECT_EQ(end(customer_loud), (Cleared{{2, 7'000}}));
  EXPECT_EQ(end(agent_loud), (Cleared{{1, 6'000}}));
  EXPECT_EQ(end(distress_), (Cleared{{3, 40'000}}));
}

TEST_F(OpenAlertsTest, ForgetsWhatWasNotDelivered) {
  raise(silence_);
  EXPECT_EQ(alert(0, silence_, 9'010, Delivery::cooling_down), Cleared{});
  EXPECT_EQ(end(silence_), Cleared{});
}

TEST_F(OpenAlertsTest, ClearsAnAlertWhoseEndWasNeverToldWithTheNextCueOfItsKind) {
  alert(1, silence_, 9'010);
  EXPECT_EQ(raise(cue_of(CueKind::long_silence, Party::agent, 60'000)), (Cleared{{1, 59'600}}));
}

TEST_F(OpenAlertsTest, TakesTheEndOfAnEarlierCueForNoNewerOne) {
  alert(2, cue_of(CueKind::long_silence, Party::agent, 60'000), 60'000);
  EXPECT_EQ(end(silence_), Cleared{});
}

}  // namespace
}  // namespace tonecue
