/// @file
/// A distress model whose answers do not depend on the voice.
#pragma once

#include <string>
#include <vector>

#include "cues/distress_functionals.h"
#include "support/model_text.h"

namespace tonecue::test {

struct MadeHead {
  std::string name;
  float log_odds = 0.0F;  ///< Its answer, always.
};

inline std::string quoted_list(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) {
    text.append(text.empty() ? "[\"" : ", \"").append(item).append("\"");
  }
  return text + "]";
}

/// The text of a model file with one small member.
inline std::string made_weights(const std::vector<MadeHead>& heads) {
  const int count = static_cast<int>(heads.size());
  const auto size = static_cast<std::size_t>(kDistressFunctionals);
  std::vector<std::string> names;
  std::vector<float> log_odds;
  std::vector<float> calibration;
  for (const MadeHead& head : heads) {
    names.push_back(head.name);
    log_odds.push_back(head.log_odds);
  }
  for (int i = 0; i < 2 * count; ++i) calibration.insert(calibration.end(), {1.0F, 0.0F});

  std::string body = R"("schema": "tonecue.model/2", "name": "distress", "about": "made",
    "licence": "any use", "training": [], "scores": [], "definitions": )";
  body.append(std::to_string(kDistressDefinitions)).append(R"(, "strings": {"inputs": )");
  body.append(quoted_list(distress_functional_names())).append(R"(, "heads": )");
  body.append(quoted_list(names)).append(R"(}, "numbers": {"members": 1}, "tensors": {)");
  const std::vector<std::string> tensors = {
      tensor("centre", {kDistressFunctionals}, std::vector<float>(size)),
      tensor("scale", {kDistressFunctionals}, std::vector<float>(size, 1.0F)),
      tensor("step_scale", {kDistressFunctionals}, std::vector<float>(size, 1.0F)),
      tensor("calibration", {2, count, 2}, calibration),
      tensor("member0.first.weight", {1, 2 * kDistressFunctionals + 1},
             std::vector<float>(2 * size + 1)),
      tensor("member0.first.bias", {1}, {0.0F}),
      tensor("member0.second.weight", {1, 1}, {0.0F}),
      tensor("member0.second.bias", {1}, {0.0F}),
      tensor("member0.heads.weight", {count, 1}, std::vector<float>(heads.size())),
      tensor("member0.heads.bias", {count}, log_odds)};
  for (const std::string& one : tensors) body.append(&one == &tensors[0] ? "" : ",").append(one);
  return sealed(body.append("}}"));
}

}  // namespace tonecue::test
