/// @file
/// A value of a configuration against its documented range.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "tonecue/core/result.h"

namespace tonecue {

/// For a message: "6", "0.35".
template <class Value>
std::string plain_number(Value value) {
  std::string digits = std::to_string(value);
  if (digits.find('.') == std::string::npos) return digits;
  digits.erase(digits.find_last_not_of('0') + 1);
  if (digits.back() == '.') digits.pop_back();
  return digits;
}

/// @param field  As the configuration file calls it, with its section; the message begins with it.
/// @return `invalid_argument` when the value lies outside [least, most] or is NaN.
template <class Value>
Result<void> expect_in_range(Value value, Value least, Value most, std::string_view field) {
  if (value >= least && value <= most) return {};
  return failure(ErrorCode::invalid_argument, std::string(field) + " is " + plain_number(value) +
                                                  "; it must lie in [" + plain_number(least) +
                                                  ", " + plain_number(most) + "]");
}

/// One value, its range and its name, as expect_in_range() takes them.
template <class Value>
struct FieldRange {
  Value value;
  Value least;
  Value most;
  std::string_view field;
};

/// @return What expect_in_range() says of the first value that lies outside.
template <class Value>
Result<void> expect_in_ranges(std::span<const FieldRange<Value>> ranges) {
  for (const FieldRange<Value>& range : ranges) {
    auto ok = expect_in_range(range.value, range.least, range.most, range.field);
    if (!ok) return ok;
  }
  return {};
}

}  // namespace tonecue
