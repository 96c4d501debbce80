#include "schema_check.h"

#include <algorithm>
#include <regex>
#include <string_view>

namespace tonecue::test {
namespace {

using nlohmann::json;

class Checker {
 public:
  explicit Checker(const json& document) : document_(document) {}

  void check(const json& schema, const json& value, const std::string& place) {
    for (const auto& [word, rule] : schema.items()) {
      if (word == "$ref") {
        check(document_.at(json::json_pointer(rule.get<std::string>().substr(1))), value, place);
      } else if (word == "oneOf") {
        check_one_of(rule, value, place);
      } else if (word == "properties") {
        check_fields(schema, value, place);
      } else if (word == "additionalProperties") {
        if (!schema.contains("properties")) check_fields(schema, value, place);
      } else if (word == "items") {
        check_items(rule, value, place);
      } else if (!fits(word, rule, value)) {
        complain(place, word + " " + rule.dump(), value);
      }
    }
  }

  std::vector<std::string> take() { return std::move(misfits_); }

 private:
  void complain(const std::string& place, const std::string& rule, const json& value) {
    misfits_.push_back(place + " is not " + rule + ": " + value.dump().substr(0, 100));
  }

  void check_one_of(const json& schemas, const json& value, const std::string& place) {
    std::string why;
    int fitting = 0;
    for (const json& schema : schemas) {
      const auto found = misfits(document_, schema, value);
      if (found.empty()) ++fitting;
      for (const std::string& one : found) why += "\n  " + one;
    }
    if (fitting != 1) complain(place, "one of several:" + why, value);
  }

  void check_fields(const json& schema, const json& value, const std::string& place) {
    if (!value.is_object()) return;
    const json known = schema.value("properties", json::object());
    const json others = schema.value("additionalProperties", json(true));
    for (const auto& [key, field] : value.items()) {
      const std::string there = std::string(place).append("/").append(key);
      if (known.contains(key)) {
        check(known[key], field, there);
      } else if (others.is_object()) {
        check(others, field, there);
      } else if (others == false) {
        complain(there, "known", field);
      }
    }
  }

  void check_items(const json& schema, const json& value, const std::string& place) {
    for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
      check(schema, value[i], place + "/" + std::to_string(i));
    }
  }

  static bool has_type(std::string_view type, const json& value) {
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    if (type == "null") return value.is_null();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_boolean();
    if (type == "array") return value.is_array();
    return type == "object" && value.is_object();
  }

  static bool fits_type(const json& types, const json& value) {
    if (types.is_string()) return has_type(types.get<std::string>(), value);
    return std::ranges::any_of(
        types, [&](const json& type) { return has_type(type.get<std::string>(), value); });
  }

  static bool matches(const std::string& pattern, const json& value) {
    return !value.is_string() || std::regex_search(value.get<std::string>(), std::regex(pattern));
  }

  static bool fits(const std::string& word, const json& rule, const json& value) {
    const bool is_text = value.is_string();
    const auto length = is_text ? value.get_ref<const std::string&>().size() : 0;
    if (word == "type") return fits_type(rule, value);
    if (word == "const") return value == rule;
    if (word == "enum") return std::ranges::find(rule, value) != rule.end();
    if (word == "minimum") return !value.is_number() || value >= rule;
    if (word == "maximum") return !value.is_number() || value <= rule;
    if (word == "minLength") return !is_text || length >= rule.get<std::size_t>();
    if (word == "maxLength") return !is_text || length <= rule.get<std::size_t>();
    if (word == "pattern") return matches(rule, value);
    if (word == "format") {
      return rule == "date-time" && matches(R"(^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$)", value);
    }
    if (word == "required") {
      return !value.is_object() || std::ranges::all_of(rule, [&](const json& key) {
        return value.contains(key.get<std::string>());
      });
    }
    return word == "description" || word == "default";
  }

  const json& document_;
  std::vector<std::string> misfits_{};
};

}  // namespace

std::vector<std::string> misfits(const json& document, const json& schema, const json& value) {
  Checker checker(document);
  checker.check(schema, value, "");
  return checker.take();
}

}  // namespace tonecue::test
