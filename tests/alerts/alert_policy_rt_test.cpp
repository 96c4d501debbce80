#include <gtest/gtest.h>

#include "support/heap_calls.h"
#include "tonecue/alerts/alert_policy.h"
#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

TEST(AlertPolicyRt, LeavesTheHeapAloneAfterCreate) {
  auto policy = AlertPolicy::create({}, Wording::defaults());
  ASSERT_TRUE(policy);
  int told = 0;
  const int before = test::heap_calls();
  for (std::int64_t now_ms = 0; now_ms < 600'000; now_ms += kHopMs) {
    CueChanges changes;
    for (int kind = 0; now_ms % 30'000 == 0 && kind < kCueKinds; ++kind) {
      for (const Party party : kParties) {
        Cue cue;
        cue.kind = static_cast<CueKind>(kind);
        cue.party = party;
        cue.raised_at_ms = now_ms;
        changes.add(CuePhase::raised, cue);
      }
    }
    const AlertHop hop{.changes = changes,
                       .agent_active = now_ms / 1000 % 3 == 0,
                       .usual_known = {true, true},
                       .now_ms = now_ms};
    told += static_cast<int>(policy->process(hop).size());
    if (now_ms == 300'000) {
      policy->answer({.alert_id = 1, .answer = Answer::not_now, .snooze_min = 1, .at_ms = now_ms});
    }
    if (now_ms == 330'000) policy->wake();
  }
  told += static_cast<int>(policy->finish(600'000).size());
  EXPECT_EQ(test::heap_calls(), before);
  EXPECT_GT(told, 100);
}

}  // namespace
}  // namespace tonecue
