#include <algorithm>
#include <filesystem>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/calls.h"
#include "app/program_run.h"
#include "support/model_text.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;

using nlohmann::json;
using test::contains;
using test::is_one_complaint;
using test::run;

std::string stored(const std::string& model) {
  return (fs::path(TONECUE_SOURCE_DIR) / "models" / model / "model.json").string();
}

/// The stored distress model, with one of its parts replaced.
std::string write_edited(const fs::path& path, const std::string& what,
                         const std::string& instead) {
  test::write_bytes(path, test::edited(test::bytes_of(stored("distress")), what, instead));
  return path.string();
}

/// "{number} parameters" of the model file itself, and the name and shape of each of its tensors.
void expect_tells_tensors(const std::string& out, const json& model) {
  std::size_t parameters = 0;
  for (const auto& [name, tensor] : model["tensors"].items()) {
    std::string shape;
    std::size_t values = 1;
    for (const auto& size : tensor["shape"]) {
      if (!shape.empty()) shape += 'x';
      shape += size.dump();
      values *= size.get<std::size_t>();
    }
    parameters += values;
    const auto line = out.find("    " + name + " ");
    ASSERT_NE(line, std::string::npos) << name;
    const std::string rest = out.substr(line, out.find('\n', line) - line);
    EXPECT_EQ(rest.substr(rest.rfind(' ') + 1), shape) << rest;
  }
  EXPECT_TRUE(contains(out, "  " + std::to_string(parameters) + " parameters in " +
                                std::to_string(model["tensors"].size()) + " tensors\n"))
      << out;
}

void expect_tells(const std::string& out, const std::string& model) {
  const auto file = json::parse(test::bytes_of(stored(model)));
  expect_tells_tensors(out, file);
  EXPECT_TRUE(contains(out, file["sha256"].get<std::string>()));
  EXPECT_TRUE(contains(out, file["licence"].get<std::string>()));
  EXPECT_TRUE(contains(out, "definitions  version " + file["definitions"].dump()));
  for (const auto& data : file["training"]) {
    EXPECT_TRUE(contains(out, "    " + data["data"].get<std::string>() + ": " +
                                  data["licence"].get<std::string>() + "\n"));
  }
  for (const auto& score : file["scores"]) {
    EXPECT_TRUE(contains(out, score["name"].get<std::string>()));
  }
  for (const auto& head : file["strings"].value("heads", json::array())) {
    EXPECT_TRUE(contains(out, head.get<std::string>()));
  }
}

TEST(ModelInfo, TellsAllThatTheBuiltInModelsSayOfThemselves) {
  const auto info = run({"model", "info"});
  EXPECT_EQ(info.status, kDone) << info.err;
  EXPECT_TRUE(info.out.starts_with("vad (built in as vad)\n")) << info.out;
  EXPECT_TRUE(contains(info.out, "\ndistress (built in as research)\n")) << info.out;
  expect_tells(info.out, "vad");
  expect_tells(info.out, "distress");
}

TEST(ModelInfo, TellsOfAFile) {
  const auto info = run({"model", "info", stored("vad")});
  EXPECT_EQ(info.status, kDone) << info.err;
  EXPECT_TRUE(contains(info.out, "vad (" + stored("vad") + ")\n")) << info.out;
  EXPECT_FALSE(contains(info.out, "built in"));
  expect_tells(info.out, "vad");
}

TEST(ModelVerify, GivesOneLineForEachFileThatIsWholeAndFits) {
  const auto verify = run({"model", "verify", stored("vad"), stored("distress")});
  EXPECT_EQ(verify.status, kDone) << verify.err;
  EXPECT_EQ(verify.err, "");
  for (const std::string model : {"vad", "distress"}) {
    const auto sha256 = json::parse(test::bytes_of(stored(model)))["sha256"].get<std::string>();
    std::string told = stored(model);
    told.append(": whole, and fits this program as ").append(model);
    told.append("; sha256 ").append(sha256).append("\n");
    EXPECT_TRUE(contains(verify.out, told)) << verify.out;
  }
}

struct BadModel {
  const char* what;
  const char* instead;
  const char* told;
};

TEST(ModelVerify, NamesTheFileThatDoesNotFitAndWhy) {
  const test::TempFolder folder;
  for (const auto& [what, instead, told] :
       {BadModel{R"("definitions": )", R"("definitions": 77)", "definitions 77"},
        BadModel{R"("name": "distress")", R"("name": "vad")", "definitions 2 of its inputs"},
        BadModel{R"("name": "distress")", R"("name": "joy")", "'joy' is no distress model"},
        BadModel{R"("schema")", R"("scheme")", "'schema' is missing"}}) {
    const std::string path = write_edited(folder / "other.json", what, instead);
    const auto verify = run({"model", "verify", path});
    EXPECT_EQ(verify.status, kFailed);
    EXPECT_EQ(verify.out, "");
    EXPECT_TRUE(is_one_complaint(verify.err)) << verify.err;
    EXPECT_TRUE(verify.err.starts_with("tonecue: " + path + ": ")) << verify.err;
    EXPECT_TRUE(contains(verify.err, told)) << verify.err;
  }
}

TEST(ModelVerify, TellsOfEveryFileAlsoWhenOneFails) {
  const test::TempFolder folder;
  std::string changed = test::bytes_of(stored("distress"));
  changed[changed.size() - 20] ^= 1;
  test::write_bytes(folder / "changed.json", changed);
  const std::vector<std::string> bad = {(folder / "changed.json").string(),
                                        (folder / "none.json").string(), (folder / "").string()};
  const auto verify = run({"model", "verify", bad[0], bad[1], bad[2], stored("vad")});
  EXPECT_EQ(verify.status, kFailed);
  EXPECT_TRUE(verify.out.starts_with(stored("vad") + ": whole")) << verify.out;
  EXPECT_TRUE(contains(verify.err, bad[0] + ": model file: its first line names the sha256"));
  EXPECT_TRUE(contains(verify.err, bad[1] + ": there is no such model file"));
  EXPECT_TRUE(contains(verify.err, bad[2] + ": is no file"));
}

TEST(ModelCompare, FindsNothingBetweenAModelAndItself) {
  const auto compare = run({"model", "compare", "research", stored("distress")});
  EXPECT_EQ(compare.status, kDone) << compare.err;
  EXPECT_FALSE(contains(compare.out, "differs")) << compare.out;
  EXPECT_TRUE(contains(compare.out, "  agitated   0.0000 on average, 0.0000 at most\n"))
      << compare.out;
}

TEST(ModelCompare, SetsWhatDiffersSideBySide) {
  const test::TempFolder folder;
  const auto file = json::parse(test::bytes_of(stored("distress")));
  const std::string fusion = file["tensors"]["fusion"]["f32"];
  constexpr std::ptrdiff_t kThreeFloats = 16;  // In base64.
  std::string other = fusion;
  std::rotate(other.begin(), other.begin() + kThreeFloats, other.begin() + 2 * kThreeFloats);
  write_edited(folder / "b.json", fusion, other);
  const std::string end = file["scores"].empty() ? "" : ",";
  test::write_bytes(folder / "b.json",
                    test::edited(test::bytes_of(folder / "b.json"), R"("scores": [)",
                                 R"("scores": [{"name": "made score", "value": 12.5})" + end));
  const auto compare = run({"model", "compare", stored("distress"), (folder / "b.json").string()});
  EXPECT_EQ(compare.status, kDone) << compare.err;
  std::vector<std::string> different;
  std::istringstream lines(compare.out);
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with("differs")) different.push_back(line.substr(0, line.find("  ")));
  }
  EXPECT_EQ(different, (std::vector<std::string>{"bytes", "sha256", "fusion", "made score"}))
      << compare.out;
  EXPECT_TRUE(contains(compare.out, "answers to 2000 made voices")) << compare.out;
  EXPECT_FALSE(contains(compare.out, "agitated   0.0000 on average")) << compare.out;
}

TEST(ModelCompare, DoesNotListWhatTwoStrangersHaveEach) {
  const auto compare = run({"model", "compare", "vad", "research"});
  EXPECT_EQ(compare.status, kDone) << compare.err;
  EXPECT_TRUE(contains(compare.out, "  none in common\n")) << compare.out;
  EXPECT_FALSE(contains(compare.out, "f0_sd_st")) << compare.out;
}

TEST(ModelCompare, NamesInputsThatOnlyOneHasAndWhyAnswersAreNotCompared) {
  const test::TempFolder folder;
  const std::string path = write_edited(folder / "b.json", "\"f0_sd_st\"", "\"f0_sd_hz\"");
  const auto compare = run({"model", "compare", "research", path});
  EXPECT_EQ(compare.status, kDone) << compare.err;
  EXPECT_TRUE(contains(compare.out, "  only A: f0_sd_st\n")) << compare.out;
  EXPECT_TRUE(contains(compare.out, "  only B: f0_sd_hz\n")) << compare.out;
  EXPECT_TRUE(contains(compare.out, "answers: not compared; B: model file:")) << compare.out;
}

TEST(ModelCompare, NamesTheFileThatCannotBeRead) {
  const auto compare = run({"model", "compare", "research", "none.json"});
  EXPECT_EQ(compare.status, kFailed);
  EXPECT_EQ(compare.out, "");
  EXPECT_TRUE(is_one_complaint(compare.err)) << compare.err;
  EXPECT_TRUE(contains(compare.err, "none.json: there is no such model file")) << compare.err;
}

TEST(DistressCommand, ScoresClipsWithTheModelOfTheConfiguration) {
  const test::TempFolder folder;
  // What the built-in model calls agitated, this one calls distress, and the other way round.
  const std::string text = test::bytes_of(stored("distress"));
  const auto heads = json::parse(text)["strings"]["heads"];
  std::string swapped;
  for (const auto& head : heads) {
    const std::string name = head.get<std::string>();
    const std::string now = name == "agitated"   ? "distress"
                            : name == "distress" ? "agitated"
                                                 : name;
    swapped.append(swapped.empty() ? "\"" : ", \"").append(now).append("\"");
  }
  const auto begin = text.find("\"heads\": [") + 10;
  write_edited(folder / "model.json", text.substr(begin, text.find(']', begin) - begin), swapped);
  test::write_bytes(folder / "team.toml", "[distress]\nmodel = \"model.json\"\n");

  const std::string call = test::interrupted_call();
  const auto ours = run({"distress", call});
  const auto theirs = run({"distress", call, "--config", (folder / "team.toml").string()});
  ASSERT_EQ(ours.status, kDone) << ours.err;
  ASSERT_EQ(theirs.status, kDone) << theirs.err;
  const auto scores = [&](const std::string& out) {
    std::string row = out.substr(out.find(call) + call.size() + 1);
    const auto comma = row.find(',');
    return std::pair{row.substr(0, comma),
                     row.substr(comma + 1, row.find(',', comma + 1) - comma - 1)};
  };
  const auto [distress, agitated] = scores(ours.out);
  EXPECT_NE(distress, agitated);
  EXPECT_EQ(scores(theirs.out), (std::pair{agitated, distress}));
}

}  // namespace
}  // namespace tonecue
