/// @file
/// A distress model whose answers do not depend on the voice.
#pragma once

#include <string>
#include <vector>

#include "cues/distress_functionals.h"
#include "cues/voice_inputs.h"
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

/// The layer `name` without weights: what it answers are its biases.
inline std::string dense(const std::string& name, int inputs, const std::vector<float>& biases) {
  const auto outputs = static_cast<int>(biases.size());
  return tensor(name + ".weight", {outputs, inputs},
                std::vector<float>(biases.size() * static_cast<std::size_t>(inputs)))
      .append(",")
      .append(tensor(name + ".bias", {outputs}, biases));
}

inline std::string dense(const std::string& name, int outputs, int inputs) {
  return dense(name, inputs, std::vector<float>(static_cast<std::size_t>(outputs)));
}

inline std::string voice(const std::string& name, int heads) {
  std::string text = dense(name + ".conv1", 1, 5 * static_cast<int>(kVoiceInputs));
  for (const char* layer : {".conv2", ".residual0", ".residual1", ".hidden"}) {
    text.append(",").append(dense(name + layer, 1, 3));
  }
  return text.append(",").append(dense(name + ".heads", heads, 1));
}

/// The text of a model file with the smallest of networks.
inline std::string made_weights(const std::vector<MadeHead>& heads) {
  const int count = static_cast<int>(heads.size());
  const auto size = static_cast<std::size_t>(kDistressFunctionals);
  std::vector<std::string> names;
  std::vector<float> log_odds;
  std::vector<float> fusion;
  for (const MadeHead& head : heads) {
    names.push_back(head.name);
    log_odds.push_back(head.log_odds);
  }
  for (int i = 0; i < count; ++i) fusion.insert(fusion.end(), {1.0F, 0.0F, 0.0F, 0.0F});
  for (int i = 0; i < count; ++i) fusion.insert(fusion.end(), {0.0F, 1.0F, 0.0F, 0.0F});

  std::string body = R"("schema": "tonecue.model/2", "name": "distress", "about": "made",
    "licence": "any use", "training": [], "scores": [], "definitions": )";
  body.append(std::to_string(kDistressDefinitions)).append(R"(, "strings": {"inputs": )");
  body.append(quoted_list(distress_functional_names())).append(R"(, "heads": )");
  body.append(quoted_list(names))
      .append(R"(}, "numbers": {"alone": 1, "against": 1}, "tensors": {)");
  const std::vector<std::string> tensors = {
      tensor("centre", {kDistressFunctionals}, std::vector<float>(size)),
      tensor("scale", {kDistressFunctionals}, std::vector<float>(size, 1.0F)),
      tensor("step_scale", {kDistressFunctionals}, std::vector<float>(size, 1.0F)),
      tensor("fusion", {2, count, 4}, fusion),
      dense("alone0.first", 1, kDistressFunctionals),
      dense("alone0.second", 1, 1),
      dense("alone0.heads", 1, log_odds),
      dense("against0.first", 1, 2 * kDistressFunctionals),
      dense("against0.second", 1, 1),
      dense("against0.heads", 1, log_odds),
      voice("voice_alone", count),
      voice("voice_against", count)};
  for (const std::string& one : tensors) body.append(&one == &tensors[0] ? "" : ",").append(one);
  return sealed(body.append("}}"));
}

}  // namespace tonecue::test
