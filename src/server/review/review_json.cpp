#include "review_json.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace tonecue {
namespace {

using Json = nlohmann::json;

constexpr int kDeepest = 4;  // No body of ours has more than a list in an object.

struct ReadObject {
  Json object = Json::object();
  std::optional<std::string> complaint{};
};

// A key as it can be told in one line: it is whatever somebody sent.
std::string shown(std::string_view key) {
  constexpr std::size_t kMostShown = 40;
  std::string line;
  for (const char c : key.substr(0, kMostShown)) {
    const bool plain = c >= ' ' && c <= '~' && c != '"' && c != '<' && c != '>' && c != '&';
    line.push_back(plain ? c : '?');
  }
  return line;
}

ReadObject read_object(std::string_view body) {
  ReadObject read;
  std::set<std::string> keys;
  const auto watch = [&](int depth, Json::parse_event_t event, Json& value) {
    if (depth > kDeepest && !read.complaint) read.complaint = "the JSON is nested too deeply";
    const bool own_key = event == Json::parse_event_t::key && depth == 1;
    if (own_key && !keys.insert(value.get<std::string>()).second && !read.complaint) {
      read.complaint = fmt::format("\"{}\" stands there twice", shown(value.get<std::string>()));
    }
    return depth <= kDeepest;
  };
  Json json = Json::parse(body.begin(), body.end(), watch, false);
  if (read.complaint) return read;
  if (!json.is_object()) {
    read.complaint = "send one JSON object, in UTF-8";
    return read;
  }
  read.object = std::move(json);
  return read;
}

bool is_control(char c, bool lines) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && !(lines && (c == '\n' || c == '\t'))) || byte == 0x7F;
}

}  // namespace

JsonFields::JsonFields(std::string_view body) {
  ReadObject read = read_object(body);
  object_ = std::make_unique<Json>(std::move(read.object));
  complaint_ = std::move(read.complaint);
}

JsonFields::~JsonFields() = default;

void JsonFields::complain(std::string message) {
  if (!complaint_) complaint_ = std::move(message);
}

const Json* JsonFields::find(std::string_view key) {
  asked_.emplace(key);
  const auto found = object_->find(std::string(key));
  return found == object_->end() || found->is_null() ? nullptr : &*found;
}

const Json* JsonFields::demand(std::string_view key) {
  const Json* value = find(key);
  if (value == nullptr) complain(fmt::format("\"{}\" is missing", key));
  return value;
}

std::string JsonFields::read_text(std::string_view key, const Json& value, const TextRule& rule) {
  if (!value.is_string()) {
    complain(fmt::format("\"{}\" must be a text", key));
    return {};
  }
  const auto& text = value.get_ref<const std::string&>();
  if (text.size() < rule.least_bytes || text.size() > rule.most_bytes) {
    complain(
        fmt::format("\"{}\" must have {} to {} bytes", key, rule.least_bytes, rule.most_bytes));
    return {};
  }
  if (std::ranges::any_of(text, [&](char c) { return is_control(c, rule.lines); })) {
    complain(fmt::format("\"{}\" holds a control character", key));
    return {};
  }
  return text;
}

std::string JsonFields::text(std::string_view key, const TextRule& rule) {
  const Json* value = demand(key);
  return value == nullptr ? std::string() : read_text(key, *value, rule);
}

std::optional<std::string> JsonFields::optional_text(std::string_view key, const TextRule& rule) {
  const Json* value = find(key);
  if (value == nullptr) return std::nullopt;
  return read_text(key, *value, rule);
}

std::optional<std::string> JsonFields::nullable_text(std::string_view key, const TextRule& rule) {
  if (!object_->contains(std::string(key))) complain(fmt::format("\"{}\" is missing", key));
  return optional_text(key, rule);
}

bool JsonFields::read_flag(std::string_view key, const Json& value) {
  if (!value.is_boolean()) complain(fmt::format("\"{}\" must be true or false", key));
  return value.is_boolean() && value.get<bool>();
}

bool JsonFields::flag(std::string_view key) {
  const Json* value = demand(key);
  return value != nullptr && read_flag(key, *value);
}

std::optional<bool> JsonFields::optional_flag(std::string_view key) {
  const Json* value = find(key);
  if (value == nullptr) return std::nullopt;
  return read_flag(key, *value);
}

std::int64_t JsonFields::whole(std::string_view key, std::int64_t least, std::int64_t most) {
  const Json* value = demand(key);
  if (value == nullptr) return least;
  // What does not fit into 64 bits with a sign is a float or unsigned.
  const bool fits = value->is_number_integer() &&
                    !(value->is_number_unsigned() &&
                      value->get<std::uint64_t>() > static_cast<std::uint64_t>(most)) &&
                    value->get<std::int64_t>() >= least && value->get<std::int64_t>() <= most;
  if (fits) return value->get<std::int64_t>();
  complain(fmt::format("\"{}\" must be a whole number from {} to {}", key, least, most));
  return least;
}

std::optional<double> JsonFields::optional_number(std::string_view key, double least, double most) {
  const Json* value = find(key);
  if (value == nullptr) return std::nullopt;
  const double number = value->is_number() ? value->get<double>() : std::nan("");
  if (number >= least && number <= most) return number;
  complain(fmt::format("\"{}\" must be a number from {} to {}", key, least, most));
  return std::nullopt;
}

std::optional<std::vector<std::string>> JsonFields::optional_texts(std::string_view key,
                                                                   std::size_t most,
                                                                   const TextRule& rule) {
  const Json* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_array() || value->size() > most) {
    complain(fmt::format("\"{}\" must be a list of at most {} texts", key, most));
    return std::nullopt;
  }
  std::vector<std::string> texts;
  for (const Json& text : *value) texts.push_back(read_text(key, text, rule));
  return texts;
}

Result<void> JsonFields::result() {
  for (const auto& [key, value] : object_->items()) {
    if (!asked_.contains(key)) complain(fmt::format("there is no \"{}\" here", shown(key)));
  }
  if (complaint_) return failure(ErrorCode::invalid_argument, *complaint_);
  return {};
}

}  // namespace tonecue
