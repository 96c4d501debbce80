#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include <gtest/gtest.h>

#include "store/made_call.h"
#include "store/temp_store.h"
#include "support/cpu_time.h"
#include "tonecue/store/audit_log.h"
#include "tonecue/store/call_store.h"

namespace tonecue {
namespace {

using std::chrono::steady_clock;

// Every view of a call waits for it. The wait is mostly the disk's, and is told, not judged.
TEST(AuditLog, GrowsAtTheCostOfAFractionOfAMillisecond) {
  constexpr int kAdds = 600;
  const test::TempFolder folder;
  Store store = test::open_store(folder.path());
  AuditLog audit(store);
  std::vector<double> cpu_ms;
  std::vector<double> wait_ms;
  for (int i = 0; i < kAdds; ++i) {
    const double cpu_before_ms = test::thread_cpu_ms();
    const auto begin = steady_clock::now();
    ASSERT_TRUE(audit.add({.at_unix_ms = 1'800'000'000'000 + i,
                           .who = "ann",
                           .address = "127.0.0.1",
                           .action = "call.view",
                           .target = "call/7",
                           .detail = {}}));
    wait_ms.push_back(
        std::chrono::duration<double, std::milli>(steady_clock::now() - begin).count());
    cpu_ms.push_back(test::thread_cpu_ms() - cpu_before_ms);
  }
  std::ranges::sort(cpu_ms);
  std::ranges::sort(wait_ms);
  std::printf("add(): %.2f ms of a processor, waits %.2f ms; at the 95th percentile %.2f, %.2f\n",
              cpu_ms[kAdds / 2], wait_ms[kAdds / 2], cpu_ms[kAdds * 95 / 100],
              wait_ms[kAdds * 95 / 100]);
  EXPECT_LT(cpu_ms[kAdds / 2], 1.0);
}

// In the call's own transaction, so that it waits for the disk no longer than the call does.
TEST(AuditLog, ACallThatComesInIsWrittenDownAtTheCostOfAFractionOfAMillisecond) {
  constexpr int kCalls = 200;
  const test::TempFolder folder;
  Store store = test::open_store(folder.path());
  CallStore calls(store);
  const CallReport report = test::MadeCall(1).report(300'000);
  const auto median_cpu_ms = [&](CallOrigin origin) {
    CallDetails details = test::some_details();
    details.origin = origin;
    std::vector<double> cpu_ms;
    for (int i = 0; i < kCalls; ++i) {
      const double before_ms = test::thread_cpu_ms();
      EXPECT_TRUE(calls.add(details, test::some_makers(), report));
      cpu_ms.push_back(test::thread_cpu_ms() - before_ms);
    }
    std::ranges::sort(cpu_ms);
    return cpu_ms[kCalls / 2];
  };
  const double without_ms = median_cpu_ms(CallOrigin::uploaded);
  const double with_ms = median_cpu_ms(CallOrigin::watched);
  std::printf("a call: %.2f ms of a processor, with its entry %.2f ms\n", without_ms, with_ms);
  EXPECT_EQ(AuditLog(store).verify()->entries, kCalls);
  EXPECT_LT(with_ms, without_ms + 1.0);
}

}  // namespace
}  // namespace tonecue
