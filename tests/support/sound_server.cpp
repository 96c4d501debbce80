#include "support/sound_server.h"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

namespace tonecue::test {
namespace {

using std::chrono::steady_clock;

constexpr auto kPatience = std::chrono::seconds(20);  // A loaded machine.
constexpr auto kPoll = std::chrono::milliseconds(5);

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::filesystem::path new_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "tonecue_sound_XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for a sound server");
  return name;
}

std::vector<std::string> module_of(const MadeSink& sink) {
  return {"module-null-sink", "sink_name=" + sink.name,
          "rate=" + std::to_string(sink.sample_rate_hz),
          "channels=" + std::to_string(sink.channels)};
}

std::vector<std::string> module_of(const MadeSource& source) {
  std::vector<std::string> module = {"module-remap-source", "source_name=" + source.name,
                                     "master=" + source.sink + ".monitor"};
  if (!source.channel.empty()) {
    module.insert(module.end(), {"channels=1", "master_channel_map=" + source.channel,
                                 "channel_map=mono", "remix=no"});
  }
  return module;
}

/// The first two columns of a list.
std::vector<std::pair<std::string, std::string>> first_two(const std::string& list) {
  std::vector<std::pair<std::string, std::string>> rows;
  std::istringstream lines(list);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells(line);
    auto& [first, second] = rows.emplace_back();
    cells >> first >> second;
  }
  return rows;
}

}  // namespace

SinkRecording::SinkRecording(Child recorder, std::filesystem::path samples)
    : recorder_(std::move(recorder)), samples_(std::move(samples)) {}

std::vector<float> SinkRecording::stop() {
  recorder_.end();
  const std::string bytes = text_of(samples_);
  std::vector<float> samples(bytes.size() / sizeof(float));
  std::ifstream file(samples_, std::ios::binary);
  file.read(reinterpret_cast<char*>(samples.data()),
            static_cast<std::streamsize>(samples.size() * sizeof(float)));
  return samples;
}

bool SoundServer::available() {
  for (const char* program : {"pulseaudio", "pactl", "pacmd", "paplay", "parec"}) {
    if (!installed(program)) return false;
  }
  // The bridge from ALSA, which is how PortAudio reaches the server.
  for (const auto& folder : std::filesystem::directory_iterator("/usr/lib")) {
    if (std::filesystem::exists(folder.path() / "alsa-lib/libasound_module_pcm_pulse.so")) {
      return true;
    }
  }
  return false;
}

SoundServer::SoundServer(const std::vector<MadeSink>& sinks, const std::vector<MadeSource>& sources)
    : folder_(new_folder()) {
  const auto socket = (folder_ / "pulse.sock").string();
  set_variable("HOME", folder_.string());
  set_variable("XDG_RUNTIME_DIR", folder_.string());
  set_variable("PULSE_SERVER", "unix:" + socket);
  server_.emplace(
      std::vector<std::string>{"pulseaudio", "--daemonize=no", "--exit-idle-time=-1",
                               "--log-target=stderr", "-n", "-L",
                               "module-native-protocol-unix auth-anonymous=1 socket=" + socket,
                               "-L", "module-cli-protocol-unix"},
      folder_ / "server.log");
  await_answer();
  for (const MadeSink& sink : sinks) devices_[sink.name] = {module_of(sink), ""};
  for (const MadeSource& source : sources) devices_[source.name] = {module_of(source), ""};
  for (const MadeSink& sink : sinks) plug(sink.name);
  for (const MadeSource& source : sources) plug(source.name);
  write_alsa_names();
}

SoundServer::~SoundServer() {
  server_.reset();
  for (const auto& [name, value] : variables_) {
    if (value) {
      ::setenv(name.c_str(), value->c_str(), 1);  // NOLINT(concurrency-mt-unsafe)
    } else {
      ::unsetenv(name.c_str());  // NOLINT(concurrency-mt-unsafe)
    }
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void SoundServer::set_variable(const std::string& name, const std::string& value) {
  const char* before = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe)
  variables_[name] = before != nullptr ? std::optional<std::string>(before) : std::nullopt;
  ::setenv(name.c_str(), value.c_str(), 1);  // NOLINT(concurrency-mt-unsafe)
}

/// PortAudio lists the devices of a user's own that have a hint.
void SoundServer::write_alsa_names() const {
  std::ofstream file(folder_ / ".asoundrc");
  file << "pcm.!default { type pulse }\n";
  for (const auto& [name, device] : devices_) {
    file << "pcm." << name << " { type pulse device \"" << name
         << "\" hint { show on description \"" << name << "\" } }\n";
  }
}

void SoundServer::await_answer() {
  const auto limit = steady_clock::now() + kPatience;
  while (Child({"pactl", "info"}).wait() != 0) {
    if (!server_->running() || steady_clock::now() > limit) {
      throw std::runtime_error("pulseaudio does not answer: " + text_of(folder_ / "server.log"));
    }
    std::this_thread::sleep_for(kPoll);
  }
}

std::string SoundServer::ask(const std::vector<std::string>& request) const {
  std::vector<std::string> command = {"pactl"};
  command.insert(command.end(), request.begin(), request.end());
  const auto answer = folder_ / "answer";
  const int status = Child(command, answer).wait();
  std::string text = text_of(answer);
  if (status != 0) throw std::runtime_error("pactl " + request.front() + ": " + text);
  return text;
}

/// The server would move them to another device. Those of a real one that goes die when nothing
/// takes its place, and that is what is tested.
void SoundServer::kill_streams(const std::string& device) const {
  for (const char* kind : {"sink", "source"}) {
    const std::string devices = ask({"list", "short", std::string(kind) + "s"});
    const std::string streams = std::string(kind) == "sink" ? "sink-input" : "source-output";
    for (const auto& [number, name] : first_two(devices)) {
      if (name != device && name != device + ".monitor") continue;
      for (const auto& [stream, on] : first_two(ask({"list", "short", streams + "s"}))) {
        if (on == number) Child({"pacmd", "kill-" + streams, stream}).wait();
      }
    }
  }
}

void SoundServer::unplug(const std::string& device) {
  kill_streams(device);
  ask({"unload-module", std::exchange(devices_.at(device).loaded, "")});
}

void SoundServer::plug(const std::string& device) {
  std::vector<std::string> request = {"load-module"};
  Device& made = devices_.at(device);
  request.insert(request.end(), made.module.begin(), made.module.end());
  const std::string number = ask(request);
  made.loaded = number.substr(0, number.find('\n'));
}

void SoundServer::stall() { ::kill(server_->pid(), SIGSTOP); }

void SoundServer::go_on() { ::kill(server_->pid(), SIGCONT); }

Child SoundServer::play(const std::filesystem::path& recording, const std::string& sink) const {
  return Child({"paplay", "--device=" + sink, recording.string()}, folder_ / "paplay.log");
}

SinkRecording SoundServer::record(const std::string& sink, int sample_rate_hz, int channels) {
  const auto samples = folder_ / ("recording" + std::to_string(++recordings_));
  Child recorder(
      {"parec", "--device=" + sink + ".monitor", "--rate=" + std::to_string(sample_rate_hz),
       "--channels=" + std::to_string(channels), "--format=float32le", "--raw", "--latency-msec=10",
       samples.string()},
      folder_ / "parec.log");
  const auto limit = steady_clock::now() + kPatience;
  std::error_code none_yet;
  while (std::filesystem::file_size(samples, none_yet) == 0 || none_yet) {
    if (!recorder.running() || steady_clock::now() > limit) {
      throw std::runtime_error("parec records nothing: " + text_of(folder_ / "parec.log"));
    }
    std::this_thread::sleep_for(kPoll);
  }
  return {std::move(recorder), samples};
}

std::chrono::microseconds SoundServer::latency(const std::string& sink) const {
  const std::string sinks = ask({"list", "sinks"});
  const auto after = [&](const char* word, std::size_t from) {
    const std::size_t at = from == std::string::npos ? from : sinks.find(word, from);
    return at == std::string::npos ? at : at + std::string(word).size();
  };
  const std::size_t at =
      after("configured ", after("Latency: ", sinks.find("Name: " + sink + "\n")));
  if (at == std::string::npos) throw std::runtime_error("pactl tells no latency of " + sink);
  return std::chrono::microseconds(std::stol(sinks.substr(at)));
}

}  // namespace tonecue::test
