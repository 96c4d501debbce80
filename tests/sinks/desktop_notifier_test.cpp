#include "tonecue/sinks/desktop_notifier.h"

#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

#include "sinks/call_events.h"
#include "sinks/child_program.h"

namespace tonecue {
namespace {

/// A session bus of its own, with a notification daemon that only writes down what it is asked
/// (python3-dbusmock). Prints the bus's address once the daemon answers.
const std::string kDesktop = R"(
/usr/bin/python3 -c 'import dbusmock' 2>/dev/null || exit 1
/usr/bin/python3 -u -m dbusmock --session --template notification_daemon &
daemon=$!
until gdbus call --session -d org.freedesktop.Notifications -o /org/freedesktop/Notifications \
    -m org.freedesktop.DBus.Peer.Ping >/dev/null 2>&1; do kill -0 $daemon || exit 1; done
echo "address $DBUS_SESSION_BUS_ADDRESS"
wait $daemon)";

class DesktopNotifierTest : public testing::Test {
 protected:
  void SetUp() override {
    auto notifier = DesktopNotifier::create(complaints_.taker());
    if (!notifier) GTEST_SKIP() << "skipped: built without libnotify";
  }
  void TearDown() override {
    unsetenv("DBUS_SESSION_BUS_ADDRESS");  // NOLINT(concurrency-mt-unsafe): no other thread here.
  }
  static void use_bus(const std::string& address) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe)
    setenv("DBUS_SESSION_BUS_ADDRESS", address.c_str(), 1);
  }
  DesktopNotifier notifier() { return std::move(*DesktopNotifier::create(complaints_.taker())); }

  test::Complaints complaints_;
};

TEST_F(DesktopNotifierTest, SaysOnceThatThereIsNoDesktopAndIsSilentThen) {
  use_bus("unix:path=/nonexistent/bus");
  auto notifier = this->notifier();
  test::raise(notifier, test::interruption(1'000), 1, "Let them finish.");
  test::raise(notifier, test::distress(2'000), 2, "Slow down.");
  test::end(notifier, test::distress(2'000));
  EXPECT_EQ(complaints_.lines().size(), 1U);
  EXPECT_TRUE(complaints_.contain("no desktop notifications"));
}

TEST_F(DesktopNotifierTest, ShowsAnAlertSilentlyAndClosesItWhenItIsOverAndRead) {
  test::ChildProgram desktop({"dbus-run-session", "--", "bash", "-c", kDesktop});
  const auto address = desktop.line();
  if (!address || !address->starts_with("address ")) {
    GTEST_SKIP() << "skipped: no dbus-run-session with python3-dbusmock";
  }
  use_bus(address->substr(8));
  {
    auto notifier = this->notifier();
    const Cue cue = test::distress(10'000);
    test::raise(notifier, cue, 1, "Slow down & listen.");
    test::end(notifier, cue);
    TurnFrame turn;
    turn.index = 1'100;  // 11 s: over, but not read.
    notifier.on_turn(turn);
    turn.index = 1'700;
    notifier.on_turn(turn);
    test::raise(notifier, test::interruption(20'000), 2, "Let them finish.");
  }  // The call ends with the second still there.
  EXPECT_TRUE(complaints_.lines().empty());

  std::vector<std::string> calls;
  for (std::size_t closed = 0; closed < 2;) {
    const auto line = desktop.line();
    ASSERT_TRUE(line) << "the daemon was asked no more";
    const bool notify = line->find(" Notify ") != std::string::npos;
    const bool close = line->find(" CloseNotification ") != std::string::npos;
    if (notify || close) calls.push_back(*line);
    if (close) ++closed;
  }
  ASSERT_EQ(calls.size(), 4U);
  EXPECT_NE(calls[0].find("Slow down & listen."), std::string::npos) << calls[0];
  EXPECT_NE(calls[0].find("Estimate 0.81 from the voice alone"), std::string::npos) << calls[0];
  EXPECT_NE(calls[0].find("suppress-sound"), std::string::npos) << calls[0];
  EXPECT_NE(calls[0].find("urgency"), std::string::npos) << calls[0];
  EXPECT_NE(calls[1].find("CloseNotification"), std::string::npos) << calls[1];
  EXPECT_NE(calls[2].find("Let them finish."), std::string::npos) << calls[2];
  EXPECT_NE(calls[3].find("CloseNotification"), std::string::npos) << calls[3];
}

}  // namespace
}  // namespace tonecue
