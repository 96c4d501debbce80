#include "tonecue/alerts/wording.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace tonecue {
namespace {

std::vector<std::string> all_sentences(const Wording& wording, Party party) {
  std::vector<std::string> all;
  for (int kind = 0; kind < kCueKinds; ++kind) {
    const auto& some = wording.sentences(static_cast<CueKind>(kind), party);
    all.insert(all.end(), some.begin(), some.end());
  }
  if (party == Party::customer) {
    all.insert(all.end(), wording.distress_stays().begin(), wording.distress_stays().end());
  }
  return all;
}

TEST(Wording, SaysNothingOfAnAgentsFeelings) {
  const Wording wording = Wording::defaults();
  for (const std::string& text : all_sentences(wording, Party::agent)) {
    for (const char* word : {"angry", "stress", "tired", "bored", "upset", "emotion", "feel"}) {
      EXPECT_EQ(text.find(word), std::string::npos) << text;
    }
  }
  EXPECT_TRUE(wording.sentences(CueKind::distress, Party::agent).empty());
}

TEST(Wording, SaysWhatToDoAndNotWhatToLeave) {
  for (const Party party : kParties) {
    for (const std::string& text : all_sentences(Wording::defaults(), party)) {
      for (const char* word :
           {"don't", "Don't", "stop", "Stop", "never", "too ", "must", "angry"}) {
        EXPECT_EQ(text.find(word), std::string::npos) << text;
      }
    }
  }
}

TEST(Wording, IsReadAtAGlance) {
  for (const Party party : kParties) {
    for (const std::string& text : all_sentences(Wording::defaults(), party)) {
      EXPECT_LE(text.size(), 60U) << text;
    }
  }
}

TEST(Wording, TakesTurnsWhereItMattersMost) {
  const Wording wording = Wording::defaults();
  EXPECT_GE(wording.sentences(CueKind::distress, Party::customer).size(), 3U);
  EXPECT_GE(wording.distress_stays().size(), 3U);
  for (const std::string& text : wording.distress_stays()) {
    for (const std::string& first : wording.sentences(CueKind::distress, Party::customer)) {
      EXPECT_NE(text, first) << "a second word must say something new";
    }
  }
}

}  // namespace
}  // namespace tonecue
