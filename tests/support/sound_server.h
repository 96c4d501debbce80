/// @file
/// A sound server with made devices, for tests that hear and play.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "support/child.h"

namespace tonecue::test {

/// A device that plays to nobody. What it plays can be recorded.
struct MadeSink {
  std::string name;
  int channels = 1;
  int sample_rate_hz = 48000;
};

/// A device that records what a sink plays.
struct MadeSource {
  std::string name;
  std::string sink;
  std::string channel{};  ///< "front-left", "front-right"; empty: all that the sink has.
};

/// What a sink plays, as it is written to a file.
class SinkRecording {
 public:
  SinkRecording(Child recorder, std::filesystem::path samples);

  /// Ends the recording.
  /// @return Interleaved samples.
  std::vector<float> stop();

 private:
  Child recorder_;
  std::filesystem::path samples_;
};

/// A PulseAudio of the test's own: own folder, own socket, made devices, none of the machine's. It
/// sets HOME, XDG_RUNTIME_DIR and PULSE_SERVER of this process, and the ALSA configuration through
/// which PortAudio lists the devices by their names. So it must be made before PortAudio is first
/// opened, and one at a time.
///
/// Two parties that must stay in step: one sink of two channels, one source of each channel.
///
/// Throws std::runtime_error when the server does not do what it is asked for.
class SoundServer {
 public:
  /// @return Whether what it takes is installed.
  static bool available();
  static constexpr const char* kMissing =
      "skipped: pulseaudio, pulseaudio-utils or libasound2-plugins is not installed";

  explicit SoundServer(const std::vector<MadeSink>& sinks,
                       const std::vector<MadeSource>& sources = {});
  SoundServer(const SoundServer&) = delete;
  SoundServer& operator=(const SoundServer&) = delete;
  ~SoundServer();

  /// Takes a device away; its streams die, as those of a headset that is unplugged. With a sink go
  /// the sources that record it: take those away first.
  void unplug(const std::string& device);

  /// Brings it back.
  void plug(const std::string& device);

  /// Halts the whole server: its streams stay open, and nothing comes any more.
  void stall();
  void go_on();

  /// Plays a recording (any that libsndfile reads) into a sink.
  Child play(const std::filesystem::path& recording, const std::string& sink) const;

  /// Records a sink, from the moment at which the first samples are there.
  SinkRecording record(const std::string& sink, int sample_rate_hz = 48000, int channels = 1);

  /// How long a sink may hold what it has rendered before it plays it, as it stands now.
  std::chrono::microseconds latency(const std::string& sink) const;

  const std::filesystem::path& folder() const noexcept { return folder_; }

 private:
  struct Device {
    std::vector<std::string> module;  // Its name and its arguments.
    std::string loaded;               // The server's number; empty: unplugged.
  };
  void set_variable(const std::string& name, const std::string& value);
  void write_alsa_names() const;
  void await_answer();
  void kill_streams(const std::string& device) const;
  std::string ask(const std::vector<std::string>& request) const;

  std::filesystem::path folder_;
  std::map<std::string, std::optional<std::string>> variables_;  // As they were before.
  std::map<std::string, Device> devices_;
  std::optional<Child> server_;
  int recordings_ = 0;
};

}  // namespace tonecue::test
