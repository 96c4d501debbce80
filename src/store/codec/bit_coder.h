/// @file
/// Numbers in as few bits as they are surprising.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tonecue {

/// How likely the next bit is a one, learned from those before.
struct BitChance {
  std::uint16_t of_one = 1U << 15U;  // Of 65536.
  std::uint8_t seen = 0;

  void learn(bool one) noexcept;
};

/// Arithmetic coding of bits (Witten, Neal and Cleary 1987), the interval held in 32 bits: a bit
/// that was expected nine times out of ten costs a seventh of one.
class BitEncoder {
 public:
  void encode(bool one, BitChance& chance);
  std::string finish();

 private:
  std::uint32_t low_ = 0;
  std::uint32_t high_ = 0xFFFFFFFF;
  std::string bytes_;
};

/// Past the end it reads zeros: any bytes decode to something, and is_finished() tells whether they
/// were enough, and all.
class BitDecoder {
 public:
  explicit BitDecoder(std::string_view bytes) noexcept;

  bool decode(BitChance& chance) noexcept;

  /// @return Whether it has read all that an encoder had written, and no more.
  bool is_finished() const noexcept { return missing_ == kBytesHeld - 1; }

 private:
  static constexpr int kBytesHeld = 4;
  std::uint32_t next_byte() noexcept;

  std::string_view bytes_;
  std::uint32_t low_ = 0;
  std::uint32_t high_ = 0xFFFFFFFF;
  std::uint32_t value_ = 0;
  int missing_ = 0;
};

/// Writes or reads numbers of a few bits through one of the two above, each bit by what the higher
/// ones were. The same walk serves both ways, so that they cannot differ.
class NumberModel {
 public:
  NumberModel(int bits, std::size_t contexts)
      : bits_(bits), chances_(contexts << static_cast<unsigned>(bits)) {}

  unsigned code(BitEncoder& encoder, std::size_t context, unsigned value) {
    return walk(context, [&](BitChance& chance, int place) {
      const bool one = ((value >> static_cast<unsigned>(place)) & 1U) != 0;
      encoder.encode(one, chance);
      return one;
    });
  }
  unsigned code(BitDecoder& decoder, std::size_t context, unsigned /*unknown*/) {
    return walk(context, [&](BitChance& chance, int /*place*/) { return decoder.decode(chance); });
  }

 private:
  template <class Bit>
  unsigned walk(std::size_t context, const Bit& bit) {
    unsigned node = 1;
    for (int place = bits_ - 1; place >= 0; --place) {
      BitChance& chance = chances_[(context << static_cast<unsigned>(bits_)) + node];
      node = 2 * node + (bit(chance, place) ? 1U : 0U);
    }
    return node - (1U << static_cast<unsigned>(bits_));
  }

  int bits_;
  std::vector<BitChance> chances_;
};

}  // namespace tonecue
