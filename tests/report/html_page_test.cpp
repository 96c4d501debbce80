#include "tonecue/report/html_page.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "report/sample_call.h"
#include "tonecue/report/plain_words.h"

namespace tonecue {
namespace {

using nlohmann::json;

int count(std::string_view text, std::string_view part) {
  int found = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

// What the page's script reads.
json data_of(const std::string& page) {
  const std::string open = R"(<script type="application/json" id="data">)";
  const auto start = page.find(open) + open.size();
  return json::parse(page.substr(start, page.find("</script>", start) - start));
}

TEST(ToHtml, SaysWhichModelJudgedTheCustomer) {
  CallReport report = test::short_call();
  report.distress.judge = {"a<b>.json", "0123456789ab", true};
  EXPECT_NE(to_html(report).find("the distress model a&lt;b&gt;.json (sha256 0123456789ab...), "
                                 "with this site&#39;s own thresholds."),
            std::string::npos);
  report.present.customer = false;
  EXPECT_EQ(to_html(report).find("Judged by"), std::string::npos);
}

TEST(ToHtml, LoadsNothingFromAnywhere) {
  const std::string page = to_html(test::short_call());
  for (const char* reference : {"http:", "https:", "src=\"//", "@import", "url("}) {
    EXPECT_EQ(page.find(reference), std::string::npos) << reference;
  }
  EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
}

TEST(ToHtml, FillsEverySlot) {
  EXPECT_EQ(to_html(test::short_call()).find("{{"), std::string::npos);
}

TEST(ToHtml, CarriesTheCallItsReasonsAndBothTracks) {
  const CallReport report = test::short_call();
  const json data = data_of(to_html(report));
  EXPECT_EQ(data["call"]["schema"], "tonecue.call/1");
  EXPECT_EQ(data["cues"][0]["reason"], describe(report.cues[0]));
  EXPECT_EQ(data["cues"][0]["letter"], "I");
  for (const char* party : {"agent", "customer"}) {
    for (const char* column : {"peak", "level_dbfs", "f0_hz", "distress"}) {
      EXPECT_EQ(data["track"][party][column].size(), 30U) << party << ' ' << column;
    }
  }
  EXPECT_EQ(data["track"]["agent"]["f0_hz"][0], 180);
  EXPECT_EQ(data["track"]["agent"]["f0_hz"][15], 0);
  EXPECT_EQ(data["track"]["customer"]["distress"][0], -1);
}

TEST(ToHtml, LetsNoTextBecomeMarkup) {
  const std::string plain = to_html(test::short_call());
  for (const char* wild :
       {"\"><script>alert(1)</script>.wav", "</title><img src=x onerror=alert(1)>.wav",
        "<script>alert(1)<img src=x>.wav", "' onload='x' {{data}} {{script}} <!--.wav",
        "caf\xE9 &amp; \x01.wav"}) {
    CallReport report = test::short_call();
    report.file = wild;
    report.alerts[0].text = wild;
    const std::string page = to_html(report);
    for (const char* tag : {"<script", "</script", "<img", "<!--", "</title"}) {
      EXPECT_EQ(count(page, tag), count(plain, tag)) << tag << " in " << wild;
    }
    EXPECT_EQ(data_of(page)["alerts"].size(), 2U) << wild;
  }
}

TEST(ToHtml, ShowsTheFileNameAsItIs) {
  CallReport report = test::short_call();
  report.file = "<a> & \"b\" {{note}}.wav";
  EXPECT_NE(to_html(report).find("<h1>&lt;a&gt; &amp; &quot;b&quot; {{note}}.wav</h1>"),
            std::string::npos);
}

TEST(ToHtml, HasAPlayerOnlyWithAudio) {
  EXPECT_EQ(to_html(test::short_call()).find("<audio"), std::string::npos);
  const std::vector<std::pair<std::string, std::string>> known = {
      {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foobar", "Zm9vYmFy"}, {"\xFF\xFE", "//4="}};
  for (const auto& [text, base64] : known) {  // RFC 4648, section 10, and the last digits.
    const std::vector<unsigned char> bytes(text.begin(), text.end());
    const std::string page = to_html(test::short_call(), PageAudio{"audio/wav", bytes});
    EXPECT_NE(page.find("src=\"data:audio/wav;base64," + base64 + "\""), std::string::npos);
  }
}

TEST(ToHtml, SaysWhatAnEstimateOfDistressIs) {
  EXPECT_NE(to_html(test::short_call()).find("not a determination of what a person feels"),
            std::string::npos);
}

TEST(ToHtml, StaysNearAMegabyteForAnHour) {
  CallReport report;
  report.duration_ms = 3'600'000;
  report.segments = {{Party::agent, 0, 3'600'000}, {Party::customer, 0, 3'600'000}};
  test::draw_track(report);
  EXPECT_LT(to_html(report).size(), 1'500'000U);
}

}  // namespace
}  // namespace tonecue
