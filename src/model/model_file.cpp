#include "tonecue/model/model_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

#include <simdjson.h>

#include "encoding.h"
#include "tonecue/model/sha256.h"

namespace tonecue {
namespace {

using simdjson::dom::element;
using Members = std::map<std::string_view, element>;

constexpr std::string_view kSchema = "tonecue.model/2";
constexpr auto kKeys =
    std::to_array<std::string_view>({"sha256", "schema", "name", "about", "licence", "definitions",
                                     "training", "scores", "strings", "numbers", "tensors"});
constexpr std::string_view kFirstLineBegins = R"({"sha256":")";
constexpr std::string_view kFirstLineEnds = "\",\n";
constexpr std::size_t kHashDigits = 64;
constexpr std::size_t kDigitsTold = 12;  // As many as a person compares.
// Far above any network that runs within the budget of a hop; a broken size cannot ask for more.
constexpr std::int64_t kMostValues = 1 << 22;
constexpr std::size_t kMostDimensions = 3;
constexpr std::int64_t kMostDefinitions = 1'000'000;

tl::unexpected<Error> corrupt(const std::string& what) {
  return failure(ErrorCode::corrupt, "model file: " + what);
}

// For what a hash lets through: the file is as its maker left it, and was made wrongly.
tl::unexpected<Error> malformed(const std::string& what) {
  return corrupt(what + "; docs/model_file.md tells what it must be");
}

// For a whole file that is not what a network of this program needs.
tl::unexpected<Error> foreign(const std::string& what) {
  return corrupt(what + "; use a model of this version of tonecue");
}

// A name of the file within a message, which stays one line whatever the name holds.
std::string in_quotes(std::string_view name) {
  std::string text = "'";
  for (const char c : name) text += c >= 0 && c < ' ' ? '?' : c;
  text += "'";
  return text;
}

/// @param where  In a message; empty for the whole file.
Result<Members> to_members(const element& value, const std::string& where) {
  simdjson::dom::object object;
  if (value.get(object) != simdjson::SUCCESS) {
    return malformed((where.empty() ? "the whole" : where) + " is not an object");
  }
  Members members;
  for (const auto member : object) {
    if (!members.emplace(member.key, member.value).second) {
      return malformed(where + (where.empty() ? "" : ": ") + in_quotes(member.key) +
                       " is told twice");
    }
  }
  return members;
}

/// Those keys, each once, and no other.
Result<Members> to_members(const element& value, std::span<const std::string_view> keys,
                           const std::string& where) {
  auto members = to_members(value, where);
  if (!members) return members;
  const std::string place = where.empty() ? "" : where + ": ";
  for (const std::string_view key : keys) {
    if (!members->contains(key)) return malformed(place + in_quotes(key) + " is missing");
  }
  for (const auto& [key, unused] : *members) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      return malformed(place + in_quotes(key) + " is not a key of " + std::string(kSchema));
    }
  }
  return members;
}

Result<simdjson::dom::array> to_list(const element& value, const std::string& where) {
  simdjson::dom::array list;
  if (value.get(list) != simdjson::SUCCESS) return malformed(where + " is not a list");
  return list;
}

Result<std::string> to_text(const element& value, const std::string& where) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return malformed(where + " is not text");
  return std::string(text);
}

/// For what is printed: one line, so that a file cannot steer a terminal.
Result<std::string> to_line(const element& value, const std::string& where) {
  auto text = to_text(value, where);
  if (!text) return text;
  const auto is_control = [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; };
  if (std::any_of(text->begin(), text->end(), is_control)) {
    return malformed(where + " is more than one line of plain text");
  }
  return text;
}

Result<float> to_number(const element& value, const std::string& where) {
  double wide = 0.0;
  if (value.get(wide) != simdjson::SUCCESS) return malformed(where + " is not a number");
  if (!(std::abs(wide) <= static_cast<double>(std::numeric_limits<float>::max()))) {
    return malformed(where + " is not finite");
  }
  return static_cast<float>(wide);
}

Result<std::vector<std::string>> to_strings(const element& value, const std::string& where) {
  const auto list = to_list(value, where);
  if (!list) return tl::unexpected(list.error());
  std::vector<std::string> strings;
  for (const element item : *list) {
    auto text = to_line(item, where + ", item " + std::to_string(strings.size()));
    if (!text) return tl::unexpected(text.error());
    strings.push_back(std::move(*text));
  }
  return strings;
}

Result<std::vector<int>> to_shape(const element& value, const std::string& where) {
  simdjson::dom::array list;
  if (value.get(list) != simdjson::SUCCESS || list.size() < 1 || list.size() > kMostDimensions) {
    return malformed(where + " needs a shape of 1 to 3 sizes");
  }
  std::vector<int> shape;
  std::int64_t values = 1;
  for (const element item : list) {
    std::int64_t size = 0;
    if (item.get(size) != simdjson::SUCCESS || size < 1 || size > kMostValues) {
      return malformed(where + " has a size out of range");
    }
    values *= size;
    if (values > kMostValues) return malformed(where + " is too large");
    shape.push_back(static_cast<int>(size));
  }
  return shape;
}

Result<Tensor> to_tensor(const element& value, const std::string& where) {
  constexpr std::array<std::string_view, 2> kTensorKeys = {"shape", "f32"};
  const auto members = to_members(value, kTensorKeys, where);
  if (!members) return tl::unexpected(members.error());
  auto shape = to_shape(members->at("shape"), where);
  if (!shape) return tl::unexpected(shape.error());
  std::size_t count = 1;
  for (const int size : *shape) count *= static_cast<std::size_t>(size);
  std::string_view text;
  if (members->at("f32").get(text) != simdjson::SUCCESS) {
    return malformed(where + ": 'f32' is not text");
  }
  if (text.size() != base64_length(count)) {
    return malformed(where + " has " + std::to_string(text.size()) +
                     " characters of base64, its shape " + shape_text(*shape) + " needs " +
                     std::to_string(base64_length(count)));
  }
  auto values = floats_of_base64(text, count);
  if (!values) return malformed(where + ": 'f32' is not base64");
  const auto finite = [](float number) { return std::isfinite(number); };
  const auto wrong = std::find_if_not(values->begin(), values->end(), finite);
  if (wrong != values->end()) {
    return malformed(where + ", value " + std::to_string(wrong - values->begin()) +
                     " is not finite");
  }
  return Tensor{std::move(*shape), std::move(*values)};
}

// Every member of the object `key`, read by `read`.
template <class T, class Read>
Result<std::map<std::string, T>> to_map(const Members& file, std::string_view key,
                                        const std::string& kind, Read read) {
  const auto members = to_members(file.at(key), in_quotes(key));
  if (!members) return tl::unexpected(members.error());
  std::map<std::string, T> map;
  for (const auto& [name, value] : *members) {
    auto read_value = read(value, kind + " " + in_quotes(name));
    if (!read_value) return tl::unexpected(read_value.error());
    map.emplace(name, std::move(*read_value));
  }
  return map;
}

Result<TrainingData> to_training_data(const element& value, const std::string& where) {
  constexpr std::array<std::string_view, 2> kDataKeys = {"data", "licence"};
  const auto members = to_members(value, kDataKeys, where);
  if (!members) return tl::unexpected(members.error());
  auto data = to_line(members->at("data"), where + ": 'data'");
  if (!data) return tl::unexpected(data.error());
  auto licence = to_line(members->at("licence"), where + ": 'licence'");
  if (!licence) return tl::unexpected(licence.error());
  return TrainingData{std::move(*data), std::move(*licence)};
}

Result<ModelScore> to_score(const element& value, const std::string& where) {
  constexpr std::array<std::string_view, 2> kScoreKeys = {"name", "value"};
  const auto members = to_members(value, kScoreKeys, where);
  if (!members) return tl::unexpected(members.error());
  auto name = to_line(members->at("name"), where + ": 'name'");
  if (!name) return tl::unexpected(name.error());
  const auto number = to_number(members->at("value"), where + ": 'value'");
  if (!number) return tl::unexpected(number.error());
  return ModelScore{std::move(*name), *number};
}

// Every item of the list `key`, read by `read`.
template <class T, class Read>
Result<std::vector<T>> to_items(const Members& file, std::string_view key, Read read) {
  const auto list = to_list(file.at(key), in_quotes(key));
  if (!list) return tl::unexpected(list.error());
  std::vector<T> items;
  for (const element item : *list) {
    auto read_item = read(item, in_quotes(key) + ", item " + std::to_string(items.size()));
    if (!read_item) return tl::unexpected(read_item.error());
    items.push_back(std::move(*read_item));
  }
  return items;
}

/// The hash that the first line names, once it is found to be that of the rest.
Result<std::string> checked_hash(std::string_view text) {
  const std::size_t first_line = kFirstLineBegins.size() + kHashDigits + kFirstLineEnds.size();
  if (text.size() < first_line || !text.starts_with(kFirstLineBegins) ||
      !text.substr(0, first_line).ends_with(kFirstLineEnds)) {
    return malformed(R"(its first line is not {"sha256":"64 digits", as in tonecue.model/2)");
  }
  std::string told(text.substr(kFirstLineBegins.size(), kHashDigits));
  const std::string found = sha256_hex(text.substr(first_line));
  if (told != found) {
    return corrupt("its first line names the sha256 " + in_quotes(told.substr(0, kDigitsTold)) +
                   ", the rest has " + in_quotes(found.substr(0, kDigitsTold)) +
                   ": it is not whole, or was changed; fetch it again");
  }
  return told;
}

Result<ModelCard> to_card(const Members& file) {
  ModelCard card;
  using Line = std::pair<std::string_view, std::string ModelCard::*>;
  for (const auto& [key, line] : {Line{"name", &ModelCard::name}, Line{"about", &ModelCard::about},
                                  Line{"licence", &ModelCard::licence}}) {
    auto text = to_line(file.at(key), in_quotes(key));
    if (!text) return tl::unexpected(text.error());
    card.*line = std::move(*text);
  }
  std::int64_t definitions = 0;
  if (file.at("definitions").get(definitions) != simdjson::SUCCESS || definitions < 1 ||
      definitions > kMostDefinitions) {
    return malformed("'definitions' is not a whole number from 1");
  }
  card.definitions = static_cast<int>(definitions);
  auto training = to_items<TrainingData>(file, "training", to_training_data);
  if (!training) return tl::unexpected(training.error());
  card.training = std::move(*training);
  auto scores = to_items<ModelScore>(file, "scores", to_score);
  if (!scores) return tl::unexpected(scores.error());
  card.scores = std::move(*scores);
  return card;
}

template <class T>
Result<T> take(std::map<std::string, T>& map, const std::string& name, const std::string& kind) {
  auto node = map.extract(name);
  if (node.empty()) return foreign(kind + " " + in_quotes(name) + " is missing");
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
  auto sha256 = checked_hash(text);
  if (!sha256) return tl::unexpected(sha256.error());
  simdjson::dom::parser parser;
  element whole;
  if (const auto error = parser.parse(text.data(), text.size()).get(whole);
      error != simdjson::SUCCESS) {
    return malformed(std::string("it is not JSON (") + simdjson::error_message(error) + ")");
  }
  const auto file = to_members(whole, kKeys, "");
  if (!file) return tl::unexpected(file.error());
  if (const auto schema = to_text(file->at("schema"), "'schema'"); !schema) {
    return tl::unexpected(schema.error());
  } else if (*schema != kSchema) {
    return foreign("schema is " + in_quotes(*schema) + ", this program reads " +
                   in_quotes(kSchema));
  }

  auto card = to_card(*file);
  if (!card) return tl::unexpected(card.error());
  auto strings = to_map<std::vector<std::string>>(*file, "strings", "list", to_strings);
  if (!strings) return tl::unexpected(strings.error());
  auto numbers = to_map<float>(*file, "numbers", "number", to_number);
  if (!numbers) return tl::unexpected(numbers.error());
  auto tensors = to_map<Tensor>(*file, "tensors", "tensor", to_tensor);
  if (!tensors) return tl::unexpected(tensors.error());

  ModelFile model;
  model.card_ = std::move(*card);
  model.card_.sha256 = std::move(*sha256);
  model.card_.bytes = text.size();
  model.strings_ = std::move(*strings);
  model.numbers_ = std::move(*numbers);
  model.tensors_ = std::move(*tensors);
  return model;
}

Result<void> ModelFile::expect_definitions(int version) const {
  if (card_.definitions == version) return {};
  return failure(ErrorCode::unsupported,
                 "model file: " + in_quotes(card_.name) + " was trained on definitions " +
                     std::to_string(card_.definitions) + " of its inputs, this program has " +
                     std::to_string(version) + "; use a model of this version of tonecue");
}

Result<Tensor> ModelFile::take_tensor(const std::string& name, std::span<const int> shape) {
  auto tensor = take(tensors_, name, "tensor");
  if (!tensor) return tensor;
  const auto fits = [](int size, int needed) { return needed == kAnySize || size == needed; };
  if (!std::equal(tensor->shape.begin(), tensor->shape.end(), shape.begin(), shape.end(), fits)) {
    return foreign("tensor " + in_quotes(name) + " has shape " + shape_text(tensor->shape) +
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
    return foreign("tensor " + in_quotes(tensors_.begin()->first) + " is not known");
  if (!numbers_.empty())
    return foreign("number " + in_quotes(numbers_.begin()->first) + " is not known");
  if (!strings_.empty())
    return foreign("list " + in_quotes(strings_.begin()->first) + " is not known");
  return {};
}

}  // namespace tonecue
