// What is told beside a call: published error rates, thresholds, and what is written down once.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "server/review/cue_error_rates.h"
#include "server/review/cue_thresholds.h"
#include "server/review/once_an_hour.h"

namespace tonecue {
namespace {

using Json = nlohmann::ordered_json;

// A text without its line breaks.
std::string words_of(const std::string& name) {
  std::ifstream file(std::filesystem::path(TONECUE_SOURCE_DIR) / name);
  std::string words{std::istreambuf_iterator<char>(file), {}};
  for (char& letter : words) {
    if (letter == '\n') letter = ' ';
  }
  return words;
}

TEST(CueErrorRates, AreThoseThatArePublished) {
  const Json rates = cue_error_rates_json("research", false);
  const std::string interruption = rates["interruption"]["text"];
  EXPECT_NE(interruption.find("40 of 43"), std::string::npos);
  EXPECT_NE(words_of("docs/interruptions.md").find("40 of 43 cues), and in 69 %"),
            std::string::npos);
  EXPECT_NE(words_of("README.md").find("One interruption in seven is missed"), std::string::npos);
  const std::string distress = rates["distress"]["text"];
  EXPECT_NE(distress.find("7 of 9 calls"), std::string::npos);
  EXPECT_NE(words_of("README.md").find("7 of 9 calls, no false alarm in 25 minutes of calm"),
            std::string::npos);
  EXPECT_NE(words_of("README.md").find("In 27 minutes of real, ordinary voices"),
            std::string::npos);
  EXPECT_NE(words_of("README.md").find("3 false   distress cues"), std::string::npos);
}

TEST(CueErrorRates, OfDistressHoldForTheMeasuredModelAlone) {
  const std::string measured = cue_error_rates_json("research", false)["distress"]["text"];
  for (const auto& [model, calibrated] :
       {std::pair("open", false), std::pair("research", true), std::pair("", false)}) {
    const Json rate = cue_error_rates_json(model, calibrated)["distress"];
    EXPECT_NE(rate["text"], measured);
    EXPECT_EQ(rate["text"].get<std::string>().substr(0, 12), "Not measured");
    EXPECT_TRUE(rate["precision"].is_null());
  }
}

TEST(CueThresholds, AreOfTheSettingsThatAreGiven) {
  const Json told = cue_thresholds_json("[conduct]\nmonologue_s = 60\nlong_silence_s = 7.5\n");
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told["monologue"][0]["value"], 60.0);
  EXPECT_EQ(told["long_silence"][0]["value"], 7.5);
  EXPECT_EQ(told["long_silence"][0]["unit"], "s");
}

TEST(CueThresholds, OfWhatIsNoConfigurationAreNone) {
  for (const char* text : {"", "conduct", "[conduct]\nmonologue_s = \"long\"", "conduct = 3",
                           "[conduct\nmonologue_s = 60", "\xFF\xFE"}) {
    EXPECT_EQ(cue_thresholds_json(text), Json::object()) << text;
  }
}

TEST(OnceAnHour, IsFirstOnceInAnHour) {
  constexpr std::int64_t kHourMs = 3'600'000;
  OnceAnHour looks;
  EXPECT_TRUE(looks.first("play 1 ann", kHourMs));
  EXPECT_FALSE(looks.first("play 1 ann", 2 * kHourMs - 1));
  EXPECT_TRUE(looks.first("play 2 ann", 2 * kHourMs - 1));
  EXPECT_TRUE(looks.first("play 1 ann", 2 * kHourMs));
  looks.forget("play 1 ann");
  EXPECT_TRUE(looks.first("play 1 ann", 2 * kHourMs));
}

TEST(OnceAnHour, DoesNotGrowForEver) {
  OnceAnHour looks;
  for (std::size_t i = 0; i < OnceAnHour::kMostKept; ++i) looks.first(std::to_string(i), 0);
  EXPECT_FALSE(looks.first("0", 0));
  looks.first("one more", 0);
  EXPECT_TRUE(looks.first("0", 0));
}

}  // namespace
}  // namespace tonecue
