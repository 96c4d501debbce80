/// @file
/// Where a live call's sound comes from.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/command_line/command_line.h"
#include "tonecue/audio/device_source.h"
#include "tonecue/audio/file_source.h"
#include "tonecue/core/result.h"

namespace tonecue {

/// The devices of a desk, or a recording in their place.
class LiveLine {
 public:
  static Result<std::unique_ptr<LiveLine>> open(const LiveOptions& options);

  /// A source that somebody else keeps, as a recording is taken.
  LiveLine(AudioSource& source, RecordingInfo info) : source_(&source), info_(std::move(info)) {}

  AudioSource& source() noexcept { return *source_; }
  const RecordingInfo& info() const noexcept { return info_; }

  /// What a person at the terminal reads first; ends with a line end.
  std::string greeting() const;

  /// When the end of the newest block was recorded; nothing for a recording.
  std::optional<std::chrono::steady_clock::time_point> captured_at() const noexcept;

  /// A call begins: how the devices do is told from here on.
  void begin_call() { before_ = devices_ ? devices_->health() : std::vector<DeviceHealth>{}; }

  /// How the devices did in this call; none of a recording.
  std::vector<DeviceHealth> health() const;

  /// What was wrong with the sound, one line each.
  std::vector<std::string> warnings() const;

  /// The recording did not end before its time. Devices tell what they lost as they lose it.
  bool whole() const noexcept { return !recording_ || !recording_->truncated(); }

 private:
  explicit LiveLine(FileSource recording);
  explicit LiveLine(DeviceSource devices);

  std::optional<FileSource> recording_;
  std::optional<DeviceSource> devices_;
  AudioSource* source_;
  RecordingInfo info_;
  std::vector<DeviceHealth> before_;  // As it was when the call began; empty: the line began then.
};

}  // namespace tonecue
