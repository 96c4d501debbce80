/// @file
/// Numbers as bytes, the small ones short.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace tonecue {

/// Seven bits a byte, the lowest first; the highest bit says that more follow.
class ByteWriter {
 public:
  void byte(unsigned value) { bytes_.push_back(static_cast<char>(value & 0xFFU)); }
  void number(std::uint64_t value) {
    for (; value > 0x7F; value >>= 7U) byte(static_cast<unsigned>(value & 0x7FU) | 0x80U);
    byte(static_cast<unsigned>(value));
  }
  /// 0, -1, 1, -2, ... as 0, 1, 2, 3, ...
  void difference(std::int64_t value) {
    const auto bits = static_cast<std::uint64_t>(value);
    number(value < 0 ? ~(bits << 1U) : bits << 1U);
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Reads what ByteWriter wrote. What is not there reads as 0, and failed() tells it.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) noexcept : bytes_(bytes) {}

  unsigned byte() noexcept {
    if (bytes_.empty()) {
      failed_ = true;
      return 0;
    }
    const auto value = static_cast<unsigned char>(bytes_.front());
    bytes_.remove_prefix(1);
    return value;
  }
  std::uint64_t number() noexcept {
    constexpr unsigned kMostBits = 64;
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < kMostBits; shift += 7) {
      const unsigned next = byte();
      value |= static_cast<std::uint64_t>(next & 0x7FU) << shift;
      if ((next & 0x80U) == 0) return value;
    }
    failed_ = true;
    return 0;
  }
  std::int64_t difference() noexcept {
    const std::uint64_t bits = number();
    return static_cast<std::int64_t>((bits & 1U) != 0 ? ~(bits >> 1U) : bits >> 1U);
  }
  std::string_view rest() const noexcept { return bytes_; }
  bool at_end() const noexcept { return bytes_.empty(); }
  bool failed() const noexcept { return failed_; }

 private:
  std::string_view bytes_;
  bool failed_ = false;
};

}  // namespace tonecue
