#include "store/list/call_list_place.h"

#include <gtest/gtest.h>

namespace tonecue {
namespace {

TEST(CallListPlace, ReadsWhatItWrote) {
  for (const CallOrder order : {CallOrder::need, CallOrder::newest, CallOrder::oldest}) {
    const CallListPlace place{.order = order,
                              .reviewed = true,
                              .need = 0.1 + 0.2,
                              .started_unix_ms = 1'763'800'000'123,
                              .id = 77};
    const auto read = parse_call_list_place(to_text(place));

    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->order, order);
    EXPECT_EQ(read->started_unix_ms, place.started_unix_ms);
    EXPECT_EQ(read->id, 77);
    if (order == CallOrder::need) {
      EXPECT_TRUE(read->reviewed);
      EXPECT_EQ(read->need, place.need);
    }
  }
}

TEST(CallListPlace, RefusesWhatItDidNotWrite) {
  for (const std::string_view text :
       {"", ".", "need", "newest.", "newest.1", "newest.1.2.3", "newest.+1.2", "newest.01.2",
        "newest.1.2 ", "newest.1.99999999999999999999", "worst.1.2", "need.2.0000000000000000.1.2",
        "need.0.7ff0000000000000.1.2", "need.0.7ff8000000000000.1.2", "need.0.bff0000000000000.1.2",
        "need.0.0.1.2", "need.1.2", "newest.1.2' OR 1=1 --"}) {
    const auto place = parse_call_list_place(text);

    ASSERT_FALSE(place) << text;
    EXPECT_EQ(place.error().code, ErrorCode::invalid_argument) << text;
  }
}

}  // namespace
}  // namespace tonecue
