#include "tonecue/practice/practice_director.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tonecue/core/hop.h"

namespace tonecue {
namespace {

constexpr int kCharacterMs = 100;

CustomerLine line(int length_ms, CustomerEntry entry = CustomerEntry::after_agent,
                  int after_onset_ms = 0) {
  return {0, length_ms, entry, after_onset_ms};
}

/// What the customer does while the agent speaks where `agent` has an S, 100 ms a character: the
/// number of the line where one begins, x when the call is over, else a blank.
std::string customer_beside(std::string_view agent, std::vector<CustomerLine> lines,
                            const PracticePace& pace = {}) {
  PracticeDirector director({std::move(lines)}, pace);
  std::string customer(agent.size(), ' ');
  for (std::size_t i = 0; i < agent.size(); ++i) {
    for (int ms = 0; ms < kCharacterMs; ms += kHopMs) {
      const auto begun = director.process(agent[i] == 'S');
      if (begun) customer[i] = static_cast<char>('1' + *begun);
      if (director.over()) {
        customer[i] = 'x';
        return customer;
      }
    }
  }
  return customer;
}

constexpr int kSoonMs = 900;  // Patience, in tests that need it short.

TEST(PracticeDirector, TheCustomerSpeaksWhenTheAgentHasAnsweredAndIsSilent) {
  EXPECT_EQ(customer_beside("SSSSS_______________SSSSS___________",  // agent
                            {line(600), line(600)}),
            "            1                   2   ");
}

TEST(PracticeDirector, APauseWithinTheAnswerIsWaitedFor) {
  EXPECT_EQ(customer_beside("SSS______SSS_______SSS__________",  // agent
                            {line(600)}),
            "                             1  ");
}

TEST(PracticeDirector, ACustomerWhoIsSpokenOverSpeaksOnAndTheSpeechIsNoAnswer) {
  // The agent speaks within line 1, which lasts 1.5 s, and not after it.
  EXPECT_EQ(customer_beside("SSS___________SSSS______________________",  // agent
                            {line(1500), line(600)}, {.patience_ms = kSoonMs}),
            "          1                       2     ");
}

TEST(PracticeDirector, WhoStillSpeaksWhenTheCustomerHasFinishedAnswers) {
  EXPECT_EQ(customer_beside("SSS___________SSSSSSSSSSSSSSSSS_________",  // agent
                            {line(1500), line(600)}, {.patience_ms = 5000}),
            "          1                           2 ");
}

TEST(PracticeDirector, ACustomerWhoIsLeftWaitingSpeaksAgain) {
  std::string agent(200, '_');
  agent.replace(0, 5, "SSSSS");
  const std::string customer = customer_beside(agent, {line(1000), line(1000)});
  EXPECT_EQ(customer.find('1'), 12U);
  EXPECT_EQ(customer.find('2'), 12U + 10U + 60U) << "6 s after the end of the first";
}

TEST(PracticeDirector, ACustomerOpensTheCallWhereTheAgentDoesNot) {
  EXPECT_EQ(customer_beside(std::string(80, '_'), {line(1000)}).find('1'), 59U);
}

TEST(PracticeDirector, ACoughIsNoAnswer) {
  EXPECT_EQ(customer_beside("SSSSS____________________SS______________",  // agent
                            {line(600), line(600)}),
            "            1                            ");
}

TEST(PracticeDirector, WhereTheRecordedCustomerCutInThisOneDoesAsLongAfterTheAgentsFirstWord) {
  EXPECT_EQ(customer_beside("SSSSS_______________SSSSSSSSSSSSSSSSSSSS",  // agent
                            {line(600), line(600, CustomerEntry::into_agent, 1000)}),
            "            1                 2         ");
}

TEST(PracticeDirector, WhereTheAgentHasFinishedBeforeItIsALineAsAnyOther) {
  EXPECT_EQ(customer_beside("SSSSS_______________SSSS________________",  // agent
                            {line(600), line(600, CustomerEntry::into_agent, 1000)}),
            "            1                  2        ");
}

TEST(PracticeDirector, AListenersWordLeavesTheAgentTheFloor) {
  EXPECT_EQ(customer_beside("SSSSSSSSSSSSSSSSSSSS____________________",  // agent
                            {line(400, CustomerEntry::beside_agent, 1000), line(600)}),
            "          1                2            ");
}

TEST(PracticeDirector, AListenersWordThatFindsNoPlaceIsLeftOut) {
  EXPECT_EQ(customer_beside("SSSSS____________________",  // agent
                            {line(400, CustomerEntry::beside_agent, 1000), line(600)}),
            "            2            ");
}

TEST(PracticeDirector, TheCallIsOverAfterTheFarewell) {
  EXPECT_EQ(customer_beside("SSSSS_______________SSSSS__________________________",  // agent
                            {line(600)}),
            "            1                               x      ");
  const std::string unanswered = customer_beside("SSSSS" + std::string(100, '_'), {line(600)});
  EXPECT_EQ(unanswered.find('x'), 12U + 6U + 60U);
}

// Whatever the agent does, the customer says every line once, in order, never two at a time, and
// the call ends.
TEST(PracticeDirector, SaysEachLineOnceInOrderWhateverTheAgentDoes) {
  for (std::uint32_t seed = 1; seed <= 50; ++seed) {
    std::mt19937 random(seed);
    std::vector<CustomerLine> lines;
    lines.reserve(12);
    for (int i = 0; i < 12; ++i) {
      lines.push_back(line(200 + static_cast<int>(random() % 3000),
                           static_cast<CustomerEntry>(random() % 3),
                           static_cast<int>(random() % 4000)));
    }
    PracticeDirector director({lines});
    std::vector<std::size_t> said;
    bool active = false;
    int hop = 0;
    int silent_from = 0;
    constexpr int kLongestHops = 60'000;  // Ten minutes.
    for (; !director.over() && hop < kLongestHops; ++hop) {
      if (random() % 100 == 0) active = !active;
      const auto begun = director.process(active);
      if (!begun) continue;
      EXPECT_GE(hop, silent_from) << "seed " << seed << ": two lines at a time";
      silent_from = hop + static_cast<int>(lines[*begun].end_ms / kHopMs);
      said.push_back(*begun);
    }
    EXPECT_LT(hop, kLongestHops) << "seed " << seed << ": the call does not end";
    EXPECT_TRUE(std::ranges::is_sorted(said)) << "seed " << seed;
    EXPECT_EQ(std::ranges::adjacent_find(said), said.end()) << "seed " << seed;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (lines[i].entry == CustomerEntry::beside_agent) continue;
      EXPECT_NE(std::ranges::find(said, i), said.end()) << "seed " << seed << ", line " << i;
    }
  }
}

TEST(PracticeDirector, CountsALineFromWhenTheAgentHearsIt) {
  // Heard 1 s late: the agent who is silent meanwhile leaves nobody waiting.
  const PracticePace slow{.patience_ms = kSoonMs, .heard_after_ms = 1000};
  EXPECT_EQ(customer_beside("SSSSS___________________________________",  // agent
                            {line(600), line(600)}, slow)
                .find('2'),
            12U + 10U + 6U + 9U);
}

}  // namespace
}  // namespace tonecue
