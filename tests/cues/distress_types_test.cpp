// Whose voice may reach the distress model is settled by the compiler.
#include <type_traits>

#include <gtest/gtest.h>

#include "tonecue/cues/distress_clip_scorer.h"
#include "tonecue/cues/distress_model.h"

namespace tonecue {
namespace {

template <class Frame>
concept FitsTheModel = requires(DistressModel model, Frame frame, PartyTurn turn) {
  model.process(frame, turn);
};

template <class Frame>
concept FitsTheClipScorer = requires(DistressClipScorer scorer, Frame frame) {
  scorer.process(frame);
};

static_assert(FitsTheModel<CustomerFrame>);
static_assert(!FitsTheModel<AgentFrame>, "no emotion inference on agents");
static_assert(!FitsTheModel<FeatureFrame>, "a frame of unknown origin may be an agent's");
static_assert(FitsTheClipScorer<CustomerFrame>);
static_assert(!FitsTheClipScorer<AgentFrame>);
static_assert(!FitsTheClipScorer<FeatureFrame>);

static_assert(!std::is_convertible_v<AgentFrame, CustomerFrame>);
static_assert(!std::is_constructible_v<CustomerFrame, AgentFrame>);
static_assert(!std::is_constructible_v<CustomerFrame, FeatureFrame>,
              "only the customer's extractor makes a customer's frame");

TEST(DistressTypes, TakeNobodyButTheCustomer) {
  EXPECT_FALSE((std::is_invocable_v<decltype(&DistressModel::process), DistressModel&,
                                    const AgentFrame&, const PartyTurn&>));
}

}  // namespace
}  // namespace tonecue
