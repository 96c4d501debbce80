#include "sign_in_limit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include <arpa/inet.h>
#include <fmt/format.h>

namespace tonecue {
namespace {

constexpr std::int64_t kFirstWaitMs = 1000;

// After this many tries beyond the free ones.
std::int64_t wait_after(double beyond) noexcept {
  const double wait_ms = static_cast<double>(kFirstWaitMs) * std::exp2(beyond - 1.0);
  return std::min(TryCounter::kLongestWaitMs, static_cast<std::int64_t>(std::min(wait_ms, 1e9)));
}

}  // namespace

double TryCounter::left(const Tries& tries, std::int64_t now_ms) const noexcept {
  const auto since_ms = static_cast<double>(std::max<std::int64_t>(now_ms - tries.last_ms, 0));
  return std::max(tries.count - since_ms / static_cast<double>(rule_.forgiven_ms), 0.0);
}

// A clock that was set back must not make anybody wait for longer than the longest time.
std::int64_t TryCounter::wait_ms(std::string_view name, std::int64_t now_ms) const {
  const auto found = tries_.find(std::string(name));
  if (found == tries_.end()) return 0;
  return std::clamp<std::int64_t>(found->second.free_at_ms - now_ms, 0, kLongestWaitMs);
}

void TryCounter::count(std::string_view name, std::int64_t now_ms) {
  std::string key(name);
  if (!tries_.contains(key) && tries_.size() >= kMostNames) make_room(now_ms);
  Tries& tries = tries_[std::move(key)];
  tries.count = left(tries, now_ms) + 1.0;
  tries.last_ms = now_ms;
  const double beyond = std::ceil(tries.count) - rule_.free;  // Forgiven as a whole alone.
  tries.free_at_ms = beyond < 0.0 ? 0 : now_ms + wait_after(beyond + 1.0);
}

void TryCounter::take_back(std::string_view name) {
  const auto found = tries_.find(std::string(name));
  if (found == tries_.end()) return;
  Tries& tries = found->second;
  tries.count = std::max(tries.count - 1.0, 0.0);
  if (tries.count < rule_.free) tries.free_at_ms = 0;
}

void TryCounter::forget(std::string_view name) { tries_.erase(std::string(name)); }

// An attacker who fills the table with names must not push out the one that they try most.
void TryCounter::make_room(std::int64_t now_ms) {
  std::erase_if(tries_, [&](const auto& entry) { return left(entry.second, now_ms) == 0.0; });
  if (tries_.size() < kMostNames) return;
  tries_.erase(std::ranges::min_element(
      tries_, {}, [&](const auto& entry) { return left(entry.second, now_ms); }));
}

std::int64_t SignInLimit::begin_try(std::string_view address, std::string_view login,
                                    std::int64_t now_ms) {
  const std::string group = address_group(address);
  const std::scoped_lock lock(mutex_);
  const std::int64_t wait_ms =
      std::max(logins_.wait_ms(login, now_ms), addresses_.wait_ms(group, now_ms));
  if (wait_ms > 0) return wait_ms;
  logins_.count(login, now_ms);
  addresses_.count(group, now_ms);
  return 0;
}

void SignInLimit::succeeded(std::string_view address, std::string_view login) {
  const std::string group = address_group(address);
  const std::scoped_lock lock(mutex_);
  logins_.forget(login);
  addresses_.take_back(group);
}

SignInLimit::Check::Check(SignInLimit& limit) noexcept
    : limit_(limit), too_many_(++limit.checks_ > kMostChecks) {}
SignInLimit::Check::~Check() { --limit_.checks_; }

std::string address_group(std::string_view address) {
  constexpr std::size_t kNetworkBytes = 8;
  constexpr std::size_t kMappedBytes = 12;  // ::ffff:192.0.2.1 is an IPv4 address.
  constexpr std::array<unsigned char, kMappedBytes> kMapped = {0, 0, 0, 0, 0,    0,
                                                               0, 0, 0, 0, 0xFF, 0xFF};
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  std::string text(address.substr(0, address.find('%')));
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
  if (std::ranges::equal(kMapped, std::span(bytes).first<kMappedBytes>())) {
    return fmt::format("{}.{}.{}.{}", bytes[12], bytes[13], bytes[14], bytes[15]);
  }
  std::string group;
  for (std::size_t i = 0; i < kNetworkBytes; ++i) group += fmt::format("{:02x}", bytes.at(i));
  return group + "/64";
}

}  // namespace tonecue
