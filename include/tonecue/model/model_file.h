/// @file
/// The weights of a small trained network, as they lie in models/.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tonecue/core/result.h"
#include "tonecue/model/model_card.h"

namespace tonecue {

/// A block of finite numbers, the last dimension running fastest.
struct Tensor {
  std::vector<int> shape;
  std::vector<float> values;  ///< As many as the product of `shape`.
};

/// "32x46"; kAnySize reads "any".
std::string shape_text(std::span<const int> shape);

/// For a dimension whose size the file may choose.
inline constexpr int kAnySize = -1;

/// Reads the JSON of schema `tonecue.model/2`, which docs/model_file.md explains:
///
///     {"sha256":"64 hexadecimal digits: the hash of every byte after this line",
///     "schema": "tonecue.model/2", "name": "vad", "about": "…", "definitions": 1,
///      "licence": "…", "training": [{"data": "…", "licence": "…"}],
///      "scores": [{"name": "…", "value": 98.5}],
///      "strings": {"inputs": ["level", …]}, "numbers": {"threshold": 0.5},
///      "tensors": {"hidden.weight": {"shape": [32, 46], "f32": "base64, little-endian"}}}
///
/// Every key is needed, none may be added or told twice. A network is built by taking what it knows
/// out of the file, then asking that nothing is left: a file for another network is refused.
///
///     auto file = ModelFile::parse(text);
///     auto hidden = DenseLayer::create(*file, "hidden", kInputs, Activation::relu);
///     if (auto whole = file->expect_all_taken(); !whole) return tl::unexpected(whole.error());
///
/// Real-time: not for the audio path. Threads: one object belongs to one thread.
class ModelFile {
 public:
  /// @return `corrupt`, saying where, for anything that is not whole and finite.
  static Result<ModelFile> parse(std::string_view text);

  const ModelCard& card() const noexcept { return card_; }
  const std::string& name() const noexcept { return card_.name; }

  /// By name: those that were not taken.
  const std::map<std::string, std::vector<std::string>>& strings() const noexcept {
    return strings_;
  }
  const std::map<std::string, float>& numbers() const noexcept { return numbers_; }
  const std::map<std::string, Tensor>& tensors() const noexcept { return tensors_; }

  /// @return `unsupported` when the model was made for another version of its inputs.
  Result<void> expect_definitions(int version) const;

  /// Each takes its value out of the file.
  /// @param shape  What the network needs; kAnySize lets the file choose.
  /// @return `corrupt`, naming the value, when it is missing or has another shape.
  Result<Tensor> take_tensor(const std::string& name, std::span<const int> shape);
  Result<float> take_number(const std::string& name);
  Result<std::vector<std::string>> take_strings(const std::string& name);

  /// @return `corrupt`, naming one value that was not taken.
  Result<void> expect_all_taken() const;

 private:
  ModelFile() = default;

  ModelCard card_;
  std::map<std::string, std::vector<std::string>> strings_;
  std::map<std::string, float> numbers_;
  std::map<std::string, Tensor> tensors_;
};

}  // namespace tonecue
