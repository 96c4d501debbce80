/// @file
/// Keeps the sound of a call.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "tonecue/audio/file_hash.h"
#include "tonecue/core/hop.h"
#include "tonecue/core/result.h"

namespace tonecue {

/// Writes both voices into a FLAC file: 16 bit, kSampleRateHz, left the agent, right the customer.
/// A recording of 16 bit and that rate comes back as it was, sample for sample.
///
///     auto writer = RecordingWriter::create(folder);
///     while (…) writer->write(hop);
///     auto written = writer->finish(folder / "12.flac");
///
/// Until it is whole the file has a name of its own in `folder` that ends in `.part`, and is locked
/// (flock), so that remove_unfinished() knows those that nobody writes any more. Destroyed before
/// finish() it leaves nothing.
///
/// The first error (full disk, no permission) ends the writing: every later call gives it again.
///
/// Real-time: no. Threads: one object belongs to one thread.
class RecordingWriter {
 public:
  /// @param folder  For the file while it grows; made where it is missing.
  /// @return `unwritable`.
  static Result<RecordingWriter> create(const std::filesystem::path& folder);

  Result<void> write(const CallHop& hop);

  /// Puts the file in its place, on the same file system, flushed to the disk.
  /// @param path  Its folder is made where it is missing. A file that is there is replaced.
  /// @return `unwritable`; `invalid_argument` when not one hop was written.
  Result<FileHash> finish(const std::filesystem::path& path);

  RecordingWriter(RecordingWriter&&) noexcept;
  RecordingWriter& operator=(RecordingWriter&&) noexcept;
  ~RecordingWriter();

 private:
  class Impl;
  explicit RecordingWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Takes away what writers left in `folder` that ended without being destroyed.
/// @return How many.
int remove_unfinished(const std::filesystem::path& folder);

}  // namespace tonecue
