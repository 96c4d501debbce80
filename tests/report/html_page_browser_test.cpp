#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "report/sample_call.h"
#include "tonecue/report/html_page.h"
#include "tonecue/report/plain_words.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// Put behind the page's own script: looks at what a person would see and leaves it in <pre>. If the
// page's script fails, so does this one, and there is no <pre>.
constexpr const char* kProbe = R"(<script>
const inked = (canvas) => {
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  return pixels.filter((value, i) => i % 4 === 3 && value > 200).length;
};
const seen = {};
seen.lanes = [...document.querySelectorAll(".lane canvas")].map(inked);
seen.marks = [...document.querySelectorAll(".plot button")].map((b) => b.ariaLabel);
document.querySelector(".plot button")?.focus();
seen.tip = document.getElementById("tip").textContent;
document.querySelector(".moment")?.click();
seen.view = timeline.view;
seen.moments = document.querySelectorAll(".moment").length;
seen.alerts = document.querySelectorAll("#alerts li").length;
seen.wide = document.documentElement.scrollWidth > innerWidth;
const pre = document.createElement("pre");
pre.id = "seen";
pre.textContent = JSON.stringify(seen);
document.body.append(pre);
</script></body>)";

class PageInABrowser : public testing::Test {
 protected:
  void SetUp() override {
    if (std::string(TONECUE_CHROMIUM).empty()) GTEST_SKIP() << "skipped: no chromium";
    std::string pattern = (fs::temp_directory_path() / "tonecue_XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override {
    if (!folder_.empty()) fs::remove_all(folder_);
  }

  json look_at(const CallReport& report, const std::string& window = "1280,1000") const {
    std::string page = to_html(report);
    page.replace(page.rfind("</body>"), 7, kProbe);
    std::ofstream(folder_ / "page.html") << page;
    const std::string dom = output_of(
        std::string(TONECUE_CHROMIUM) +
        " --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
        " --disable-component-update --disable-sync --virtual-time-budget=2000 --dump-dom"
        " --window-size=" +
        window + " --user-data-dir=" + (folder_ / "profile").string() + " file://" +
        (folder_ / "page.html").string() + " 2>/dev/null");
    const std::string open = "<pre id=\"seen\">";
    const auto start = dom.find(open);
    if (start == std::string::npos) return nullptr;
    return json::parse(
        dom.substr(start + open.size(), dom.find("</pre>", start) - start - open.size()));
  }

  fs::path folder_;

 private:
  static std::string output_of(const std::string& command) {
    std::string output;
    FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) return output;
    std::array<char, 4096> block{};
    for (std::size_t size = 1; size > 0;) {
      size = fread(block.data(), 1, block.size(), pipe);
      output.append(block.data(), size);
    }
    pclose(pipe);
    return output;
  }
};

TEST_F(PageInABrowser, DrawsBothVoicesAndTellsTheReasonOnFocus) {
  const CallReport report = test::short_call();
  const json seen = look_at(report);
  ASSERT_TRUE(seen.is_object());
  ASSERT_EQ(seen["lanes"].size(), 2U);
  EXPECT_GT(seen["lanes"][0], 1000);
  EXPECT_GT(seen["lanes"][1], 1000);
  const std::string reason = describe(report.cues[0]);
  EXPECT_EQ(seen["marks"], json::array({"Interruption. " + reason}));
  EXPECT_NE(seen["tip"].get<std::string>().find(reason), std::string::npos);
  EXPECT_EQ(seen["moments"], 1);
  EXPECT_EQ(seen["alerts"], 2);
}

TEST_F(PageInABrowser, GoesToTheMinuteOfTheChosenMomentOfAnHourLongCall) {
  CallReport report;
  report.duration_ms = 3'600'000;
  report.segments = {{Party::agent, 0, 3'600'000}, {Party::customer, 0, 3'600'000}};
  report.cues = {test::cue(CueKind::distress, Party::customer, 1'800'000, 1'805'000)};
  test::draw_track(report);
  const json seen = look_at(report);
  ASSERT_TRUE(seen.is_object());
  EXPECT_EQ(seen["view"]["start"], 1770.0);
  EXPECT_EQ(seen["view"]["end"], 1830.0);
  EXPECT_NE(seen["tip"].get<std::string>().find(kDistressNote), std::string::npos);
}

TEST_F(PageInABrowser, FitsAPhoneAndShowsTheOneVoiceOfAOneVoiceRecording) {
  CallReport report = test::short_call();
  report.file = std::string(200, 'w') + "<script>document.body.remove()</script>.wav";
  report.present.customer = false;
  const json seen = look_at(report, "400,900");
  ASSERT_TRUE(seen.is_object());
  EXPECT_EQ(seen["lanes"].size(), 1U);
  EXPECT_EQ(seen["wide"], false);
}

}  // namespace
}  // namespace tonecue
