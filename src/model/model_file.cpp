#include "tonecue/model/model_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

namespace tonecue {
namespace {

using nlohmann::json;

constexpr std::string_view kSchema = "tonecue.model/1";
constexpr std::array<std::string_view, 6> kKeys = {"schema",  "name",    "about",
                                                   "strings", "numbers", "tensors"};
// Far above any network that runs within the budget of a hop; a broken size cannot ask for more.
constexpr std::int64_t kMostValues = 1 << 22;
constexpr std::size_t kMostDimensions = 3;

tl::unexpected<Error> corrupt(const std::string& what) {
  return failure(ErrorCode::corrupt, "model file: " + what);
}

// A name of the file within a message, which stays one line whatever the name holds.
std::string in_quotes(std::string_view name) {
  std::string text = "'";
  for (const char c : name) text += c >= 0 && c < ' ' ? '?' : c;
  text += "'";
  return text;
}

// JSON lets a key be told twice, and the library keeps the last: told twice is broken here.
json parse_json(std::string_view text, std::string& repeated_key) {
  std::vector<std::set<std::string>> open_objects;
  const auto watch = [&](int, json::parse_event_t event, json& parsed) {
    if (event == json::parse_event_t::object_start) open_objects.emplace_back();
    if (event == json::parse_event_t::object_end) open_objects.pop_back();
    if (event == json::parse_event_t::key) {
      const auto& key = parsed.get_ref<const std::string&>();
      if (!open_objects.back().insert(key).second) repeated_key = key;
    }
    return true;
  };
  constexpr bool kThrow = false;
  return json::parse(text.begin(), text.end(), watch, kThrow);
}

Result<float> to_number(const json& value, const std::string& where) {
  if (!value.is_number()) return corrupt(where + " is not a number");
  const auto wide = value.get<double>();
  if (!(std::abs(wide) <= static_cast<double>(std::numeric_limits<float>::max()))) {
    return corrupt(where + " is not finite");
  }
  return static_cast<float>(wide);
}

Result<std::vector<std::string>> to_strings(const json& value, const std::string& where) {
  if (!value.is_array()) return corrupt(where + " is not a list");
  std::vector<std::string> strings;
  for (const json& element : value) {
    if (!element.is_string()) return corrupt(where + " holds something other than text");
    strings.push_back(element.get<std::string>());
  }
  return strings;
}

Result<std::vector<int>> to_shape(const json& value, const std::string& where) {
  if (!value.is_array() || value.empty() || value.size() > kMostDimensions) {
    return corrupt(where + " needs a shape of 1 to 3 sizes");
  }
  std::vector<int> shape;
  std::int64_t values = 1;
  for (const json& element : value) {
    const bool whole = element.is_number_unsigned();
    const std::uint64_t size = whole ? element.get<std::uint64_t>() : 0;
    if (size < 1 || size > kMostValues) return corrupt(where + " has a size out of range");
    values *= static_cast<std::int64_t>(size);
    if (values > kMostValues) return corrupt(where + " is too large");
    shape.push_back(static_cast<int>(size));
  }
  return shape;
}

Result<Tensor> to_tensor(const json& value, const std::string& where) {
  if (!value.is_object() || value.size() != 2 || !value.contains("shape") ||
      !value.contains("values") || !value["values"].is_array()) {
    return corrupt(where + " needs a shape and values, nothing else");
  }
  auto shape = to_shape(value["shape"], where);
  if (!shape) return tl::unexpected(shape.error());
  std::size_t expected = 1;
  for (const int size : *shape) expected *= static_cast<std::size_t>(size);
  const json& list = value["values"];
  if (list.size() != expected) {
    return corrupt(where + " has " + std::to_string(list.size()) + " values, its shape " +
                   shape_text(*shape) + " needs " + std::to_string(expected));
  }
  Tensor tensor{std::move(*shape), {}};
  tensor.values.reserve(expected);
  for (const json& element : list) {
    const auto number =
        to_number(element, where + ", value " + std::to_string(tensor.values.size()));
    if (!number) return tl::unexpected(number.error());
    tensor.values.push_back(*number);
  }
  return tensor;
}

// Every member of the object `key`, read by `read`.
template <class T, class Read>
Result<std::map<std::string, T>> to_map(const json& file, const std::string& key,
                                        const std::string& kind, Read read) {
  const json& object = file[key];
  if (!object.is_object()) return corrupt(in_quotes(key) + " is not an object");
  std::map<std::string, T> map;
  for (const auto& [name, value] : object.items()) {
    auto read_value = read(value, kind + " " + in_quotes(name));
    if (!read_value) return tl::unexpected(read_value.error());
    map.emplace(name, std::move(*read_value));
  }
  return map;
}

Result<void> expect_keys(const json& file) {
  if (!file.is_object()) return corrupt("the whole is not one object");
  for (const std::string_view key : kKeys) {
    if (!file.contains(key)) return corrupt(in_quotes(key) + " is missing");
  }
  for (const auto& [name, value] : file.items()) {
    if (std::find(kKeys.begin(), kKeys.end(), name) == kKeys.end()) {
      return corrupt(in_quotes(name) + " is not a key of " + std::string(kSchema));
    }
  }
  for (const std::string key : {"schema", "name", "about"}) {
    if (!file[key].is_string()) return corrupt(in_quotes(key) + " is not text");
  }
  if (file["schema"] != kSchema) {
    return corrupt("schema is " + in_quotes(file["schema"].get<std::string>()) + ", expected " +
                   in_quotes(kSchema));
  }
  return {};
}

template <class T>
Result<T> take(std::map<std::string, T>& map, const std::string& name, const std::string& kind) {
  auto node = map.extract(name);
  if (node.empty()) return corrupt(kind + " " + in_quotes(name) + " is missing");
  return std::move(node.mapped());
}

}  // namespace

std::string shape_text(std::span<const int> shape) {
  std::string text;
  for (const int size : shape) {
    if (!text.empty()) text += "x";
    text += size == kAnySize ? "any" : std::to_string(size);
  }
  return text;
}

Result<ModelFile> ModelFile::parse(std::string_view text) {
  std::string repeated_key;
  const json file = parse_json(text, repeated_key);
  if (file.is_discarded()) return corrupt("it is not JSON, or not whole");
  if (!repeated_key.empty()) return corrupt(in_quotes(repeated_key) + " is told twice");
  if (const auto keys = expect_keys(file); !keys) return tl::unexpected(keys.error());

  auto strings = to_map<std::vector<std::string>>(file, "strings", "list", to_strings);
  if (!strings) return tl::unexpected(strings.error());
  auto numbers = to_map<float>(file, "numbers", "number", to_number);
  if (!numbers) return tl::unexpected(numbers.error());
  auto tensors = to_map<Tensor>(file, "tensors", "tensor", to_tensor);
  if (!tensors) return tl::unexpected(tensors.error());

  ModelFile model;
  model.name_ = file["name"].get<std::string>();
  model.about_ = file["about"].get<std::string>();
  model.strings_ = std::move(*strings);
  model.numbers_ = std::move(*numbers);
  model.tensors_ = std::move(*tensors);
  return model;
}

Result<Tensor> ModelFile::take_tensor(const std::string& name, std::span<const int> shape) {
  auto tensor = take(tensors_, name, "tensor");
  if (!tensor) return tensor;
  const auto fits = [](int size, int needed) { return needed == kAnySize || size == needed; };
  if (!std::equal(tensor->shape.begin(), tensor->shape.end(), shape.begin(), shape.end(), fits)) {
    return corrupt("tensor " + in_quotes(name) + " has shape " + shape_text(tensor->shape) +
                   ", expected " + shape_text(shape));
  }
  return tensor;
}

Result<float> ModelFile::take_number(const std::string& name) {
  return take(numbers_, name, "number");
}

Result<std::vector<std::string>> ModelFile::take_strings(const std::string& name) {
  return take(strings_, name, "list");
}

Result<void> ModelFile::expect_all_taken() const {
  if (!tensors_.empty())
    return corrupt("tensor " + in_quotes(tensors_.begin()->first) + " is not known");
  if (!numbers_.empty())
    return corrupt("number " + in_quotes(numbers_.begin()->first) + " is not known");
  if (!strings_.empty())
    return corrupt("list " + in_quotes(strings_.begin()->first) + " is not known");
  return {};
}

}  // namespace tonecue
