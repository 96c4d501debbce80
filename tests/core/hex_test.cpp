#include "tonecue/core/hex.h"

#include <array>

#include <gtest/gtest.h>

namespace tonecue {
namespace {

TEST(HexDigits, AreTwoAByteInItsOrder) {
  constexpr std::array<unsigned char, 4> kBytes = {0x00, 0x0f, 0xa0, 0xff};
  EXPECT_EQ(hex_digits(kBytes), "000fa0ff");
  EXPECT_EQ(hex_digits({}), "");
}

}  // namespace
}  // namespace tonecue
