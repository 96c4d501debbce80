/// @file
/// The two parties of a call.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace tonecue {

enum class Party { agent, customer };

inline constexpr std::array<Party, 2> kParties = {Party::agent, Party::customer};

constexpr Party other(Party party) noexcept {
  return party == Party::agent ? Party::customer : Party::agent;
}

constexpr std::string_view name(Party party) noexcept {
  return party == Party::agent ? "agent" : "customer";
}

/// One value for each party: `per_party[Party::agent]`.
template <class T>
struct PerParty {
  T agent{};
  T customer{};

  constexpr T& operator[](Party party) noexcept { return party == Party::agent ? agent : customer; }
  constexpr const T& operator[](Party party) const noexcept {
    return party == Party::agent ? agent : customer;
  }
};

}  // namespace tonecue
