#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "store/made_call.h"
#include "store/same_report.h"
#include "store/temp_store.h"
#include "tonecue/audio/file_source.h"
#include "tonecue/pipeline/call_recorder.h"
#include "tonecue/pipeline/call_session.h"
#include "tonecue/report/call_json.h"
#include "tonecue/report/cue_csv.h"
#include "tonecue/report/label_tracks.h"
#include "tonecue/report/plain_words.h"
#include "tonecue/store/call_store.h"

namespace tonecue {
namespace {

const Scope kEverything{.reach = Scope::Reach::everything, .agent = {}, .teams = {}};

/// The bundled calls of these names, one after another, as one call.
CallReport analysed(const std::vector<std::string>& names) {
  auto session = CallSession::create({});
  EXPECT_TRUE(session) << session.error().message;
  std::int64_t samples = 0;
  std::optional<CallRecorder> recorder;
  for (const std::string& name : names) {
    auto source = FileSource::create(std::filesystem::path(TONECUE_SOURCE_DIR) / "audio_samples" /
                                     (name + ".flac"));
    EXPECT_TRUE(source) << source.error().message;
    if (!recorder) recorder.emplace(source->info());
    for (auto block = source->read(8000); block && !block->agent.empty();
         block = source->read(8000)) {
      session->push(*block, *recorder);
      samples += static_cast<std::int64_t>(block->agent.size());
    }
  }
  session->finish(*recorder);
  return recorder->report(*session, samples);
}

class StoredCall : public testing::TestWithParam<const char*> {};

TEST_P(StoredCall, TellsAllThatTheAnalysedOneTells) {
  const test::TempFolder folder;
  Store store = test::open_store(folder.path());
  CallStore calls(store);
  const CallReport report = analysed({GetParam()});
  ASSERT_TRUE(report.usual.customer);

  const auto id = calls.add(test::some_details(), test::some_makers(), report);
  ASSERT_TRUE(id) << id.error().message;
  const auto kept = calls.load(kEverything, *id);

  ASSERT_TRUE(kept) << kept.error().message;
  test::expect_same(kept->report, report);
  EXPECT_EQ(to_json(kept->report), to_json(report));
  EXPECT_EQ(to_csv(kept->report), to_csv(report));
  EXPECT_EQ(to_audacity(kept->report), to_audacity(report));
  EXPECT_EQ(to_textgrid(kept->report), to_textgrid(report));
  EXPECT_EQ(headline(kept->report), headline(report));
}

INSTANTIATE_TEST_SUITE_P(BundledCalls, StoredCall,
                         testing::Values("calm", "distressed", "interrupted"));

TEST(StoredCalls, OfFiveMinutesTakeAFewKilobytes) {
  const test::TempFolder folder;
  const CallReport report = analysed({"distressed", "interrupted", "calm"});
  const auto bytes_with = [&](int count) {
    {
      Store store = test::open_store(folder.path());
      CallStore calls(store);
      for (int i = 0; i < count; ++i) {
        const auto id = calls.add(test::some_details(), test::some_makers(), report);
        EXPECT_TRUE(id) << id.error().message;
      }
    }
    return std::filesystem::file_size(folder.path("tonecue.db"));
  };
  constexpr int kCalls = 200;
  const auto few = bytes_with(kCalls);
  const auto many = bytes_with(kCalls);
  const double per_call = static_cast<double>(many - few) / kCalls;
  std::printf("a call of %.0f s with %zu cues and %zu alerts takes %.0f bytes\n",
              0.001 * static_cast<double>(report.duration_ms), report.cues.size(),
              report.alerts.size(), per_call);
  // 100,000 calls with all that people say of them must stay under 1.2 GB.
  EXPECT_LT(per_call, 11'000.0);
}

}  // namespace
}  // namespace tonecue
