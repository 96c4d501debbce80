#include "store/codec/bit_coder.h"

#include <algorithm>

namespace tonecue {
namespace {

constexpr unsigned kTopShift = 24;
constexpr std::uint32_t kTop = 0xFF000000;
constexpr int kWhole = 1 << 16;
constexpr int kLeast = 32;  // Nothing is ever certain.

// The first bits teach much, later ones a little: the mean of what was seen, then a memory of as
// many bits. 30 gave the smallest traces of the bundled calls.
constexpr std::uint8_t kMemory = 30;

std::uint32_t part_of(std::uint32_t low, std::uint32_t high, const BitChance& chance) {
  const std::uint64_t width = high - low;
  return low + static_cast<std::uint32_t>((width * chance.of_one) >> 16U);
}

bool same_top(std::uint32_t low, std::uint32_t high) { return ((low ^ high) & kTop) == 0; }

}  // namespace

void BitChance::learn(bool one) noexcept {
  const int target = one ? kWhole : 0;
  const int step = 2 * (target - of_one) / (2 * seen + 3);
  of_one = static_cast<std::uint16_t>(std::clamp(of_one + step, kLeast, kWhole - kLeast));
  seen = std::min<std::uint8_t>(seen + 1, kMemory);
}

void BitEncoder::encode(bool one, BitChance& chance) {
  const std::uint32_t middle = part_of(low_, high_, chance);
  if (one) {
    high_ = middle;
  } else {
    low_ = middle + 1;
  }
  chance.learn(one);
  while (same_top(low_, high_)) {
    bytes_.push_back(static_cast<char>(high_ >> kTopShift));
    low_ <<= 8U;
    high_ = (high_ << 8U) | 0xFFU;
  }
}

// One more byte, with the zeros that the decoder adds, lies within the interval.
std::string BitEncoder::finish() {
  bytes_.push_back(static_cast<char>((low_ >> kTopShift) + 1));
  return std::move(bytes_);
}

BitDecoder::BitDecoder(std::string_view bytes) noexcept : bytes_(bytes) {
  for (int i = 0; i < kBytesHeld; ++i) value_ = (value_ << 8U) | next_byte();
}

std::uint32_t BitDecoder::next_byte() noexcept {
  if (bytes_.empty()) {
    ++missing_;
    return 0;
  }
  const auto byte = static_cast<unsigned char>(bytes_.front());
  bytes_.remove_prefix(1);
  return byte;
}

bool BitDecoder::decode(BitChance& chance) noexcept {
  const std::uint32_t middle = part_of(low_, high_, chance);
  const bool one = value_ <= middle;
  if (one) {
    high_ = middle;
  } else {
    low_ = middle + 1;
  }
  chance.learn(one);
  while (same_top(low_, high_)) {
    low_ <<= 8U;
    high_ = (high_ << 8U) | 0xFFU;
    value_ = (value_ << 8U) | next_byte();
  }
  return one;
}

}  // namespace tonecue
