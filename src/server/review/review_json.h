/// @file
/// What stands in the JSON body of a request.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "tonecue/core/result.h"

namespace tonecue {

/// What a text must be like. Always UTF-8 without control characters, but for what `lines` lets in.
struct TextRule {
  std::size_t least_bytes = 0;
  std::size_t most_bytes = 200;
  bool lines = false;  ///< Line feeds and tabs may stand in it.
};

/// Reads an object field by field, and strictly: a key that nobody asks for, one that comes twice,
/// a wrong type or length is a mistake. The first one is kept, and what is read after it is empty,
/// so that it is asked for once, at the end:
///
///     JsonFields fields(request.http.body);
///     const std::string login = fields.text("login", {.least_bytes = 1, .most_bytes = 80});
///     if (const auto ok = fields.result(); !ok) return failure_reply(desk, ok.error());
///
/// An optional field may be left out or null.
class JsonFields {
 public:
  explicit JsonFields(std::string_view body);
  ~JsonFields();
  JsonFields(const JsonFields&) = delete;
  JsonFields& operator=(const JsonFields&) = delete;

  std::string text(std::string_view key, const TextRule& rule);
  std::optional<std::string> optional_text(std::string_view key, const TextRule& rule);

  /// Must be there, but may be null.
  std::optional<std::string> nullable_text(std::string_view key, const TextRule& rule);

  bool flag(std::string_view key);
  std::optional<bool> optional_flag(std::string_view key);

  std::int64_t whole(std::string_view key, std::int64_t least, std::int64_t most);
  std::optional<double> optional_number(std::string_view key, double least, double most);

  /// A list of at most `most` texts.
  std::optional<std::vector<std::string>> optional_texts(std::string_view key, std::size_t most,
                                                         const TextRule& rule);

  /// Once every field was asked for. @return `invalid_argument`: one line that names the key.
  Result<void> result();

 private:
  const nlohmann::json* find(std::string_view key);  // None: left out, or null.
  const nlohmann::json* demand(std::string_view key);
  std::string read_text(std::string_view key, const nlohmann::json& value, const TextRule& rule);
  bool read_flag(std::string_view key, const nlohmann::json& value);
  void complain(std::string message);

  std::unique_ptr<nlohmann::json> object_;
  std::set<std::string, std::less<>> asked_{};
  std::optional<std::string> complaint_{};
};

}  // namespace tonecue
