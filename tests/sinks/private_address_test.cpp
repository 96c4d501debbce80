#include "sinks/private_address.h"

#include <cstring>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

namespace tonecue {
namespace {

/// An address as the system hands it out.
class Address {
 public:
  explicit Address(const char* text) {
    sockaddr_in v4{};
    sockaddr_in6 v6{};
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) {
      v4.sin_family = AF_INET;
      std::memcpy(&storage_, &v4, sizeof v4);
    } else if (inet_pton(AF_INET6, text, &v6.sin6_addr) == 1) {
      v6.sin6_family = AF_INET6;
      std::memcpy(&storage_, &v6, sizeof v6);
    }
  }
  const sockaddr& get() const { return reinterpret_cast<const sockaddr&>(storage_); }

 private:
  sockaddr_storage storage_{};
};

TEST(PrivateAddress, KnowsWhatIsNotOnTheInternet) {
  for (const char* text :
       {"127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1",
        "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "2001:db8::1"}) {
    EXPECT_TRUE(is_private(Address(text).get())) << text;
  }
}

TEST(PrivateAddress, LetsTheInternetPass) {
  for (const char* text :
       {"1.1.1.1", "93.184.216.34", "172.32.0.1", "172.15.255.255", "11.0.0.1", "100.128.0.1",
        "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"}) {
    EXPECT_FALSE(is_private(Address(text).get())) << text;
  }
}

TEST(PrivateAddress, KnowsThisMachine) {
  EXPECT_TRUE(is_loopback(Address("127.0.0.1").get()));
  EXPECT_TRUE(is_loopback(Address("::1").get()));
  EXPECT_FALSE(is_loopback(Address("10.0.0.1").get()));
  EXPECT_FALSE(is_loopback(Address("2606:4700::1111").get()));
}

TEST(PrivateAddress, TrustsNoOtherKindOfAddress) {
  EXPECT_TRUE(is_private(Address("neither").get()));
}

}  // namespace
}  // namespace tonecue
