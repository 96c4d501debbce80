/// @file
/// Which part of a file is asked for.
#pragma once

#include <cstdint>
#include <string_view>

namespace tonecue {

struct RangeChoice {
  enum class Kind {
    whole,    ///< No range, none that is understood, or several: a server may ignore those.
    part,     ///< `first` and `size_bytes` hold; inside the file, at least one byte.
    outside,  ///< Nothing of the file lies in it.
  };
  Kind kind = Kind::whole;
  std::uint64_t first = 0;
  std::uint64_t size_bytes = 0;
};

/// Reads a Range header for a file of this size (RFC 9110, 14.1.2 and 14.2).
RangeChoice choose_range(std::string_view header, std::uint64_t size_bytes) noexcept;

}  // namespace tonecue
