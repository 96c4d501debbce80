#include "private_address.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include <netinet/in.h>

namespace tonecue {
namespace {

struct Range {
  std::uint32_t base = 0;
  int bits = 0;
};

constexpr std::uint32_t v4(std::uint32_t a, std::uint32_t b, std::uint32_t c,
                           std::uint32_t d) noexcept {
  return (a << 24U) | (b << 16U) | (c << 8U) | d;
}

constexpr std::array<Range, 14> kPrivate = {{
    {v4(0, 0, 0, 0), 8},        // This network.
    {v4(10, 0, 0, 0), 8},       // Private.
    {v4(100, 64, 0, 0), 10},    // Shared by a provider's customers.
    {v4(127, 0, 0, 0), 8},      // Loopback.
    {v4(169, 254, 0, 0), 16},   // Link-local: the metadata of cloud machines.
    {v4(172, 16, 0, 0), 12},    // Private.
    {v4(192, 0, 0, 0), 24},     // Protocol assignments.
    {v4(192, 0, 2, 0), 24},     // Documentation.
    {v4(192, 168, 0, 0), 16},   // Private.
    {v4(198, 18, 0, 0), 15},    // Benchmarks.
    {v4(198, 51, 100, 0), 24},  // Documentation.
    {v4(203, 0, 113, 0), 24},   // Documentation.
    {v4(224, 0, 0, 0), 4},      // Multicast.
    {v4(240, 0, 0, 0), 4},      // Reserved, broadcast.
}};

bool is_private_v4(std::uint32_t address) noexcept {
  return std::any_of(kPrivate.begin(), kPrivate.end(), [address](const Range& range) {
    const std::uint32_t mask = ~std::uint32_t{0} << static_cast<unsigned>(32 - range.bits);
    return (address & mask) == range.base;
  });
}

using V6 = std::array<std::uint8_t, 16>;

bool begins_with(const V6& address, std::initializer_list<std::uint8_t> bytes) noexcept {
  return std::equal(bytes.begin(), bytes.end(), address.begin());
}

std::uint32_t v4_at(const V6& address, std::size_t at) noexcept {
  return v4(address.at(at), address.at(at + 1), address.at(at + 2), address.at(at + 3));
}

bool is_private_v6(const V6& address) noexcept {
  if (begins_with(address, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF})) {
    return is_private_v4(v4_at(address, 12));  // Mapped.
  }
  if (begins_with(address, {0, 0x64, 0xFF, 0x9B}))
    return is_private_v4(v4_at(address, 12));                                       // NAT64
  if (begins_with(address, {0x20, 0x02})) return is_private_v4(v4_at(address, 2));  // 6to4
  // Unicast on the internet is 2000::/3, but for the documentation's 2001:db8::/32.
  const bool global = (address[0] & 0xE0U) == 0x20U;
  return !global || begins_with(address, {0x20, 0x01, 0x0D, 0xB8});
}

// The two kinds of sockaddr are read as copies: they need not be aligned.
std::uint32_t v4_of(const sockaddr& address) noexcept {
  sockaddr_in v4_address{};
  std::memcpy(&v4_address, &address, sizeof v4_address);
  return ntohl(v4_address.sin_addr.s_addr);
}

V6 v6_of(const sockaddr& address) noexcept {
  sockaddr_in6 v6_address{};
  std::memcpy(&v6_address, &address, sizeof v6_address);
  V6 bytes{};
  std::memcpy(bytes.data(), &v6_address.sin6_addr, bytes.size());
  return bytes;
}

}  // namespace

bool is_loopback(const sockaddr& address) noexcept {
  if (address.sa_family == AF_INET) return v4_of(address) >> 24U == 127U;
  if (address.sa_family != AF_INET6) return false;
  V6 one{};
  one[15] = 1;
  return v6_of(address) == one;
}

bool is_private(const sockaddr& address) noexcept {
  if (address.sa_family == AF_INET) return is_private_v4(v4_of(address));
  if (address.sa_family == AF_INET6) return is_private_v6(v6_of(address));
  return true;
}

}  // namespace tonecue
