/// @file
/// What a test asks a store.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tonecue/store/call_store.h"
#include "tonecue/store/scope.h"
#include "tonecue/store/store.h"

namespace tonecue::test {

inline Scope everything() { return {.reach = Scope::Reach::everything, .agent = {}, .teams = {}}; }

inline Store store_in(const std::filesystem::path& folder) {
  auto store = Store::open({.folder = folder.string()});
  EXPECT_TRUE(store) << store.error().message;
  return std::move(*store);
}

/// The oldest first.
inline std::vector<CallEntry> calls_in(Store& store) {
  CallFilter filter;
  filter.order = CallOrder::oldest;
  const auto page = CallStore(store).list(everything(), filter, 100, "");
  EXPECT_TRUE(page) << page.error().message;
  return page ? page->calls : std::vector<CallEntry>{};
}

inline std::vector<CallEntry> calls_in(const std::filesystem::path& folder) {
  Store store = store_in(folder);
  return calls_in(store);
}

/// @return Whether it came true within half a minute: the machine may be busy.
inline bool comes_true(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

}  // namespace tonecue::test
