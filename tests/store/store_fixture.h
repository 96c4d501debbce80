/// @file
/// A store with what its tests ask of it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "store/database/store_impl.h"
#include "store/made_call.h"
#include "store/temp_store.h"
#include "tonecue/store/call_store.h"

namespace tonecue::test {

inline const Scope kEverything{.reach = Scope::Reach::everything, .agent = {}, .teams = {}};

class StoreFixture : public testing::Test {
 protected:
  std::int64_t add(const CallDetails& details, std::int64_t duration_ms = 5000) {
    const auto id = calls_.add(details, some_makers(), MadeCall(1).report(duration_ms));
    EXPECT_TRUE(id) << id.error().message;
    return id.value_or(0);
  }

  void execute(const std::string& sql) {
    auto writing = store_.impl().write();
    ASSERT_TRUE(writing);
    const auto done = writing->connection().execute(sql);
    ASSERT_TRUE(done) << done.error().message;
    ASSERT_TRUE(writing->commit());
  }

  std::int64_t integer_of(const std::string& sql) {
    auto reading = store_.impl().read();
    return reading ? reading->connection().integer_of(sql).value_or(-1) : -1;
  }

  std::string put_recording(std::int64_t id) {
    std::string path = "recordings/2026/11/" + std::to_string(id) + ".flac";
    const auto file = std::filesystem::path(folder_.path()) / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << "sound";
    return path;
  }

  const TempFolder folder_;
  Store store_ = open_store(folder_.path());
  CallStore calls_{store_};
};

}  // namespace tonecue::test
