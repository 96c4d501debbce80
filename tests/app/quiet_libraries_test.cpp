#include "app/quiet_libraries.h"

#include <atomic>
#include <filesystem>
#include <sstream>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "app/calls.h"

namespace tonecue {
namespace {

/// Standard error goes to a file.
class QuietLibrariesTest : public testing::Test {
 protected:
  QuietLibrariesTest() {
    const int file = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    ::dup2(file, STDERR_FILENO);
    ::close(file);
  }
  ~QuietLibrariesTest() override {
    ::dup2(before_, STDERR_FILENO);
    ::close(before_);
  }

  static void library_prints(std::string_view line) {
    EXPECT_EQ(::write(STDERR_FILENO, line.data(), line.size()), std::ssize(line));
  }
  /// What is there after a library printed while it was to be quiet, and once more afterwards.
  std::string printed(bool to_a_terminal, bool own) {
    std::ostringstream out;
    const std::atomic<bool> stop{false};
    {
      const QuietLibraries quiet({.out = out,
                                  .err = out,
                                  .stop = stop,
                                  .err_is_terminal = to_a_terminal,
                                  .err_is_own = own});
      library_prints("during ");
    }
    library_prints("after");
    return test::bytes_of(file_);
  }

  const test::TempFolder folder_;
  const std::filesystem::path file_ = folder_ / "stderr";
  const int before_ = ::dup(STDERR_FILENO);
};

TEST_F(QuietLibrariesTest, KeepsThemFromATerminalAndOnlyForSoLong) {
  EXPECT_EQ(printed(true, true), "after");
}

TEST_F(QuietLibrariesTest, LetsThemWriteToAFile) {
  EXPECT_EQ(printed(false, true), "during after");
}

TEST_F(QuietLibrariesTest, DoesNotSilenceTheProgramItself) {
  EXPECT_EQ(printed(true, false), "during after") << "they share one way out";
}

}  // namespace
}  // namespace tonecue
