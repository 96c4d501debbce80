#include <gtest/gtest.h>

#include "support/heap_calls.h"
#include "support/signals.h"
#include "tonecue/features/frame_extractor.h"

namespace tonecue {
namespace {

using test::operator+;  // NOLINT(misc-unused-using-decls): used, as an operator

TEST(FrameExtractorRt, LeavesTheHeapAloneAfterCreate) {
  auto extractor = FrameExtractor<Party::customer>::create();
  ASSERT_TRUE(extractor);
  const auto speech =
      test::vowel(120.0F, 300, -20.0F) + test::white_noise(300, -30.0F) + test::silence(300);
  std::int64_t last_index = 0;

  const int before = test::heap_calls();
  test::for_each_hop(speech, [&](Hop hop) { last_index = extractor->process(hop)->index; });
  extractor->reset();
  const int after = test::heap_calls();

  EXPECT_EQ(after, before);
  EXPECT_GT(last_index, 0);
}

}  // namespace
}  // namespace tonecue
