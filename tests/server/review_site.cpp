#include "review_site.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "store/made_call.h"
#include "tonecue/audio/file_source.h"
#include "tonecue/pipeline/call_recorder.h"
#include "tonecue/pipeline/call_session.h"

namespace tonecue::test {
namespace {

constexpr std::string_view kPassword = "a plain horse battery";
constexpr std::int64_t kYearMs = 365LL * 86'400'000;

std::int64_t now_unix_ms() {
  using std::chrono::milliseconds;
  return std::chrono::duration_cast<milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

CallReport analysed(const std::string& name) {
  auto session = CallSession::create({});
  auto source = FileSource::create(std::filesystem::path(TONECUE_SOURCE_DIR) / "audio_samples" /
                                   (name + ".flac"));
  EXPECT_TRUE(session && source);
  CallRecorder recorder(source->info());
  std::int64_t samples = 0;
  for (auto block = source->read(8000); block && !block->agent.empty();
       block = source->read(8000)) {
    session->push(*block, recorder);
    samples += static_cast<std::int64_t>(block->agent.size());
  }
  session->finish(recorder);
  return recorder.report(*session, samples);
}

// What `tonecue config` prints, as far as thresholds go.
constexpr std::string_view kSettings = R"([turns]
line_delay_ms = 0
[conduct]
raised_level_db = 6.5
raised_f0_st = 2
fast_rate_ratio = 1.35
slow_rate_ratio = 0.65
long_silence_s = 5
monologue_s = 45
recovery_s = 10
[distress]
model = "research"
raise_probability = 0.6
end_probability = 0.38
)";

}  // namespace

const CallReport& bundled_call(const std::string& name) {
  static std::map<std::string, CallReport> reports;
  const auto known = reports.find(name);
  return known != reports.end() ? known->second
                                : reports.emplace(name, analysed(name)).first->second;
}

ReviewSite::ReviewSite() : store_(open_store(folder_.path())), calls_(store_), reviews_(store_) {
  auto server = ReviewServer::create(
      store_, {.version = "0.1.0", .largest_upload_bytes = 200'000},
      {.submit = [this](const IntakeFile& file) -> Result<std::int64_t> {
         if (refuse_upload_) return tl::unexpected(*refuse_upload_);
         submitted_.push_back(file);
         return static_cast<std::int64_t>(submitted_.size());
       },
       .jobs = [this] { return jobs_; },
       .last_retention_unix_ms = [] { return std::optional<std::int64_t>(1'700'000'000'000); }});
  EXPECT_TRUE(server) << (server ? "" : server.error().message);
  if (server) server_.emplace(std::move(*server));
  add_person({.login = "ada", .name = "Ada Admin", .role = Role::admin});
  add_person({.login = "sam", .name = "Sam Okafor", .role = Role::supervisor, .teams = {"North"}});
  add_person(
      {.login = "tom", .name = "Tom Baker", .role = Role::supervisor, .teams = {"South", "West"}});
  add_person({.login = "dana", .name = "Dana Kim", .agent = "Dana Kim", .teams = {"North"}});
  add_person({.login = "rob", .name = "Rob"});
}

void ReviewSite::add_person(const Person& person) {
  const auto id = People(store_).add(person, kPassword);
  ASSERT_TRUE(id) << id.error().message;
  people_[person.login] = *id;
  Sessions sessions(store_);
  const std::string key = sessions.begin(*id, now_unix_ms()).value();
  const auto signed_in = sessions.find(key, now_unix_ms()).value();
  ASSERT_TRUE(signed_in);
  sessions_[person.login] =
      "Cookie: tonecue_session=" + key + "\r\nX-Tonecue-Csrf: " + signed_in->csrf + "\r\n";
}

Replied ReviewSite::exchange(const std::string& request) {
  const Answer answer = ask(server_->port(), request);
  return {.status = answer.status,
          .headers = answer.headers,
          .body = answer.body,
          .json = nlohmann::json::parse(answer.body, nullptr, false)};
}

Replied ReviewSite::get(const std::string& who, const std::string& target,
                        const std::string& headers) {
  const std::string session = who.empty() ? "" : sessions_.at(who);
  return exchange(test::get(server_->port(), target, session + headers));
}

Replied ReviewSite::send(const std::string& who, std::string_view method, const std::string& target,
                         const nlohmann::json& body) {
  return send_bytes(who, method, target, body.is_null() ? "" : body.dump(), "application/json");
}

Replied ReviewSite::send_bytes(const std::string& who, std::string_view method,
                               const std::string& target, std::string_view bytes,
                               std::string_view type) {
  const std::string headers =
      (who.empty() ? "" : sessions_.at(who)) + "Content-Type: " + std::string(type) + "\r\n";
  std::string request = post(server_->port(), target, bytes, headers);
  return exchange(request.replace(0, request.find(' '), method));
}

Replied ReviewSite::send_head(const std::string& who, const std::string& target,
                              std::string_view type, std::size_t bytes) {
  return exchange(fmt::format(
      "POST {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{}Content-Type: {}\r\nContent-Length: {}\r\n\r\n",
      target, server_->port(), sessions_.at(who), type, bytes));
}

Replied ReviewSite::get_by_token(const std::string& token, const std::string& target) {
  return exchange(test::get(server_->port(), target, "Authorization: Bearer " + token + "\r\n"));
}

std::string ReviewSite::make_token(TokenRight right, const std::vector<std::string>& teams) {
  return MachineTokens(store_)
      .create({.name = "machine",
               .right = right,
               .teams = teams,
               .created_unix_ms = now_unix_ms(),
               .expires_unix_ms = now_unix_ms() + kYearMs})
      .value()
      .key;
}

std::int64_t ReviewSite::add_call(const std::string& name,
                                  const std::function<void(CallDetails&)>& change) {
  CallDetails details = some_details("Mei Tanaka", "North");
  details.origin = CallOrigin::recording;
  details.source = name + ".flac";
  if (change) change(details);
  const auto id =
      calls_.add(details, {.program_version = "0.1.0", .settings_toml = std::string(kSettings)},
                 bundled_call(name));
  EXPECT_TRUE(id) << (id ? "" : id.error().message);
  return id.value_or(0);
}

void ReviewSite::keep_sound(std::int64_t call, std::string_view bytes) {
  const std::string path = "recordings/2026/11/" + std::to_string(call) + ".flac";
  std::filesystem::create_directories(folder_.path("recordings/2026/11"));
  std::ofstream(folder_.path(path), std::ios::binary) << bytes;
  const auto kept = calls_.keep_recording(
      call, {.path = path, .sha256 = std::string(kSomeSha256), .size_bytes = std::ssize(bytes)});
  ASSERT_TRUE(kept) << kept.error().message;
}

std::vector<std::string> ReviewSite::audited() {
  std::vector<std::string> lines;
  auto entries = AuditLog(store_).list(0, 1000).value();
  std::ranges::reverse(entries);
  for (const AuditEntry& entry : entries) {
    const AuditEvent& event = entry.event;
    if (event.action == "call.add") continue;  // By the test itself.
    std::string line = event.who;
    for (const std::string* part : {&event.action, &event.target, &event.detail}) {
      if (!part->empty()) line.append(1, ' ').append(*part);
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

std::int64_t ReviewSite::audited(std::string_view action) {
  return std::ranges::count_if(
      audited(), [&](const std::string& line) { return line.find(action) != std::string::npos; });
}

}  // namespace tonecue::test
