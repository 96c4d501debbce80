#include <gtest/gtest.h>

#include "cues/made_customer.h"
#include "cues/sample_customer.h"
#include "support/heap_calls.h"
#include "tonecue/cues/distress_clip_scorer.h"
#include "tonecue/cues/distress_cues.h"
#include "tonecue/cues/distress_model.h"

namespace tonecue {
namespace {

TEST(DistressRt, LeavesTheHeapAloneAfterCreate) {
  auto model = DistressModel::create().value();
  auto scorer = DistressClipScorer::create().value();
  DistressCues detector({.subdued = true});
  const auto frames = test::customer_frames(test::sample_customer("distressed.flac"));
  TurnFrame turn;
  int known = 0;

  const int before = test::heap_calls();
  for (const CustomerFrame& frame : frames) {
    CueChanges changes;
    turn.index = frame->index;
    turn.parties.customer = test::turn_of(frame);
    const auto estimate = model.process(frame, turn.parties.customer);
    known += estimate && estimate->state == DistressState::ok ? 1 : 0;
    detector.process(estimate, turn, changes);
    scorer.process(frame);
  }
  scorer.finish();
  model.reset();

  EXPECT_EQ(test::heap_calls(), before);
  EXPECT_GT(known, 0) << "the network never ran";
}

}  // namespace
}  // namespace tonecue
