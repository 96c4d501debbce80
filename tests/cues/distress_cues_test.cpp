#include "tonecue/cues/distress_cues.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

/// Half-seconds of speech of one kind; what began and ended is told as "+name" and "-name", by the
/// name of the first number of the evidence.
class Voice {
 public:
  explicit Voice(const DistressConfig& config) : cues_(config) {}

  Voice& sounds(float agitated, std::optional<float> subdued, int half_seconds) {
    for (int i = 0; i < half_seconds; ++i) {
      CueChanges changes;
      turn_.index += kHopsPerSecond / 2;
      cues_.process(DistressEstimate{DistressState::ok, agitated, 0.5F, subdued, 12.0F, 0.5F},
                    turn_, changes);
      note(changes);
    }
    return *this;
  }

  std::vector<std::string> finish() {
    CueChanges changes;
    cues_.finish(changes);
    note(changes);
    return told_;
  }

 private:
  void note(const CueChanges& changes) {
    for (const CueChange& change : changes) {
      EXPECT_EQ(change.cue.kind, CueKind::distress);
      std::string told(1, change.phase == CuePhase::raised ? '+' : '-');
      told_.push_back(told.append(change.cue.evidence.items()[0].name));
    }
  }

  DistressCues cues_;
  TurnFrame turn_;
  std::vector<std::string> told_;
};

using Told = std::vector<std::string>;

TEST(DistressCues, SayNothingOfASubduedVoiceUnlessAsked) {
  EXPECT_EQ(Voice({}).sounds(0.05F, 0.95F, 20).finish(), Told{});
  EXPECT_EQ(Voice({.subdued = true}).sounds(0.05F, 0.95F, 20).finish(),
            (Told{"+subdued_probability", "-subdued_probability"}));
}

TEST(DistressCues, TellAVoiceThatIsBothAsAgitated) {
  EXPECT_EQ(Voice({.subdued = true}).sounds(0.95F, 0.9F, 20).finish(),
            (Told{"+probability", "-probability"}));
}

TEST(DistressCues, EndASubduedVoiceWhereAgitationBegins) {
  EXPECT_EQ(Voice({.subdued = true}).sounds(0.05F, 0.95F, 10).sounds(0.97F, 0.95F, 10).finish(),
            (Told{"+subdued_probability", "+probability", "-subdued_probability", "-probability"}));
}

TEST(DistressCues, LearnNothingOfASubduedVoiceFromAModelWithoutIt) {
  EXPECT_EQ(Voice({.subdued = true}).sounds(0.05F, std::nullopt, 20).finish(), Told{});
}

}  // namespace
}  // namespace tonecue
