#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <unistd.h>

#include "app/calls.h"
#include "app/kept_calls.h"
#include "app/program_beside.h"
#include "app/program_run.h"
#include "server/http_client.h"
#include "support/child.h"
#include "tonecue/audio/file_source.h"
#include "tonecue/store/audit_log.h"

namespace tonecue {
namespace {

namespace fs = std::filesystem;
using test::contains;
using test::ProgramBeside;

int free_port() {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  EXPECT_EQ(::bind(listener, any, size), 0);
  EXPECT_EQ(::getsockname(listener, any, &size), 0);
  ::close(listener);
  return ntohs(address.sin_port);
}

std::string word_after(const std::string& text, const std::string& before) {
  const std::size_t begin = text.find(before);
  if (begin == std::string::npos) return {};
  std::istringstream rest(text.substr(begin + before.size()));
  std::string word;
  rest >> word;
  return word;
}

test::Answer sign_in(int port, const std::string& login, const std::string& password) {
  const nlohmann::json body = {{"login", login}, {"password", password}};
  return test::ask(port, test::post(port, "/api/session", body.dump()));
}

class Serve : public testing::Test {
 protected:
  std::vector<std::string> line(std::vector<std::string> more = {}) const {
    std::vector<std::string> all = {"serve", "--data", store_, "--port", std::to_string(port_)};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  std::size_t stored() const { return test::calls_in(folder_ / "store").size(); }

  test::TempFolder folder_;
  std::string store_ = (folder_ / "store").string();
  std::string in_ = (folder_ / "in").string();
  int port_ = free_port();
};

TEST_F(Serve, ItSaysSoWhenNobodyIsAnAdmin) {
  { const Store store = test::store_in(store_); }
  ASSERT_EQ(test::run({"people", "add", store_, "jo"}).status, kDone);
  {
    ProgramBeside program(line());
    ASSERT_TRUE(program.out.await("Ctrl-C ends it.")) << program.err.text();
    EXPECT_TRUE(contains(program.out.text(), "Nobody is an admin yet: 'tonecue people add " +
                                                 store_ + " LOGIN --role admin'"))
        << program.out.text();
  }
  ASSERT_EQ(test::run({"people", "add", store_, "ruth", "--role", "admin"}).status, kDone);
  ProgramBeside program(line());
  ASSERT_TRUE(program.out.await("Ctrl-C ends it.")) << program.err.text();
  EXPECT_FALSE(contains(program.out.text(), "Nobody is an admin")) << program.out.text();
}

TEST_F(Serve, TheFirstStartTellsHowToSignInAndTheNextOneDoesNot) {
  std::string password;
  {
    ProgramBeside program(line());
    ASSERT_TRUE(program.out.await("Ctrl-C ends it.")) << program.err.text();
    const std::string text = program.out.text();
    EXPECT_TRUE(contains(text, "http://127.0.0.1:" + std::to_string(port_))) << text;
    EXPECT_EQ(word_after(text, "Sign in as "), "admin");
    password = word_after(text, "with the password ");
    EXPECT_EQ(sign_in(port_, "admin", "wrong password").status, 401);
    EXPECT_EQ(sign_in(port_, "admin", password).status, 200);
    EXPECT_EQ(program.stop(), kDone);
    EXPECT_EQ(program.err.text(), "");
  }
  ProgramBeside again(line());
  ASSERT_TRUE(again.out.await("Ctrl-C ends it.")) << again.err.text();
  EXPECT_FALSE(contains(again.out.text(), "password")) << again.out.text();
  EXPECT_EQ(sign_in(port_, "admin", password).status, 200);
  EXPECT_EQ(again.stop(), kDone);
}

TEST_F(Serve, WhatARecorderDropsBecomesACallOnce) {
  fs::create_directory(in_);
  ProgramBeside program(line({"--watch", in_}));
  ASSERT_TRUE(program.out.await("Watched: " + in_)) << program.err.text();
  test::short_call(fs::path(in_) / "a.wav");
  fs::copy_file(fs::path(in_) / "a.wav", fs::path(in_) / "b.wav");
  test::write_bytes(fs::path(in_) / "a.json", R"({"team": "billing"})");
  test::write_bytes(fs::path(in_) / "b.json", R"({"team": "billing"})");
  test::write_bytes(fs::path(in_) / "c.wav", "no sound at all");
  ASSERT_TRUE(program.err.await("c.wav: is not a recording")) << program.err.text();
  ASSERT_TRUE(test::comes_true([this] { return stored() == 1; })) << program.err.text();
  EXPECT_EQ(program.stop(), kDone);
  EXPECT_EQ(stored(), 1U) << "the same call under two names";
  EXPECT_EQ(test::calls_in(folder_ / "store").front().details.team, "billing");
  EXPECT_TRUE(fs::exists(fs::path(in_) / "c.wav")) << "never touched";
  {
    Store store = test::store_in(folder_ / "store");
    const auto entries = AuditLog(store).list(0, 100).value();
    EXPECT_EQ(std::ranges::count(entries, "watch",
                                 [](const AuditEntry& entry) { return entry.event.who; }),
              1);
  }
  ProgramBeside again(line({"--watch", in_}));
  ASSERT_TRUE(again.err.await("1 watched file was refused before")) << again.err.text();
  EXPECT_EQ(again.stop(), kDone);
  EXPECT_TRUE(test::is_one_complaint(again.err.text())) << again.err.text();
  EXPECT_EQ(stored(), 1U);
}

TEST_F(Serve, OtherMachinesAreLetInWithTlsOrByAnExplicitWordAlone) {
  const auto refused = test::run(line({"--address", "0.0.0.0"}));
  EXPECT_EQ(refused.status, kFailed);
  EXPECT_TRUE(test::is_one_complaint(refused.err)) << refused.err;
  EXPECT_TRUE(contains(refused.err, "TLS")) << refused.err;
  EXPECT_EQ(refused.out, "") << "above all no password";
  ProgramBeside program(line({"--address", "0.0.0.0", "--allow-plain-http"}));
  ASSERT_TRUE(program.out.await("Ctrl-C ends it.")) << program.err.text();
  EXPECT_TRUE(test::is_one_complaint(program.err.text())) << program.err.text();
  EXPECT_TRUE(contains(program.err.text(), "without TLS")) << program.err.text();
  EXPECT_EQ(program.stop(), kDone);
}

TEST_F(Serve, WhatCannotBeServedIsToldInOneLine) {
  test::write_bytes(folder_ / "bad.toml", "[serve]\nports = 1\n");
  test::write_bytes(folder_ / "file", "x");
  const std::vector<std::pair<std::vector<std::string>, std::string>> wrong = {
      {line({"--watch", in_}), "no such folder"},
      {line({"--config", (folder_ / "bad.toml").string()}), "bad.toml:2"},
      {line({"--address", "nowhere"}), "nowhere"},
      {line({"--tls-certificate", in_, "--tls-key", in_}), in_},
      {{"serve", "--data", (folder_ / "file" / "store").string()}, "file"}};
  for (const auto& [arguments, expected] : wrong) {
    const auto refused = test::run(arguments);
    EXPECT_EQ(refused.status, kFailed) << expected;
    EXPECT_TRUE(test::is_one_complaint(refused.err)) << refused.err;
    EXPECT_TRUE(contains(refused.err, expected)) << refused.err;
    EXPECT_EQ(refused.out, "");
  }
}

TEST_F(Serve, APortThatIsTakenIsTold) {
  ProgramBeside program(line());
  ASSERT_TRUE(program.out.await("Ctrl-C ends it.")) << program.err.text();
  std::vector<std::string> second = line();
  second[2] = (folder_ / "second").string();
  const auto refused = test::run(second);
  EXPECT_EQ(refused.status, kFailed);
  EXPECT_TRUE(contains(refused.err, std::to_string(port_))) << refused.err;
}

/// Ten minutes of a bundled call: long enough to be killed at.
void long_call(const fs::path& path) {
  auto source = FileSource::create(test::interrupted_call());
  ASSERT_TRUE(source);
  const auto voices = test::read_all(*source, 8000);
  PerParty<test::Signal> whole;
  while (whole.agent.size() < std::size_t{600} * kSampleRateHz) {
    for (const Party party : kParties) {
      whole[party].insert(whole[party].end(), voices[party].begin(), voices[party].end());
    }
  }
  test::write_recording(path, test::kWav16, kSampleRateHz, {whole.agent, whole.customer});
}

TEST_F(Serve, KilledInTheMidstOfWorkItGoesOnWhereItWas) {
  fs::create_directory(in_);
  test::short_call(fs::path(in_) / "short.wav");
  long_call(fs::path(in_) / "long.wav");
  std::vector<std::string> command = line({"--watch", in_, "--keep-audio"});
  command.insert(command.begin(), TONECUE_PROGRAM);
  const fs::path told = folder_ / "told.txt";
  {
    test::Child program(command, told);
    // The short one is stored: the long one is under way.
    ASSERT_TRUE(test::comes_true([this] { return fs::exists(store_) && stored() >= 1; }))
        << test::bytes_of(told);
    ::kill(program.pid(), SIGKILL);
    program.wait();
  }
  test::Child program(command, told);
  ASSERT_TRUE(test::comes_true([this] { return stored() == 2; })) << test::bytes_of(told);
  program.end();
  EXPECT_EQ(stored(), 2U);
  for (const CallEntry& call : test::calls_in(folder_ / "store")) {
    EXPECT_EQ(call.state, CallState::done);
  }
  EXPECT_EQ(fs::directory_iterator(folder_ / "store/incoming"), fs::directory_iterator{})
      << "half a recording was left";
  Store store = test::store_in(folder_ / "store");
  const auto check = AuditLog(store).verify();
  ASSERT_TRUE(check);
  EXPECT_FALSE(check->first_broken);
}

TEST_F(Serve, ALiveCallThatIsKilledLosesItsLastSecondAtMost) {
  std::vector<std::string> command = {
      TONECUE_PROGRAM, "live",    "--replay", test::interrupted_call(),
      "--no-page",     "--store", store_,     "--keep-audio"};
  test::Child program(command, folder_ / "told.txt");
  const auto length_ms = [this] {
    const auto calls = test::calls_in(folder_ / "store");
    return calls.empty() ? 0 : calls.front().duration_ms;
  };
  const auto has_stored = [&](std::int64_t least_ms) {
    return test::comes_true([&] { return fs::exists(store_) && length_ms() >= least_ms; });
  };
  ASSERT_TRUE(has_stored(1)) << test::bytes_of(folder_ / "told.txt");
  const auto begin = std::chrono::steady_clock::now();
  const std::chrono::milliseconds known(length_ms());
  ASSERT_TRUE(has_stored(3000)) << test::bytes_of(folder_ / "told.txt");
  ::kill(program.pid(), SIGKILL);
  const auto lasted = std::chrono::steady_clock::now() - begin;
  program.wait();
  ASSERT_EQ(stored(), 1U);
  EXPECT_EQ(test::calls_in(folder_ / "store").front().state, CallState::open);
  // A second behind, and as much again for a busy machine.
  const std::chrono::milliseconds kept(length_ms());
  EXPECT_GT(kept - known, lasted - std::chrono::seconds(2));
  EXPECT_NE(fs::directory_iterator(folder_ / "store/incoming"), fs::directory_iterator{});
  ASSERT_EQ(test::run({"people", "list", store_}).status, kDone);
  EXPECT_EQ(fs::directory_iterator(folder_ / "store/incoming"), fs::directory_iterator{})
      << "who opens the store takes half a recording away";
}

}  // namespace
}  // namespace tonecue
