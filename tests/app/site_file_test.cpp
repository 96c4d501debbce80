#include "tonecue/app/site_file.h"

#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/program_run.h"
#include "audio/recordings.h"
#include "tonecue/app/config_file.h"

namespace tonecue {
namespace {

using test::contains;

SiteFile made_site() {
  SiteFile site;
  site.model = distress_model_id({}).value();
  site.made = "2026-01-31";
  SiteCalibration& fit = site.calibration;
  fit.raise_probability = 0.81F;
  fit.end_probability = 0.563F;
  fit.scale = {.slope = 0.9F, .offset = -0.25F};
  fit.wanted_per_hour = 0.5;
  fit.calls = 120;
  fit.hours = 12.5;
  fit.talk_hours = 5.25;
  fit.cues = 4;
  fit.cues_left_out = 5;
  fit.expected_per_hour = 0.4;
  fit.low_per_hour = 0.2;
  fit.high_per_hour = 0.8;
  fit.certainty = 0.61;
  fit.least_hours = 6.0;
  fit.good_hours = 32.0;
  fit.reviewed_cues = 3;
  return site;
}

TEST(SiteFile, ReadsBackWhatItWrites) {
  const std::string text = to_json(made_site());
  const auto site = parse_site_file(text, "site.json");
  ASSERT_TRUE(site) << site.error().message;
  EXPECT_EQ(to_json(*site), text);
  EXPECT_EQ(site->calibration.raise_probability, 0.81F);
  EXPECT_EQ(site->calibration.scale, (LogOddsScale{.slope = 0.9F, .offset = -0.25F}));
  EXPECT_EQ(site->calibration.calls, 120);
  EXPECT_EQ(site->made, "2026-01-31");
}

TEST(SiteFile, TakesItsOwnBounds) {
  SiteFile site = made_site();
  for (const float raise : {kLeastRaiseProbability, kMostRaiseProbability}) {
    site.calibration.raise_probability = raise;
    site.calibration.end_probability = kLeastEndProbability;
    EXPECT_TRUE(parse_site_file(to_json(site), "site.json")) << raise;
  }
}

TEST(SiteFile, NeedsEveryKeyOnceAndNoOther) {
  const auto whole = nlohmann::ordered_json::parse(to_json(made_site()));
  for (const auto& [key, value] : whole.items()) {
    auto without = whole;
    without.erase(key);
    const auto missing = parse_site_file(without.dump(), "site.json");
    ASSERT_FALSE(missing) << key;
    EXPECT_TRUE(contains(missing.error().message, key)) << missing.error().message;

    const std::string text = whole.dump();
    const std::string twice =
        text.substr(0, text.size() - 1) + ",\"" + key + "\":" + value.dump() + "}";
    const auto repeated = parse_site_file(twice, "site.json");
    ASSERT_FALSE(repeated) << key;
    EXPECT_TRUE(contains(repeated.error().message, "told twice")) << repeated.error().message;

    for (const nlohmann::ordered_json& wrong :
         {nlohmann::ordered_json(-1e9), nlohmann::ordered_json(1e300),
          nlohmann::ordered_json(nullptr), nlohmann::ordered_json::array(),
          nlohmann::ordered_json("a\nb")}) {
      auto broken = whole;
      broken[key] = wrong;
      EXPECT_FALSE(parse_site_file(broken.dump(), "site.json")) << broken.dump();
    }
  }
}

struct Mistake {
  std::string key;
  nlohmann::ordered_json value;
  std::string what;
};

class SiteFileMistake : public testing::TestWithParam<Mistake> {};

TEST_P(SiteFileMistake, IsToldInOneLineThatSaysWhatToDo) {
  auto broken = nlohmann::ordered_json::parse(to_json(made_site()));
  broken[GetParam().key] = GetParam().value;
  const auto site = parse_site_file(broken.dump(), "site.json");
  ASSERT_FALSE(site);
  const std::string& message = site.error().message;
  EXPECT_TRUE(message.starts_with("site.json: ")) << message;
  EXPECT_TRUE(contains(message, GetParam().what)) << message;
  EXPECT_TRUE(contains(message, "tonecue calibrate")) << message;
  EXPECT_FALSE(contains(message, "\n")) << message;
}

INSTANTIATE_TEST_SUITE_P(
    Keys, SiteFileMistake,
    testing::Values(Mistake{"raise_probability", 0.2, "from 0.3 to 0.99"},
                    Mistake{"end_probability", 0.9, "at most 'raise_probability'"},
                    Mistake{"log_odds_slope", 0, "'log_odds_slope'"},
                    Mistake{"calls", 1.5, "whole number"}, Mistake{"calls", 0, "whole number"},
                    Mistake{"made", "yesterday", "2026-01-31"},
                    Mistake{"model", "research", "'model' must be the sha256"},
                    Mistake{"model", std::string(64, 'A'), "'model' must be the sha256"},
                    Mistake{"schema", "tonecue.distress_site/2", "tonecue.distress_site/1"},
                    Mistake{"certainty", 1.5, "from 0 to 1"},
                    Mistake{"threshold", 0.5, "'threshold' is not a key"}));

TEST(SiteFile, IsRefusedWhenItIsNotOne) {
  for (const std::string text : {"", "[]", "{", "null", "\xFF", R"({"a":{"a":1}})"}) {
    EXPECT_FALSE(parse_site_file(text, "site.json")) << text;
  }
  EXPECT_FALSE(parse_site_file(std::string(1 << 17, ' '), "site.json"));
}

class SiteInConfig : public testing::Test {
 protected:
  SiteInConfig() { write(made_site()); }

  void write(const SiteFile& site) { test::write_bytes(folder_ / "site.json", to_json(site)); }

  Result<SessionConfig> load(const std::string& toml) {
    test::write_bytes(folder_ / "team.toml", toml);
    return load_config((folder_ / "team.toml").string());
  }

  test::TempFolder folder_;
};

TEST_F(SiteInConfig, GivesItsFigures) {
  const auto config = load("[distress]\ncalibration = \"site.json\"\n");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->distress.raise_probability, 0.81F);
  EXPECT_EQ(config->distress.end_probability, 0.563F);
  EXPECT_EQ(config->distress.scale, (LogOddsScale{.slope = 0.9F, .offset = -0.25F}));
  EXPECT_EQ(config->calibration, (folder_ / "site.json").string());
}

TEST_F(SiteInConfig, IsPrintedSoThatItCanBeReadFromAnywhere) {
  const auto config = load("[distress]\ncalibration = \"site.json\"\n");
  ASSERT_TRUE(config) << config.error().message;
  const test::TempFolder elsewhere;
  test::write_bytes(elsewhere / "copy.toml", to_toml(*config));
  const auto copy = load_config((elsewhere / "copy.toml").string());
  ASSERT_TRUE(copy) << copy.error().message;
  EXPECT_EQ(to_toml(*copy), to_toml(*config));
  EXPECT_EQ(copy->distress.raise_probability, 0.81F);
}

TEST_F(SiteInConfig, IsRefusedBesideANumberOfItsOwn) {
  const auto config = load("[distress]\ncalibration = \"site.json\"\nraise_probability = 0.7\n");
  ASSERT_FALSE(config);
  EXPECT_TRUE(contains(config.error().message, "team.toml:3:")) << config.error().message;
  EXPECT_TRUE(contains(config.error().message, "keep one of them")) << config.error().message;
}

TEST_F(SiteInConfig, IsRefusedWhenItWasFittedWithAnotherModel) {
  SiteFile site = made_site();
  site.model = std::string(64, 'a');
  write(site);
  const auto config = load("distress.calibration = \"site.json\"\n");
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().code, ErrorCode::unsupported);
  EXPECT_TRUE(contains(config.error().message, "sha256 aaaaaaaaaaaa..., and this"))
      << config.error().message;
  EXPECT_TRUE(contains(config.error().message, "run 'tonecue calibrate' again"))
      << config.error().message;
}

TEST_F(SiteInConfig, IsNamedWhenItCannotBeOpened) {
  for (const std::string file : {"none.json", "."}) {
    const auto config = load("distress.calibration = \"" + file + "\"\n");
    ASSERT_FALSE(config);
    EXPECT_TRUE(contains(config.error().message, "cannot open")) << config.error().message;
  }
}

}  // namespace
}  // namespace tonecue
