#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "store/made_call.h"
#include "store/same_report.h"
#include "store/store_impl.h"
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
  ASSERT_FALSE(report.cues.empty());
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
  Store store = test::open_store(folder.path());
  CallStore calls(store);
  const CallReport report = analysed({"distressed", "interrupted", "calm"});
  constexpr int kCalls = 100;
  for (int i = 0; i < kCalls; ++i) {
    const auto id = calls.add(test::some_details(), test::some_makers(), report);
    ASSERT_TRUE(id) << id.error().message;
  }

  auto reading = store.impl().read();
  ASSERT_TRUE(reading);
  const auto of = [&](const char* sql) {
    return reading->connection().integer_of(sql).value_or(-1) / kCalls;
  };
  const auto per_call =
      of("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
  const auto traces = of("SELECT sum(length(data)) FROM traces");
  const auto stretches = of("SELECT sum(length(segments) + length(overlaps)) FROM stretches");
  const auto cues = of("SELECT count(*) FROM cues");
  std::printf(
      "a call of %.0f s: %lld bytes, of them %lld of traces, %lld of who spoke when; "
      "%lld cues\n",
      0.001 * static_cast<double>(report.duration_ms), static_cast<long long>(per_call),
      static_cast<long long>(traces), static_cast<long long>(stretches),
      static_cast<long long>(cues));
  // 100,000 calls must stay under 1.2 GB with indexes, notes and verdicts.
  const double minutes = static_cast<double>(report.duration_ms) / 60'000.0;
  EXPECT_LT(static_cast<double>(traces) / minutes, 1400.0);
  EXPECT_LT(static_cast<double>(per_call) / minutes, 2300.0);
}

}  // namespace
}  // namespace tonecue
