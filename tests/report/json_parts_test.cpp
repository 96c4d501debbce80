#include "tonecue/report/json_parts.h"

#include <limits>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tonecue/report/print_json.h"

namespace tonecue {
namespace {

using Json = nlohmann::ordered_json;

TEST(JsonParts, AreTheSameBytesWhereverTheyAreTold) {
  EXPECT_EQ(print_json(segment_tree<Json>({Party::customer, 80'100, 82'300})),
            R"({"party":"customer","start_s":80.1,"end_s":82.3})");
  EXPECT_EQ(print_json(overlap_tree<Json>({.starter = Party::agent,
                                           .kind = OverlapKind::terminal_overlap,
                                           .start_ms = 5,
                                           .end_ms = 3'600'000})),
            R"({"starter":"agent","kind":"terminal_overlap","start_s":0.005,"end_s":3600.0})");
  EXPECT_EQ(print_json(usual_tree<Json>(
                UsualVoice{.f0_hz = 180.1234F, .level_dbfs = -23.4567F, .rate_syl_per_s = 4.2F})),
            R"({"f0_hz":180.123,"level_dbfs":-23.457,"rate_syl_per_s":4.2})");
  EXPECT_EQ(print_json(usual_tree<Json>({})), "null");
}

TEST(JsonParts, TellEvidenceInItsOrder) {
  Evidence evidence;
  EXPECT_EQ(print_json(evidence_tree<Json>(evidence)), "{}");
  evidence.add("overlap_s", 0.9F);
  evidence.add("level_db", std::numeric_limits<float>::quiet_NaN());
  EXPECT_EQ(print_json(evidence_tree<Json>(evidence)), R"({"overlap_s":0.9,"level_db":null})");
}

TEST(JsonParts, TellWhatIsNotKnownAsNull) {
  EXPECT_EQ(print_json(thousandths_or_null<Json>(0.12345F)), "0.123");
  EXPECT_EQ(print_json(thousandths_or_null<Json>({})), "null");
}

TEST(PrintJson, PutsTheReplacementCharacterForWhatIsNoUtf8) {
  const Json json = {{"agent", "J\xffo"}};
  EXPECT_EQ(print_json(json), "{\"agent\":\"J\xEF\xBF\xBDo\"}");
  EXPECT_EQ(print_json(json, 2), "{\n  \"agent\": \"J\xEF\xBF\xBDo\"\n}");
}

}  // namespace
}  // namespace tonecue
