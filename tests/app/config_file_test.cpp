#include "tonecue/app/config_file.h"

#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/program_run.h"
#include "audio/recordings.h"

namespace tonecue {
namespace {

using test::contains;

/// A number as `tonecue config` tells it.
struct ToldKey {
  std::string section;
  std::string name;
  std::string value;
  double least = 0.0;
  double most = 0.0;
};

std::vector<ToldKey> told_keys() {
  const std::regex line_of_key(R"((\w+) = (\S+)  # .*; (\S+) to (\S+))");
  std::vector<ToldKey> keys;
  std::string section;
  std::istringstream lines(to_toml({}));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('[')) section = line.substr(1, line.size() - 2);
    std::smatch part;
    if (std::regex_match(line, part, line_of_key)) {
      keys.push_back({section, part[1], part[2], std::stod(part[3]), std::stod(part[4])});
    }
  }
  return keys;
}

Result<SessionConfig> with(const ToldKey& key, double value) {
  std::ostringstream toml;
  if (key.name == "distress_reserve") toml << "alerts.budget_per_hour = 60\n";
  if (key.name == "budget_per_hour") toml << "alerts.distress_reserve = 0\n";
  if (key.name == "raise_probability") toml << "distress.end_probability = 0.05\n";
  if (key.name == "end_probability") toml << "distress.raise_probability = 0.99\n";
  toml << key.section << '.' << key.name << " = " << value;
  return parse_config(toml.str(), "team.toml");
}

TEST(ConfigFile, TellsEveryKeyOnce) { EXPECT_EQ(told_keys().size(), 16U); }

TEST(ConfigFile, EnforcesTheRangesThatItTells) {
  for (const ToldKey& key : told_keys()) {
    const bool whole = key.section == "turns" || key.section == "alerts";
    const double step = whole ? 1.0 : 0.01;
    EXPECT_TRUE(with(key, key.least)) << key.name;
    EXPECT_TRUE(with(key, key.most)) << key.name;
    EXPECT_FALSE(with(key, key.least - step)) << key.name;
    EXPECT_FALSE(with(key, key.most + step)) << key.name;
  }
}

TEST(ConfigFile, IsExplainedKeyByKeyInTheManual) {
  const std::string manual =
      test::bytes_of(std::filesystem::path(TONECUE_SOURCE_DIR) / "docs" / "configuration.md");
  for (const ToldKey& key : told_keys()) {
    std::ostringstream row;
    row << "| `" << key.name << "` | " << key.value << " | " << key.least << " to " << key.most
        << " |";
    EXPECT_TRUE(contains(manual, row.str())) << row.str();
  }
  const std::regex cue_section(R"(\[wording\.(\w+)\])");
  const std::string toml = to_toml({});
  int cues = 0;
  for (std::sregex_iterator found(toml.begin(), toml.end(), cue_section), end; found != end;
       ++found) {
    std::ostringstream cue;
    cue << "| `" << (*found)[1] << "` |";
    EXPECT_TRUE(contains(manual, cue.str())) << cue.str();
    ++cues;
  }
  EXPECT_EQ(cues, kCueKinds + 1) << "each cue, and distress_stays";
}

TEST(ConfigFile, ReadsBackWhatItPrints) {
  SessionConfig config;
  config.conduct.raised_level_db = 7.25F;
  config.conduct.fast_rate_ratio = 1.1F;
  config.alerts.cool_down_s = 5;
  config.wording.set(CueKind::monologue, Party::agent, {R"(Say "stop" \ now)", "Größe: 100 %"});
  config.wording.set(CueKind::distress, Party::customer, {});
  config.wording.set_distress_stays({"Say when."});
  const auto again = parse_config(to_toml(config), "team.toml");
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->conduct.raised_level_db, 7.25F);
  EXPECT_EQ(again->wording.sentences(CueKind::monologue, Party::agent),
            config.wording.sentences(CueKind::monologue, Party::agent));
  EXPECT_EQ(again->wording.distress_stays(), config.wording.distress_stays());
  EXPECT_EQ(to_toml(*again), to_toml(config));
}

TEST(ConfigFile, KeepsTheDefaultOfWhatIsNotSaid) {
  const auto config = parse_config("[conduct]\nmonologue_s = 60\n", "team.toml");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->conduct.monologue_s, 60.0F);
  SessionConfig expected;
  expected.conduct.monologue_s = 60.0F;
  EXPECT_EQ(to_toml(*config), to_toml(expected));
}

TEST(ConfigFile, ChoosesTheDistressModelByNameOrFromItsOwnFolder) {
  EXPECT_TRUE(contains(to_toml({}), "\n[distress]\nmodel = \"research\" "));
  const auto named = parse_config("distress.model = \"research\"", "team.toml");
  ASSERT_TRUE(named) << named.error().message;
  EXPECT_EQ(named->distress_weights->origin(), "research");

  const test::TempFolder folder;
  std::filesystem::copy_file(
      std::filesystem::path(TONECUE_SOURCE_DIR) / "models" / "distress" / "model.json",
      folder / "open.json");
  const std::string team = (folder / "team.toml").string();
  test::write_bytes(team, "[distress]\nmodel = \"open.json\"\n");
  const auto config = load_config(team);
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->distress_weights->origin(), (folder / "open.json").string());
  EXPECT_EQ(config->distress_weights->card().name, "distress");
  const auto again = parse_config(to_toml(*config), "elsewhere.toml");
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(to_toml(*again), to_toml(*config));
}

TEST(ConfigFile, ListensForASubduedVoiceWhereTheModelTellsOne) {
  EXPECT_TRUE(contains(to_toml({}), "\nsubdued = false  # experimental"));
  const auto config = parse_config("[distress]\nsubdued = true\n", "team.toml");
  if (DistressWeights::built_in()->has_subdued()) {
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_TRUE(config->distress.subdued);
    EXPECT_TRUE(parse_config(to_toml(*config), "team.toml")->distress.subdued);
  } else {
    ASSERT_FALSE(config);
    EXPECT_TRUE(contains(config.error().message, "team.toml:2: distress.subdued is on"))
        << config.error().message;
  }
}

TEST(ConfigFile, NamesTheModelFileThatCannotBeUsed) {
  const test::TempFolder folder;
  test::write_bytes(folder / "model.json", "{}");
  for (const auto& [model, told] :
       {std::pair{"model.json", "/model.json: model file: its first line is not"},
        std::pair{"none.json", "/none.json: there is no such model file"},
        std::pair{".", ": is no file"}}) {
    test::write_bytes(folder / "team.toml", std::string("[distress]\nmodel = \"") + model + "\"");
    const auto config = load_config((folder / "team.toml").string());
    ASSERT_FALSE(config) << model;
    EXPECT_TRUE(contains(config.error().message, "team.toml:2: 'distress.model': "))
        << config.error().message;
    EXPECT_TRUE(contains(config.error().message, told)) << config.error().message;
  }
}

struct Mistake {
  std::string toml;
  std::string place;
  std::string what;
};

class ConfigMistake : public testing::TestWithParam<Mistake> {};

TEST_P(ConfigMistake, IsToldWithKeyFileAndLine) {
  const auto config = parse_config(GetParam().toml, "team.toml");
  ASSERT_FALSE(config);
  EXPECT_TRUE(config.error().message.starts_with(GetParam().place)) << config.error().message;
  EXPECT_TRUE(contains(config.error().message, GetParam().what)) << config.error().message;
  EXPECT_FALSE(contains(config.error().message, "\n")) << config.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Files, ConfigMistake,
    testing::Values(
        Mistake{"[conduct]\nraised_levl_db = 6", "team.toml:2:", "'conduct.raised_levl_db'"},
        Mistake{"\n[sounds]\nvolume = 6", "team.toml:2:", "'sounds'"},
        Mistake{"conduct = 3", "team.toml:1:", "'conduct'"},
        Mistake{"[conduct]\nmonologue_s = \"long\"", "team.toml:2:", "'conduct.monologue_s'"},
        Mistake{"[conduct]\nmonologue_s = 5", "team.toml:2:", "conduct.monologue_s"},
        Mistake{"[conduct]\nmonologue_s = nan", "team.toml:2:", "conduct.monologue_s"},
        Mistake{"[conduct]\nmonologue_s = 1e300", "team.toml:2:", "conduct.monologue_s"},
        Mistake{"[distress]\nmodle = \"open\"", "team.toml:2:", "'distress.modle'"},
        Mistake{"[distress]\nmodel = 3", "team.toml:2:", "'distress.model' must be"},
        Mistake{"[distress]\nmodel = \"\"", "team.toml:2:", "'distress.model' must be"},
        Mistake{"[distress]\nmodel = \"a\\nb\"", "team.toml:2:", "'distress.model' must be"},
        Mistake{"distress = 3", "team.toml:1:", "'distress'"},
        Mistake{"[distress]\nraise_probability = 0.2",
                "team.toml:2:", "distress.raise_probability is 0.2; it must lie in [0.3, 0.99]"},
        Mistake{"[distress]\nend_probability = 0.8",
                "team.toml:2:", "distress.end_probability is 0.8; it must lie in [0.05, 0.6]"},
        Mistake{"[distress]\nsubdued = 1", "team.toml:2:", "'distress.subdued' must be true"},
        Mistake{"[distress]\nraise = 0.7", "team.toml:2:", "'distress.raise'"},
        Mistake{"[distress]\ncalibration = 3", "team.toml:2:", "'distress.calibration'"},
        Mistake{"[distress]\ncalibration = \"a\\nb\"", "team.toml:2:", "'distress.calibration'"},
        Mistake{"[distress]\nend_probability = 0.4\ncalibration = \"a\"",
                "team.toml:2:", "'distress.end_probability' is said besides"},
        Mistake{"[alerts]\ncool_down_s = 1.5", "team.toml:2:", "'alerts.cool_down_s'"},
        Mistake{"[alerts]\ncool_down_s = 9223372036854775807",
                "team.toml:2:", "alerts.cool_down_s"},
        Mistake{"[alerts]\nbudget_per_hour = 1", "team.toml:", "alerts.distress_reserve"},
        Mistake{"[alerts]\n\ndistress_reserve = 9", "team.toml:3:", "alerts.distress_reserve"},
        Mistake{"[alerts]\nquiet_start_s = 601", "team.toml:2:", "alerts.quiet_start_s"},
        Mistake{"[alerts]\nescalate_after_s = -1", "team.toml:2:", "alerts.escalate_after_s"},
        Mistake{"[wording.distress_stays]\nagent = [\"x\"]",
                "team.toml:2:", "'wording.distress_stays.agent'"},
        Mistake{"[wording.anger]\nagent = []", "team.toml:1:", "'wording.anger'"},
        Mistake{"[wording]\nmonologue = [\"x\"]", "team.toml:2:", "'wording.monologue'"},
        Mistake{"[wording.monologue]\nboth = []", "team.toml:2:", "'wording.monologue.both'"},
        Mistake{"[wording.monologue]\nagent = \"x\"", "team.toml:2:", "'wording.monologue.agent'"},
        Mistake{"[wording.monologue]\nagent = [1]", "team.toml:2:", "'wording.monologue.agent'"},
        Mistake{"[wording.monologue]\nagent = [\"\"]", "team.toml:2:", "'wording.monologue.agent'"},
        Mistake{"[wording.monologue]\nagent = [\"a\\nb\"]", "team.toml:2:", "one line"},
        Mistake{"[wording.distress]\nagent = [\"x\"]", "team.toml:2:", "customer's voice only"},
        Mistake{"[conduct]\nb = 1\na = 1", "team.toml:2:", "'conduct.b'"},
        Mistake{"[conduct]\nmonologue_s = 60\nmonologue_s = 70", "team.toml:3:", "monologue_s"},
        Mistake{"[conduct\n", "team.toml:1:", ""}, Mistake{"\xFF\xFE", "team.toml:1:", ""}));

TEST(ConfigFile, IsNamedWhenItCannotBeOpened) {
  const test::TempFolder folder;
  for (const auto& path : {folder / "none.toml", folder / "."}) {
    const auto config = load_config(path.string());
    ASSERT_FALSE(config);
    EXPECT_TRUE(contains(config.error().message, path.string())) << config.error().message;
  }
}

TEST(ConfigFile, IsPrintedAsItWillBeUsed) {
  const test::TempFolder folder;
  test::write_bytes(folder / "team.toml", "[alerts]\ncool_down_s = 7\n");
  const auto defaults = test::run({"config"});
  EXPECT_EQ(defaults.status, kDone);
  EXPECT_TRUE(defaults.out.starts_with(to_toml({}))) << defaults.out;
  const auto edited = test::run({"config", "--config", (folder / "team.toml").string()});
  EXPECT_EQ(edited.status, kDone);
  EXPECT_TRUE(contains(edited.out, "cool_down_s = 7 ")) << edited.out;
}

}  // namespace
}  // namespace tonecue
