/// @file
/// How a failure is told: a value, never an exception.
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace tonecue {

enum class ErrorCode {
  invalid_argument,  ///< The caller asked for something outside a documented range.
  not_found,         ///< A file or device is not there.
  unreadable,        ///< It is there but cannot be opened or read.
  unsupported,       ///< It is whole, but of a kind that is not handled.
  corrupt,           ///< It breaks its own format, or ends early.
  exists,            ///< Writing would replace something.
  unwritable,        ///< Writing failed: permission, full disk.
  device,            ///< An audio device failed.
};

/// One line for a person: what failed, where, and what to do about it.
struct Error {
  ErrorCode code = ErrorCode::invalid_argument;
  std::string message;
};

template <class T>
using Result = tl::expected<T, Error>;

/// `return failure(ErrorCode::not_found, "…");` from a function that returns any Result.
inline tl::unexpected<Error> failure(ErrorCode code, std::string message) {
  return tl::unexpected<Error>(Error{code, std::move(message)});
}

}  // namespace tonecue
