/// @file
/// What a model file tells people about itself.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tonecue {

/// A set of recordings that a model was trained on.
struct TrainingData {
  std::string data;
  std::string licence;  ///< As published.
};

/// A figure that was measured, as its name says.
struct ModelScore {
  std::string name;
  float value = 0.0F;
};

/// Nothing here is computed with, except that `definitions` must be those of the program.
struct ModelCard {
  std::string name;     ///< Of the network that the weights are for: "vad", "distress".
  std::string about;    ///< One line.
  std::string licence;  ///< What the weights may be used for; one line.
  int definitions = 0;  ///< Version of the definitions of its inputs; from 1.
  std::vector<TrainingData> training;
  std::vector<ModelScore> scores;
  std::string sha256;  ///< Of the file below its first line; 64 hexadecimal digits.
  std::size_t bytes = 0;
};

}  // namespace tonecue
