#include "app/live/web_browser.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/calls.h"
#include "app/program_run.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;
using test::contains;

constexpr const char* kUrl = "http://127.0.0.1:4711/?key=0123456789abcdef0123456789abcdef";

TEST(ForwardingPage, IsForItsOwnerAloneAndHasTheAddress) {
  const auto page = ForwardingPage::create(kUrl);
  ASSERT_TRUE(page) << page.error().message;
  struct stat status {};
  ASSERT_EQ(::stat(page->path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(status.st_uid, ::getuid());
  EXPECT_TRUE(contains(test::bytes_of(page->path()), kUrl));
}

TEST(ForwardingPage, GoesWithItsObject) {
  std::string path;
  {
    auto page = ForwardingPage::create(kUrl);
    ASSERT_TRUE(page) << page.error().message;
    const ForwardingPage moved = std::move(*page);
    path = moved.path();
    EXPECT_TRUE(fs::exists(path));
  }
  EXPECT_FALSE(fs::exists(path));
}

#ifndef __APPLE__
/// Programs are found in one folder alone.
class OpenInBrowser : public testing::Test {
 protected:
  OpenInBrowser() {
    ::setenv("PATH", programs_.string().c_str(), 1);  // NOLINT(concurrency-mt-unsafe)
    fs::create_directory(programs_);
  }
  ~OpenInBrowser() override {
    ::setenv("PATH", path_.c_str(), 1);  // NOLINT(concurrency-mt-unsafe)
  }

  void install_opener() const {
    test::write_bytes(programs_ / "xdg-open",
                      "#!/bin/sh\n"
                      "echo \"$# $1\" > " +
                          (folder_ / "told.new").string() + "\n" + "/bin/cat /proc/$$/stat > " +
                          (folder_ / "stat").string() + "\n" + "/bin/mv " +
                          (folder_ / "told.new").string() + " " + told_.string() + "\n");
    fs::permissions(programs_ / "xdg-open", fs::perms::owner_all);
  }
  std::string told() const {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!fs::exists(told_) && std::chrono::steady_clock::now() < limit) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return test::bytes_of(told_);
  }

  const std::string path_ = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe)
  const test::TempFolder folder_;
  const fs::path programs_ = folder_ / "programs";
  const fs::path told_ = folder_ / "told";
};

TEST_F(OpenInBrowser, GivesTheOpenerTheFileAndNotTheAddress) {
  install_opener();
  const auto page = ForwardingPage::create(kUrl);
  ASSERT_TRUE(page);
  ASSERT_TRUE(open_in_browser(page->path()));
  EXPECT_EQ(told(), "1 " + page->path() + "\n");
}

TEST_F(OpenInBrowser, KeepsCtrlCFromTheBrowser) {
  install_opener();
  ASSERT_TRUE(open_in_browser("page.html"));
  ASSERT_NE(told(), "");
  // "pid (name) state parent group ..."
  std::istringstream stat(test::bytes_of(folder_ / "stat"));
  std::string pid;
  std::string name;
  std::string state;
  std::string parent;
  pid_t group = 0;
  stat >> pid >> name >> state >> parent >> group;
  EXPECT_NE(group, ::getpgrp()) << "a terminal interrupts a whole group";
  EXPECT_EQ(std::to_string(group), pid);
}

TEST_F(OpenInBrowser, SaysWhatToDoWhereThereIsNoOpener) {
  const auto opened = open_in_browser("page.html");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().message,
            "no browser can be opened here: xdg-open is missing; open the address yourself");
}
#endif

}  // namespace
}  // namespace tonecue
