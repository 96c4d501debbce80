/// @file
/// Recordings of the command line, put into the store.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/analyze/call_analysis.h"
#include "app/command_line/command_line.h"
#include "keeping_rules.h"
#include "tonecue/core/result.h"
#include "tonecue/pipeline/call_session.h"
#include "tonecue/store/store.h"

namespace tonecue {

/// Threads: take() may be called by several at once.
class RecordingStore {
 public:
  struct Taken {
    std::int64_t call_id = 0;
    std::optional<HeardCall> heard{};  ///< None: a call of this content was there.
    std::string sound_lost{};          ///< One line, when the sound was to be kept and is not.
  };

  /// @param config_file  Whose [privacy] counts; empty: the defaults.
  static Result<RecordingStore> open(const KeepingOptions& options, const SessionConfig& session,
                                     const std::string& config_file);

  /// @return Nothing when `stop` was set before the end.
  Result<std::optional<Taken>> take(const std::string& path, const RecordingConfig& recording,
                                    const std::atomic<bool>& stop,
                                    const std::function<void(float)>& on_progress) const;

 private:
  RecordingStore(Store store, KeepingRules rules, CallDetails details);

  Result<std::optional<Taken>> known(const std::string& sha256) const;

  std::unique_ptr<Store> store_;
  KeepingRules rules_;
  CallDetails details_;
};

}  // namespace tonecue
