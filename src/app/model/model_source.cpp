#include "model_source.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "tonecue/features/voice_activity_detector.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kVad = "vad";
// A hundred times what is ours; no wrong file can fill the memory.
constexpr std::uintmax_t kMostBytes = 64'000'000;

bool is_built_in_distress(const std::string& choice) {
  const auto& names = DistressWeights::kBuiltIn;
  return std::find(names.begin(), names.end(), choice) != names.end();
}

Result<std::string> read_text(const std::string& path) {
  std::error_code status;
  if (!fs::exists(path, status)) {
    return failure(ErrorCode::not_found, fmt::format("{}: there is no such model file", path));
  }
  // Opening a pipe would wait for its writer.
  if (!fs::is_regular_file(path, status)) {
    return failure(ErrorCode::unreadable, fmt::format("{}: is no file; name a model file", path));
  }
  if (fs::file_size(path, status) > kMostBytes) {
    return failure(ErrorCode::unsupported,
                   fmt::format("{}: is no model file, those have at most {} MB", path,
                               kMostBytes / 1'000'000));
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return failure(ErrorCode::unreadable,
                   fmt::format("{}: cannot open the model file; may you read it?", path));
  }
  return std::string{std::istreambuf_iterator<char>(file), {}};
}

template <class T>
Result<T> naming(const std::string& path, Result<T> result) {
  if (result) return result;
  return failure(result.error().code, fmt::format("{}: {}", path, result.error().message));
}

}  // namespace

std::vector<std::string> built_in_models() {
  std::vector<std::string> names = {std::string(kVad)};
  for (const std::string_view name : DistressWeights::kBuiltIn) {
    if (!built_in_distress_file(name).empty()) names.emplace_back(name);
  }
  return names;
}

Result<ModelFile> find_model(const std::string& choice) {
  if (choice == kVad) return ModelFile::parse(VoiceActivityDetector::built_in_file());
  if (is_built_in_distress(choice)) {
    const auto& weights = DistressWeights::built_in(choice);
    if (!weights) return tl::unexpected(weights.error());
    return ModelFile::parse(built_in_distress_file(choice));
  }
  const auto text = read_text(choice);
  if (!text) return tl::unexpected(text.error());
  return naming(choice, ModelFile::parse(*text));
}

Result<DistressWeights> find_distress_weights(const std::string& choice) {
  if (is_built_in_distress(choice)) return DistressWeights::built_in(choice);
  auto file = find_model(choice);
  if (!file) return tl::unexpected(file.error());
  return naming(choice, DistressWeights::create(std::move(*file), choice));
}

}  // namespace tonecue
